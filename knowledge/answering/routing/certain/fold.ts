import { type Sieved, sieved } from '../../../languages/reading/sieve.ts';
import { foldAccents } from '../../../languages/reading/stem.ts';
import { rememberingText } from '../../../languages/reading/text.ts';

/** Lower case, no accents, every run of other signs one blank: "L’ho già detto!" → "l ho gia detto". */
export const fold = rememberingText((text) =>
  foldAccents(text.toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim(),
);

/** Alternatives as whole words in folded text. */
export function words(...alternatives: string[]): Sieved {
  return sieved(new RegExp(`\\b(?:${alternatives.join('|')})\\b`));
}
