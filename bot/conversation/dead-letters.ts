/** What failed for good: turns that failed three times, replies that a channel refused at once or reported as failed later. And trying them again. */
import { sql } from 'kysely';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Message } from '../message.ts';
import type { Outgoing } from './commit.ts';

export interface DeadLetter {
  box: 'inbox' | 'outbox';
  id: number;
  channel: string;
  conversationId: string;
  attempts: number;
  /** In the words of the program or of the channel. */
  error: string | null;
  createdAt: string;
  /** `retrying`: somebody asked for it to be tried again, and it has neither arrived nor failed since. */
  state: 'dead' | 'retrying';
  /** ISO UTC; null = nobody has asked. */
  retriedAt: string | null;
}

/** Of what channels reported as failed so many are looked through. */
const MOST_FAILED = 1_000;

/** The newest first. Those that are being tried again stay until they have arrived. */
export async function listDeadLetters(database: Database, limit = 100): Promise<DeadLetter[]> {
  const columns = [
    'id',
    'channel',
    'conversation_id as conversationId',
    'attempts',
    'error',
    'created_at as createdAt',
    'status',
    'retried_at as retriedAt',
  ] as const;
  const of = (box: 'inbox' | 'outbox') =>
    Promise.all([
      database.read.selectFrom(box).select(columns).where('status', '=', 'dead').orderBy('id', 'desc').limit(limit).execute(),
      database.read.selectFrom(box).select(columns).where('status', '=', 'new').where('retried_at', 'is not', null).limit(limit).execute(),
    ]).then((rows) => rows.flat().map((row) => ({ box, ...row })));
  const [inbox, outbox, told] = await Promise.all([of('inbox'), of('outbox'), failedLater(database, limit)]);
  return [...inbox, ...outbox, ...told]
    .map(({ status, ...row }): DeadLetter => ({ ...row, state: status === 'new' ? 'retrying' : 'dead' }))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id)
    .slice(0, limit);
}

/** Replies that the channel took and then said it could not deliver: of the newest such failures. */
async function failedLater(database: Database, limit: number) {
  const failed = database.read
    .selectFrom('delivery')
    .select(['activity_id', 'conversation_id', 'error'])
    .where('status', '=', 'failed')
    .orderBy('updated_at', 'desc')
    .limit(MOST_FAILED);
  const rows = await database.read
    .selectFrom(failed.as('delivery'))
    .innerJoin('outbox', (join) => join.onRef('outbox.conversation_id', '=', 'delivery.conversation_id').on(isOf()))
    .select(['outbox.id', 'outbox.channel', 'outbox.conversation_id as conversationId', 'outbox.attempts', 'delivery.error'])
    .select(['outbox.created_at as createdAt', 'outbox.status', 'outbox.retried_at as retriedAt'])
    .where('outbox.status', '=', 'sent')
    .execute();
  // Of a reply in several messages more than one may have failed.
  const once = [...new Map(rows.map((row) => [row.id, { box: 'outbox' as const, ...row }])).values()];
  return once.sort((a, b) => b.id - a.id).slice(0, limit);
}

/** The reply whose messages a row of `delivery` tells of; its id stands first in the outbox's JSON (commit.ts, Outgoing). */
const isOf = () => sql<boolean>`outbox.json like '{"activityId":"' || delivery.activity_id || '"%'`;

export type Retried =
  | { kind: 'again'; box: 'inbox'; message: Message; inboxId: number }
  | { kind: 'again'; box: 'outbox'; conversationId: string }
  /** Asked before, or it arrived meanwhile. */
  | { kind: 'retrying' | 'delivered' }
  /** The citizen has it from another channel. */
  | { kind: 'moved' }
  /** A citizen's words for a contact centre that refused them: no channel sends those. */
  | { kind: 'elsewhere' }
  | { kind: 'unknown' };

export interface Retry {
  box: 'inbox' | 'outbox';
  id: number;
  /** ISO. */
  now: string;
  /** In the same transaction, when it is tried again. */
  also(tx: Writer): Promise<void>;
}

/** Puts a dead letter back in its line; asked twice it is put there once. What a channel has taken of a reply is not sent again. */
export function retryDeadLetter(database: Database, retry: Retry): Promise<Retried> {
  return database.write(async (tx) => (retry.box === 'inbox' ? retryTurn(tx, retry) : retryReply(tx, retry)));
}

const afresh = (now: string) => ({ status: 'new', attempts: 0, next_at: now, claimed_until: null, retried_at: now });

async function retryTurn(tx: Writer, { id, now, also }: Retry): Promise<Retried> {
  const row = await tx
    .updateTable('inbox')
    .set({ ...afresh(now), done_at: null })
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .returning(['json', 'conversation_id'])
    .executeTakeFirst();
  if (!row) return standing((await tx.selectFrom('inbox').select('status').where('id', '=', id).executeTakeFirst())?.status);
  // The apology bears the name that the answer will need.
  await tx
    .updateTable('outbox')
    .set((eb) => ({ dedup: eb('dedup', '||', `:until ${now}`) }))
    .where('conversation_id', '=', row.conversation_id)
    // No range: where ";" stands depends on the database's collation.
    .where('dedup', 'like', `${id}:%`)
    .execute();
  await also(tx);
  return { kind: 'again', box: 'inbox', message: JSON.parse(row.json) as Message, inboxId: id };
}

async function retryReply(tx: Writer, { id, now, also }: Retry): Promise<Retried> {
  const row = await tx.selectFrom('outbox').select(['status', 'json', 'conversation_id']).where('id', '=', id).executeTakeFirst();
  if (row?.status !== 'dead' && row?.status !== 'sent') return standing(row?.status);
  const { activityId, reply } = JSON.parse(row.json) as Partial<Outgoing>;
  if (!activityId || !reply) return { kind: 'elsewhere' };
  const forgotten = await tx.deleteFrom('delivery').where('activity_id', '=', activityId).where('status', '=', 'failed').executeTakeFirst();
  if (row.status === 'sent' && Number(forgotten.numDeletedRows) === 0) return { kind: 'delivered' };
  const changed = await tx.updateTable('outbox').set(afresh(now)).where('id', '=', id).where('status', '=', row.status).executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0) return { kind: 'retrying' };
  await also(tx);
  return { kind: 'again', box: 'outbox', conversationId: row.conversation_id };
}

function standing(status: string | undefined): Retried {
  if (status === undefined) return { kind: 'unknown' };
  if (status === 'moved') return { kind: 'moved' };
  return { kind: status === 'new' ? 'retrying' : 'delivered' };
}
