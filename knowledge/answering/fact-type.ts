/** What kind of fact a question asks for, and whether a sentence holds one of that kind. */
import { sieved, together } from '../languages/reading/sieve.ts';
import { rememberingText } from '../languages/reading/text.ts';

export type FactType = 'amount' | 'hours' | 'deadline' | 'count' | 'duration' | 'place' | 'documents' | 'contact' | 'who' | 'how' | 'other';

/** First that fits wins: the narrow before the wide. */
const ASKED_PATTERNS: [FactType, RegExp][] = [
  [
    'hours',
    /\b(?:orari\w*|a che ora|(?:è|siete|sono|sta|resta|rimane|trovo|ancora) (?:già |sempre )?(?:apert[oaie]|chius[oaie])\b|(?:apert[oaie]|chius[oaie]) (?:oggi|domani|(?:il |la |al |di |nel |anche (?:il |la )?)?(?:luned|marted|mercoled|gioved|venerd|sabat|domenic|mattin|pomerigg|ser[ae]\b|festiv|weekend|fine settimana))|quando (?:apr\w+|chiud\w+|(?:è|siete|sono|resta\w*) (?:apert|chius)\w+)|opening (?:hours|times)|what time|open on|öffnungszeiten|geöffnet|wann (?:öffnet|schließt|hat .* offen)|horaires?|ouvert|horarios?|abiert[oa])/i,
  ],
  [
    'duration',
    /\b(?:quanto tempo|in quanto|(?:fra|tra|per|da|di) quant[oi]\b|quanti (?:giorni|mesi|anni|ore|minuti)|quante (?:ore|settimane)|ogni quant[oi]|quanto (?:ci |si )?(?:mett\w+|aspett\w+)|dopo quanto|quanto dura|quanto ci (?:vuole|mette)|quanto vale|tempi di attesa|how long|how many (?:days|months|years|weeks)|wie lange|wie viele (?:tage|monate|jahre)|combien de (?:temps|jours|mois)|cuánto (?:tiempo|tarda|dura)|cuántos (?:días|meses|años))/i,
  ],
  [
    'amount',
    /\b(?:quant[oi] (?:euro|soldi|mi (?:scontan\w*|fate|danno|date|spetta|costa|viene|tocca))|che (?:percentuale|sconto|cifra|importo|spesa)|quant\w* (?:cost\w*|pag\w*|è la|è\b|sono\b|spend\w*|viene|vengono|si paga|devo pagare|mi cost\w*)|cost[oaie]\b|prezz[oi]|tariff\w*|rett[ae]\b|gratis|gratuit\w*|importo|how much|cost\b|costs\b|fees?\b|price|charge|wie ?viel (?:kostet|kosten|muss|zahl)|kostet|kosten\b|gebühr\w*|preis|combien (?:coûte|ça coûte|dois|faut)|prix|tarif|cuánto (?:cuesta|cuestan|hay que pagar|vale)|precio)/i,
  ],
  [
    'contact',
    /(?:\b(?:numero (?:di telefono|verde)|che numero|(?:qual è|quali sono|avete|che|un|dammi|datemi) (?:il |la |l['’]|un |una |i )?(?:telefono|e-?mail|mail|pec|recapit\w+|contatt[oi])|(?:telefono|e-?mail|mail|pec) (?:di|del|della|dell['’]|degli|delle|per)\b|(?:a chi|dove|chi) (?:telefono|scrivo|chiamo|mi rivolgo)|chiamare|contatt\w+|scrivere a)|^(?:e )?(?:il )?(?:telefono|numero|mail|pec)\b|\b(?:phone|call\b|contact|telefonnummer|nummer|téléphone|teléfono|correo))/i,
  ],
  [
    'documents',
    /\b(?:cosa (?:serve|servono|devo portare|bisogna portare|occorre|mi serve)|che (?:cosa )?(?:serve|devo portare)|(?:quali|che) documenti|documenti (?:servono|necessari|devo)|cosa (?:devo )?port\w+|what (?:do i need|documents|should i bring)|which documents|was brauche|welche (?:unterlagen|dokumente)|unterlagen|quels documents|que faut-il|qué (?:necesito|documentos))/i,
  ],
  // Where a thing is thrown away is no address: it is a bin or a day of the week.
  [
    'other',
    /\b(?:(?:dove|in (?:che|quale) (?:bidone|contenitore|sacco|cassonetto)|come) (?:si |lo |la |li |le |va |vanno |devo |posso )*(?:butt|gett|smalt|confer|ricicl)\w*|where (?:do i |can i |to |does \w+ )*(?:throw|dispose|put the (?:glass|waste|rubbish))|wohin (?:mit|kommt|kommen)|où (?:je )?(?:jeter|jette)|dónde (?:se )?(?:tir|ech)\w+|unde arunc)/i,
  ],
  ['place', /\b(?:dove|in che (?:via|posto)|indirizzo|where|wo\b|wohin|adresse|address|où\b|dónde|adónde)/i],
  [
    'deadline',
    /(?:\bfino a (?:quando|che)|\bche (?:anno|mese|data)|\ba che età|\bentro quant[oi]|(?:^|[.,;:?!]|\b(?:da|entro|per|e|ma|di|fino a))\s*quando\b(?! (?:provo|cerco|vado|faccio|apro|clicco|pago|tento|mi collego))|quando (?:devo|posso|si|scade|arriva\w*|è|bisogna|viene|ricev\w+|va|parte|passa\w*|inizia|finisce)\b|\bscad\w+|\btermine|\bentro che|\bultim[oa] (?:giorno|data)|\bche giorn[oi]|\bdeadline|\bwhen\b|\bwann|\bfrist|\bwelche[mnr]? tag|quand\b|jusqu|date limite|cuándo|hasta cuándo|plazo)/i,
  ],
  ['count', /\b(?:quant[ei]|how many|wie viele|combien|cuánt[oa]s)\b/i],
  ['who', /\b(?:chi\b|a chi|who\b|wer\b|wem\b|qui\b|quién|quiénes)/i],
  [
    'how',
    /\b(?:come\b|(?:cosa|che) (?:devo|bisogna|si deve) fare|what do i have to do|was muss ich|procedura|in che modo|how\b|wie\b|comment\b|cómo)/i,
  ],
];

