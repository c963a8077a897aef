/** A collection's calibration, fitted on its own questions: logistic, the signs that reason gives kept, pulled to what it starts from, so that few questions move it little. */
import { type CalibrationModel, MODEL, SIGNALS, SIGNS, type Signals } from './calibration.ts';
import { fitLogistic } from './logistic.ts';
import { EVIDENCE, EVIDENCE_SIGNS, likelihoods, type PassageModel } from './passage-evidence.ts';

export interface CalibrationSample {
  signals: Signals;
  /** Whether some passage answers. */
  answerable: boolean;
  /** How much it counts; absent = 1. What counts less is borrowed from another collection: it says nothing about where the bounds lie. */
  weight?: number;
  /** What its best passages hold, and whether each answers; absent = the passages' model in force has told. */
  passages?: { evidence: ArrayLike<number>; answers: boolean }[];
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
  const isOwn = ({ weight = 1 }: CalibrationSample) => weight >= 1;
  // A model that starts from another keeps what that one has learnt of passages.
  const passages = prior ? prior.passages : fitPassages(samples);
  const told = passages ? samples.map((sample) => retold(sample, passages)) : samples;
  const fitted = descend(told, prior);
  return { ...fitted, ...(passages ? { passages } : {}), bands: bandsOf(told.filter(isOwn), fitted, shares) };
}

type Weighed = Pick<CalibrationModel, 'bias' | 'weights'>;

function descend(samples: CalibrationSample[], prior: CalibrationModel | null): Weighed {
  const { bias, weights } = fitLogistic(
    samples.map(({ signals, answerable, weight = 1 }) => ({ inputs: SIGNALS.map((name) => signals[name]), target: answerable, weight })),
    SIGNALS.map((name) => SIGNS[name]),
    prior && { bias: prior.bias, weights: SIGNALS.map((name) => prior.weights[name] ?? 0) },
  );
  return { bias, weights: Object.fromEntries(SIGNALS.map((name, i) => [name, weights[i] as number])) };
}

/** From borrowed questions too, so that it does not lean on what the pages of one collection have (titles); null when they say nothing of their passages. */
function fitPassages(samples: CalibrationSample[]): PassageModel | null {
  const rows = samples.flatMap(({ passages = [], answerable, weight = 1 }) =>
    passages.map(({ evidence, answers }) => ({ inputs: evidence, target: answerable && answers, weight })),
  );
  if (!rows.some(({ target }) => target)) return null;
  const { bias, weights } = fitLogistic(
    rows,
    EVIDENCE.map((name) => EVIDENCE_SIGNS[name]),
    null,
  );
  return { bias, weights: Object.fromEntries(EVIDENCE.map((name, i) => [name, weights[i] as number])) };
}

function retold(sample: CalibrationSample, model: PassageModel): CalibrationSample {
  const { signals, passages } = sample;
  if (!passages) return sample;
  const rows = passages.map(({ evidence }) => evidence);
  return { ...sample, signals: { ...signals, ...likelihoods(rows, model) } };
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
