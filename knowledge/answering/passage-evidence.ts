/**
 * How likely each passage, by itself, answers. The signals of a whole question take the most of each sign over the best passages; an answer is where they come
 * together in one passage. Learnt from which passages answer, so that a question teaches as often as it has candidates.
 */
import { contentStems } from './content-stems.ts';
import { askedFactType } from './fact-type.ts';
import type { Sign } from './logistic.ts';
import { fitOfOpening, formOf } from './ranking/form.ts';
import { standingOf } from './standing.ts';
import type { RankedPassage, UnderstoodQuestion } from './question.ts';

/** What is read of a passage, and which way each may speak. */
export const EVIDENCE_SIGNS = {
  ...{ score: 1, words: 1, concepts: 1, meaning: 1, coverage: 1, titleCoverage: 1, proximity: 1, missing: -1, unsaid: -1, telling: 1 },
  ...{ topicInPassage: 1, topicInTitle: 1, topicInPiece: 1, topicInHeadedPiece: 1, factWithTopic: 1, announced: 1, factAsked: 1 },
  ...{ titleSaid: 1, titleTopic: 1, fits: 1, sorts: -1 },
  // A page called by a question answers one; a long passage holds many words by chance.
  ...{ titleIsQuestion: 1, length: -1 },
  ...{ wordsAsked: 1, conceptsAsked: 1 },
} as const satisfies Record<string, Sign>;

export type Evidence = keyof typeof EVIDENCE_SIGNS;
export const EVIDENCE = Object.keys(EVIDENCE_SIGNS) as Evidence[];

export interface PassageModel {
  bias: number;
  weights: Partial<Record<Evidence, number>>;
}

/** Best passages that are looked at. */
const LOOKED_AT = 8;

/** One row a passage, best first, in the order of EVIDENCE. O(words of the passages). */
export function evidenceIn(asked: UnderstoodQuestion, passages: RankedPassage[]): number[][] {
  const { text } = asked.question;
  const topic = asked.topic ?? { words: [] };
  const type = askedFactType(text);
  const form = formOf(text);
  const stems = contentStems(asked.standalone, asked.lang);
  return passages.slice(0, LOOKED_AT).map((ranked) => {
    const { passage, score, signals } = ranked;
    const standing = standingOf(topic, ranked);
    const { read } = standing;
    const holds = read.holds(type);
    const above = standing.inHeading();
    const most = { alone: 0, headed: 0, withFact: 0 };
    for (let piece = 0; piece < holds.length; piece++) {
      const alone = standing.inPiece(piece);
      const headed = alone === 0 ? above : standing.inHeadedPiece(piece);
      most.alone = Math.max(most.alone, alone);
      most.headed = Math.max(most.headed, headed);
      if (holds[piece]) most.withFact = Math.max(most.withFact, headed);
    }
    let said = 0;
    for (const stem of read.title) if (stems.has(stem)) said++;
    const row: Record<Evidence, number> = {
      score,
      words: (signals['words'] ?? 0) / (2.2 * (signals['idealWords'] || 1)),
      concepts: Math.log1p(signals['concepts'] ?? 0),
      meaning: signals['meaning'] ?? 0,
      coverage: signals['coverage'] ?? 0,
      titleCoverage: signals['titleCoverage'] ?? 0,
      proximity: Math.log1p(signals['proximity'] ?? 0),
      missing: signals['missing'] ?? 0,
      unsaid: signals['unsaid'] ?? 0,
      telling: signals['telling'] ?? 0,
      topicInPassage: standing.inAll(),
      topicInTitle: above,
      topicInPiece: most.alone,
      topicInHeadedPiece: most.headed,
      factWithTopic: most.withFact,
      announced: read.announces(type) ? 1 : 0,
      factAsked: read.asks.includes(type) ? 1 : 0,
      titleSaid: said / Math.max(1, read.title.size),
      titleTopic: standing.inTitle(),
      fits: fitOfOpening(form, read.opening),
      sorts: read.sorts ? 1 : 0,
      titleIsQuestion: passage.title.includes('?') ? 1 : 0,
      length: Math.log1p(passage.text.length),
      wordsAsked: Math.min(1, (signals['wordsAsked'] ?? 0) / 8),
      conceptsAsked: Math.min(1, (signals['conceptsAsked'] ?? 0) / 4),
    };
    return EVIDENCE.map((name) => row[name]);
  });
}

/** Log odds beyond which nothing is told apart. */
const LEAST = -8;
const MOST = 6;
const HARDLY = 1e-3;

/** That any of them answers, and that the second likeliest does (what the documents speak of they say more than once): both 0–1, on a logarithmic scale. */
export function likelihoods(rows: ArrayLike<number>[], { bias, weights }: PassageModel): { anyAnswers: number; secondAnswers: number } {
  let first = LEAST;
  let second = LEAST;
  let none = 1;
  const inOrder = EVIDENCE.map((name) => weights[name] ?? 0);
  for (const row of rows) {
    let odds = bias;
    for (let i = 0; i < row.length; i++) odds += (inOrder[i] as number) * (row[i] as number);
    const z = Math.min(MOST, Math.max(LEAST, odds));
    none *= 1 / (1 + Math.exp(z));
    if (z > first) {
      second = first;
      first = z;
    } else if (z > second) second = z;
  }
  return {
    anyAnswers: 1 - Math.log(1 - none + HARDLY) / Math.log(HARDLY),
    secondAnswers: (second - LEAST) / (MOST - LEAST),
  };
}
