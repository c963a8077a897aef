/** Which process works on a message. The embedded database has one process, which needs no claim; on PostgreSQL a lease on the inbox row decides. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Tables } from '../../connectors/databases/schema.ts';
import type { Message } from '../message.ts';
import type { Held, Lease } from './accept.ts';
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
 * What the turn begins with; null when this process may not run the entry now. It may when it is the oldest open message of its conversation: these are
 * numbered while the conversation is locked, so an older one is always seen. The embedded database has one process. On PostgreSQL a message that was stored with a lease, in a conversation whose row was as this
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
 * One that was stored with a lease and may not run yet is let go by the same statement, and asked for once more: whoever ends what stands before it looks
 * afterwards, and finds it, unless it ended before the lease was gone; then the second question succeeds. No lock outlasts a statement.
 */
async function claim(database: Database, entry: InboxEntry, nowMs: number, mark: LeaseMark): Promise<Begun | null> {
  const { conversationId } = entry.message;
  const attempts = (await ask(database, entry, nowMs, mark)) ?? (await ask(database, entry, nowMs, mark));
  if (attempts === null) return null;
  entry.attempts = attempts;
  const loaded = await load(database.read, database.engine, conversationId);
  if (!loaded) return there(null);
  const { conversation, version, waiting } = loaded;
  return waiting > 1 ? { conversation } : { conversation, version };
}

/** How often it was tried; null = not now. */
async function ask(database: Database, entry: InboxEntry, nowMs: number, mark: LeaseMark): Promise<number | null> {
  const row = await database.write((tx) =>
    tx
      .updateTable('inbox')
      .set({
        claimed_until: sql<
          string | null
        >`case when exists (select 1 from inbox earlier where earlier.conversation_id = inbox.conversation_id
          and earlier.status = 'new' and earlier.id < inbox.id) then null else ${leaseUntil(nowMs + LEASE_MS, mark)} end`,
      })
      .where('id', '=', entry.inboxId)
      .where('status', '=', 'new')
      .where(isFree(nowMs, mark))
      .returning(['attempts', 'claimed_until'])
      .executeTakeFirst(),
  );
  return row?.claimed_until ? row.attempts : null;
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
