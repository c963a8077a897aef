/** Replies offered to agents, remembered until they are sent: what the agent leaves of the text is cited. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../../knowledge/answering/question.ts';
import { citationsOf } from '../conversation/replies.ts';
import type { ReplyCitation } from '../message.ts';

const KEPT = 500;

export interface Offered {
  suggestion: string;
  outcome: string;
  text: string;
  citations: ReplyCitation[];
}

export interface Suggestions {
  offer(handoffId: string, answer: Pick<Answer, 'outcome' | 'text' | 'citations'>): Offered;
  /** Citations of a suggestion that the text still marks; none for another conversation's. */
  cited(handoffId: string, suggestion: string | undefined, text: string): ReplyCitation[];
}

export function createSuggestions(): Suggestions {
  const kept = new Map<string, { handoffId: string; citations: ReplyCitation[] }>();
  return {
    offer(handoffId, answer) {
      const suggestion = randomUUID();
      const citations = citationsOf(answer as Answer);
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value as string);
      kept.set(suggestion, { handoffId, citations });
      return { suggestion, outcome: answer.outcome, text: answer.text, citations };
    },
    cited(handoffId, suggestion, text) {
      const one = suggestion ? kept.get(suggestion) : undefined;
      return one?.handoffId === handoffId ? one.citations.filter(({ position }) => text.includes(`[${position}]`)) : [];
    },
  };
}
