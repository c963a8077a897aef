/** Which state of a conversation's row something was read from. Only where several processes speak; it changes with every change, whoever makes it. */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import { prepare } from '../../connectors/databases/prepared.ts';

/** On PostgreSQL: the transaction that wrote the row, and how much of the transcript there was. */
export type Version = string;

export const versionOf = (row: { xmin: string; next_seq: number }): Version => `${row.xmin}:${row.next_seq}`;

const selectVersions = prepare<{ ids: string[] }, { id: string; xmin: string; next_seq: number }>((db, value) =>
  db
    .selectFrom('conversation')
    .select(['id', sql<string>`xmin::text`.as('xmin'), 'next_seq'])
    .where(sql<boolean>`id = any(${value('ids')})`),
);

/** Reads versions; null = no such conversation. What is asked in one round of the event loop is one statement. */
export function createVersions(database: Database): (id: string) => Promise<Version | null> {
  let asked: { ids: Set<string>; answer: Promise<Map<string, Version>> } | undefined;

  async function read(ids: Set<string>): Promise<Map<string, Version>> {
    await new Promise<void>((next) => setImmediate(next));
    asked = undefined;
    const { rows } = await selectVersions(database.read, { ids: [...ids] });
    return new Map(rows.map((row) => [row.id, versionOf(row)]));
  }

  return async (id) => {
    if (!asked) {
      const ids = new Set<string>();
      asked = { ids, answer: read(ids) };
    }
    asked.ids.add(id);
    return (await asked.answer).get(id) ?? null;
  };
}
