/** Stores a message once and in order. What resolves is durable: only then may a channel say 200. */
import { sql } from 'kysely';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { after, prepare, readsAfterwards } from '../../connectors/databases/prepared.ts';
import type { Message } from '../message.ts';
import type { Effect } from './speaker.ts';
import { append, type TranscriptEntry } from './transcript.ts';
import { type Version, versionOf } from './version.ts';

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
  /** Absent = its turn is anybody's. */
  held?: Held;
}

/** The message was stored with a lease of this process. */
export interface Held {
  /** Of the conversation's row just before and after: where it is what this process left, nothing of the conversation waits elsewhere. */
  before: Version;
  after: Version;
  /** Epoch milliseconds. */
  until: number;
}

/** What belongs to a message, and the effects of a turn, are rows and nothing else; PostgreSQL runs them again too when two writers met. */
export const AGAIN = { again: true } as const;

/** PostgreSQL cannot tell what a value in a list of columns is to be. */
export const text = (value: string | null) => sql<string>`cast(${value} as text)`;

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

/** Writes the conversation's row and changes nothing in it: it is locked, and of another version. */
const touch = prepare<{ id: string }>((db, value) =>
  db
    .updateTable('conversation')
    .set((eb) => ({ next_seq: eb.ref('next_seq') }))
    .where('id', '=', value('id')),
);

/** Id in the inbox; null when the same message is there already. In the caller's transaction. */
export function storeMessage(tx: Writer, message: Message): number | null | Promise<number | null> {
  // Not part of the transcript: a process that goes by the row's version would not see that somebody is to be told something first.
  if (message.kind === 'notice') return after(touch(tx, { id: message.conversationId }), () => insertInto(tx, message));
  return insertInto(tx, message);
}

function insertInto(tx: Writer, message: Message): number | null | Promise<number | null> {
  const { channel, externalId, conversationId, receivedAt } = message;
  const row = { channel, externalId, conversationId, receivedAt, json: JSON.stringify(message) };
  return after(insertMessage(tx, row), ({ rows, numAffectedRows, insertId }) => {
    if (!readsAfterwards(tx)) return rows[0]?.id ?? null;
    return numAffectedRows ? Number(insertId) : null;
  });
}

/** Two to four statements in one shared commit, whatever the length of the conversation; on PostgreSQL mostly one. `lease`: of the worker that is to take it. */
export async function acceptMessage(
  database: Database,
  message: Message,
  accepting: Accepting,
  lease: Lease | null = null,
): Promise<StoredMessage> {
  const stored = lease && accepting.activity && !accepting.also ? await acceptHeld(database, message, accepting.activity, lease) : null;
  if (stored) return stored;
  const isLockedFirst = database.engine === 'postgres' && message.kind !== 'opened' && message.kind !== 'notice';
  return database.write<StoredMessage>((tx) => {
    // As by the others.
    const locked = isLockedFirst ? touch(tx, { id: message.conversationId }) : null;
    return after<unknown, StoredMessage>(locked, () =>
      after(storeMessage(tx, message), (inboxId) =>
        inboxId === null ? repeated(tx, message) : storeRest(tx, message, accepting, inboxId),
      ),
    );
  }, AGAIN);
}

/** What came of the message when it came first. */
async function repeated(tx: Writer, { channel, externalId }: Message): Promise<StoredMessage> {
  const earlier = await tx
    .selectFrom('inbox')
    .select(['id', 'json'])
    .where('channel', '=', channel)
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow();
  return { id: (JSON.parse(earlier.json) as Message).id, repeated: true, inboxId: earlier.id, entries: [] };
}

function storeRest(tx: Writer, message: Message, { activity, also }: Accepting, inboxId: number): StoredMessage | Promise<StoredMessage> {
  const { id, conversationId, receivedAt } = message;
  const show = (): TranscriptEntry[] | Promise<TranscriptEntry[]> =>
    activity ? append(tx, conversationId, [{ id, role: 'citizen', json: JSON.stringify(activity) }], receivedAt) : [];
  const opened = message.kind === 'opened' ? openConversation(tx, message) : null;
  const ready = after<unknown, unknown>(opened, () => also?.(tx));
  return after<TranscriptEntry[], StoredMessage>(after<unknown, TranscriptEntry[]>(ready, show), (entries) => ({
    id,
    repeated: false,
    inboxId,
    entries,
  }));
}

