/** Who answers a message: an agent, a dialog or the knowledge. Speakers live elsewhere; this is what they all look like. */
import type { Insertable } from 'kysely';
import type { Writer } from '../../connectors/databases/contract.ts';
import type { AnswerTable, GapTable } from '../../connectors/databases/schema.ts';
import type { Message, Reply } from '../message.ts';
import type { Conversation, ConversationState } from './conversation.ts';

/** Rows to be written in the transaction of the turn (an answer, a gap, a handoff, a vote). Awaits nothing but the database; may run again. */
export interface Effect {
  (tx: Writer): void | Promise<void>;
  /** All that it writes, where that is one row of `answer`, and one of `gap` when the question was missed: they can travel with the state in one statement. */
  answer?: Insertable<AnswerTable>;
  gap?: Insertable<GapTable> | null;
}

export interface TurnResult {
  replies: Reply[];
  state: ConversationState;
  /** Language of the conversation from now on; absent = as it was. */
  lang?: string;
  mode?: 'bot' | 'person';
  effects?: Effect[];
}

/** Throws only on surprises: the turn is then tried again, three times in all. */
export type Speaker = (message: Message, conversation: Conversation) => Promise<TurnResult>;

export type ChooseSpeaker = (message: Message, conversation: Conversation) => Speaker;
