/** What an agent does in a conversation. It travels the line of messages like everything else: stored once, taken in order, delivered by the outbox. Nouns: this file imports nothing but nouns. */
import type { ReplyCitation } from '../message.ts';

export type DeskAct =
  | { act: 'joined'; name: string }
  | { act: 'said'; name: string; text: string; citations: ReplyCitation[] }
  /** An answer of the assistant that an agent has read and let through, as it was or changed. */
  | { act: 'approved'; name: string; text: string; citations: ReplyCitation[] }
  | { act: 'transferred'; name: string; to: string }
  /** The agent was gone too long: the citizen waits again. */
  | { act: 'requeued'; name: string; handoffId: string }
  | { act: 'returned'; name: string }
  | { act: 'closed'; name: string };

/** Names of staff may be accounts; citizens read them as they are. */
export const publicNameOf = (name: string): string => name;
