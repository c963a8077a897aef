/** Spelling against the collection's own vocabulary: a word no passage holds is replaced by its one or two nearest words. */
import type { Collection, VocabularyWord } from '../../indexes/collection.ts';
import { letterMask } from '../../indexes/collection/words.ts';

const SHORTEST = 4;
/** From this length on two slips are forgiven. */
const LONG = 8;
const KEPT = 2;

export interface Correction {
  word: string;
  /** Share of the original word's weight. */
  share: number;
}

/** Nearest words at Damerau–Levenshtein distance 1 (2 from 8 letters on), commoner first. Cost grows with the vocabulary: some 0.1 ms at 20,000 words. */
export function correct(word: string, collection: Collection): Correction[] {
  if (word.length < SHORTEST || /\d/.test(word)) return [];
  const most = word.length >= LONG ? 2 : 1;
  const mask = letterMask(word);
  let found: { word: VocabularyWord; distance: number }[] = [];
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const candidate of collection.vocabulary().get(length) ?? []) {
      if (bits(candidate.mask ^ mask) > 2 * most) continue;
      const distance = distanceWithin(word, candidate.word, most);
      if (distance <= most) found.push({ word: candidate, distance });
    }
  }
  const nearest = Math.min(...found.map(({ distance }) => distance));
  found = found
    .filter(({ distance }) => distance === nearest)
    .sort((a, b) => b.word.count - a.word.count || (a.word.word < b.word.word ? -1 : 1));
  const kept = found.slice(0, KEPT);
  const total = kept.reduce((sum, { word: { count } }) => sum + count, 0);
  return kept.map(({ word: { word: text, count } }) => ({ word: text, share: count / total }));
}

/** How many bits of 32 are set. */
function bits(value: number): number {
  let n = value - ((value >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows of the table of distances: the one being filled and the two before it. Lent to one pair of words at a time. */
let rows: [Int32Array, Int32Array, Int32Array] = rowsFor(64);

function rowsFor(length: number): [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
}

/** Edits between two words, swaps of neighbours counted once; `most + 1` as soon as it is more. */
export function distanceWithin(a: string, b: string, most: number): number {
  if (b.length >= rows[0].length) rows = rowsFor(2 * b.length);
  let [before, previous, row] = rows;
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    row[0] = i;
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = letter === b.charCodeAt(j - 1) ? 0 : 1;
      let value = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + cost);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        value = Math.min(value, (before[j - 2] as number) + 1);
      row[j] = value;
      if (value < smallest) smallest = value;
    }
    if (smallest > most) return most + 1;
    [before, previous, row] = [previous, row, before];
  }
  return previous[b.length] as number;
}
