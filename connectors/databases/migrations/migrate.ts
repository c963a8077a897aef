/** Brings a database to the newest schema: the numbered files of this folder, in order, each in a transaction of its own and recorded in it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Migration {
  /** File name without extension, `001-foundation`. */
  name: string;
  statements: string[];
}

/** What a migration file exports: its SQL in order, for the engine that asks. */
export type MigrationStatements = (engine: 'embedded' | 'postgres') => string[];

/** Runs `work` in one transaction that no other process can enter at the same time. */
export interface MigrationTarget {
  engine: 'embedded' | 'postgres';
  exclusively(work: (run: (sql: string, parameters?: string[]) => Promise<Record<string, unknown>[]>) => Promise<void>): Promise<void>;
}

const HERE = import.meta.dirname;

/** The numbered migration files of `folder`, in order. */
export async function listMigrations(engine: 'embedded' | 'postgres', folder = HERE): Promise<Migration[]> {
  const files = readdirSync(folder)
    .filter((file) => /^\d{3}-.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as { default: MigrationStatements };
      return { name: file.slice(0, -'.ts'.length), statements: module.default(engine) };
    }),
  );
}

/** Runs what is missing; resolves with the names it ran. Killed half-way, the next call begins with the migration that was not recorded. */
export async function migrate(target: MigrationTarget, folder = HERE): Promise<string[]> {
  const ran: string[] = [];
  const migrations = await listMigrations(target.engine, folder);
  await target.exclusively(async (run) => {
    await run('create table if not exists migration (name text primary key, ran_at text not null)');
  });
  for (const migration of migrations) {
    await target.exclusively(async (run) => {
      // Asked inside the transaction: another process may have run it while this one waited.
      const recorded = await run('select name from migration');
      if (recorded.some((row) => row['name'] === migration.name)) return;
      for (const statement of migration.statements) await run(statement);
      await run(`insert into migration (name, ran_at) values ('${migration.name}', '${new Date().toISOString()}')`);
      ran.push(migration.name);
    });
  }
  return ran;
}
