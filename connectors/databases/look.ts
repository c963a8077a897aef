/** Looks into a database without opening it as the server does: reads only, changes no schema, takes no lock. For the doctor. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { fileName } from './embedded.ts';

export interface Look {
  engine: 'embedded' | 'postgres';
  /** Statements that both engines know; rejects with the engine's reason. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** null = the embedded database does not exist yet. Rejects when PostgreSQL does not answer within 5 s. */
export async function lookAt(place: { url: string; dataDir: string }): Promise<Look | null> {
  if (place.url) {
    const client = new pg.Client({ connectionString: place.url, connectionTimeoutMillis: 5_000, query_timeout: 10_000 });
    client.on('error', () => {});
    await client.connect();
    return {
      engine: 'postgres',
      rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
      close: () => client.end(),
    };
  }
  const file = join(place.dataDir, fileName);
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  return {
    engine: 'embedded',
    rows: async (sql) => database.prepare(sql).all() as Record<string, unknown>[],
    close: async () => database.close(),
  };
}
