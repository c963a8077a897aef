/** Writes to a conversation unasked: the transcript and, for channels that are sent to, the outbox. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { outboxRow } from '../conversation/commit.ts';
import type { Line } from '../conversation/line.ts';
import { append, type TranscriptEntry } from '../conversation/transcript.ts';
import type { WorkerParts } from '../conversation/worker.ts';
import type { Message, Reply } from '../message.ts';

export interface TellParts {
  database: Database;
  line: Line;
  /** Carries a turn through the edge (bot/channels/adapter.ts). */
  carry: WorkerParts['carry'];
}

export interface Told {
  conversationId: string;
  channel: string;
  entries: TranscriptEntry[];
}

export interface Telling {
  /** What `write` needs, made before the transaction; null when the conversation is gone. `dedup`: the same notice is sent once. */
  prepare(conversationId: string, reply: Reply, dedup: string, origin: string): Promise<Prepared | null>;
  /** In the caller's transaction. */
  write(tx: Writer, prepared: Prepared): Promise<Told>;
  /** After the commit. */
  announce(told: Told): void;
}

export interface Prepared {
  conversationId: string;
  channel: string;
  dedup: string;
  origin: string;
  activity: { id: string; json: string; reply: Reply };
}

export function createTelling({ line, carry }: TellParts): Telling {
  return {
    async prepare(conversationId, reply, dedup, origin) {
      const conversation = await line.conversations.get(conversationId);
      if (!conversation) return null;
      const { channel, citizenId, state } = conversation;
      const occasion: Message = {
        channel,
        conversationId,
        citizenId,
        externalId: dedup,
        id: dedup,
        kind: 'event',
        text: '',
        attachments: [],
        receivedAt: new Date().toISOString(),
        origin,
      };
      const { activities } = await carry(occasion, conversation, async () => ({ replies: [reply], state }));
      const [activity] = activities;
      return activity ? { conversationId, channel, dedup, origin, activity } : null;
    },
    async write(tx, { conversationId, channel, dedup, origin, activity }) {
      const now = new Date().toISOString();
      const { id, json, reply } = activity;
      const entries = await append(tx, conversationId, [{ id, json, role: reply.speaker }], now);
      if (line.delivery.pushes(channel))
        await tx
          .insertInto('outbox')
          .values(outboxRow({ activityId: id, reply, conversationId, ...(origin ? { origin } : {}) }, channel, dedup, now))
          .onConflict((conflict) => conflict.column('dedup').doNothing())
          .execute();
      return { conversationId, channel, entries };
    },
    announce({ conversationId, channel, entries }) {
      line.announce(conversationId, channel, entries);
    },
  };
}
