/** A collection's calibration, fitted on its own questions: logistic, the signs that reason gives kept, pulled to what it starts from, so that few questions move it little. */
import { type CalibrationModel, MODEL, SIGNALS, SIGNS, type Signals } from './calibration.ts';

export interface CalibrationSample {
  signals: Signals;
  /** Whether some passage answers. */
  answerable: boolean;
  /** How much it counts; absent = 1. What counts less is borrowed from another collection: it says nothing about where the bounds lie. */
  weight?: number;
}

/** Which share of the answerable questions may be refused, and answered at all, when the bounds are set; they drift on new questions (docs/decisions/0003-refusal.md). */
export interface BandShares {
  refused: number;
  answered: number;
  /** Share of the unanswerable ones that may be answered; absent = a tenth. */
  wrong?: number;
}

export interface FitOptions {
  /** Null = from nothing. */
  prior?: CalibrationModel | null;
  shares?: BandShares;
}

/** Fewer questions than this say too little. */
export const LEAST_SAMPLES = 40;
/** Ridge on standardised weights. */
const PULL = 20;
const ROUNDS = 1_200;
/** Standardised signals go together, but never all of them. */
const STEEPEST = 0.5;
/** On new questions more are refused and fewer answered than on those of the fit: 5 and 70 % are aimed at. */
const SHARES: BandShares = { refused: 0.01, answered: 0.75 };
/** Share of unanswerable questions that may be answered; where the two kinds are not told apart so well, half of the answerable ones are answered all the same. */
const FALSE_ANSWERS = 0.1;
const LEAST_ANSWERED = 0.5;

/** Deterministic. O(rounds × samples × signals), some 0.2 s for 400 samples. Null when there are too few samples of either kind. */
export function fitCalibration(samples: CalibrationSample[], options: FitOptions = {}): CalibrationModel | null {
  const { prior = MODEL, shares = SHARES } = options;
  const answerable = samples.filter((sample) => sample.answerable).length;
  if (samples.length < LEAST_SAMPLES || answerable < 10 || samples.length - answerable < 10) return null;
  const fitted = descend(samples, prior);
  const own = samples.filter(({ weight = 1 }) => weight >= 1);
  return { ...fitted, bands: bandsOf(own, fitted, shares) };
}

type Weighed = Pick<CalibrationModel, 'bias' | 'weights'>;

/** Nesterov's descent on standardised signals, each weight held on its side of zero. */
function descend(samples: CalibrationSample[], prior: CalibrationModel | null): Weighed {
  const scales = SIGNALS.map((name) => scaleOf(samples.map(({ signals }) => signals[name])));
  const rows = samples.map(({ signals }) => Float64Array.from(SIGNALS, (name, i) => (signals[name] - scales[i]!.mean) / scales[i]!.spread));
  const start = Float64Array.from(SIGNALS, (name, i) => (prior?.weights[name] ?? 0) * scales[i]!.spread);
  const bounds = SIGNALS.map((name) => SIGNS[name]);
  const step = 1 / (0.25 * samples.length * (SIGNALS.length + 1) * STEEPEST + PULL);
  let weights = start.slice();
  let bias = (prior?.bias ?? 0) + SIGNALS.reduce((sum, name, i) => sum + (prior?.weights[name] ?? 0) * scales[i]!.mean, 0);
  let ahead = { weights: weights.slice(), bias };
  for (let round = 0; round < ROUNDS; round++) {
    const slope = slopeAt(ahead, rows, samples);
    const next = ahead.weights.map((weight, i) => onItsSide(weight - step * (slope.weights[i]! + PULL * (weight - start[i]!)), bounds[i]!));
    const nextBias = ahead.bias - step * slope.bias;
    const momentum = round / (round + 3);
    ahead = { weights: next.map((weight, i) => weight + momentum * (weight - weights[i]!)), bias: nextBias + momentum * (nextBias - bias) };
    weights = next;
    bias = nextBias;
  }
  const plain = SIGNALS.map((_, i) => weights[i]! / scales[i]!.spread);
  return {
    bias: bias - plain.reduce((sum, weight, i) => sum + weight * scales[i]!.mean, 0),
    weights: Object.fromEntries(SIGNALS.map((name, i) => [name, plain[i]!])),
  };
}

interface Slope {
  weights: Float64Array;
  bias: number;
}

function slopeAt({ weights, bias }: Slope, rows: Float64Array[], samples: CalibrationSample[]): Slope {
  const slope = { weights: new Float64Array(weights.length), bias: 0 };
  for (const [s, row] of rows.entries()) {
    let z = bias;
    for (let i = 0; i < row.length; i++) z += weights[i]! * row[i]!;
    const { answerable, weight = 1 } = samples[s]!;
    const miss = weight * (1 / (1 + Math.exp(-z)) - (answerable ? 1 : 0));
    slope.bias += miss;
    for (let i = 0; i < row.length; i++) slope.weights[i]! += miss * row[i]!;
  }
  return slope;
}

function onItsSide(weight: number, sign: 1 | -1 | 0): number {
  return sign === 0 ? 0 : sign > 0 ? Math.max(0, weight) : Math.min(0, weight);
}

function bandsOf(samples: CalibrationSample[], { bias, weights }: Weighed, shares: BandShares): CalibrationModel['bands'] {
  const p = ({ signals }: CalibrationSample) =>
    1 / (1 + Math.exp(-SIGNALS.reduce((sum, name) => sum + (weights[name] ?? 0) * signals[name], bias)));
  const sorted = (answerable: boolean) =>
    samples
      .filter((sample) => sample.answerable === answerable)
      .map(p)
      .sort((a, b) => a - b);
  const yes = sorted(true);
  const refuse = at(yes, shares.refused);
  const sparing = Math.min(at(sorted(false), 1 - (shares.wrong ?? FALSE_ANSWERS)), at(yes, 1 - LEAST_ANSWERED));
  return { refuse, answer: Math.max(refuse, sparing, at(yes, 1 - shares.answered)) };
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0.5;
}

/** A signal that never differs is left as it is. */
function scaleOf(values: number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, spread: Math.max(spread, 1e-3) };
}
