/** A passage as retrieval found it. What speaks for it is written down when somebody asks: half of the passages of a question are only offered by name. */
import type { Passage, RankedPassage } from './question.ts';
import type { Candidate } from './ranking/rank.ts';
import { type Standing, STANDING } from './standing.ts';

/** What the whole question weighs, for comparing scores with what they could be at most. */
export type QuestionSize = Record<'idealWords' | 'idealGrams' | 'conceptsAsked' | 'unknown' | 'wordsAsked', number>;

export class FoundPassage implements RankedPassage {
  readonly passage: Passage;
  readonly score: number;
  /** There from the start: an object that is given one more field later is made twice. */
  [STANDING]: Standing | undefined = undefined;
  readonly #candidate: Candidate;
  readonly #size: QuestionSize;
  readonly #telling: number;
  #signals: Record<string, number> | null = null;

  /** `telling`: how rare its words are on the whole. */
  constructor(candidate: Candidate, size: QuestionSize, telling: number) {
    this.passage = candidate.hit.entry.passage;
    this.score = candidate.score;
    this.#candidate = candidate;
    this.#size = size;
    this.#telling = telling;
  }

  get signals(): Record<string, number> {
    this.#signals ??= signalsOf(this.#candidate, this.#size, this.#telling);
    return this.#signals;
  }

  toJSON(): RankedPassage {
    const { passage, score, signals } = this;
    return { passage, score, signals };
  }
}

function signalsOf(candidate: Candidate, size: QuestionSize, telling: number): Record<string, number> {
  const { hit, proximity, coverage, titleCoverage, expansion, meaning, missing, unsaid } = candidate;
  const { idealWords, idealGrams, conceptsAsked, unknown, wordsAsked } = size;
  const { words, grams, document, concepts, dense, cosine } = hit;
  return {
    words,
    grams,
    document,
    concepts,
    dense,
    cosine,
    proximity,
    coverage,
    titleCoverage,
    expansion,
    meaning,
    missing,
    unsaid,
    telling,
    idealWords,
    idealGrams,
    conceptsAsked,
    unknown,
    wordsAsked,
  };
}
