/**
 * Dense vectors as signed bytes: a quarter of the memory, and a cosine that is off by less than .005 (dense.test.ts). All of them are compared with a
 * question's in one pass, exactly: at the sizes of a public body that takes less time than an approximate graph would take care.
 */
import type { Near } from './nearest.ts';

/** How many passages a vector may propose. */
export const NEAREST = 100;

/** Scaled so that the largest number becomes ±127; a cosine does not see the scale. */
export function quantise(vector: Float32Array): Int8Array {
  let most = 0;
  for (const number of vector) most = Math.max(most, Math.abs(number));
  return Int8Array.from(vector, (number) => Math.round((number * 127) / (most || 1)));
}

/** The passages that a vector proposes, by row, ascending. */
export interface Nearness {
  rows: Uint32Array;
  nearness: Float64Array;
}

/** Cosines of one model crowd together (.7 to .9 with some), so nearness is measured from the hundredth of those admitted: 0, to the first: 1. `near`: nearest first. */
export function nearnessOf({ rows, cosines }: Near): Nearness {
  const order = rows.map((_, i) => i).sort((a, b) => (rows[a] as number) - (rows[b] as number));
  const most = cosines[0] ?? 0;
  const least = cosines.at(-1) ?? 0;
  return {
    rows: order.map((i) => rows[i] as number),
    nearness: Float64Array.from(order, (i) => (most > least ? ((cosines[i] as number) - least) / (most - least) : 1)),
  };
}
