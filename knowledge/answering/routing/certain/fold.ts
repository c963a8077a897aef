import { remembering } from '../../../languages/reading/remembering.ts';
import { type Sieved, sieved } from '../../../languages/reading/sieve.ts';
import { foldAccents } from '../../../languages/reading/stem.ts';

const MESSAGES_KEPT = 100;

/** Lower case, no accents, every run of other signs one blank: "L’ho già detto!" → "l ho gia detto". */
export const fold = remembering(
  (text) =>
    foldAccents(text.toLowerCase())
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  MESSAGES_KEPT,
);

/** Alternatives as whole words in folded text. */
export function words(...alternatives: string[]): Sieved {
  return sieved(new RegExp(`\\b(?:${alternatives.join('|')})\\b`));
}
