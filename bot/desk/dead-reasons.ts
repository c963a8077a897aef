/** Why something did not arrive, in words for the desk. The channel's own words stand beside them. */

const BY_WORDS: [RegExp, string][] = [
  [/bot was blocked|blocked by the user/i, 'Il cittadino ha bloccato l’assistente su Telegram.'],
  [/user is deactivated/i, 'L’account Telegram del cittadino non esiste più.'],
  [/chat not found|can't initiate conversation/i, 'La chat non esiste più, o il cittadino non ha mai avviato l’assistente.'],
  [
    /^131047\b|more than 24 hours/i,
    'Sono passate più di 24 ore dall’ultimo messaggio del cittadino e non c’è un modello approvato (WHATSAPP_TEMPLATE).',
  ],
  [/^131026\b/, 'WhatsApp non riesce a consegnare a questo numero.'],
  [/^13105[1-3]\b/, 'WhatsApp non ha accettato il file.'],
  [/^132\d{3}\b/, 'Il modello di WhatsApp non è approvato, o non corrisponde a quello impostato.'],
  [/the service answers 403/, 'Teams non lascia più scrivere al cittadino: forse ha tolto l’app.'],
  [/no chat of this channel/, 'Nessuna chat di questo canale appartiene più alla conversazione.'],
  [/^no channel /, 'Questo canale non è acceso (CHANNELS).'],
  [
    /fetch failed|timeout|timed out|ECONN|Too Many Requests|Bad Gateway|answers (?:429|5\d\d)|^(?:130429|131016|131056)\b/i,
    'Il servizio non ha risposto, o era sovraccarico, per ore.',
  ],
];

export function reasonOf({ box, error }: { box: 'inbox' | 'outbox'; error: string | null }): string {
  if (box === 'inbox') return 'L’assistente non è riuscito a rispondere, in tre tentativi: il cittadino ha letto le scuse.';
  return BY_WORDS.find(([pattern]) => pattern.test(error ?? ''))?.[1] ?? 'Il canale ha rifiutato il messaggio.';
}
