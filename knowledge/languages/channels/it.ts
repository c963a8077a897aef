/** What we say in Italian about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'Non posso ascoltare i messaggi vocali. **Scrivimi la tua domanda**, anche in poche parole. Se preferisci parlare, puoi chiedere una persona.',
  unreadableKind:
    'Questo tipo di messaggio non lo so leggere. Scrivimi con parole tue che cosa ti serve; leggo anche le foto e la posizione, per esempio per una segnalazione.',
  linkOn: 'su {channel}',
  linkTo: 'Continua {where}',
  linkWhere: 'Dove vuoi continuare questa conversazione?',
  linkSite: 'sul sito',
  linkOffer:
    'Per continuare questa conversazione **{where}** apri [questo collegamento]({url}) entro {minutes} minuti: vale una volta sola, non darlo a nessuno. Quello che stavi facendo viene con te.',
  linkQr: 'Con un altro telefono inquadra [il codice QR]({url}).',
  linkNowhere: 'Qui non c’è un altro canale su cui continuare: questa conversazione resta qui.',
  linkAsk:
    'Vuoi continuare qui la conversazione iniziata {where} alle {time}? **Conferma solo se l’hai chiesto tu**: chi è dall’altra parte leggerà quello che scrivi.',
  linkYes: 'Sì, continuo qui',
  linkNo: 'No, non sono stato io',
  linkDeclined: 'Va bene, non ho collegato niente. Puoi continuare a farmi domande.',
  linkExpired: 'Questo collegamento è scaduto o è già stato usato. Se ti serve ancora, chiedine uno nuovo da dove stavi scrivendo.',
  linkDone:
    'Da ora questa conversazione continua **{where}**. Vale anche dove l’hai iniziata. Se non sei stato tu, o per separare di nuovo i canali, scrivi «scollega».',
  linkLast: 'Eravamo rimasti qui:',
  linkUndone: 'Fatto: i canali sono di nuovo separati. Quello che scrivi qui non si vede più altrove.',
  linkNone: 'Questa conversazione non è collegata a nessun altro canale.',
};
