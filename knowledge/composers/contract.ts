/** Socket: composers. `extractive.ts` (no model) · `openai.ts` · `langchain.ts`. A composer proposes; ground.ts decides. */
import type { Draft, RankedPassage, UnderstoodQuestion } from '../answering/question.ts';

export interface Composer {
  /** Best passages first. Quotations alone, the same with every composer: whether to answer is judged by them. An empty draft when they do not answer. */
  compose(question: UnderstoodQuestion, passages: RankedPassage[], signal?: AbortSignal): Draft | Promise<Draft>;
  /** Other words for quotations that are about to be shown, each checked against its passage; the quotations themselves when a model has nothing better to say. Never rejects. */
  reword?(question: UnderstoodQuestion, passages: RankedPassage[], quoted: Draft, signal?: AbortSignal): Promise<Draft>;
  /** How the model behind it is; absent where there is none. */
  state?(): ComposerState;
  /** Whether the model would be asked now; absent = while `state` is up. */
  asks?(): boolean;
}

/** `down`: not asked for a while after repeated failures; `capped`: today's tokens are spent. Answers go on as quotations in both. */
export type ComposerState = 'up' | 'degraded' | 'down' | 'capped';
