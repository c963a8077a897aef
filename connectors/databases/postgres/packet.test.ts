import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../contract.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../fixtures/start-postgres.ts';
import open from '../postgres.ts';
import { prepare } from '../prepared.ts';

const why = whyNoPostgres();

/** All types that a statement of a group gives back, and what it was told. */
const insert = prepare<{ name: string; value: string | null }>((db, value) =>
  db
    .insertInto('secret')
    .values({ name: value('name'), value: sql<string>`coalesce(cast(${value('value')} as text), 'nothing')` })
    .returning([
      'name',
      'value',
      sql<number>`cast(7 as bigint)`.as('big'),
      sql<number>`cast(3 as int)`.as('small'),
      sql<null>`cast(null as text)`.as('none'),
    ]),
);
const rename = prepare<{ from: string; to: string }>((db, value) =>
  db
    .updateTable('secret')
    .set({ name: value('to') })
    .where('name', '=', value('from')),
);

describe.skipIf(why !== null)('a packet of statements', () => {
  let postgres: TestPostgres;
  let url: string;
  let database: Database;
  let watcher: pg.Client;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase();
    database = await open({ url });
    watcher = new pg.Client({ connectionString: url });
    await watcher.connect();
  }, 60_000);
  afterAll(async () => {
    await watcher?.end();
    await database?.close();
    await postgres?.stop();
  });

  const one = (to: Database, name: string, value: string | null = 'x') =>
    to.write(async (tx) => insert(tx, { name, value }), { again: true, single: name });
  const names = async (like: string) =>
    (await watcher.query<{ name: string }>('select name from secret where name like $1 order by name', [like])).rows.map(
      ({ name }) => name,
    );

  test('gives back what each statement said, in the types that a statement by itself has, the first time and later', async () => {
    for (const round of ['a', 'b', 'c']) {
      const alone = await database.write((tx) => Promise.resolve(insert(tx, { name: `alone ${round}`, value: null })));
      const both = await Promise.all([one(database, `è ${round} 1`, 'città €'), one(database, `è ${round} 2`, null)]);
      expect(alone.rows).toEqual([{ name: `alone ${round}`, value: 'nothing', big: 7, small: 3, none: null }]);
      expect(both.map(({ rows }) => rows)).toEqual([
        [{ ...alone.rows[0]!, name: `è ${round} 1`, value: 'città €' }],
        [{ ...alone.rows[0]!, name: `è ${round} 2` }],
      ]);
      expect(both.map(({ numAffectedRows }) => numAffectedRows)).toEqual([alone.numAffectedRows, alone.numAffectedRows]);
    }
    const renaming = (from: string, to: string) => database.write(async (tx) => rename(tx, { from, to }), { again: true, single: from });
    const renamed = await Promise.all([renaming('è a 1', 'è z'), renaming('nobody', 'nothing')]);
    expect(renamed.map(({ rows, numAffectedRows }) => [rows, numAffectedRows])).toEqual([
      [[], 1n],
      [[], 0n],
    ]);
  });

  test('is one transaction: all of its rows have the same writer', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => one(database, `together ${n}`)));
    const { rows } = await watcher.query("select count(distinct xmin::text) as writers from secret where name like 'together %'");
    // The first of them may have gone before the others had come.
    expect(Number(rows[0]?.writers)).toBeLessThanOrEqual(2);
  });

  test('one statement that fails again and again fails alone, on a connection that never saw it and on one that did', async () => {
    const fresh = await open({ url, connections: 2 });
    for (const round of [1, 2, 3, 4]) {
      const all = ['1', 'together 3', '2', 'together 4', '3'].map((name) => (name.startsWith('t') ? name : `fails ${round} ${name}`));
      const settled = await Promise.allSettled(all.map((name) => one(fresh, name)));
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
      expect(
        settled.filter(({ status }) => status === 'rejected').map((refused) => String((refused as PromiseRejectedResult).reason)),
      ).toEqual([expect.stringMatching(/unique/), expect.stringMatching(/unique/)]);
    }
    expect(await names('fails %')).toHaveLength(12);
    await fresh.close();
  });

  test('a value that is no text and no number is refused before anything is sent, and its neighbours are stored', async () => {
    const settled = await Promise.allSettled([
      one(database, 'plain 1'),
      one(database, 'plain 2', { not: 'plain' } as never),
      one(database, 'plain 3'),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await names('plain %')).toEqual(['plain 1', 'plain 3']);
  });

  test('a statement that comes after something was awaited is refused: it would be in no transaction', async () => {
    const late = database.write(
      async (tx) => {
        await Promise.resolve();
        return insert(tx, { name: 'late', value: 'x' });
      },
      { again: true, single: 'late' },
    );
    await expect(late).rejects.toThrow(/before it awaits/);
    expect(await names('late')).toEqual([]);
  });

  test('when the session ends under it nobody knows: each is told so, none is sent again, and the next ones go through', async () => {
    const fresh = await open({ url, connections: 2 });
    await Promise.all([one(fresh, 'before 1'), one(fresh, 'before 2')]);
    await watcher.query('begin');
    await watcher.query("select pg_advisory_xact_lock(1), 1 from secret where name = 'before 1' for update");
    const renaming = (from: string, to: string) => fresh.write(async (tx) => rename(tx, { from, to }), { again: true, single: from });
    const held = Promise.allSettled([renaming('before 1', 'after 1'), renaming('before 2', 'after 2')]);
    await expect
      .poll(async () => (await watcher.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'")).rowCount, { timeout: 5000 })
      .toBe(1);
    await watcher.query("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
    expect((await held).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await watcher.query('commit');
    expect(await names('after %')).toEqual([]);
    await Promise.all([renaming('before 1', 'after 1'), renaming('before 2', 'after 2')]);
    expect(await names('after %')).toEqual(['after 1', 'after 2']);
    await fresh.close();
  });
});
