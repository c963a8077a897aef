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
}

/** `idf` per question word; unknown words have the largest. O(words of the passage × question words). */
export function closenessOf(entry: Entry, words: QueryWord[], idf: number[]): Closeness {
  const places = words.map(() => [] as number[]);
  const inTitle = words.map(() => false);
  let position = 0;
  const scan = (slots: Uint32Array, heading: boolean) => {
    for (const slot of slots) {
      for (let w = 0; w < words.length; w++) {
        if (!(words[w] as QueryWord).slots.includes(slot)) continue;
        (places[w] as number[]).push(position);
        if (heading) inTitle[w] = true;
      }
      position++;
    }
    // Fields do not touch: a word of the title is not near the first word of the text.
    position += FARTHEST + 1;
  };
  scan(entry.title, true);
  scan(entry.section, true);
  scan(entry.text, false);
  let proximity = 0;
  for (let w = 1; w < words.length; w++) {
    const distance = smallestDistance(places[w - 1] as number[], places[w] as number[]);
    if (distance <= FARTHEST) proximity += Math.min(idf[w - 1] as number, idf[w] as number) / distance;
  }
  const total = idf.reduce((sum, value) => sum + value, 0) || 1;
  const share = (holds: (w: number) => boolean) => idf.reduce((sum, value, w) => sum + (holds(w) ? value : 0), 0) / total;
  return { proximity, coverage: share((w) => (places[w] as number[]).length > 0), titleCoverage: share((w) => inTitle[w] as boolean) };
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
