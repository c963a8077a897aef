import { foldedWords } from '../../../languages/reading/folded.ts';
import { type Sieved, sieved } from '../../../languages/reading/sieve.ts';
import { rememberingText } from '../../../languages/reading/text.ts';
import { latinWords } from '../../../languages/reading/words.ts';

/** Lower case, no accents: "L’ho già detto!" → l, ho, gia, detto. */
export const folded = rememberingText((text): readonly string[] => latinWords(text)?.map((word) => word.folded.text) ?? foldedWords(text));

/** The same in one string, a blank between two words. */
export const fold = rememberingText((text) => folded(text).join(' '));

/** Alternatives as whole words in folded text. */
export function words(...alternatives: string[]): Sieved {
  return sieved(new RegExp(`\\b(?:${alternatives.join('|')})\\b`));
}
