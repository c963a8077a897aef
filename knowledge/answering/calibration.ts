/** What confidence is weighed from, and how much each sign counts. */

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
  ],
  ...['conceptsAsked', 'unsaid', 'missing', 'unknown', 'wordsAsked', 'telling', 'lead', 'score', 'firstQuoted', 'fits'],
  ...['announced', 'factHeld', 'factMissing', 'factAskedByTitle', 'factAskedByNoTitle', 'factApart', 'yearMissing'],
  ...['otherBody', 'offTopic', 'personal', 'premise'],
] as const;

export type Signal = (typeof SIGNALS)[number];
/** Each between 0 and 1, or not far from it. */
export type Signals = Record<Signal, number>;

/** Which way each signal may speak; 0 = not at all. What reason says holds whatever few questions say. */
export const SIGNS: Record<Signal, 1 | -1 | 0> = {
  ...(Object.fromEntries(SIGNALS.map((name) => [name, 1])) as Record<Signal, 1>),
  ...{ noTopic: 0, unsaid: -1, missing: -1, unknown: -1, factMissing: -1, factAskedByNoTitle: -1, factApart: -1, yearMissing: -1 },
  ...{ otherBody: -1, offTopic: -1, personal: -1, premise: -1 },
};

/** A logistic model: how much each signal says for or against an answer, and the two bounds of its three bands. */
export interface CalibrationModel {
  bias: number;
  weights: Partial<Record<Signal, number>>;
  /** Below `refuse` nothing is offered, from `answer` on it is answered; between them the citizen chooses. */
  bands: { refuse: number; answer: number };
}

/** Fitted on public development questions and the demo's development questions; a collection may have its own (docs/decisions/0003-refusal.md). */
export const MODEL: CalibrationModel = {
  bias: -8.565,
  weights: {
    topicShown: 0.295,
    topicInTitle: 0.51,
    topicInPassage: 0.506,
    meaning: 0.232,
    meaningFirst: 0.896,
    evidence: 0.842,
    coverage: 0.579,
    titleMatch: 0.484,
    wordsOfIdeal: 0.455,
    gramsOfIdeal: 0.174,
    conceptsAsked: 2.305,
    unsaid: -0.467,
    missing: -0.173,
    unknown: -1.35,
    wordsAsked: 2.127,
    telling: 7.142,
    lead: 0.336,
    score: 1.223,
    fits: 0.853,
    factMissing: -0.668,
    factAskedByNoTitle: -0.42,
    factApart: -1.011,
    yearMissing: -2.412,
    otherBody: -1.042,
    offTopic: -1.092,
    personal: -1.445,
    premise: -0.614,
  },
  bands: { refuse: 0.199, answer: 0.654 },
};
