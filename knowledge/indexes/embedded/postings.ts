/** Inverted lists in three typed arrays: the postings of slot s are rows[starts[s] .. starts[s+1]), weights beside them. */

export interface Postings {
  starts: Uint32Array;
  rows: Uint32Array;
  weights: Float32Array;
}

/** Calls back once for each (slot, row) pair, rows ascending. */
export type EachWeight = (visit: (slot: number, row: number, weight: number) => void) => void;

/** Counting sort: O(pairs + slots). `df`: how many pairs each slot has, where that is known; else they are gone through once more to count them. */
export function buildPostings(slots: number, each: EachWeight, df?: Uint32Array): Postings {
  const starts = new Uint32Array(slots + 1);
  if (df) for (let slot = 0; slot < slots; slot++) starts[slot + 1] = df[slot] ?? 0;
  else
    each((slot) => {
      starts[slot + 1] = (starts[slot + 1] as number) + 1;
    });
  for (let slot = 0; slot < slots; slot++) starts[slot + 1] = (starts[slot + 1] as number) + (starts[slot] as number);
  const next = starts.slice();
  const total = starts[slots] as number;
  const rows = new Uint32Array(total);
  const weights = new Float32Array(total);
  each((slot, row, weight) => {
    const at = next[slot] as number;
    rows[at] = row;
    weights[at] = weight;
    next[slot] = at + 1;
  });
  return { starts, rows, weights };
}
