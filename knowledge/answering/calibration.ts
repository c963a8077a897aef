/** What confidence is weighed from, and how much each sign counts. */

export const SIGNALS = [
  ...['topicShown', 'topicInTitle', 'topicInPassage', 'noTopic'],
  ...['meaning', 'coverage', 'titleCoverage', 'titleMatch', 'words', 'wordsOfIdeal', 'gramsOfIdeal', 'proximity', 'expansion'],
  ...['conceptsAsked', 'unsaid', 'missing', 'unknown', 'wordsAsked', 'telling', 'lead', 'score', 'firstQuoted', 'fits'],
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
  bias: -12.433,
  weights: {
    topicInTitle: 0.798,
    topicInPassage: 0.053,
    meaning: 0.695,
    coverage: 1.085,
    titleMatch: 0.092,
    wordsOfIdeal: 2.624,
    gramsOfIdeal: 2.579,
    expansion: 0.298,
    conceptsAsked: 1.775,
    unsaid: -0.435,
    missing: -0.443,
    unknown: -1.285,
    wordsAsked: 3.972,
    telling: 9.419,
    lead: 0.261,
    factMissing: -0.409,
    factAskedByNoTitle: -1.231,
    factApart: -1.146,
    yearMissing: -3.37,
    otherBody: -0.745,
    offTopic: -1.04,
    personal: -2.67,
    premise: -0.937,
    score: 1.048,
    firstQuoted: 1.726,
    fits: 0.229,
  },
  bands: { refuse: 0.2, answer: 0.535 },
};
