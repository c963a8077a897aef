/** Candidates that say the same: what their neighbours score, and which of several near copies one is. */
import type { Vector } from './kinship.ts';

/** Figures of whole candidates that neighbours lend one another. */
export const LENT = [
  ...(['prior', 'words of last', 'words of decayed', 'likeness to last', 'clause of decayed', 'stretch of last', 'grams'] as const),
];
/** 0–1. */
export const NEIGHBOURLY = [
  ...LENT.map((name) => `neighbours: ${name}`),
  ...(['neighbours: all', 'walked to', 'nearest copy', 'five nearest', 'near copies', 'longer than its copies'] as const),
];

const NEAREST = 6;
const NEAR_COPY = 0.5;
const STEPS = 10;

/**
 * One column for each of NEIGHBOURLY. `lent`: by name of LENT and candidate. `prior`: hand-set scores, 0–1. `lengths`: words of each passage.
 * O(candidates² × words of a passage).
 */
export function readNeighbours(vectors: Vector[], lent: number[][], prior: number[], lengths: number[], slots: number): number[][] {
  const size = vectors.length;
  const likeness = likenessOfAll(vectors, slots);
  const ways = vectors.map((_, i) => nearestOf(likeness.subarray(i * size, (i + 1) * size)));
  const pulled = ways.map(({ nearest, weights }) => sumOf(nearest.map((j, k) => (weights[k] as number) * (prior[j] as number))));
  const mostPulled = Math.max(...pulled) || 1;
  const signs = ways.map(({ copies }, i) => sumOf(copies.map((j) => Math.sign((lengths[i] as number) - (lengths[j] as number)))));
  return [
    ...lent.map((column) =>
      ways.map(({ nearest, weights, sum }) => sumOf(nearest.map((j, k) => (weights[k] as number) * (column[j] as number))) / (sum || 1)),
    ),
    pulled.map((value) => value / mostPulled),
    walk(likeness, prior),
    ways.map(({ best }) => best[0] ?? 0),
    ways.map(({ best }) => sumOf(best) / 5),
    ways.map(({ copies }) => copies.length / size),
    signs.map((sign) => sign / size),
  ];
}

interface Neighbours {
  nearest: number[];
  weights: number[];
  /** Of the weights. */
  sum: number;
  /** The five largest likenesses, largest first. */
  best: number[];
  copies: number[];
}

function nearestOf(row: Float64Array): Neighbours {
  const sorted = row.toSorted();
  const least = sorted[Math.max(0, row.length - NEAREST)] as number;
  const nearest: number[] = [];
  const copies: number[] = [];
  for (let j = 0; j < row.length; j++) {
    if ((row[j] as number) >= least && (row[j] as number) > 0) nearest.push(j);
    if ((row[j] as number) > NEAR_COPY) copies.push(j);
  }
  const weights = nearest.map((j) => row[j] as number);
  return { nearest, weights, sum: sumOf(weights), best: [...sorted.slice(-5)].reverse(), copies };
}

/** Where one ends who starts at good candidates and goes on to like ones, half of the time; the most visited has 1. */
function walk(likeness: Float64Array, prior: number[]): number[] {
  const size = prior.length;
  const start = prior.map((score) => Math.max(score, 0.001) ** 2);
  const total = sumOf(start);
  const ways = new Float64Array(likeness.length);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (likeness[i * size + j] as number) ** 2;
    for (let j = 0; j < size; j++) ways[i * size + j] = (likeness[i * size + j] as number) ** 2 / (sum || 1);
  }
  let at = start.map((value) => value / total);
  const home = at.map((value) => value / 2);
  for (let step = 0; step < STEPS; step++) {
    const next = [...home];
    for (let i = 0; i < size; i++) {
      const leaving = (at[i] as number) / 2;
      for (let j = 0; j < size; j++) next[j] = (next[j] as number) + leaving * (ways[i * size + j] as number);
    }
    at = next;
  }
  const most = Math.max(...at) || 1;
  return at.map((value) => value / most);
}

let lentValues = new Float64Array(1024);

/** Cosines of all pairs, a row a candidate; 0 with itself. */
function likenessOfAll(vectors: Vector[], slots: number): Float64Array {
  if (lentValues.length < slots) lentValues = new Float64Array(slots * 2);
  const size = vectors.length;
  const rows = new Float64Array(size * size);
  for (const [i, { slots: words, values }] of vectors.entries()) {
    for (let k = 0; k < words.length; k++) lentValues[words[k] as number] = values[k] as number;
    for (let j = 0; j < i; j++) {
      const other = vectors[j] as Vector;
      let sum = 0;
      for (let k = 0; k < other.slots.length; k++) sum += (lentValues[other.slots[k] as number] as number) * (other.values[k] as number);
      rows[i * size + j] = sum;
      rows[j * size + i] = sum;
    }
    for (const slot of words) lentValues[slot] = 0;
  }
  return rows;
}

function sumOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
