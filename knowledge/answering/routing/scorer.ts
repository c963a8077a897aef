/** A linear scorer: one weight for each feature and intent, learnt from the examples beside it when first used. Deterministic. */
import { readFileSync } from 'node:fs';
import { featuresOf } from './features.ts';
import { INTENTS, type Intent } from './intent.ts';
import { LENGTH, scoring, sizeOf, toShares, UNKNOWN } from './scoring.ts';

const N = INTENTS.length;
const ROUNDS = 5;
const RATE = 0.2;
const DECAY = 1e-3;
/** Prime, so that every example has its turn. */
const STRIDE = 619;
/** Errors below this are not worth a step. */
const SMALL = 0.03;

export interface Example {
  text: string;
  intent: Intent;
}

export interface Scorer {
  /** Probabilities in the order of INTENTS. O(features). */
  score(text: string): Float64Array;
}

/** One file an intent, one utterance a line, written for this purpose. */
export function readExamples(): Example[] {
  return INTENTS.flatMap((intent) =>
    readFileSync(new URL(`examples/${intent}.txt`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((text) => ({ text, intent })),
  );
}

/** Multinomial logistic regression by AdaGrad, the examples in a fixed mixed order. O(rounds × letters). */
export function trainScorer(examples: Example[]): Scorer {
  const training = trainInPieces(examples);
  for (;;) {
    const { done, value } = training.next();
    if (done) return value;
  }
}

/** The same in pieces of some milliseconds: whoever drives it may do other work in between. */
export function* trainInPieces(examples: Example[]): Generator<undefined, Scorer> {
  const said: string[][] = [];
  const ids = new Map<string, number>();
  for (const { text } of examples) {
    const features = featuresOf(text);
    for (const feature of features) if (!ids.has(feature)) ids.set(feature, ids.size);
    if (said.push(features) % PIECE === 0) yield;
  }
  const rows: Row[] = [];
  for (const features of said) if (rows.push(sized(features, ids)) % PIECE === 0) yield;
  const targets = examples.map(({ intent }) => INTENTS.indexOf(intent));
  // An intent with more examples is not likelier for that.
  const worth = INTENTS.map((_, at) => examples.length / N / Math.max(1, targets.filter((target) => target === at).length));
  const weights = new Float32Array(ids.size * N);
  const slopes = new Float32Array(ids.size * N).fill(1e-2);
  const shares = new Float64Array(N);
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < rows.length; at++) {
      const next = (at * STRIDE + round * 97) % rows.length;
      const row = rows[next]!;
      weigh(weights, row, shares);
      for (let k = 0; k < N; k++) {
        const error = (shares[k]! - (k === targets[next] ? 1 : 0)) * worth[targets[next]!]!;
        if (Math.abs(error) >= SMALL) step(weights, slopes, row, k, error);
      }
      if (at % PIECE === PIECE - 1) yield;
    }
  }
  return { score: scoring(weights, ids) };
}

/** Examples in a piece. */
const PIECE = 200;
/** One step of AdaGrad for one intent. By itself, so that it is compiled once and not anew in the middle of each example. */
function step(weights: Float32Array, slopes: Float32Array, { ids, sizes }: Row, intent: number, error: number): void {
  for (let i = 0; i < ids.length; i++) {
    const cell = ids[i]! * N + intent;
    const slope = error * sizes[i]! + DECAY * weights[cell]!;
    slopes[cell]! += slope * slope;
    weights[cell]! -= (RATE * slope) / Math.sqrt(slopes[cell]!);
  }
}

interface Row {
  ids: Int32Array;
  sizes: Float64Array;
}

/** Known features with their sizes; long messages weigh as much as short ones, and unknown words take their part. */
function sized(features: string[], ids: Map<string, number>): Row {
  const row = { ids: new Int32Array(features.length), sizes: new Float64Array(features.length) };
  let known = 0;
  let total = 1;
  for (const feature of features) {
    const id = ids.get(feature);
    const size = sizeOf(feature);
    total += size * size * (id === undefined ? UNKNOWN : 1);
    if (id === undefined) continue;
    row.ids[known] = id;
    row.sizes[known++] = size;
  }
  const norm = LENGTH / Math.sqrt(total);
  for (let i = 0; i < known; i++) row.sizes[i]! *= norm;
  return { ids: row.ids.subarray(0, known), sizes: row.sizes.subarray(0, known) };
}

/** Shares of the intents, which sum up to 1. */
function weigh(weights: Float32Array, row: Row, into: Float64Array): void {
  into.fill(0);
  for (let i = 0; i < row.ids.length; i++) {
    const start = row.ids[i]! * N;
    const size = row.sizes[i]!;
    for (let k = 0; k < N; k++) into[k]! += weights[start + k]! * size;
  }
  toShares(into);
}
