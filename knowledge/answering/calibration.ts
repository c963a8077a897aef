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
  bias: -8.358,
  weights: {
    topicShown: 0.357,
    topicInTitle: 0.426,
    topicInPassage: 0.461,
    meaning: 0.281,
    meaningFirst: 1.047,
    evidence: 0.852,
    coverage: 0.662,
    titleMatch: 0.508,
    wordsOfIdeal: 0.522,
    gramsOfIdeal: 0.341,
    conceptsAsked: 2.257,
    unsaid: -0.203,
    missing: -0.051,
    unknown: -1.369,
    wordsAsked: 2.147,
    telling: 7.11,
    lead: 0.617,
    score: 0.402,
    fits: 0.782,
    announced: 0.022,
    factMissing: -0.767,
    factAskedByNoTitle: -0.36,
    factApart: -1.039,
    yearMissing: -2.382,
    otherBody: -1.092,
    offTopic: -1.145,
    personal: -1.475,
    premise: -0.608,
  },
  bands: { refuse: 0.215, answer: 0.671 },
};
