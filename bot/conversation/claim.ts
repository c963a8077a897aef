/** Which process works on a message. The embedded database has one process, which needs no claim; on PostgreSQL a lease on the inbox row decides. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Tables } from '../../connectors/databases/schema.ts';
import type { Message } from '../message.ts';
import { type Held, type Lease, touch } from './accept.ts';
import type { Conversation } from './conversation.ts';
import { load, type Remembered } from './remember.ts';
import type { Version } from './version.ts';

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
  /** Stored with a lease of this process. */
  held?: Held | undefined;
}

/** A conversation as its turn finds it; `version` where several processes speak, and no other message waits. */
export interface Begun {
  conversation: Conversation;
  version?: Version;
}

/** How long a dead process keeps a conversation waiting; a living one renews its leases well before. */
const LEASE_MS = 20_000;
export const RENEW_MS = 6_000;
/** So long before its end a lease that came with the message is renewed first: the turn itself takes its time. */
const BEGUN_MS = 15_000;
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

/** A lease for a message that is being stored by this process. */
export function newLease(nowMs: number, mark: LeaseMark): Lease {
  return { until: nowMs + LEASE_MS, text: leaseUntil(nowMs + LEASE_MS, mark) };
}

/**
 * What the turn begins with; null when this process may not run the entry now. It may when it is the oldest open message of its conversation and nobody else
 * works on any of them. The embedded database has one process. On PostgreSQL a message that was stored with a lease, in a conversation whose row was as this
 * process left it, is known to be so without asking.
 */
export async function begin(
  database: Database,
  remembered: Remembered,
  entry: InboxEntry,
  nowMs: number,
  mark: LeaseMark,
): Promise<Begun | null> {
  const { conversationId } = entry.message;
  if (database.engine === 'embedded') return there(await remembered.get(conversationId));
  const { held } = entry;
  entry.held = undefined;
  const known = held && nowMs < held.until - BEGUN_MS ? remembered.asOf(conversationId, held.before) : null;
  if (held && known) return { conversation: known, version: held.after };
  return claim(database, entry, nowMs, mark);
}

function there(conversation: Conversation | null): Begun {
  if (!conversation) throw new Error('The conversation of the message does not exist');
  return { conversation };
}

/**
 * The conversation's row is written first, and nothing in it changes: whoever has one of its messages finds, when the turn ends, that another was asked for
 * meanwhile, and looks. What is read after that has seen every message that was stored before.
 */
async function claim(database: Database, entry: InboxEntry, nowMs: number, mark: LeaseMark): Promise<Begun | null> {
  const { conversationId } = entry.message;
  const { engine } = database;
  return database.write(async (tx) => {
    await touch(tx, { id: conversationId });
    const row = await tx
      .updateTable('inbox')
      .set({ claimed_until: leaseUntil(nowMs + LEASE_MS, mark) })
      .where('id', '=', entry.inboxId)
      .where('status', '=', 'new')
      .where(isFree(nowMs, mark))
      .where(
        sql<boolean>`not exists (select 1 from inbox other where other.conversation_id = inbox.conversation_id and other.status = 'new' and (other.id < inbox.id
          or (other.claimed_until between ${new Date(nowMs).toISOString()} and ${new Date(nowMs + 3 * LEASE_MS).toISOString()} and other.claimed_until not like ${leasesOf(mark)})))`,
      )
      .returning('attempts')
      .executeTakeFirst();
    if (row) {
      entry.attempts = row.attempts;
      const loaded = await load(tx, engine, conversationId);
      if (!loaded) return there(null);
      const { conversation, version, waiting } = loaded;
      return waiting > 1 ? { conversation } : { conversation, version };
    }
    // One that came with a lease is free for whoever works on those before it.
    await tx
      .updateTable('inbox')
      .set({ claimed_until: null })
      .where('id', '=', entry.inboxId)
      .where('status', '=', 'new')
      .where('claimed_until', 'like', leasesOf(mark))
      .execute();
    return null;
  });
}

/** What waits for a turn that this process has not begun is free at once for the others. */
export async function letGo(database: Database, mark: LeaseMark): Promise<void> {
  await database.write((tx) =>
    tx
      .updateTable('inbox')
      .set({ claimed_until: null })
      .where('status', '=', 'new')
      .where('claimed_until', 'like', leasesOf(mark))
      .execute(),
  );
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
