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
  bias: -8.281,
  weights: {
    topicInPassage: 0.632,
    meaning: 0.35,
    coverage: 1.204,
    wordsOfIdeal: 2.157,
    gramsOfIdeal: 0.695,
    expansion: 0.624,
    conceptsAsked: 2.148,
    unsaid: -0.998,
    missing: -0.158,
    unknown: -2.28,
    wordsAsked: 2.978,
    telling: 9.151,
    lead: 0.041,
    announced: 0.107,
    factAskedByNoTitle: -0.792,
    factApart: -0.156,
    yearMissing: -5.057,
    otherBody: -1.548,
    offTopic: -0.915,
    personal: -4.328,
    premise: -1.357,
  },
  bands: { refuse: 0.3, answer: 0.63 },
};
