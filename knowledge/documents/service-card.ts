/** The 13 items of a service card (Designers Italia, C.SI.1.3) and what a page lacks of them. */

const ITEMS: [string, RegExp][] = [
  ['Categoria del servizio', /^categoria/],
  ['Titolo', /^titolo/],
  ['Stato del servizio', /^stato\b/],
  ['Descrizione breve', /^(?:descrizione|in breve|che cos['’]è|cos['’]è)/],
  ['A chi è rivolto', /^(?:a chi|chi può|destinatari)/],
  ['Come fare', /^come (?:fare|si fa|richieder|si chiede)/],
  ['Cosa serve', /^(?:che )?cosa serve|^cosa occorre|^documenti/],
  ['Cosa si ottiene', /^cosa si ottiene/],
  ['Tempi e scadenze', /^(?:tempi|scadenze|quando)/],
  ['Accedi al servizio', /^(?:accedi|accesso|prenota|dove andare)/],
  ['Condizioni di servizio', /^condizioni/],
  ['Contatti', /^(?:contatti|ufficio responsabile)/],
  ['Argomenti', /^argomenti/],
];
/** Fewer of them and the page is something else: a regulation, a guide, a list. */
const A_CARD = 4;

/** Headings are lines of the stored text. null = no service card. */
export function completenessOf(text: string, title: string): { present: number; missing: string[] } | null {
  const lines = text.split('\n').flatMap((line) => (line.length > 0 && line.length <= 60 ? [line.trim().toLowerCase()] : []));
  const missing = ITEMS.filter(([name, pattern]) => !(name === 'Titolo' && title !== '') && !lines.some((line) => pattern.test(line)));
  const present = ITEMS.length - missing.length;
  return present >= A_CARD ? { present, missing: missing.map(([name]) => name) } : null;
}

/** The item that a heading begins; null = none of them. */
export function itemOf(heading: string): string | null {
  const line = heading.trim().toLowerCase();
  return ITEMS.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
}

export const CARD_ITEMS = ITEMS.map(([name]) => name);
