/** A real server whose PostgreSQL is away: how it ends, and how it is told to be started again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../connectors/databases/fixtures/start-postgres.ts';
import { newFolder, run, startServer } from './fixtures/run-sportello.ts';

const why = whyNoPostgres();

describe.skipIf(why !== null)(`PostgreSQL is away${why ? `: ${why}` : ''}`, { timeout: 90_000 }, () => {
  let postgres: TestPostgres;
  let DATABASE_URL: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    DATABASE_URL = await postgres.createDatabase();
  });
  afterAll(() => postgres?.stop());

  test('while a server stops: it ends in order all the same; one that starts meanwhile says that it may be started again', async () => {
    const server = await startServer({ DATABASE_URL, DATA_DIR: newFolder() });
    // Somebody opened a page: that is to be written before the end, and cannot be.
    await (await fetch(`${server.url}/sources/una-pagina/1`)).arrayBuffer();
    let back = false;
    const restarting = postgres.restart(12_000).then(() => {
      back = true;
    });
    await expect.poll(async () => (await fetch(`${server.url}/health`)).status).toBe(503);
    const [ended, refused] = await Promise.all([server.stop(), run('bot/main.ts', [], { DATABASE_URL, DATA_DIR: newFolder() })]);
    expect(back).toBe(false);
    expect(ended.err).not.toMatch(/^Node\.js v/m);
    expect(ended.status).toBe(0);
    expect(refused.status).toBe(75);
    await restarting;
  });
});
