/** PostgreSQL goes away under open connections, idle ones and one in the middle of a transaction. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from './contract.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from './fixtures/start-postgres.ts';
import openPostgres from './postgres.ts';

const why = whyNoPostgres();

describe.skipIf(why !== null)(`a restart of PostgreSQL${why ? `: ${why}` : ''}`, { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await startPostgres();
    database = await openPostgres({ url: await postgres.createDatabase() });
  });
  afterAll(async () => {
    await database?.close();
    await postgres?.stop();
  });

  test('between two statements of a transaction: it fails, nothing of it is kept, the process lives and the next one works', async () => {
    const put = (tx: Parameters<Parameters<Database['write']>[0]>[0], name: string) =>
      tx.insertInto('secret').values({ name, value: 'x' }).execute();
    const broken = database.write(async (tx) => {
      await put(tx, 'first');
      await postgres.restart(100);
      await put(tx, 'second');
    });
    await expect(broken).rejects.toThrow();
    await expect
      .poll(
        () =>
          database.ping().then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 20_000 },
      )
      .toBe('up');
    await database.write((tx) => put(tx, 'third'));
    const rows = await database.read.selectFrom('secret').select('name').orderBy('name').execute();
    expect(rows.map(({ name }) => name)).toEqual(['third']);
  });

  test('hints come again afterwards, and everyone is told that some may be missing', async () => {
    const heard: string[] = [];
    const stop = database.listen('topic', (payload) => heard.push(payload));
    await postgres.restart(100);
    await expect.poll(() => heard).toContain('');
    stop();
  });
});
