/** What confidence is weighed from, and how much each sign counts. */

export const SIGNALS = [
  ...['topicShown', 'topicInTitle', 'topicInPassage', 'noTopic'],
  ...['meaning', 'coverage', 'titleCoverage', 'titleMatch', 'words', 'wordsOfIdeal', 'gramsOfIdeal', 'proximity', 'expansion'],
  ...['conceptsAsked', 'unsaid', 'missing', 'unknown', 'wordsAsked', 'telling', 'lead'],
  ...['announced', 'factHeld', 'factMissing', 'factAskedByTitle', 'factAskedByNoTitle', 'factApart', 'yearMissing'],
  ...['otherBody', 'offTopic', 'personal', 'premise'],
] as const;

export type Signal = (typeof SIGNALS)[number];
/** Each between 0 and 1, or not far from it. */
export type Signals = Record<Signal, number>;

/** A logistic model: how much each signal says for or against an answer, and the two bounds of its three bands. */
export interface CalibrationModel {
  bias: number;
  weights: Partial<Record<Signal, number>>;
  /** Below `refuse` nothing is offered, from `answer` on it is answered; between them the citizen chooses. */
  bands: { refuse: number; answer: number };
}

/** Fitted on public development questions and the demo's development questions; a collection may have its own (docs/decisions/0003-refusal.md). */
export const MODEL: CalibrationModel = {
  bias: -6.88,
  weights: {
    meaning: 0.128,
    coverage: 1.36,
    wordsOfIdeal: 1.823,
    gramsOfIdeal: 0.005,
    expansion: 0.363,
    conceptsAsked: 1.316,
    unsaid: -0.617,
    missing: -0.683,
    unknown: -1.982,
    wordsAsked: 2.851,
    telling: 9.334,
    announced: 0.238,
    factAskedByNoTitle: -0.74,
    factApart: -0.271,
    yearMissing: -4.944,
    otherBody: -1.487,
    offTopic: -0.865,
    personal: -4.35,
    premise: -1.402,
  },
  bands: { refuse: 0.27, answer: 0.6 },
};
