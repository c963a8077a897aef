/** Weights that put the right candidate of a list first: a linear path and, beside it, one hidden layer; softmax over the list, Adam, decay towards the start. */

/** One question to learn from: its candidates and which of them answer. */
export interface TrainingExample {
  features: Float32Array[];
  relevant: boolean[];
}

export interface Schedule {
  epochs: number;
  /** Of Adam. */
  step: number;
  /** Share of the way back to the start, at every step. */
  decay: number;
}

export interface Listwise {
  score(weights: Float64Array, row: Float32Array): number;
  /** `prior`: the input whose weight starts at, and is drawn to, something else than 0. Deterministic. */
  fit(examples: TrainingExample[], prior: { at: number; weight: number } | null, random: () => number, schedule: Schedule): Float64Array;
}

const BATCH = 32;
/** Few questions are read more often. */
const LEAST_STEPS = 250;
/** Candidates far down teach next to nothing and are the most. */
const LEAST_PULL = 5e-4;

/** Weights in one array: linear path (inputs), then per hidden unit its inputs, its bias and its way out. */
export function createListwise(inputs: number, hidden: number): Listwise {
  const size = inputs + hidden * (inputs + 2);
  const lent = new Float64Array(hidden);

  function forward(weights: Float64Array, row: Float32Array, active: Float64Array): number {
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

  /** Adds the slope of −log softmax of the relevant candidates. */
  function addSlope(weights: Float64Array, { features, relevant }: TrainingExample, slope: Float64Array): void {
    const active = features.map(() => new Float64Array(hidden));
    const scores = features.map((row, i) => forward(weights, row, active[i] as Float64Array));
    const top = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - top));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const wanted = relevant.filter(Boolean).length;
    for (const [i, row] of features.entries()) {
      const pull = (shares[i] as number) / total - (relevant[i] ? 1 / wanted : 0);
      if (Math.abs(pull) < LEAST_PULL) continue;
      for (let k = 0; k < inputs; k++) slope[k] = (slope[k] as number) + pull * (row[k] as number);
      for (let h = 0; h < hidden; h++) {
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

  return {
    score: (weights, row) => forward(weights, row, lent),
    fit(examples, prior, random, { epochs, step, decay }) {
      const start = new Float64Array(size);
      if (prior) start[prior.at] = prior.weight;
      const weights = Float64Array.from(start, (value, i) => (i < inputs ? value : (random() - 0.5) / Math.sqrt(inputs || 1)));
      // The hidden layer says nothing at first: the start is the hand-set order.
      for (let h = 0; h < hidden; h++) weights[inputs + h * (inputs + 2) + inputs + 1] = 0;
      const [slope, first, second] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
      const [b1, b2] = [0.9, 0.999];
      const order = examples.map((_, i) => i);
      let steps = 0;
      for (let epoch = 0; epoch < epochs || (steps > 0 && steps < LEAST_STEPS); epoch++) {
        shuffle(order, random);
        for (let from = 0; from < order.length; from += BATCH) {
          slope.fill(0);
          const batch = order.slice(from, from + BATCH);
          for (const i of batch) addSlope(weights, examples[i] as TrainingExample, slope);
          steps++;
          const [c1, c2] = [1 - b1 ** steps, 1 - b2 ** steps];
          for (let i = 0; i < size; i++) {
            const g = (slope[i] as number) / batch.length;
            first[i] = b1 * (first[i] as number) + (1 - b1) * g;
            second[i] = b2 * (second[i] as number) + (1 - b2) * g * g;
            const move = (first[i] as number) / c1 / (Math.sqrt((second[i] as number) / c2) + 1e-8);
            const back = decay * ((weights[i] as number) - (start[i] as number));
            weights[i] = (weights[i] as number) - back - step * move;
          }
        }
      }
      return weights;
    },
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