const ASKED = together(ASKED_PATTERNS.map(([, pattern]) => sieved(pattern)));

const DIGIT_DATE =
  /\b\d{1,2}[°.]?\s+(?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic|jan|may|jun|jul|aug|sep|oct|dec|mai|okt|dez|mär)\p{L}*|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b|\b\d{1,2}(?:st|nd|rd|th)\b/iu;
const HELD: Record<FactType, RegExp | null> = {
  amount:
    /(?:\d[\d.,]*\s*(?:€|euro\b|eur\b|%)|€\s*\d|\bgratis|\bgratuit\w*|\bnon (?:si paga|costa|paghi|devi (?:pagare|versare))|\bfree\b|no charge|kostenlos|gebührenfrei|nessun costo|esent\w+|senza (?:costi|spese))/i,
  hours: /\b\d{1,2}[:.]\d{2}\b|\bappuntamento\b|\bappointment\b|\btermin\b|\bchius[oaie]\b|\bclosed\b/i,
  deadline: new RegExp(
    `${DIGIT_DATE.source}|\\bentro\\b|\\bgiorn[oi]\\b|\\bmes[ei]\\b|\\bsettiman\\w+|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|within|days?\\b|monday|tuesday|wednesday|thursday|friday|saturday|sunday|innerhalb|tage?n?\\b|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\\banno\\b|\\d{4}`,
    'iu',
  ),
  duration:
    /\b(?:\d+|un|una|uno|due|tre|dieci|one|two|three|ein\w*|zwei|drei)\s*(?:giorn\w+|mes[ei]|ann[oi]|or[ae]\b|minut\w+|settiman\w+|days?|months?|years?|weeks?|hours?|tage?n?|monate?n?|jahre?n?|wochen?)|subito|immediat\w+|stesso giorno|same day|sofort/i,
  place:
    /\b(?:via|viale|piazza|largo|corso|sportell[oi]|uffici[oa]|questura|piano|indirizzo|presso|office|street|counter|website|büro|amt|schalter|street|straße|rathaus|municipio|town hall)\b/i,
  documents:
    /\b(?:document\w+|tessera|modul[oi]|foto\w*|fotocopia|copia|certificat\w+|dichiarazion\w+|ricevuta|contratto|permesso|carta|codice fiscale|isee|passport\w*|form\b|photo|proof|ausweis|formular|nachweis|foto|bescheinigung)/i,
  contact: /\b0\d{3}\s?\d{3}|\b800\s?\d{3}|\b1\d{2,3}\b|@|\bpec\b/i,
  count: /\d|\b(?:un[oa]?|due|tre|quattro|cinque|sei|dieci|one|two|three|eine?|zwei|drei)\b/i,
  who: null,
  how: null,
  other: null,
};

