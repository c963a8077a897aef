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
  bias: -13.168,
  weights: {
    topicShown: 0.398,
    topicInTitle: 0.317,
    topicInPassage: 0.805,
    meaning: 0.944,
    coverage: 1.129,
    wordsOfIdeal: 1.908,
    gramsOfIdeal: 1.611,
    expansion: 0.112,
    conceptsAsked: 2.676,
    unsaid: -0.478,
    missing: -0.304,
    unknown: -1.079,
    wordsAsked: 2.841,
    telling: 9.59,
    lead: 1.139,
    score: 3.585,
    firstQuoted: 0.14,
    factMissing: -0.7,
    factAskedByNoTitle: -0.225,
    factApart: -1.655,
    yearMissing: -3.103,
    otherBody: -0.67,
    offTopic: -1.018,
    personal: -2.293,
    premise: -0.547,
  },
  bands: { refuse: 0.18, answer: 0.57 },
};
