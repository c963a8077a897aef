/** Connections that stand and carry nothing any more, as after a machine was replaced under the same address. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Gate, openGate } from '../fixtures/gate.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../fixtures/start-postgres.ts';
import { createListeners } from '../listeners.ts';
import { createHints } from './hints.ts';
import { watchConnections } from './watch-connections.ts';

const why = whyNoPostgres();
const PATIENCE = { timeout: 30_000 };

describe.skipIf(why !== null)(`connections that carry nothing${why ? `: ${why}` : ''}`, { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  let gate: Gate;
  let settings: pg.ClientConfig;
  let pool: pg.Pool;
  let direct: string;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    direct = await postgres.createDatabase();
    const url = new URL(direct);
    gate = await openGate(Number(url.port));
    url.port = String(gate.port);
    settings = { connectionString: url.href, fallback_application_name: 'sportello watched', connectionTimeoutMillis: 5_000 };
    pool = new pg.Pool({ ...settings, max: 2 });
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
  });
  afterEach(async () => {
    await gate.close();
    await pool.end();
  });
  afterAll(() => postgres?.stop());

  test('what waits for an answer that will not come fails soon, and the next statement works', async () => {
    const watch = watchConnections(pool, settings, { silentMs: 200, lookMs: 50 });
    // Both are open and idle before.
    await Promise.all([pool.query('select 1'), pool.query('select 1')]);
    gate.swallow();
    await expect(pool.query('select 2')).rejects.toThrow(/Connection terminated/);
    // The second, of which nobody had asked anything, goes with it, or as soon as PostgreSQL has seen its end.
    const works = () =>
      pool.query<{ n: number }>('select 3 as n').then(
        ({ rows }) => rows[0]?.n,
        () => 'no',
      );
    await expect.poll(works, PATIENCE).toBe(3);
    expect(await Promise.all([works(), works()])).toEqual([3, 3]);
    watch.stop();
  });

  test('a long statement of which the database knows goes on', async () => {
    const watch = watchConnections(pool, settings, { silentMs: 100, lookMs: 50 });
    expect((await pool.query('select pg_sleep(1.5), 4 as n')).rows).toMatchObject([{ n: 4 }]);
    watch.stop();
  });

  test('who listens notices, listens again and says that hints may be missing', async () => {
    const listeners = createListeners();
    const heard: string[] = [];
    listeners.listen('desk', (payload) => heard.push(payload));
    const hints = createHints(settings, pool, listeners, 300);
    await expect.poll(() => heard, PATIENCE).toEqual(['']);
    gate.swallow();
    await expect.poll(() => heard, PATIENCE).toEqual(['', '']);
    const other = new pg.Client({ connectionString: direct });
    await other.connect();
    await other.query(`select pg_notify('sportello', 'x' || chr(10) || 'desk' || chr(10) || 'seven')`);
    await expect.poll(() => heard, PATIENCE).toEqual(['', '', 'seven']);
    await other.end();
    await hints.close();
  });

  test('a hint that could not be sent is sent when it can', async () => {
    const hints = createHints(settings, pool, createListeners());
    const other = new pg.Client({ connectionString: direct });
    await other.connect();
    const heard: string[] = [];
    other.on('notification', ({ payload = '' }) => heard.push(payload));
    await other.query('listen sportello');
    gate.refuse(true);
    hints.notify('desk', 'one');
    await expect(pool.query('select 1')).rejects.toThrow();
    gate.refuse(false);
    await expect.poll(() => heard.filter((text) => text.endsWith('desk\none')).length, PATIENCE).toBe(1);
    await other.end();
    await hints.close();
  });
});
