/** How closely a passage holds the question's words together, and how many of them it holds. One scan of the passage's words serves both. */
import type { Entry } from '../../indexes/collection.ts';
import type { QueryWord } from './terms.ts';

const FARTHEST = 4;

export interface Closeness {
  /** Σ over neighbouring question words of the smaller idf ÷ their smallest distance in the passage, if ≤ 4. */
  proximity: number;
  /** idf-weighted share of the question's words in the passage, title and headings included. */
  coverage: number;
  /** The same for title and headings alone. */
  titleCoverage: number;
  /** By question word: 1 when the passage holds it. */
  held: number[];
}

const MOST_WORDS = 250;

/** Which question word a slot stands for: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint8Array(1024);
/** By question word: where the passage said it last, and how near its neighbour before it stood at best. Lent likewise. */
const last = new Int32Array(MOST_WORDS);
const nearest = new Int32Array(MOST_WORDS);
const UNSAID = -1_000_000;

/** Reads many passages for one question. `idf` per question word; unknown words have the largest. O(words of the passages). */
export function readClosely(entries: Entry[], words: QueryWord[], idf: number[], slots: number): Closeness[] {
  if (marks.length < slots) marks = new Uint8Array(slots * 2);
  const counted = words.slice(0, MOST_WORDS);
  for (let w = 0; w < counted.length; w++) for (const slot of (counted[w] as QueryWord).slots) marks[slot] = w + 1;
  let sum = 0;
  for (const value of idf) sum += value;
  const found: Closeness[] = [];
  for (const entry of entries) found.push(closenessOf(entry, counted.length, idf, sum || 1));
  for (const word of counted) for (const slot of word.slots) marks[slot] = 0;
  return found;
}

function closenessOf(entry: Entry, words: number, idf: number[], total: number): Closeness {
  for (let w = 0; w < words; w++) {
    last[w] = UNSAID;
    nearest[w] = FARTHEST + 1;
  }
  const { title } = entry;
  const { list, section, text, end } = entry.span();
  // Fields do not touch: a word of the title is not near the first word of the text.
  const sectionAt = title.length + FARTHEST + 1;
  scan(title, 0, title.length, 0, words);
  scan(list, section, text, sectionAt, words);
  let titleShare = 0;
  for (let w = 0; w < words; w++) if (last[w] !== UNSAID) titleShare += idf[w] as number;
  scan(list, text, end, sectionAt + text - section + FARTHEST + 1, words);
  let proximity = 0;
  let share = 0;
  const held: number[] = [];
  for (let w = 0; w < words; w++) {
    if (last[w] === UNSAID) {
      held.push(0);
      continue;
    }
    share += idf[w] as number;
    held.push(1);
    const distance = nearest[w] as number;
    if (w > 0 && distance <= FARTHEST) proximity += Math.min(idf[w - 1] as number, idf[w] as number) / distance;
  }
  return { proximity, coverage: share / total, titleCoverage: titleShare / total, held };
}

/** Notes the words of one field, which stands in the list from `from` to `to` and begins at `position` of the passage. */
function scan(list: Uint32Array, from: number, to: number, position: number, words: number): void {
  const marked = marks;
  for (let i = from; i < to; i++) {
    const mark = marked[list[i] as number] as number;
    if (mark === 0) continue;
    const w = mark - 1;
    const at = position + i - from;
    if (w > 0) {
      const gap = at - (last[w - 1] as number);
      if (gap < (nearest[w] as number)) nearest[w] = gap;
    }
    if (mark < words) {
      const gap = at - (last[mark] as number);
      if (gap < (nearest[mark] as number)) nearest[mark] = gap;
    }
    last[w] = at;
  }
}
