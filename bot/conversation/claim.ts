/** Which process works on a message. The embedded database has one process, which needs no claim; on PostgreSQL a lease on the inbox row decides. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Tables } from '../../connectors/databases/schema.ts';
import type { Message } from '../message.ts';

/**
 * Whose a lease is: some digits after the milliseconds of its end. A process that heard nothing of its own claim, since the database went away just then,
 * knows it again and need not wait until it ends.
 */
export type LeaseMark = string;
export const newLeaseMark = (): LeaseMark => String(Math.floor(Math.random() * 1e9)).padStart(9, '0');

/** The end of a lease as the row has it: ISO UTC, with the mark as further digits of the second. */
export const leaseUntil = (ms: number, mark: LeaseMark): string => new Date(ms).toISOString().replace('Z', `${mark}Z`);

/** A LIKE pattern that such a lease answers to. */
export const leasesOf = (mark: LeaseMark): string => `%${mark}Z`;

export interface InboxEntry {
  inboxId: number;
  message: Message;
  attempts: number;
  /** Not before, epoch milliseconds. */
  dueAt: number;
}

/** How long a dead process keeps a conversation waiting; a living one renews its leases well before. */
const LEASE_MS = 20_000;
export const RENEW_MS = 6_000;
/** Open messages looked at in one go; the next look finds the rest. */
const AT_ONCE = 1_000;

/** No lease, one of this process' own, or one that has ended; one that ends later than any could comes of a clock that was set back. */
const isFree = (nowMs: number, mark: LeaseMark) => (eb: ExpressionBuilder<Tables, 'inbox'>) =>
  eb.or([
    eb('claimed_until', 'is', null),
    eb('claimed_until', 'like', leasesOf(mark)),
    eb('claimed_until', '<', new Date(nowMs).toISOString()),
    eb('claimed_until', '>', new Date(nowMs + 3 * LEASE_MS).toISOString()),
  ]);

/** True when this process may run the entry now: it is the oldest open message of its conversation and nobody else holds it. */
export async function claim(database: Database, entry: InboxEntry, nowMs: number, mark: LeaseMark): Promise<boolean> {
  if (database.engine === 'embedded') return true;
  const row = await database.write((tx) =>
    tx
      .updateTable('inbox')
      .set({ claimed_until: leaseUntil(nowMs + LEASE_MS, mark) })
      .where('id', '=', entry.inboxId)
      .where('status', '=', 'new')
      .where(isFree(nowMs, mark))
      .where(
        sql<boolean>`not exists (select 1 from inbox earlier where earlier.conversation_id = inbox.conversation_id and earlier.status = 'new' and earlier.id < inbox.id)`,
      )
      .returning('attempts')
      .executeTakeFirst(),
  );
  if (row) entry.attempts = row.attempts;
  return row !== undefined;
}

/** Says that turns are still running. One that ended meanwhile stays ended. */
export async function renew(database: Database, inboxIds: number[], nowMs: number, mark: LeaseMark): Promise<void> {
  const claimed_until = leaseUntil(nowMs + LEASE_MS, mark);
  await database.write((tx) =>
    tx
      .updateTable('inbox')
      .set({ claimed_until })
      .where('id', 'in', inboxIds)
      .where('status', '=', 'new')
      // A turn that still waits to be claimed may be another process' by now.
      .where('claimed_until', 'like', leasesOf(mark))
      .execute(),
  );
}

/** Open messages, oldest first: of one conversation, or of all. Leases of other processes are left out. */
export async function openEntries(database: Database, nowMs: number, mark: LeaseMark, conversationId?: string): Promise<InboxEntry[]> {
  let query = database.read.selectFrom('inbox').select(['id', 'json', 'attempts', 'next_at']).where('status', '=', 'new');
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId);
  if (database.engine === 'postgres') query = query.where(isFree(nowMs, mark)).limit(AT_ONCE);
  const rows = await query.orderBy('id').execute();
  return rows.map((row) => ({
    inboxId: row.id,
    message: JSON.parse(row.json) as Message,
    attempts: row.attempts,
    dueAt: row.attempts === 0 ? 0 : Date.parse(row.next_at),
  }));
}

/** Writes down that a turn failed; the entry is free again for any process. */
export async function recordFailure(database: Database, entry: InboxEntry, error: string): Promise<void> {
  await database.write((tx) =>
    tx
      .updateTable('inbox')
      .set({ attempts: entry.attempts, next_at: new Date(entry.dueAt).toISOString(), error, claimed_until: null })
      .where('id', '=', entry.inboxId)
      .where('status', '=', 'new')
      .execute(),
  );
}
