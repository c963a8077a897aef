/** Whether the best passages speak of one thing. */
import type { RankedPassage, Topic } from './question.ts';
import { standingOf } from './standing.ts';
import { type HeldWords, wordNumbers } from './word-numbers.ts';

/** By number of a word: in how many of the passages it stands, and 16 times the number of the last one. Lent to one question at a time, and left empty. */
let timesHeld = new Uint8Array(1 << 12);

/**
 * What two of the passages have in common on the mean, 0–1: a question that the collection speaks of finds passages about one thing, another finds one of
 * everything. O(words of the passages).
 */
export function likenessAmong(topic: Topic, near: RankedPassage[]): number {
  if (near.length < 2) return 0;
  if (timesHeld.length < wordNumbers()) timesHeld = new Uint8Array(2 * wordNumbers());
  const times = timesHeld;
  const lists = near.map((ranked) => standingOf(topic, ranked).read.words);
  let words = 0;
  let shared = 0;
  for (let p = 0; p < lists.length; p++) {
    const list = lists[p] as HeldWords;
    const lastHere = (p + 1) << 4;
    for (let i = 0; i < list.length; i++) {
      const word = list[i] as number;
      const before = times[word] as number;
      // A word stands in several pieces.
      if ((before & 0xf0) === lastHere) continue;
      const others = before & 0xf;
      shared += others;
      words++;
      times[word] = lastHere | (others + 1);
    }
  }
  for (const list of lists) for (let i = 0; i < list.length; i++) times[list[i] as number] = 0;
  const pairs = (near.length * (near.length - 1)) / 2;
  return words === 0 ? 0 : shared / pairs / (words / near.length);
}
