/** The transcript: activities of a conversation by sequence number, as channels serve them. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { after, prepare } from '../../connectors/databases/prepared.ts';
import { type TakesNumbers, takingNumbers } from './numbers.ts';

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

interface Taking extends TakesNumbers {
  now: string;
}

const takeNumbers = takingNumbers<Taking>((db, value) =>
  db
    .updateTable('conversation')
    .set((eb) => ({ next_seq: eb('next_seq', '+', value('count')), updated_at: value('now') }))
    .where('id', '=', value('id')),
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
export function append(
  tx: Writer,
  conversationId: string,
  entries: NewEntry[],
  now: string,
): TranscriptEntry[] | Promise<TranscriptEntry[]> {
  if (entries.length === 0) return [];
  const taken = takeNumbers(tx, { id: conversationId, count: entries.length, now });
  return after(taken, (next) => insertEntries(tx, conversationId, next, entries, now));
}

/** Appends under numbers that the caller has taken: `next` is the one that follows them. */
export function insertEntries(
  tx: Writer,
  conversationId: string,
  next: number,
  entries: NewEntry[],
  now: string,
): TranscriptEntry[] | Promise<TranscriptEntry[]> {
  const first = next - entries.length;
  const appended = entries.map(({ id, role, json }, index): TranscriptEntry => ({ conversationId, seq: first + index, id, role, json }));
  const waiting: Promise<unknown>[] = [];
  for (const { seq, id, role, json } of appended) {
    const inserted = insertEntry(tx, { conversationId, seq, id, role, json, now });
    if (inserted instanceof Promise) waiting.push(inserted);
  }
  return waiting.length === 0 ? appended : Promise.all(waiting).then(() => appended);
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