/** Headings that announce a fact of the kind, as pages of public bodies word them. */
const ANNOUNCED: Partial<Record<FactType, RegExp>> = {
  amount: /cost|prezz|tariff|import|rett[ae]|pagare|quanto|fees?\b|charges?|price|gebühr|kosten|preis|diritti|sanzion/i,
  hours: /orar|accedi|contatt|apert|quando|hours|contact|access|öffnung|kontakt|zugang/i,
  deadline: /temp|scaden|quando|termin|rate|periodo|times?|deadline|dates|when|frist|termine|wann/i,
  duration: /temp|durata|validit|scaden|times?|valid|frist|dauer|quanto dura/i,
  place: /accedi|contatt|dove|sede|come fare|access|contact|where|zugang|kontakt/i,
  documents: /serve|document|portare|allegat|need|bring|brauchen|unterlagen|mitbringen/i,
  contact: /contatt|accedi|numeri|contact|kontakt/i,
  who: /a chi|chi p|destinat|requisit|who|wer\b|für wen/i,
  how: /come|procedura|passo|fare|richied|how|so geht|wie\b|schritt/i,
};

export function isAnnounced(type: FactType, headings: string[]): boolean {
  return headings.some((heading) => ANNOUNCED[type]?.test(heading) ?? false);
}

/** By kind: its number, for what is kept by kind. */
export const FACT_NUMBER: Readonly<Record<FactType, number>> = {
  amount: 0,
  hours: 1,
  deadline: 2,
  count: 3,
  duration: 4,
  place: 5,
  documents: 6,
  contact: 7,
  who: 8,
  how: 9,
  other: 10,
};

/** Kept: one question is read so by understanding, composing and weighing. */
export const askedFactType = rememberingText((text): FactType => ASKED_PATTERNS[ASKED.first(text) ?? -1]?.[0] ?? 'other');

/** True when the sentence holds a fact of that kind, or the kind leaves no trace in the words. */
export function holdsFact(type: FactType, sentence: string): boolean {
  return HELD[type]?.test(sentence) ?? true;
}

/** Kinds whose absence says that the passage does not answer. */
export const STRICT: ReadonlySet<FactType> = new Set(['amount', 'hours', 'deadline', 'duration', 'contact']);

/** Kinds that show in the words of the sentence that holds them. */
export const LEAVES_TRACE: ReadonlySet<FactType> = new Set([
  'amount',
  'hours',
  'deadline',
  'duration',
  'place',
  'documents',
  'contact',
  'count',
]);

const NO_YEARS: readonly string[] = [];

/** Years named in a text. */
export function yearsIn(text: string): readonly string[] {
  return text.match(/\b(?:19|20)\d{2}\b/g) ?? NO_YEARS;
}
