/** A linear scorer: one weight for each feature and intent, learnt from the examples beside it when first used. Deterministic. */
import { readFileSync } from 'node:fs';
import { featuresOf } from './features.ts';
import { INTENTS, type Intent } from './intent.ts';

const N = INTENTS.length;
const ROUNDS = 8;
const RATE = 0.5;
const DECAY = 1e-4;
/** A concept stands for many words that the examples do not hold. */
const CONCEPT = 1.6;
const GRAM = 0.6;

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

/** Multinomial logistic regression by AdaGrad, the examples in a fixed mixed order. */
export function trainScorer(examples: Example[]): Scorer {
  const ids = new Map<string, number>();
  const rows = examples.map(({ text, intent }) => {
    const features = featuresOf(text).map((feature) => [idOf(ids, feature), sizeOf(feature)] as const);
    return { features, norm: normOf(features.map(([, size]) => size)), target: INTENTS.indexOf(intent) };
  });
  const weights = new Float64Array(ids.size * N);
  const slopes = new Float64Array(ids.size * N).fill(1e-2);
  const scores = new Float64Array(N);
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[(at * 619 + round * 97) % rows.length]!;
      sum(weights, row.features, row.norm, scores);
      soften(scores);
      for (let k = 0; k < N; k++) {
        const error = scores[k]! - (k === row.target ? 1 : 0);
        if (Math.abs(error) < 1e-3) continue;
        for (const [id, size] of row.features) {
          const cell = id * N + k;
          const slope = error * size * row.norm + DECAY * weights[cell]!;
          slopes[cell]! += slope * slope;
          weights[cell]! -= (RATE * slope) / Math.sqrt(slopes[cell]!);
        }
      }
    }
  }
  return {
    score(text) {
      const result = new Float64Array(N);
      const features: [number, number][] = [];
      const sizes: number[] = [];
      for (const feature of featuresOf(text)) {
        const size = sizeOf(feature);
        const id = ids.get(feature);
        sizes.push(id === undefined ? size / 2 : size);
        if (id !== undefined) features.push([id, size]);
      }
      sum(weights, features, normOf(sizes), result);
      soften(result);
      return result;
    },
  };
}

function idOf(ids: Map<string, number>, feature: string): number {
  const known = ids.get(feature);
  if (known !== undefined) return known;
  ids.set(feature, ids.size);
  return ids.size - 1;
}

function sizeOf(feature: string): number {
  return feature.startsWith('#') ? CONCEPT : feature.startsWith('-') ? GRAM : 1;
}

/** Long messages weigh as much as short ones. */
function normOf(sizes: number[]): number {
  return 3 / Math.sqrt(sizes.reduce((total, size) => total + size * size, 1));
}

function sum(weights: Float64Array, features: readonly (readonly [number, number])[], norm: number, into: Float64Array): void {
  into.fill(0);
  for (const [id, size] of features) for (let k = 0; k < N; k++) into[k]! += weights[id * N + k]! * size * norm;
}

function soften(scores: Float64Array): void {
  let top = -Infinity;
  for (const score of scores) top = Math.max(top, score);
  let total = 0;
  for (let k = 0; k < N; k++) total += scores[k] = Math.exp(scores[k]! - top);
  for (let k = 0; k < N; k++) scores[k]! /= total;
}
