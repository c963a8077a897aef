/** A collection's own calibration, fitted on its own questions: the default model is the prior, so that few questions move it little. */
import { type CalibrationModel, MODEL, SIGNALS, type Signals } from './calibration.ts';

export interface CalibrationSample {
  signals: Signals;
  /** Whether some passage answers. */
  answerable: boolean;
}

/** Fewer questions than this say too little. */
export const LEAST_SAMPLES = 40;
const PULL_TO_PRIOR = 20;
const ROUNDS = 1_500;
const STEP = 0.02;
/** Share of answerable questions that may be refused, and of unanswerable ones that may be answered. */
const FALSE_REFUSALS = 0.05;
const FALSE_ANSWERS = 0.1;

/** Weights keep the signs that reason gave them. Deterministic. O(rounds × samples × signals). Null when there are too few samples of either kind. */
export function fitCalibration(samples: CalibrationSample[], prior: CalibrationModel = MODEL): CalibrationModel | null {
  const answerable = samples.filter((sample) => sample.answerable);
  if (samples.length < LEAST_SAMPLES || answerable.length < 10 || samples.length - answerable.length < 10) return null;
  const spread = SIGNALS.map((name) => deviation(samples.map(({ signals }) => signals[name])));
  const start = SIGNALS.map((name) => prior.weights[name] ?? 0);
  const weights = [...start];
  let bias = prior.bias;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map(
      (weight, i) => ((weight - (start[i] as number)) * (spread[i] as number) ** 2 * PULL_TO_PRIOR) / samples.length,
    );
    let biasSlope = 0;
    for (const { signals, answerable: wanted } of samples) {
      const z = SIGNALS.reduce((sum, name, i) => sum + (weights[i] as number) * signals[name], bias);
      const miss = (1 / (1 + Math.exp(-z)) - (wanted ? 1 : 0)) / samples.length;
      biasSlope += miss;
      for (const [i, name] of SIGNALS.entries()) slope[i] = (slope[i] as number) + miss * signals[name];
    }
    bias -= STEP * 10 * biasSlope;
    for (const [i, weight] of weights.entries()) {
      const moved = weight - (STEP * 10 * (slope[i] as number)) / Math.max(0.05, spread[i] as number);
      weights[i] = Math.sign(moved) === -Math.sign(start[i] as number) ? 0 : moved;
    }
  }
  const fitted = { bias, weights: Object.fromEntries(SIGNALS.map((name, i) => [name, weights[i] as number])) };
  return { ...fitted, bands: bandsOf(samples, fitted) };
}

function bandsOf(samples: CalibrationSample[], { bias, weights }: Pick<CalibrationModel, 'bias' | 'weights'>): CalibrationModel['bands'] {
  const p = ({ signals }: CalibrationSample) =>
    1 / (1 + Math.exp(-SIGNALS.reduce((sum, name) => sum + (weights[name] ?? 0) * signals[name], bias)));
  const yes = samples
    .filter((sample) => sample.answerable)
    .map(p)
    .sort((a, b) => a - b);
  const no = samples
    .filter((sample) => !sample.answerable)
    .map(p)
    .sort((a, b) => a - b);
  const refuse = at(yes, FALSE_REFUSALS);
  // Half of what can be answered is answered outright, whatever the other side says: beyond that the citizen chooses.
  return { refuse, answer: Math.max(refuse, Math.min(at(no, 1 - FALSE_ANSWERS), at(yes, 0.5))) };
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0.5;
}

function deviation(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
