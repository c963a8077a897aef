/** A logistic model of a few dozen inputs, each weight held on the side that reason gives it and pulled to what it starts from. */

export type Sign = 1 | -1 | 0;

export interface LogisticModel {
  bias: number;
  /** In the order of the inputs. */
  weights: number[];
}

export interface LogisticSample {
  inputs: ArrayLike<number>;
  target: boolean;
  /** How much it counts. */
  weight: number;
}

/** Ridge on standardised weights. */
const PULL = 20;
const ROUNDS = 1_200;
/** Standardised inputs go together, but never all of them. */
const STEEPEST = 0.5;

/** Nesterov's descent on standardised inputs. Deterministic. O(rounds × samples × inputs). */
export function fitLogistic(samples: LogisticSample[], signs: readonly Sign[], prior: LogisticModel | null): LogisticModel {
  const scales = signs.map((_, i) => scaleOf(samples.map(({ inputs }) => inputs[i] as number)));
  const rows = samples.map(({ inputs }) => Float64Array.from(scales, ({ mean, spread }, i) => ((inputs[i] as number) - mean) / spread));
  const start = Float64Array.from(scales, ({ spread }, i) => (prior?.weights[i] ?? 0) * spread);
  const step = 1 / (0.25 * samples.length * (signs.length + 1) * STEEPEST + PULL);
  let weights = start.slice();
  let bias = (prior?.bias ?? 0) + scales.reduce((sum, { mean }, i) => sum + (prior?.weights[i] ?? 0) * mean, 0);
  let ahead = { weights: weights.slice(), bias };
  for (let round = 0; round < ROUNDS; round++) {
    const slope = slopeAt(ahead, rows, samples);
    const next = ahead.weights.map((weight, i) => onItsSide(weight - step * (slope.weights[i]! + PULL * (weight - start[i]!)), signs[i]!));
    const nextBias = ahead.bias - step * slope.bias;
    const momentum = round / (round + 3);
    ahead = { weights: next.map((weight, i) => weight + momentum * (weight - weights[i]!)), bias: nextBias + momentum * (nextBias - bias) };
    weights = next;
    bias = nextBias;
  }
  const plain = Array.from(weights, (weight, i) => weight / scales[i]!.spread);
  return { bias: bias - plain.reduce((sum, weight, i) => sum + weight * scales[i]!.mean, 0), weights: plain };
}

interface Slope {
  weights: Float64Array;
  bias: number;
}

function slopeAt({ weights, bias }: Slope, rows: Float64Array[], samples: LogisticSample[]): Slope {
  const slope = { weights: new Float64Array(weights.length), bias: 0 };
  for (const [s, row] of rows.entries()) {
    let z = bias;
    for (let i = 0; i < row.length; i++) z += weights[i]! * row[i]!;
    const { target, weight } = samples[s]!;
    const miss = weight * (1 / (1 + Math.exp(-z)) - (target ? 1 : 0));
    slope.bias += miss;
    for (let i = 0; i < row.length; i++) slope.weights[i]! += miss * row[i]!;
  }
  return slope;
}

function onItsSide(weight: number, sign: Sign): number {
  return sign === 0 ? 0 : sign > 0 ? Math.max(0, weight) : Math.min(0, weight);
}

/** An input that never differs is left as it is. */
function scaleOf(values: number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, spread: Math.max(spread, 1e-3) };
}
