/** How closely a passage holds the question's words together, and how many of them it holds. One scan of the passage's words serves both. */
import type { Entry } from '../../indexes/collection.ts';
import { LENGTHS, type PackedWords, placeIn } from './packed-words.ts';
import type { QueryWord } from './terms.ts';

const FARTHEST = 4;

/** By passage, in columns that are lent until the next reading. */
export interface Closeness {
  /** Σ over neighbouring question words of the smaller idf ÷ their smallest distance in the passage, if ≤ 4. */
  proximity: Float64Array;
  /** idf-weighted share of the question's words in the passage, title and headings included. */
  coverage: Float64Array;
  /** The same for title and headings alone. */
  titleCoverage: Float64Array;
  /** By passage and question word (`words` of them): 1 when the passage holds it. */
  held: Uint8Array;
  words: number;
}

const MOST_WORDS = 250;

/** Which question word a slot stands for: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint8Array(1024);
/** By question word: where the passage said it last, and how near its neighbour before it stood at best. Lent likewise. */
const last = new Int32Array(MOST_WORDS);
const nearest = new Int32Array(MOST_WORDS);
const UNSAID = -1_000_000;

let lent = lendFor(64, 16);

function lendFor(passages: number, words: number): Closeness {
  return {
    proximity: new Float64Array(passages),
    coverage: new Float64Array(passages),
    titleCoverage: new Float64Array(passages),
    held: new Uint8Array(passages * words),
    words,
  };
}

/** Where the passages stand packed, and the row of each; below 0 = it has none. */
export interface PackedRows {
  packed: PackedWords;
  rows: Int32Array;
}

/** Reads many passages for one question. `idf` per question word; unknown words have the largest. `slots`: of the collection. O(words of the passages). */
export function readClosely(entries: Entry[], words: QueryWord[], idf: number[], slots: number, from: PackedRows | null = null): Closeness {
  if (marks.length < slots) marks = new Uint8Array(slots * 2);
  const counted = Math.min(words.length, MOST_WORDS);
  if (lent.proximity.length < entries.length || lent.held.length < entries.length * counted)
    lent = lendFor(2 * entries.length, Math.max(16, counted));
  lent.words = counted;
  mark(words, counted, false);
  let sum = 0;
  for (let w = 0; w < idf.length; w++) sum += idf[w] as number;
  for (let i = 0; i < entries.length; i++) {
    begin(counted);
    const row = from === null ? -1 : (from.rows[i] as number);
    const at = from === null || row < 0 ? -1 : placeIn(from.packed, row, entries[i] as Entry, slots);
    const titleShare =
      from === null || at < 0 ? scanEntry(entries[i] as Entry, idf, counted) : scanPacked(from.packed.list, at, idf, counted);
    write(i, lent, idf, sum || 1, titleShare);
  }
  mark(words, counted, true);
  return lent;
}

function mark(words: QueryWord[], counted: number, clear: boolean): void {
  for (let w = 0; w < counted; w++) {
    const { slots } = words[w] as QueryWord;
    for (let i = 0; i < slots.length; i++) marks[slots[i] as number] = clear ? 0 : w + 1;
  }
}

function begin(words: number): void {
  for (let w = 0; w < words; w++) {
    last[w] = UNSAID;
    nearest[w] = FARTHEST + 1;
  }
}

/** Both return the share of the question that title and headings hold. Fields do not touch: a word of the title is not near the first word of the text. */
function scanEntry(entry: Entry, idf: number[], words: number): number {
  const { title } = entry;
  const { list, section, text, end } = entry.span();
  const sectionAt = title.length + FARTHEST + 1;
  scan(title, 0, title.length, 0, words);
  scan(list, section, text, sectionAt, words);
  const share = saidSoFar(idf, words);
  scan(list, text, end, sectionAt + text - section + FARTHEST + 1, words);
  return share;
}

function scanPacked(list: Uint16Array, at: number, idf: number[], words: number): number {
  const title = at + LENGTHS;
  const section = title + (list[at] as number);
  const text = section + (list[at + 1] as number);
  const sectionAt = section - title + FARTHEST + 1;
  scan(list, title, section, 0, words);
  scan(list, section, text, sectionAt, words);
  const share = saidSoFar(idf, words);
  scan(list, text, text + (list[at + 2] as number), sectionAt + text - section + FARTHEST + 1, words);
  return share;
}

function saidSoFar(idf: number[], words: number): number {
  let share = 0;
  for (let w = 0; w < words; w++) if (last[w] !== UNSAID) share += idf[w] as number;
  return share;
}

/** Writes what stands at place `i` of the columns. */
function write(
  i: number,
  { proximity, coverage, titleCoverage, held, words }: Closeness,
  idf: number[],
  total: number,
  titleShare: number,
): void {
  let near = 0;
  let share = 0;
  const at = i * words;
  for (let w = 0; w < words; w++) {
    const said = last[w] !== UNSAID;
    held[at + w] = said ? 1 : 0;
    if (!said) continue;
    share += idf[w] as number;
    const distance = nearest[w] as number;
    if (w > 0 && distance <= FARTHEST) near += Math.min(idf[w - 1] as number, idf[w] as number) / distance;
  }
  proximity[i] = near;
  coverage[i] = share / total;
  titleCoverage[i] = titleShare / total;
}

/** Notes the words of one field, which stands in the list from `from` to `to` and begins at `position` of the passage. */
function scan(list: Uint32Array | Uint16Array, from: number, to: number, position: number, words: number): void {
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
