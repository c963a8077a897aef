/** The transcript: activities of a conversation by sequence number, as channels serve them. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { prepare, readsAfterwards } from '../../connectors/databases/prepared.ts';

export interface TranscriptEntry {
  conversationId: string;
  /** From 1, in order, without gaps. */
  seq: number;
  id: string;
  role: 'citizen' | 'bot' | 'agent';
  /** The Activity. */
  json: string;
}

export interface NewEntry {
  id: string;
  role: TranscriptEntry['role'];
  json: string;
}

const takeNumbers = prepare<{ id: string; count: number; now: string }, { next_seq?: number }>((db, value) =>
  db
    .updateTable('conversation')
    .set((eb) => ({ next_seq: eb('next_seq', '+', value('count')), updated_at: value('now') }))
    .where('id', '=', value('id'))
    .$if(!readsAfterwards(db), (update) => update.returning('next_seq')),
);

/** Where the statement that took numbers gave none back. */
export const nextNumber = prepare<{ id: string }, { next_seq: number }>((db, value) =>
  db.selectFrom('conversation').select('next_seq').where('id', '=', value('id')),
);

const insertEntry = prepare<NewEntry & { conversationId: string; seq: number; now: string }>((db, value) =>
  db.insertInto('activity').values({
    conversation_id: value('conversationId'),
    seq: value('seq'),
    id: value('id'),
    role: value('role'),
    json: value('json'),
    created_at: value('now'),
  }),
);

/** Appends in the caller's transaction. Throws when there is no such conversation. */
export async function append(tx: Writer, conversationId: string, entries: NewEntry[], now: string): Promise<TranscriptEntry[]> {
  if (entries.length === 0) return [];
  const taken = await takeNumbers(tx, { id: conversationId, count: entries.length, now });
  const next = taken.rows[0]?.next_seq ?? (await nextNumber(tx, { id: conversationId })).rows[0]?.next_seq;
  if (next === undefined) throw new Error('The conversation does not exist');
  return insertEntries(tx, conversationId, next, entries, now);
}

/** Appends under numbers that the caller has taken: `next` is the one that follows them. */
export async function insertEntries(
  tx: Writer,
  conversationId: string,
  next: number,
  entries: NewEntry[],
  now: string,
): Promise<TranscriptEntry[]> {
  const first = next - entries.length;
  const appended = entries.map((entry, index) => ({ ...entry, conversationId, seq: first + index }));
  for (const entry of appended) await insertEntry(tx, { ...entry, now });
  return appended;
}

/** Entries after `seq`, oldest first, at most `limit`. */
export async function readAfter(database: Database, conversationId: string, seq: number, limit: number): Promise<TranscriptEntry[]> {
  const rows = await database.read
    .selectFrom('activity')
    .select(['seq', 'id', 'role', 'json'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ conversationId, seq: row.seq, id: row.id, role: row.role as TranscriptEntry['role'], json: row.json }));
}
