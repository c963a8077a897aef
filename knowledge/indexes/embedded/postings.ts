/**
 * Inverted lists in a few typed arrays: the postings of slot s stand from starts[s] to starts[s+1]. A row is written as its last sixteen bits:
 * beyond 65,536 rows each block of so many has places of its own where a slot's postings in it begin. Weights that repeat are written as numbers of two bytes.
 */
import { createWeightColumn, roomFor, type TakeRoom, takeAnew, type Weights } from './weight-column.ts';

/** Rows of a block are numbered by so many bits. */
export const BLOCK_BITS = 16;
const LOW = (1 << BLOCK_BITS) - 1;

export interface RowLists {
  /** Slots that have a list. */
  slots: number;
  /** By block of rows: where each slot's postings in it begin; one more, where they end. */
  starts: readonly Uint32Array[];
  /** Row within its block. */
  rows: Uint16Array;
}

export interface Postings extends RowLists {
  weights: Weights;
}

/** Postings of one slot in one block: rows are `base` + what stands at `from` to `to`. */
export interface Range {
  base: number;
  from: number;
  to: number;
}

/** Calls back once for each (slot, row) pair, rows ascending. */
export type EachWeight = (visit: (slot: number, row: number, weight: number) => void) => void;

/** Where postings stand. */
export interface Storage {
  /** Other threads may see them. */
  shared: boolean;
  /** For what kernels read. */
  take: TakeRoom;
}

/** Counting sort: O(pairs + slots). `df`: how many pairs each slot has, where that is known; else they are gone through once more to count them. */
export function buildPostings(slots: number, each: EachWeight, df = countPairs(slots, each), storage?: Storage): Postings {
  const postings = openPostings(slots, df, storage);
  each(postings.add);
  return postings.done();
}

/** Postings to be filled, rows ascending. `df`: how many rows each slot will have. `storage`: absent = arrays of this thread. */
export function openPostings(slots: number, df: ArrayLike<number>, storage?: Storage) {
  const lists = openLists(slots, df, storage);
  const weights = createWeightColumn(lists.rows.length, storage?.take);
  return {
    add: (slot: number, row: number, weight: number) => weights.set(lists.add(slot, row), weight),
    done: (): Postings => ({ ...lists.done(), weights: weights.done() }),
  };
}

function countPairs(slots: number, each: EachWeight): Uint32Array {
  const df = new Uint32Array(slots);
  each((slot) => {
    df[slot] = (df[slot] as number) + 1;
  });
  return df;
}

/** The same without weights. */
export function openLists(slots: number, df: ArrayLike<number>, { shared, take }: Storage = { shared: false, take: takeAnew(false) }) {
  const first = new Uint32Array(roomFor(4 * (slots + 1), shared));
  for (let slot = 0; slot < slots; slot++) first[slot + 1] = (df[slot] ?? 0) + (first[slot] as number);
  const next = first.slice();
  const starts: Uint32Array[] = [first];
  const room = take(2 * (first[slots] as number));
  const rows = new Uint16Array(room.buffer, room.at, first[slots] as number);
  const copyOf = (from: Uint32Array): Uint32Array => {
    const copy = new Uint32Array(roomFor(from.byteLength, shared));
    copy.set(from);
    return copy;
  };
  return {
    rows,
    /** The place of the posting. */
    add(slot: number, row: number): number {
      while (row >>> BLOCK_BITS >= starts.length) starts.push(copyOf(next));
      const at = next[slot] as number;
      rows[at] = row & LOW;
      next[slot] = at + 1;
      return at;
    },
    done: (): RowLists => ({ slots, starts: [...starts, copyOf(next)], rows }),
  };
}

export function countIn({ slots, starts }: RowLists, slot: number): number {
  return slot < slots ? ((starts[starts.length - 1] as Uint32Array)[slot] as number) - ((starts[0] as Uint32Array)[slot] as number) : 0;
}

/** The blocks in which a slot has postings, rows ascending. */
export function rangesOf({ slots, starts }: RowLists, slot: number): Range[] {
  const ranges: Range[] = [];
  if (slot >= slots) return ranges;
  for (let block = 0; block + 1 < starts.length; block++) {
    const from = (starts[block] as Uint32Array)[slot] as number;
    const to = (starts[block + 1] as Uint32Array)[slot] as number;
    if (from < to) ranges.push({ base: block << BLOCK_BITS, from, to });
  }
  return ranges;
}

/** Adds a slot's weights times a factor to the scores of its rows. */
export function addScores(postings: Postings, slot: number, factor: number, scores: Float32Array): void {
  for (let block = 0; block + 1 < postings.starts.length; block++) addScoresIn(postings, slot, block, factor, scores, 0);
}

/** The same in one block of rows, without the objects of rangesOf: a question has some fifty slots. `base`: the row that the scores begin with. */
export function addScoresIn(postings: Postings, slot: number, block: number, factor: number, scores: Float32Array, base: number): void {
  const { rows, weights, starts } = postings;
  if (slot >= postings.slots || block + 1 >= starts.length) return;
  const { codes, values } = weights;
  const first = (block << BLOCK_BITS) - base;
  const to = (starts[block + 1] as Uint32Array)[slot] as number;
  const from = (starts[block] as Uint32Array)[slot] as number;
  if (codes)
    for (let i = from; i < to; i++) {
      const row = first + (rows[i] as number);
      scores[row] = (scores[row] as number) + factor * (values[codes[i] as number] as number);
    }
  else
    for (let i = from; i < to; i++) {
      const row = first + (rows[i] as number);
      scores[row] = (scores[row] as number) + factor * (values[i] as number);
    }
}

/** The same for a few rows (ascending), found in the postings by halving. */
export function addScoresAmong(postings: Postings, slot: number, factor: number, scores: Float32Array, among: Uint32Array): void {
  const { codes, values } = postings.weights;
  let next = 0;
  for (const { base, from: first, to } of rangesOf(postings, slot)) {
    let from = first;
    while (next < among.length && (among[next] as number) < base) next++;
    for (; next < among.length && (among[next] as number) <= base + LOW && from < to; next++) {
      const row = among[next] as number;
      from = placeOf(postings.rows, row - base, from, to);
      if (from < to && postings.rows[from] === row - base)
        scores[row] = (scores[row] as number) + factor * (values[codes ? (codes[from] as number) : from] as number);
    }
  }
}

/** The first place whose row is not below this one. */
function placeOf(rows: Uint16Array, row: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
