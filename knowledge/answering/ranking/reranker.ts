/**
 * A re-ranker fitted on one collection's own questions: three small networks over standardised figures, each a weighted sum with a hidden layer beside it, learnt with some of the figures hidden at every step.
 * Shape, training and what was tried: docs/decisions/0006-trained-ranking.md. It only puts the best candidates in another order; it never adds one.
 */
import { INPUTS, PRIOR } from './features.ts';
import { createListwise, randomFrom, type TrainingExample } from './listwise.ts';

/** A fitted model as plain numbers, to be stored. */
export interface RerankerModel {
  /** Of the shape: a model of another is not read. */
  shape: typeof SHAPE;
  /** Of every figure over all candidates learnt from. */
  mean: number[];
  spread: number[];
  hidden: number;
  networks: number[][];
}

export interface Reranker {
  /** One score per candidate, higher is better. O(candidates × inputs × hidden). */
  score(features: Float32Array[]): Float64Array;
}

export const SHAPE = 3;
const HIDDEN = 16;
const SEEDS = [1, 2, 3];
const SCHEDULE = { epochs: 25, step: 0.003, decay: 0.003, drop: 0.3 };
/** Learning starts from the hand-set order and is drawn back to it: few questions move it little. */
const PRIOR_WEIGHT = 8;

export function createReranker(model: RerankerModel): Reranker {
  const inputs = model.mean.length;
  const networks = model.networks.map((weights) => Float64Array.from(weights));
  const network = createListwise(inputs, model.hidden);
  return {
    score(features) {
      const rows = features.map((row) => standardised(row, model));
      const total = new Float64Array(features.length);
      for (const [i, row] of rows.entries()) {
        for (const weights of networks) total[i] = (total[i] as number) + network.score(weights, row) / networks.length;
      }
      return total;
    },
  };
}

function standardised(row: Float32Array, { mean, spread }: Pick<RerankerModel, 'mean' | 'spread'>): Float32Array {
  const made = new Float32Array(row.length);
  for (let i = 0; i < row.length; i++) made[i] = ((row[i] as number) - (mean[i] as number)) / (spread[i] as number);
  return made;
}

/** Fits a model. Questions whose answer is not among the candidates teach nothing. Deterministic. O(epochs × seeds × examples × candidates × inputs × hidden). */
export function trainReranker(examples: TrainingExample[], progress?: (line: string) => void): RerankerModel {
  const usable = examples.filter(({ relevant }) => relevant.includes(true) && relevant.includes(false));
  const inputs = usable[0]?.features[0]?.length ?? 0;
  const scale = scaleOf(usable, inputs);
  const ready = usable.map(({ features, relevant }) => ({ features: features.map((row) => standardised(row, scale)), relevant }));
  // Figures of other questions than these (a test's) have no hand-set order among them.
  const prior = inputs === INPUTS ? { at: PRIOR, weight: PRIOR_WEIGHT * (scale.spread[PRIOR] as number) } : null;
  const networks = SEEDS.map((seed) => createListwise(inputs, HIDDEN).fit(ready, prior, randomFrom(seed), SCHEDULE));
  progress?.(`fitted on ${usable.length} questions`);
  return { shape: SHAPE, ...scale, hidden: HIDDEN, networks: networks.map(short) };
}

function short(weights: Float64Array): number[] {
  return [...weights].map((value) => Number(value.toPrecision(6)));
}

function scaleOf(examples: TrainingExample[], inputs: number): Pick<RerankerModel, 'mean' | 'spread'> {
  const sum = new Float64Array(inputs);
  const squares = new Float64Array(inputs);
  let count = 0;
  for (const { features } of examples)
    for (const row of features) {
      count++;
      for (let i = 0; i < inputs; i++) {
        sum[i] = (sum[i] as number) + (row[i] as number);
        squares[i] = (squares[i] as number) + (row[i] as number) ** 2;
      }
    }
  const mean = sum.map((value) => value / Math.max(1, count));
  // A figure that never changes says nothing: its spread must not make it loud.
  const spread = squares.map((value, i) => Math.sqrt(Math.max(0, value / Math.max(1, count) - (mean[i] as number) ** 2)) || 1);
  return { mean: short(mean), spread: short(spread) };
}
