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
  held: Uint8Array;
}

/** Which question word a slot stands for: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint8Array(1024);

/** Reads many passages for one question. `idf` per question word; unknown words have the largest. O(words of the passages). */
export function readClosely(entries: Entry[], words: QueryWord[], idf: number[], slots: number): Closeness[] {
  if (marks.length < slots) marks = new Uint8Array(slots * 2);
  const counted = words.slice(0, 250);
  for (const [w, word] of counted.entries()) for (const slot of word.slots) marks[slot] = w + 1;
  const total = idf.reduce((sum, value) => sum + value, 0) || 1;
  const found = entries.map((entry) => closenessOf(entry, counted.length, idf, total));
  for (const word of counted) for (const slot of word.slots) marks[slot] = 0;
  return found;
}

function closenessOf(entry: Entry, words: number, idf: number[], total: number): Closeness {
  const places: number[][] = Array.from({ length: words }, () => []);
  let position = 0;
  let titleShare = 0;
  const scan = (slots: Uint32Array) => {
    for (let i = 0; i < slots.length; i++) {
      const mark = marks[slots[i] as number] as number;
      if (mark !== 0) (places[mark - 1] as number[]).push(position + i);
    }
    // Fields do not touch: a word of the title is not near the first word of the text.
    position += slots.length + FARTHEST + 1;
  };
  scan(entry.title);
  scan(entry.section);
  for (let w = 0; w < words; w++) if ((places[w] as number[]).length > 0) titleShare += idf[w] as number;
  scan(entry.text);
  let proximity = 0;
  let share = 0;
  const held = new Uint8Array(words);
  for (let w = 0; w < words; w++) {
    if ((places[w] as number[]).length === 0) continue;
    share += idf[w] as number;
    held[w] = 1;
    if (w === 0) continue;
    const distance = smallestDistance(places[w - 1] as number[], places[w] as number[]);
    if (distance <= FARTHEST) proximity += Math.min(idf[w - 1] as number, idf[w] as number) / distance;
  }
  return { proximity, coverage: share / total, titleCoverage: titleShare / total, held };
}

function smallestDistance(a: number[], b: number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const gap = (b[j] as number) - (a[i] as number);
    if (gap !== 0) smallest = Math.min(smallest, Math.abs(gap));
    if (gap > 0) i++;
    else j++;
  }
  return smallest;
}
