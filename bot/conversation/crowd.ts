/** More ask than can be answered: who opens a conversation is told so, and who asks what has no answer at hand is offered a person who calls back. */
import { randomUUID } from 'node:crypto';
import { recogniseIntent } from '../../knowledge/answering/intents.ts';
import type { Answer, Question } from '../../knowledge/answering/question.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Message } from '../message.ts';
import type { Load } from '../operation/shed.ts';
import type { ConversationState } from './conversation.ts';
import { plainReply } from './replies.ts';
import type { TurnResult } from './speaker.ts';

export interface CrowdParts {
  knowledge: Pick<Knowledge, 'answerQuestion' | 'speech'> & Partial<Pick<Knowledge, 'knownAnswer'>>;
  /** How much waits; absent = never too much. */
  load?: (() => Load) | undefined;
}

export interface Crowd {
  /** A line before the greeting; '' = none. */
  banner(lang: string): string;
  /** The answer; null = it would have to be worked for, and there is no time. Emergencies and courtesies cost nothing and are always answered. */
  answer(question: Question): Promise<Answer> | Answer | null;
  /** What is said instead: again later, or a person. */
  tooMany(message: Message, state: ConversationState, lang: string): TurnResult;
}

export function createCrowd({ knowledge, load }: CrowdParts): Crowd {
  const isCrowded = () => load?.() === 'crowded' || load?.() === 'full';
  return {
    banner: (lang) => (isCrowded() ? knowledge.speech(lang)('crowdedBanner') : ''),
    answer(question) {
      if (!isCrowded() || !knowledge.knownAnswer || recogniseIntent(question.text).kind !== 'question')
        return knowledge.answerQuestion(question);
      return knowledge.knownAnswer(question);
    },
    tooMany(message, state, lang) {
      const say = knowledge.speech(lang);
      const reply = plainReply(say('crowded'), lang, [say('person')], { outcome: 'failed', answerId: randomUUID() });
      return { state, lang, replies: [{ ...reply, choices: [...reply.choices, { title: message.text, value: message.text }] }] };
    },
  };
}
