/** Masks personal data of the structured kinds before text goes where it is read by others: gaps, exports, logs. Not reversible. */

const KINDS: [string, RegExp][] = [
  ['[e-mail]', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['[IBAN]', /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b/gi],
  ['[codice fiscale]', /\b[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]\b/gi],
  ['[carta]', /\b(?:\d[ -]?){15,16}\b/g],
  // Free-phone and short numbers are the body's own; a citizen's begins with +39, 0 or 3.
  [
    '[telefono]',
    /(?<![\d.,])(?:(?:\+|00)39[\s.-]?)?(?:3\d{2}[\s.-]?\d{3}[\s.-]?\d{3,4}|0\d{1,3}[\s.-]?\d{4}[\s.-]?\d{2,4}|0\d{3}\s\d{3}\s\d{3})(?![\d,])/g,
  ],
];

export function redact(text: string): string {
  return KINDS.reduce((masked, [mark, pattern]) => masked.replace(pattern, mark), text);
}
