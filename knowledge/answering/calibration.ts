/** What confidence is weighed from, and how much each sign counts. */
import type { PassageModel } from './passage-evidence.ts';
import shipped from './calibration.json' with { type: 'json' };

export const SIGNALS = [
  ...['topicShown', 'topicInTitle', 'topicInPassage', 'noTopic'],
  ...[
    'meaning',
    'meaningFirst',
    'evidence',
    'coverage',
    'titleCoverage',
    'titleMatch',
    'words',
    'wordsOfIdeal',
    'gramsOfIdeal',
    'proximity',
    'expansion',
    'tellingEvidence',
    'alike',
    'anyAnswers',
    'secondAnswers',
  ],
  ...[
    'conceptsAsked',
    'unsaid',
    'unsaidFirst',
    'lastUnsaid',
    'missing',
    'unknown',
    'wordsAsked',
    'telling',
    'lead',
    'score',
    'firstQuoted',
    'fits',
  ],
  ...['announced', 'factHeld', 'factMissing', 'factAskedByTitle', 'factAskedByNoTitle', 'factApart', 'yearMissing'],
  ...['otherBody', 'offTopic', 'personal', 'premise'],
] as const;

export type Signal = (typeof SIGNALS)[number];
/** Each between 0 and 1, or not far from it. */
export type Signals = Record<Signal, number>;

/** Which way each signal may speak; 0 = not at all. What reason says holds whatever few questions say. */
export const SIGNS: Record<Signal, 1 | -1 | 0> = {
  ...(Object.fromEntries(SIGNALS.map((name) => [name, 1])) as Record<Signal, 1>),
  ...{
    noTopic: 0,
    unsaid: -1,
    unsaidFirst: -1,
    lastUnsaid: -1,
    missing: -1,
    unknown: -1,
    factMissing: -1,
    factAskedByNoTitle: -1,
    factApart: -1,
    yearMissing: -1,
  },
  ...{ otherBody: -1, offTopic: -1, personal: -1, premise: -1 },
};

/** A logistic model: how much each signal says for or against an answer, and the two bounds of its three bands. */
export interface CalibrationModel {
  bias: number;
  weights: Partial<Record<Signal, number>>;
  /** Below `refuse` nothing is offered, from `answer` on it is answered; between them the citizen chooses. */
  bands: { refuse: number; answer: number };
  /** How likely a passage by itself answers; absent = as the default has learnt. */
  passages?: PassageModel | undefined;
}

/** Fitted by `npm run -s eval -- calibrate default --write`, never by hand; a collection may have its own (docs/decisions/0003-refusal.md). */
export const MODEL: CalibrationModel = shipped;
