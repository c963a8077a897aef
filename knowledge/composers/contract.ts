/** Socket: composers. `extractive.ts` (no model) · `openai.ts` · `langchain.ts`. A composer proposes; ground.ts decides. */
import type { Draft, RankedPassage, UnderstoodQuestion } from '../answering/question.ts';

export interface Composer {
  /** Best passages first. Resolves with an empty draft when they do not answer. */
  compose(question: UnderstoodQuestion, passages: RankedPassage[], signal?: AbortSignal): Promise<Draft>;
}
