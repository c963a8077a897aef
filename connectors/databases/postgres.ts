/** Plug: PostgreSQL by `DATABASE_URL`, for several processes. The same text and 0/1 values as the embedded engine; ids come as numbers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database, Writer } from './contract.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './migrations/migrate.ts';
import { runDirectly } from './prepared.ts';
import { dumpTo } from './postgres/dump.ts';
import { createHints } from './postgres/hints.ts';
import { isBetween, runNamed, transact, writerOver } from './postgres/session.ts';
import { createTogether } from './postgres/together.ts';
import { numberAsNumber } from './postgres/types.ts';
import { endNow, watchConnections } from './postgres/watch-connections.ts';
import type { Tables } from './schema.ts';

/** Any fixed number: the advisory lock that lets one process migrate at a time. */
const MIGRATION_LOCK = 727_078_001;
/** The one that keeps `alone` works apart. */
const ALONE_LOCK = 727_078_002;
const ANSWERED_MS = 10_000;
const AGAIN_MS = 100;
const TRIES = 5;
/** Serialization failure and deadlock: PostgreSQL undid the whole transaction and asks to run it again. */
const AGAIN = new Set(['40001', '40P01']);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

export default async function open(parts: { url: string; migrations?: string; connections?: number }): Promise<Database> {
  const settings: pg.ClientConfig = {
    connectionString: parts.url,
    // By this the watch knows its own sessions.
    fallback_application_name: `sportello ${process.pid}-${Math.random().toString(36).slice(2, 8)}`,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    // A server that vanished without a word is noticed by an idle connection within half a minute, not two hours.
    keepAliveInitialDelayMillis: 10_000,
  };
  const pool = new pg.Pool({
    ...settings,
    max: parts.connections ?? 10,
    // Statements are sent without waiting for the answers to those before.
    pipeline: true,
    types: numberAsNumber,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // Nor does the pool listen to one that is in use: between two statements of a transaction nobody else would. The next statement tells.
  pool.on('connect', (client) => client.on('error', () => {}));
  const watch = watchConnections(pool, settings);

  try {
    await migrate({ engine: 'postgres', exclusively: (work) => exclusively(pool, work) }, parts.migrations);
  } catch (error) {
    watch.stop();
    await pool.end();
    throw error;
  }

  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listeners = createListeners();
  runDirectly(db, (text) => (parameters) => runNamed(pool, text, parameters));
  const hints = createHints(settings, pool, listeners);
  let closed = false;

  /** On one connection, again as long as PostgreSQL asks for it. */
  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const client = await pool.connect();
      try {
        return await work(client);
      } catch (error) {
        if (attempt >= TRIES || !AGAIN.has(codeOf(error))) throw error;
      } finally {
        client.release(!isBetween(client));
      }
    }
  }
  const together = createTogether(pool, ({ work }) => withClient((client) => work(writerOver(client))));

  return {
    engine: 'postgres',
    read: db,
    write: (work, how) => {
      const begin = async (tx: Writer) => work(tx);
      return how?.single ? together.write({ work: begin, order: how.single }) : withClient((client) => transact(client, begin));
    },
    alone: (work) => alone(settings, work),
    notify: hints.notify,
    listen: listeners.listen,
    backUp: (file) => dumpTo(parts.url, file),
    async ping() {
      await sql`select 1`.execute(db);
    },
    async close() {
      if (closed) return;
      closed = true;
      await hints.close();
      await db.destroy();
      // Kysely leaves a pool alone that it never used.
      if (!pool.ended) await pool.end();
      watch.stop();
    },
  };
}

/**
 * The lock is the session's: it ends with the connection, so with the process. Asked for again and again instead of waited for: a question that is not
 * answered is an error after some seconds, a wait that nobody will end looks like any other.
 */
async function alone<T>(settings: pg.ClientConfig, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...settings, query_timeout: ANSWERED_MS });
  client.on('error', () => {});
  await client.connect();
  try {
    while (!(await taken(client))) await sleep(AGAIN_MS);
    return await work();
  } finally {
    endNow(client);
  }
}

async function taken(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [ALONE_LOCK]);
  return rows[0]?.taken ?? false;
}

async function exclusively(
  pool: pg.Pool,
  work: (run: (statement: string) => Promise<Record<string, unknown>[]>) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await work(async (statement) => (await client.query<Record<string, unknown>>(statement)).rows ?? []);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
