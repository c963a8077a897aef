/**
 * A re-ranker fitted on one collection's own questions: one hidden layer beside a linear path, listwise softmax loss, three seeds averaged.
 * Shape and training follow docs/decisions/0006-trained-ranking.md. It only puts 40 candidates in another order; it never adds one.
 */

import { FEATURES } from './features.ts';

/** A fitted model as plain numbers, to be stored. */
export interface RerankerModel {
  inputs: number;
  hidden: number;
  networks: number[][];
}

export interface Reranker {
  /** One score per candidate, higher is better. O(candidates × inputs × hidden). */
  score(features: Float64Array[]): Float64Array;
}

/** One question to learn from: its candidates and which of them answer. */
export interface TrainingExample {
  features: Float64Array[];
  relevant: boolean[];
}

const HIDDEN = 24;
const SEEDS = [1, 2, 3];
const EPOCHS = 40;
const BATCH = 32;
const STEP = 3e-3;
const DECAY = 1;
/** Learning starts from the hand-set order and is drawn back to it: few questions move it little. */
const PRIOR = FEATURES.indexOf('prior');
const PRIOR_WEIGHT = 8;

export function createReranker(model: RerankerModel): Reranker {
  const networks = model.networks.map((weights) => Float64Array.from(weights));
  return {
    score(features) {
      const total = new Float64Array(features.length);
      const active = new Float64Array(model.hidden);
      for (const weights of networks)
        for (const [i, row] of features.entries())
          total[i] = (total[i] as number) + forward(weights, row, model.inputs, model.hidden, active);
      return total;
    },
  };
}

/** Weights in one array: linear path (inputs), then per hidden unit its inputs, its bias and its way out. */
function sizeOf(inputs: number, hidden: number): number {
  return inputs + hidden * (inputs + 2);
}

function forward(weights: Float64Array, row: Float64Array, inputs: number, hidden: number, active: Float64Array): number {
  let score = 0;
  for (let i = 0; i < inputs; i++) score += (weights[i] as number) * (row[i] as number);
  for (let h = 0; h < hidden; h++) {
    const at = inputs + h * (inputs + 2);
    let sum = weights[at + inputs] as number;
    for (let i = 0; i < inputs; i++) sum += (weights[at + i] as number) * (row[i] as number);
    active[h] = Math.max(sum, 0);
    score += (weights[at + inputs + 1] as number) * (active[h] as number);
  }
  return score;
}

/** Fits a model. Questions whose answer is not among the candidates teach nothing. Deterministic. O(epochs × seeds × examples × candidates × inputs × hidden). */
export function trainReranker(examples: TrainingExample[], progress?: (line: string) => void): RerankerModel {
  const usable = examples.filter(({ relevant }) => relevant.includes(true) && relevant.includes(false));
  const inputs = usable[0]?.features[0]?.length ?? 0;
  const networks = SEEDS.map((seed) => {
    const weights = fitNetwork(usable, inputs, seed);
    progress?.(`network ${seed} of ${SEEDS.length} fitted on ${usable.length} questions`);
    return [...weights].map((value) => Number(value.toPrecision(7)));
  });
  return { inputs, hidden: HIDDEN, networks };
}

function fitNetwork(examples: TrainingExample[], inputs: number, seed: number): Float64Array {
  const random = randomFrom(seed);
  const size = sizeOf(inputs, HIDDEN);
  const weights = Float64Array.from({ length: size }, () => (random() - 0.5) * (2 / Math.sqrt(inputs || 1)));
  weights.fill(0, 0, inputs);
  const prior = inputs === FEATURES.length * 2 ? PRIOR : -1;
  if (prior >= 0) weights[prior] = PRIOR_WEIGHT;
  const [slope, first, second] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let step = 0;
  const order = examples.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += BATCH) {
      slope.fill(0);
      const batch = order.slice(from, from + BATCH);
      for (const i of batch) addSlope(weights, examples[i] as TrainingExample, inputs, slope);
      step++;
      adam(weights, slope, first, second, step, 1 / batch.length, prior);
    }
  }
  return weights;
}

/** Slope of −log softmax of the relevant candidates. */
function addSlope(weights: Float64Array, { features, relevant }: TrainingExample, inputs: number, slope: Float64Array): void {
  const active = features.map(() => new Float64Array(HIDDEN));
  const scores = features.map((row, i) => forward(weights, row, inputs, HIDDEN, active[i] as Float64Array));
  const top = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const wanted = relevant.filter(Boolean).length;
  for (const [i, row] of features.entries()) {
    const pull = (shares[i] as number) / total - (relevant[i] ? 1 / wanted : 0);
    if (Math.abs(pull) < 1e-6) continue;
    for (let k = 0; k < inputs; k++) slope[k] = (slope[k] as number) + pull * (row[k] as number);
    for (let h = 0; h < HIDDEN; h++) {
      const on = (active[i] as Float64Array)[h] as number;
      if (on === 0) continue;
      const at = inputs + h * (inputs + 2);
      const through = pull * (weights[at + inputs + 1] as number);
      for (let k = 0; k < inputs; k++) slope[at + k] = (slope[at + k] as number) + through * (row[k] as number);
      slope[at + inputs] = (slope[at + inputs] as number) + through;
      slope[at + inputs + 1] = (slope[at + inputs + 1] as number) + pull * on;
    }
  }
}

/** Adam with decay to the starting weights beside it. */
function adam(
  weights: Float64Array,
  slope: Float64Array,
  first: Float64Array,
  second: Float64Array,
  step: number,
  share: number,
  prior: number,
): void {
  const [b1, b2] = [0.9, 0.999];
  const [c1, c2] = [1 - b1 ** step, 1 - b2 ** step];
  for (let i = 0; i < weights.length; i++) {
    const g = (slope[i] as number) * share;
    first[i] = b1 * (first[i] as number) + (1 - b1) * g;
    second[i] = b2 * (second[i] as number) + (1 - b2) * g * g;
    const move = (first[i] as number) / c1 / (Math.sqrt((second[i] as number) / c2) + 1e-8);
    const start = i === prior ? PRIOR_WEIGHT : 0;
    weights[i] = start + ((weights[i] as number) - start) * (1 - STEP * DECAY) - STEP * move;
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
