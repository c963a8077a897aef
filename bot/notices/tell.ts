/** Says something in a conversation unasked: a notice on the line of messages, in the caller's transaction. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { storeMessage } from '../conversation/accept.ts';
import type { Line } from '../conversation/line.ts';
import type { Message, Reply } from '../message.ts';
import type { Notice } from './notice.ts';

export interface TellParts {
  database: Database;
  line: Pick<Line, 'conversations' | 'take'>;
  now?: () => number;
}

/** A notice ready to be written. */
export type Prepared = Message;

/** A notice as the line has it. */
export interface Told {
  inboxId: number;
  message: Message;
}

export interface Telling {
  /** What `write` needs, made before the transaction; null when the conversation is gone. `key`: the same notice is told once. */
  prepare(conversationId: string, reply: Reply, key: string, origin: string, dialog?: Notice['dialog']): Promise<Prepared | null>;
  /** In the caller's transaction; null when it was told before. */
  write(tx: Writer, prepared: Prepared): Promise<Told | null>;
  /** After the commit: its turn begins. A process that dies before finds it on the line when it starts. */
  announce(told: Told): void;
}

export function createTelling({ line, now = Date.now }: TellParts): Telling {
  return {
    async prepare(conversationId, reply, key, origin, dialog) {
      const conversation = await line.conversations.get(conversationId);
      if (!conversation) return null;
      return {
        channel: conversation.channel,
        externalId: `notice:${key}`,
        conversationId,
        id: randomUUID(),
        kind: 'notice',
        text: '',
        value: { reply, ...(dialog ? { dialog } : {}) } satisfies Notice,
        attachments: [],
        citizenId: conversation.citizenId,
        receivedAt: new Date(now()).toISOString(),
        ...(origin ? { origin } : {}),
      };
    },
    async write(tx, message) {
      const inboxId = await storeMessage(tx, message);
      return inboxId === null ? null : { inboxId, message };
    },
    announce: ({ inboxId, message }) => line.take(message, inboxId),
  };
}
