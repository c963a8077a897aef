/** What is told unasked. It travels the line of messages like everything else: stored once, taken in order, delivered by the outbox. Noun: imports nothing but nouns. */
import type { Reply } from '../message.ts';

export interface Notice {
  reply: Reply;
  /** The talk that a mere "yes" belongs to afterwards, unless something else is going on. */
  dialog?: { name: string; data: unknown };
}
