/** Which process works on a message. The embedded database has one process, which needs no claim; on PostgreSQL a lease on the inbox row decides. */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Message } from '../message.ts';

export interface InboxEntry {
  inboxId: number;
  message: Message;
  attempts: number;
  /** Not before, epoch milliseconds. */
  dueAt: number;
}

/** Longer than any turn may take, so that a lease never ends under a running one. */
const LEASE_MS = 120_000;

/** True when this process may run the entry now: it is the oldest open message of its conversation and nobody else holds it. */
export async function claim(database: Database, entry: InboxEntry, nowMs: number): Promise<boolean> {
  if (database.engine === 'embedded') return true;
  const now = new Date(nowMs).toISOString();
  const row = await database.write((tx) =>
    tx
      .updateTable('inbox')
      .set({ claimed_until: new Date(nowMs + LEASE_MS).toISOString() })
      .where('id', '=', entry.inboxId)
      .where('status', '=', 'new')
      .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', now)]))
      .where(
        sql<boolean>`not exists (select 1 from inbox earlier where earlier.conversation_id = inbox.conversation_id and earlier.status = 'new' and earlier.id < inbox.id)`,
      )
      .returning('attempts')
      .executeTakeFirst(),
  );
  if (row) entry.attempts = row.attempts;
  return row !== undefined;
}

/** Open messages, oldest first: of one conversation, or of all. Leases of other processes are left out. */
export async function openEntries(database: Database, nowMs: number, conversationId?: string): Promise<InboxEntry[]> {
  const now = new Date(nowMs).toISOString();
  let query = database.read.selectFrom('inbox').select(['id', 'json', 'attempts', 'next_at']).where('status', '=', 'new');
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId);
  if (database.engine === 'postgres') query = query.where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', now)]));
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
