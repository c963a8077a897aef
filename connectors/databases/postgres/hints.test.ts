/** A busy process tells the others everything, in few notifications; a quiet one tells at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../contract.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../fixtures/start-postgres.ts';
import openPostgres from '../postgres.ts';

const why = whyNoPostgres();

describe.skipIf(why !== null)(`hints${why ? `: ${why}` : ''}`, { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  let database: Database;
  let other: pg.Client;
  let heard: { at: number; payload: string }[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase();
    database = await openPostgres({ url });
    other = new pg.Client({ connectionString: url });
    await other.connect();
    other.on('notification', ({ payload = '' }) => heard.push({ at: performance.now(), payload }));
    await other.query('listen sportello');
  });
  afterAll(async () => {
    await other?.end();
    await database?.close();
    await postgres?.stop();
  });

  test('two hundred within a second travel in some ten notifications, none is lost', async () => {
    heard = [];
    const began = performance.now();
    for (let n = 0; n < 200; n++) {
      database.notify('transcript', `c${n}:1`);
      await sleep(5);
    }
    const all = () => new Set(heard.flatMap(({ payload }) => [...payload.matchAll(/c\d+:1/g)].map(([hint]) => hint))).size;
    await expect.poll(all).toBe(200);
    // One for each tenth of a second that it took, and the first.
    expect(heard.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 100);
  });

  test('what is meant for the others is heard there, not here', async () => {
    heard = [];
    const here: string[] = [];
    const stop = database.listen('transcript', (payload) => here.push(payload));
    database.notify('transcript', 'mine:1', { toOthers: true });
    database.notify('transcript', 'all:1');
    await expect.poll(() => heard.map(({ payload }) => payload).join()).toMatch(/mine:1.*all:1/s);
    expect(here).toEqual(['all:1']);
    stop();
  });

  test('after a pause the first one does not wait for others', async () => {
    const waits: number[] = [];
    // Were it to wait for others, it would each time: the quickest of twenty, for PostgreSQL may have to wait for its turn on a busy machine.
    for (let round = 0; round < 20 && Math.min(...waits, 15) >= 15; round++) {
      heard = [];
      await sleep(150);
      // Counted in ticks of this process, which a busy machine slows down as well.
      let ticks = 0;
      const ticking = setInterval(() => ticks++, 5);
      database.notify('transcript', 'alone:1');
      await expect.poll(() => heard.length, { timeout: 10_000, interval: 5 }).toBe(1);
      clearInterval(ticking);
      waits.push(ticks);
    }
    expect(Math.min(...waits)).toBeLessThan(15);
  });
});
