/** Stores a message once and in order. What resolves is durable: only then may a channel say 200. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { prepare, readsAfterwards } from '../../connectors/databases/prepared.ts';
import type { Message } from '../message.ts';
import type { Effect } from './speaker.ts';
import { append, type TranscriptEntry } from './transcript.ts';

export interface Accepting {
  /** The message as the transcript shows it; absent = it is not part of the transcript (votes, the opening). */
  activity?: Record<string, unknown>;
  /** Rows that belong to the message, in the same transaction. */
  also?: Effect;
}

export interface Accepted {
  /** Id of the message: of the first one, when the channel sent it again. */
  id: string;
  repeated: boolean;
}

export interface StoredMessage extends Accepted {
  inboxId: number;
  entries: TranscriptEntry[];
}

/** What belongs to a message, and the effects of a turn, are rows and nothing else; PostgreSQL runs them again too when two writers met. */
export const AGAIN = { again: true } as const;

const insertMessage = prepare<
  { channel: string; externalId: string; conversationId: string; json: string; receivedAt: string },
  { id?: number }
>((db, value) =>
  db
    .insertInto('inbox')
    .values({
      channel: value('channel'),
      external_id: value('externalId'),
      conversation_id: value('conversationId'),
      json: value('json'),
      status: 'new',
      attempts: 0,
      next_at: value('receivedAt'),
      claimed_until: null,
      error: null,
      created_at: value('receivedAt'),
      done_at: null,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'external_id']).doNothing())
    .$if(!readsAfterwards(db), (insert) => insert.returning('id')),
);

/** Id in the inbox; null when the same message is there already. In the caller's transaction. */
export async function storeMessage(tx: Writer, message: Message): Promise<number | null> {
  const { channel, externalId, conversationId, receivedAt } = message;
  const row = { channel, externalId, conversationId, receivedAt, json: JSON.stringify(message) };
  const { rows, numAffectedRows, insertId } = await insertMessage(tx, row);
  if (!readsAfterwards(tx)) return rows[0]?.id ?? null;
  return numAffectedRows ? Number(insertId) : null;
}

/** Two to four statements in one shared commit, whatever the length of the conversation. */
export async function acceptMessage(database: Database, message: Message, accepting: Accepting): Promise<StoredMessage> {
  const { channel, externalId, conversationId, receivedAt } = message;
  return database.write(async (tx) => {
    const inboxId = await storeMessage(tx, message);
    if (inboxId === null) {
      const earlier = await tx
        .selectFrom('inbox')
        .select(['id', 'json'])
        .where('channel', '=', channel)
        .where('external_id', '=', externalId)
        .executeTakeFirstOrThrow();
      return { id: (JSON.parse(earlier.json) as Message).id, repeated: true, inboxId: earlier.id, entries: [] };
    }
    if (message.kind === 'opened') await openConversation(tx, message);
    await accepting.also?.(tx);
    const entries = accepting.activity
      ? await append(tx, conversationId, [{ id: message.id, role: 'citizen', json: JSON.stringify(accepting.activity) }], receivedAt)
      : [];
    return { id: message.id, repeated: false, inboxId, entries };
  }, AGAIN);
}

async function openConversation(tx: Parameters<Effect>[0], message: Message): Promise<void> {
  await tx
    .insertInto('conversation')
    .values({
      id: message.conversationId,
      channel: message.channel,
      citizen_id: message.citizenId,
      lang: null,
      mode: 'bot',
      state: '{}',
      next_seq: 1,
      created_at: message.receivedAt,
      updated_at: message.receivedAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
