import { foldAccents } from '../../../languages/reading/stem.ts';

/** Lower case, no accents, every run of other signs one blank: "L’ho già detto!" → "l ho gia detto". */
export function fold(text: string): string {
  return foldAccents(text.toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Alternatives as whole words in folded text. */
export function words(...alternatives: string[]): RegExp {
  return new RegExp(`\\b(?:${alternatives.join('|')})\\b`);
}
