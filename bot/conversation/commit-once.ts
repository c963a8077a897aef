/** What a turn writes, as one statement: only PostgreSQL can, and there each statement is a round trip. */
import { type Insertable, type QueryResult, sql } from 'kysely';
import type { Writer } from '../../connectors/databases/contract.ts';
import { prepare } from '../../connectors/databases/prepared.ts';
import type { AnswerTable, GapTable, OutboxTable } from '../../connectors/databases/schema.ts';
import type { NewEntry } from './transcript.ts';
import { type Version, versionOf } from './version.ts';

export interface Writing {
  inboxId: number;
  status: string;
  error: string | null;
  attempts: number;
  now: string;
  id: string;
  channel: string;
  state: string;
  lang: string | null;
  mode: string;
  entries: NewEntry[];
  outgoing: Insertable<OutboxTable>[];
  answer: Insertable<AnswerTable> | null;
  /** Of the answer. */
  gap: Insertable<GapTable> | null;
}

export interface Written {
  /** The number that follows the entries. */
  next: number;
  /** Of the conversation's row, just before and after. */
  before: Version;
  after: Version;
}

type Value = string | number | null;
type Row = { next_seq: number; before: string; after: string };
type Run = (tx: Writer, values: Record<string, Value>) => QueryResult<Row> | Promise<QueryResult<Row>>;

/** By how many entries and replies there are, and whether there is an answer and a gap: few, since a turn says little. */
const statements = new Map<string, Run>();

/** Null when the message had ended already, or its conversation is gone: then nothing was written. Sends before anything is awaited. */
export async function writeTurn(tx: Writer, writing: Writing): Promise<Written | null> {
  const { entries, outgoing, answer, gap, ...values } = writing as Writing & Record<string, Value>;
  const key = `${entries.length}/${outgoing.length}/${answer ? 1 : 0}/${gap ? 1 : 0}`;
  let run = statements.get(key);
  if (!run) {
    run = statement(entries.length, outgoing.length, answer !== null, gap !== null);
    statements.set(key, run);
  }
  const all: Record<string, Value> = { ...values };
  for (const [index, { id, role, json }] of entries.entries()) Object.assign(all, under(`said${index}`, { id, role, json }));
  for (const [index, { dedup, json }] of outgoing.entries()) Object.assign(all, under(`sent${index}`, { dedup, json }));
  if (outgoing[0]) all['to'] = outgoing[0].channel;
  if (answer) Object.assign(all, under('answer', answer as Record<string, Value>));
  if (gap) Object.assign(all, under('gap', gap as Record<string, Value>));
  const row = (await run(tx, all)).rows[0];
  if (!row) return null;
  const before = versionOf({ xmin: row.before, next_seq: row.next_seq - entries.length });
  return { next: row.next_seq, before, after: versionOf({ xmin: row.after, next_seq: row.next_seq }) };
}

const under = (name: string, values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]));

/** The conversation is locked first, as when a message is stored: whoever waits for it waits for nothing else. */
function statement(said: number, sent: number, answered: boolean, missed: boolean): Run {
  return prepare<Record<string, Value>, Row>((db, value) => {
    const text = (name: string) => sql`cast(${value(name)} as text)`;
    const rows = (count: number, name: string, columns: string[]) =>
      sql.join(
        Array.from(
          { length: count },
          (_, index) => sql`(${sql.lit(index)}, ${sql.join(columns.map((column) => text(`${name}${index}.${column}`)))})`,
        ),
      );
    const entries = sql`, said as (
      insert into activity (conversation_id, seq, id, role, json, created_at)
      select kept.id, kept.next_seq - ${sql.lit(said)} + entry.place, entry.id, entry.role, entry.json, ${text('now')}
      from kept, (values ${rows(said, 'said', ['id', 'role', 'json'])}) entry (place, id, role, json))`;
    const outgoing = sql`, sent as (
      insert into outbox (conversation_id, channel, dedup, json, status, attempts, next_at, created_at)
      select kept.id, ${text('to')}, reply.dedup, reply.json, 'new', 0, ${text('now')}, ${text('now')}
      from kept, (values ${rows(sent, 'sent', ['dedup', 'json'])}) reply (place, dedup, json) order by reply.place)`;
    const answer = sql`, stored as (
      insert into answer (id, conversation_id, message_id, question, lang, outcome, reason, json, created_at)
      select ${text('answer.id')}, kept.id, ${text('answer.message_id')}, ${text('answer.question')}, ${text('answer.lang')},
        ${text('answer.outcome')}, ${text('answer.reason')}, ${text('answer.json')}, ${text('answer.created_at')} from kept)`;
    const gap = sql`, missed as (
      insert into gap (id, question, lang, reason, answer_id, status, created_at)
      select ${text('gap.id')}, ${text('gap.question')}, ${text('gap.lang')}, ${text('gap.reason')}, ${text('gap.answer_id')},
        ${text('gap.status')}, ${text('gap.created_at')} from kept)`;
    const query = sql<Row>`with old as (
      select id, cast(xmin as text) as xmin from conversation where id = ${value('id')} for update),
    ended as (
      update inbox set status = ${value('status')}, error = ${value('error')}, attempts = ${value('attempts')}, claimed_until = null,
        done_at = ${value('now')}
      from old where inbox.id = ${value('inboxId')} and inbox.status = 'new' returning inbox.id),
    kept as (
      update conversation set channel = ${value('channel')}, state = ${value('state')}, lang = ${value('lang')}, mode = ${value('mode')},
        next_seq = conversation.next_seq + ${sql.lit(said)}, updated_at = ${value('now')}
      from old, ended where conversation.id = old.id
      returning conversation.id, conversation.next_seq, old.xmin as before, cast(conversation.xmin as text) as after)
    ${said > 0 ? entries : sql``}${sent > 0 ? outgoing : sql``}${answered ? answer : sql``}${missed ? gap : sql``}
    select next_seq, before, after from kept`;
    return { compile: () => query.compile(db) };
  });
}
