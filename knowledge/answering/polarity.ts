/** Words that turn a rule round: negations, and those that a paraphrase may not bring along by itself ("gratis", "sospeso", "solo"). */

const NEGATORS: Record<string, string> = {
  it: 'non|no|senza|nessun\\p{L}*|né|mai|neanche|nemmeno|niente|nulla',
  en: "not|no|never|without|neither|nor|cannot|none|\\p{L}+n['’]t",
  de: 'nicht|kein\\p{L}*|ohne|nie|niemals|weder',
  fr: "ne|n['’](?=\\p{L})|pas|sans|jamais|aucun\\p{L}*|ni",
  es: 'no|sin|ningun\\p{L}*|ningún|nunca|ni',
};
const negation = new Map(Object.entries(NEGATORS).map(([lang, words]) => [lang, new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'giu')]));
const ANY_NEGATION = new RegExp(`(?<!\\p{L})(?:${Object.values(NEGATORS).join('|')})(?!\\p{L})`, 'giu');
/** They deny nothing. */
const NOT_ONLY = /(?<!\p{L})(?:non solo|not only|nicht nur|pas seulement|no sol[oa]|se non altro)(?!\p{L})/giu;

/** Parts that can be true or false each for itself. */
const STRONG =
  /\s*(?:[;:]\s|[.!?]\s|,?\s(?:ma|però|mentre|invece|but|while|whereas|aber|sondern|während|mais|tandis|pero|mientras)\s)\s*/iu;

/** Each word of a group stands for the group in any language. */
const TURNS: RegExp[] = [
  /gratis|gratuit|nessun costo|senza (?:costi|spese)|non (?:si paga|costa)|\bfree\b|no charge|kostenlos|gebührenfrei/i,
  /facoltativ|optional|opcional|facultatif|freiwillig/i,
  /obbligator|mandatory|compulsory|verpflichtend|obligatoire|obligatorio/i,
  /abolit|abolish|abgeschafft|aboli/i,
  /sospes|sospens|suspend|ausgesetzt|suspendu/i,
  /annulla|revoca|cancell|eliminat|revok|widerruf/i,
  /\baument|\brincar|\bincrease|\braise[ds]?\b|erhöh|augment/i,
  /\bdiminui|\bridott|\briduzion|\bscont[oi]\b|\breduc|\bdiscount|ermäßig|réduction|descuento/i,
  /\besent|\besenzion|\bexempt|\bbefreit|exonér/i,
  /\besclus|\besclud|\bexclud|ausgeschlossen|exclu/i,
  /viet|proibit|divieto|prohibit|forbidden|verboten|interdit/i,
  /prorog|rinviat|postpon|verschoben|report[ée]/i,
  /\bsol[oaie]\b|soltanto|solamente|esclusivamente|unicamente|\bonly\b|\bnur\b|seulement|uniquement/i,
  /\btutt[ieoa]\b|\bogni\b|chiunque|qualsiasi|qualunque|\ball\b|\bevery|\bjede|\btous\b|\btodos\b/i,
  /sempre|always|immer|toujours|siempre/i,
  /chius|chiud|\bclos|geschlossen|schließ|fermé/i,
  /\bdopo\b|success|seguent|dal momento|\bafter\b|following|\bnach\b|après|después/i,
  /\balmeno\b|minim|at least|mindestens|au moins/i,
  /massim|al più|fino a|\bmaximum|at most|up to|höchstens|\bbis zu/i,
  /\boltre\b|più di|superior|\bsopra\b|more than|\bover\b|above|mehr als|plus de|supérieur/i,
  /meno di|inferior|\bsotto\b|less than|fewer|below|\bunder\b|weniger|moins de|inférieur/i,
  /metà|mezz[oa']|\bhalf|hälfte|moitié/i,
  /doppi|\bdouble|twice|doppelt/i,
  /\boggi\b|\bdomani\b|\bieri\b|today|tomorrow|heute|\bmorgen\b|demain/i,
  /sanzion|\bmult[ae]\b|penal|\bfined\b|strafe|amende/i,
  /rimbors|refund|erstatt|rembours/i,
];

/** Marks each negation with one sign that stands for it among the words. */
export function markNegations(text: string, lang: string, sign: string): string {
  return text
    .replace(NOT_ONLY, ' ')
    .replace(/(\p{L}+): (?:no|nein|non)(?!\p{L})/giu, ` ${sign} $1 `)
    .replace(negation.get(lang) ?? ANY_NEGATION, ` ${sign} `);
}

export function strongParts(text: string): string[] {
  return text.split(STRONG).filter((part) => part.trim() !== '');
}

/** A word of the text that turns the rule and has no companion in what supports it; null when all have. */
export function unmatchedTurn(text: string, support: string): string | null {
  for (const group of TURNS) {
    const found = group.exec(text);
    if (found && !group.test(support)) return found[0];
  }
  return null;
}