/** The end of a lease, and as the row has it. */
export interface Lease {
  until: number;
  text: string;
}

const insertHeld = prepare<
  {
    channel: string;
    externalId: string;
    conversationId: string;
    json: string;
    receivedAt: string;
    lease: string;
    id: string;
    activity: string;
  },
  { inbox_id: number; next_seq: number; before: string; after: string }
>((db, value) =>
  db
    // The conversation is locked first: its messages get their numbers in the order of the transcript, whoever takes them.
    .with('old', (qb) =>
      qb
        .selectFrom('conversation')
        .select(['id', sql<string>`xmin::text`.as('xmin')])
        .where('id', '=', value('conversationId'))
        .forUpdate(),
    )
    .with('stored', (qb) =>
      qb
        .insertInto('inbox')
        .columns(['channel', 'external_id', 'conversation_id', 'json', 'status', 'attempts', 'next_at', 'claimed_until', 'created_at'])
        .expression((eb) =>
          eb
            .selectFrom('old')
            .select([
              text(value('channel')).as('channel'),
              text(value('externalId')).as('external_id'),
              'old.id',
              text(value('json')).as('json'),
              sql.lit('new').as('status'),
              sql.lit(0).as('attempts'),
              text(value('receivedAt')).as('next_at'),
              text(value('lease')).as('claimed_until'),
              text(value('receivedAt')).as('created_at'),
            ]),
        )
        .onConflict((conflict) => conflict.columns(['channel', 'external_id']).doNothing())
        .returning('inbox.id'),
    )
    .with('kept', (qb) =>
      qb
        .updateTable('conversation')
        .from(['old', 'stored'])
        .set((eb) => ({ next_seq: eb('conversation.next_seq', '+', sql.lit(1)), updated_at: value('receivedAt') }))
        .whereRef('conversation.id', '=', 'old.id')
        .returning(['conversation.id', 'conversation.next_seq', 'old.xmin as before', sql<string>`conversation.xmin::text`.as('after')]),
    )
    .with('shown', (qb) =>
      qb
        .insertInto('activity')
        .columns(['conversation_id', 'seq', 'id', 'role', 'json', 'created_at'])
        .expression((eb) =>
          eb
            .selectFrom('kept')
            .select([
              'kept.id as conversation_id',
              sql<number>`kept.next_seq - 1`.as('seq'),
              text(value('id')).as('id'),
              sql.lit('citizen').as('role'),
              text(value('activity')).as('json'),
              text(value('receivedAt')).as('created_at'),
            ]),
        ),
    )
    .selectFrom(['stored', 'kept'])
    .select(['stored.id as inbox_id', 'kept.next_seq', 'kept.before', 'kept.after']),
);

/** In one statement, with the lease. Null = there is no such conversation, or the message is there already: nothing was written. */
async function acceptHeld(database: Database, message: Message, activity: object, lease: Lease): Promise<StoredMessage | null> {
  const { id, channel, externalId, conversationId, receivedAt } = message;
  const shown = JSON.stringify(activity);
  const values = { channel, externalId, conversationId, json: JSON.stringify(message), receivedAt, lease: lease.text, id, activity: shown };
  const row = (await database.write(async (tx) => insertHeld(tx, values), { again: true, single: conversationId })).rows[0];
  if (!row) return null;
  const seq = row.next_seq - 1;
  return {
    id,
    repeated: false,
    inboxId: row.inbox_id,
    entries: [{ conversationId, seq, id, role: 'citizen', json: shown }],
    held: {
      before: versionOf({ xmin: row.before, next_seq: seq }),
      after: versionOf({ xmin: row.after, next_seq: row.next_seq }),
      until: lease.until,
    },
  };
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
