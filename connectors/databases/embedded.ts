/** Plug: node:sqlite in WAL with synchronous=FULL. One process owns the folder (data-lock.ts), with one writing and one reading connection. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Database } from './contract.ts';
import { dialectOver, outcomeOf } from './embedded/dialect.ts';
import { createGroupCommit } from './embedded/group-commit.ts';
import { openConnection } from './embedded/statements.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './migrations/migrate.ts';
import { runDirectly } from './prepared.ts';
import type { Tables } from './schema.ts';

export const fileName = 'sportello.sqlite';

/** Opens (and creates, and migrates) `<dataDir>/sportello.sqlite`. `migrations`: another folder, for tests. */
export default async function open(parts: { dataDir: string; migrations?: string }): Promise<Database> {
  mkdirSync(parts.dataDir, { recursive: true });
  const file = join(parts.dataDir, fileName);
  const writing = openConnection(file, false);
  await migrate(
    {
      engine: 'embedded',
      async exclusively(work) {
        writing.exec('begin immediate');
        try {
          await work(async (statement) => writing.rows(statement, []).rows as Record<string, unknown>[]);
          writing.exec('commit');
        } catch (error) {
          if (writing.raw.isTransaction) writing.exec('rollback');
          throw error;
        }
      },
    },
    parts.migrations,
  );
  const reading = openConnection(file, true);
  const writer = new Kysely<Tables>({ dialect: dialectOver(writing) });
  const read = new Kysely<Tables>({ dialect: dialectOver(reading) });
  const keep = (statement: string) => {
    const run = writing.keep(statement);
    return (parameters: unknown[]) => outcomeOf(run(parameters));
  };
  runDirectly(writer, keep, { readsAfterwards: true });
  const group = createGroupCommit(writing);
  const listeners = createListeners();
  let closed = false;

  return {
    engine: 'embedded',
    read,
    write: (work, how) =>
      closed ? Promise.reject(new Error('The database is closed')) : group.write(() => work(writer), how?.again === true),
    // One process owns the folder.
    alone: (work) => work(),
    notify: (topic, payload, how) => void (how?.toOthers || listeners.tell(topic, payload)),
    listen: listeners.listen,
    async backUp(target) {
      if (existsSync(target)) throw new Error(`${target} exists already: choose another name`);
      mkdirSync(dirname(target), { recursive: true });
      // A connection of its own and one step: a snapshot, although the writer goes on.
      const source = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
      try {
        await backup(source, target, { rate: 2 ** 30 });
      } finally {
        source.close();
      }
      return statSync(target).size;
    },
    async ping() {
      await sql`select 1`.execute(read);
    },
    async close() {
      if (closed) return;
      closed = true;
      await group.idle();
      await read.destroy();
      reading.raw.isOpen && reading.close();
      writing.exec('pragma wal_checkpoint(truncate)');
      await writer.destroy();
      writing.raw.isOpen && writing.close();
    },
  };
}
