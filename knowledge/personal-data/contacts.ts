/** How a person is reached: e-mail and telephone. */
import { before, type Range, type Rule, whole } from './rule.ts';

/** Numbers of papers look like telephone numbers. */
const IS_PAPER =
  /(?:prot\p{L}*\.?|pratica|verbale|delibera|determina\p{L}*|fattura|avviso|bolletta|ordinanza|matricola|codice|iuv|cig|cup|isbn)(?: (?:n(?:umero|[.°])?))?[:.]?\s*$|(?<!\p{L})n[.°]\s*$/u;
const MONEY_AFTER = /^\s?(?:€|euro|eur)/i;

function telephone(least: number, most: number) {
  return (found: RegExpExecArray, text: string): Range | null => {
    const written = found[0];
    const digits = written.replace(/\D/g, '').length;
    if (digits < least || digits > most) return null;
    // 350.000.000, 08.30 12.30, 01-06-2026.
    if (/^\d{3}\.\d{3}\.\d{3}$/.test(written) || /^\d{2}\.\d{2}(?!\.?\d{2}\.\d{2}\.\d)/.test(written)) return null;
    if (/^\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d{2}/.test(written)) return null;
    // Groups of two: ten digits, or they are hours.
    if (/^(?:\d{2}\D)+\d{2}$/.test(written) && digits < 10) return null;
    if (MONEY_AFTER.test(text.slice(found.index + written.length, found.index + written.length + 6))) return null;
    return IS_PAPER.test(before(text, found.index, 24)) ? null : whole(found);
  };
}

export const CONTACTS: Rule[] = [
  { kind: 'email', needs: { at: true }, pattern: /(?<![\p{L}\d.+_%-])[\p{L}\d.+_%-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/gu },
  { kind: 'phone', needs: { digits: 8 }, pattern: /(?<![\p{L}\d+])\+ ?[1-9](?:[ ./()-]{0,2}\d){7,13}(?!\d)/gu, accept: telephone(8, 15) },
  {
    kind: 'phone',
    needs: { digits: 11 },
    pattern: /(?<![\p{L}\d]|[\d][.,/+-])00[1-9](?:[ .-]?\d){8,12}(?![\d/])/gu,
    accept: telephone(11, 16),
  },
  // Free-phone and short numbers are the body's own; a citizen's begins with 3 or 0.
  {
    kind: 'phone',
    needs: { digits: 9 },
    pattern: /(?<![\p{L}\d+]|\d[.,/-])3\d{2}[ ./-]?(?:\d[ .-]?){5,6}\d(?![\d/]|[.,]\d)/gu,
    accept: telephone(9, 10),
  },
  {
    kind: 'phone',
    needs: { digits: 8 },
    pattern: /(?<![\p{L}\d+]|\d[.,/:-])\(?0[1-9]\d{0,3}\)?[ ./-]{0,2}(?:\d[ .-]?){3,8}\d(?![\d/:]|[.,]\d)/gu,
    accept: telephone(8, 11),
  },
];
