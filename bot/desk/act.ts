/** What an agent does in a conversation. It travels the line of messages like everything else: stored once, taken in order, delivered by the outbox. Nouns: this file imports nothing but nouns. */
import type { ReplyCitation } from '../message.ts';

/** An appointment to be made, moved or cancelled, as far as the agent knows it; what is missing the form asks the citizen. */
export interface Proposal {
  form: 'book' | 'move' | 'cancel';
  values: Record<string, unknown>;
}

export type DeskAct =
  | { act: 'joined'; name: string }
  | { act: 'said'; name: string; text: string; citations: ReplyCitation[] }
  /** An answer of the assistant that an agent has read and let through, as it was or changed. */
  | { act: 'approved'; name: string; text: string; citations: ReplyCitation[] }
  /** A form that the agent has begun for the citizen: nothing is done without the citizen's own yes. */
  | { act: 'proposed'; name: string; proposal: Proposal }
  /** An answer to a request that was left: told without taking the conversation over. */
  | { act: 'answered'; name: string; number: string; text: string }
  /** Something that needs the citizen's yes (consent.ts). */
  | { act: 'asked'; name: string; handoffId: string; asking: unknown }
  /** What came of a call; `start`: of the next one, ISO. */
  | { act: 'called'; name: string; result: 'made' | 'missed' | 'given-up' | 'moved'; number: string; phone: string; start: string | null }
  | { act: 'transferred'; name: string; to: string }
  /** The agent was gone too long: the citizen waits again. */
  | { act: 'requeued'; name: string; handoffId: string }
  | { act: 'returned'; name: string }
  | { act: 'closed'; name: string };

/** Names of staff may be accounts; citizens read them as they are. */
export const publicNameOf = (name: string): string => name;
