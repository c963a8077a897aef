/**
 * A re-ranker fitted on one collection's own questions: a weighted sum of standardised figures, and beside it small networks that see how figures work together.
 * Shape, training and what was tried: docs/decisions/0006-trained-ranking.md. It only puts the best candidates in another order; it never adds one.
 */
import { INPUTS, PRIOR } from './features.ts';
import { createListwise, randomFrom, type TrainingExample } from './listwise.ts';

/** A fitted model as plain numbers, to be stored. */
export interface RerankerModel {
  /** Of every figure over all candidates learnt from. */
  mean: number[];
  spread: number[];
  /** One weight a figure. */
  linear: number[];
  hidden: number;
  networks: number[][];
}

export interface Reranker {
  /** One score per candidate, higher is better. O(candidates × inputs × hidden). */
  score(features: Float32Array[]): Float64Array;
}

const HIDDEN = 12;
const SEEDS = [1];
const LINEAR = { epochs: 25, step: 0.01, decay: 0.01 };
const NETWORK = { epochs: 15, step: 0.003, decay: 0.003 };
/** Learning starts from the hand-set order and is drawn back to it: few questions move it little. */
const PRIOR_WEIGHT = 8;

export function createReranker(model: RerankerModel): Reranker {
  const inputs = model.mean.length;
  const networks = model.networks.map((weights) => Float64Array.from(weights));
  const linear = Float64Array.from(model.linear);
  const hidden = createListwise(inputs, model.hidden);
  const plain = createListwise(inputs, 0);
  return {
    score(features) {
      const rows = features.map((row) => standardised(row, model));
      const total = new Float64Array(features.length);
      for (const [i, row] of rows.entries()) {
        let sum = plain.score(linear, row);
        for (const weights of networks) sum += hidden.score(weights, row) / networks.length;
        total[i] = sum;
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
  const linear = createListwise(inputs, 0).fit(ready, prior, randomFrom(1), LINEAR);
  const networks = SEEDS.map((seed) => createListwise(inputs, HIDDEN).fit(ready, prior, randomFrom(seed), NETWORK));
  progress?.(`fitted on ${usable.length} questions`);
  return { ...scale, linear: short(linear), hidden: HIDDEN, networks: networks.map(short) };
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
