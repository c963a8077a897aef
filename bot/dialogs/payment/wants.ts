/** Whether a citizen has a payment notice of their own in hand. How and when taxes are paid is a question to the documents. */
import { bare, plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

const NOTICE =
  '(?:avviso(?: di)? (?:pagamento|pagopa)|avviso|bollettino|codice avviso|numero avviso|iuv|nav|pagopa|(?:un |il |la |mio |mia )?multa|payment notice|payment slip|zahlungs(?:mitteilung|bescheid|aufforderung)|avis de paiement|aviso de pago)';
const DO =
  '(?:pagare|paga|saldare|controllare|controlla|verificare|verifica|cercare|cerca|trovare|trova|vedere|pay|check|look up|find|bezahlen|zahlen|prufen|suchen|payer|verifier|chercher|pagar|comprobar|buscar|consultar)';
const ACT = sieved(
  new RegExp(
    `\\b(?:vorrei|voglio|volevo|devo|dovrei|posso|mi serve|aiutami a|i want to|i need to|i would like to|ich mochte|ich will|ich muss|je veux|je voudrais|je dois|quiero|quisiera|tengo que)\\b.{0,30}?\\b${DO}?\\b.{0,25}?\\b${NOTICE}\\b.{0,40}\\b(?:${DO})?`,
  ),
);
/** What stands in an act, each alone: told apart before the act is looked for, which costs most. */
const DO_WORD = sieved(new RegExp(`\\b${DO}\\b`));
const NOTICE_WORD = sieved(new RegExp(`\\b${NOTICE}\\b`));
const ORDER = sieved(
  new RegExp(`^(?:${DO}) (?:un |il |l |lo |altro |questo |mio |an? |the |my |einen? |eine |meine[nr]? |un |mon |el |mi )*${NOTICE}\\b`),
);
const HAVE = sieved(
  /\b(?:ho ricevuto|mi e arrivat[oa]|ho (?:un|l|qui)|i (?:have|got|received)|ich habe|j ai|he recibido|tengo)\b.{0,25}\b(?:avviso (?:di pagamento|pagopa|da pagare)|avviso pago pa|bollettino pagopa|payment notice|zahlungs(?:mitteilung|bescheid|aufforderung)|avis de paiement|aviso de pago)\b/,
);
const PAID = sieved(
  /\b(?:risulta(?:no)? pagat[oaie]|ho gia pagato|e (?:stato|stata) pagat[oa]|avete ricevuto il (?:mio )?pagamento|pagamento risulta|already paid|is it paid|did you receive my payment|schon bezahlt|deja paye|ya (?:esta )?pagado)\b/,
);
const MINE = sieved(/\b(?:mi[ao]|ho|my|i|mein\w*|ich|mon|ma|j|mi|he|avviso|pagamento|notice)\b/);
const GENERAL = sieved(
  /^(?:(?:e|ma|scusi|scusa|buongiorno|salve|ciao|senta) )*(?:come|dove|quando|cosa|che cosa|che succede|entro quando|quanto|chi|perche|quali?|se non|posso rateizzare|how|where|when|what|wie|wo|wann|was|comment|ou|quand|que|como|donde|cuando|cuanto|combien)\b/,
);
/** Owed elsewhere, or about money that comes back. */
const OTHER = sieved(
  /\b(?:rateizz\w+|rate|rimbors\w+|ricorso|contest\w+|sanzion\w+ per|accertamento|raccomandata|giacenza|di garanzia|contrario|avviso pubblico|bando|refund|appeal)\b/,
);

/** Eighteen digits, with the spaces and dots people put in, or a pagoPA QR code read by the telephone. */
export const hasNoticeNumber = (text: string): boolean =>
  /(?<![\d])(?:\d[\s.-]?){17}\d(?!\d)/.test(text) || (text.includes('|') && /PAGOPA\|002\|/i.test(text));

export function wantsPayment(text: string): boolean {
  if (hasNoticeNumber(text)) return true;
  const said = bare(text);
  const paid = PAID.test(said) && MINE.test(said);
  const holds = paid || ORDER.test(said) || HAVE.test(said) || (NOTICE_WORD.test(said) && DO_WORD.test(said) && ACT.test(said));
  return holds && !OTHER.test(said) && (paid || !GENERAL.test(said));
}

/** How much something costs is no notice in hand. */
const PRICE = sieved(/\b(?:quant[oaie]|how much|wie ?viel|combien|cuant[oa]s?)\b/);
const PAYING = sieved(
  /\b(?:pag(?:o|are|a|ato|hiamo|amento|amenti|opa)|avviso|bollettino|iuv|scadenza tari|pay(?:ment|ing)?|bezahl\w+|zahl\w+|payer|paiement|pagar|pago)\b/,
);

/** The knowledge speaks of paying something: a notice may be looked up. */
export function aboutPayment(text: string): boolean {
  const said = plain(text);
  return PAYING.test(said) && !PRICE.test(said) && !OTHER.test(said);
}
