/** One suite, both engines. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { prepare } from './prepared.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from './contract.ts';
import { engines, temporary } from './fixtures/engines.ts';

const NOW = '2026-11-25T09:00:00.000Z';

for (const engine of engines) {
  describe.skipIf(engine.why !== null)(engine.title, () => {
    let place: string;
    let database: Database;
    beforeAll(async () => {
      await engine.start();
      place = await engine.place();
      database = await engine.open(place);
    });
    afterAll(async () => {
      await database?.close();
      await engine.stop();
    });

    const secret = (name: string, value = 'v') => database.write((tx) => tx.insertInto('secret').values({ name, value }).execute());
    const names = async (like: string) =>
      (await database.read.selectFrom('secret').select('name').where('name', 'like', like).orderBy('name').execute()).map(
        (row) => row.name,
      );
    const conversation = (id: string) =>
      database.write((tx) =>
        tx
          .insertInto('conversation')
          .values({
            id,
            channel: 'web',
            citizen_id: 'c',
            lang: null,
            mode: 'bot',
            state: '{}',
            next_seq: 1,
            created_at: NOW,
            updated_at: NOW,
          })
          .execute(),
      );

    test('a write is there when it resolves, and gives back what the work gave', async () => {
      expect(await database.write(async (tx) => (await tx.insertInto('secret').values({ name: 'a1', value: 'x' }).execute()).length)).toBe(
        1,
      );
      expect(await names('a%')).toEqual(['a1']);
    });

    test('one work that throws undoes itself alone', async () => {
      const settled = await Promise.allSettled([
        secret('b1'),
        database.write(async (tx) => {
          await tx.insertInto('secret').values({ name: 'b2', value: 'x' }).execute();
          throw new Error('changed my mind');
        }),
        secret('b3'),
        secret('b1'),
      ]);
      expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
      expect(await names('b%')).toEqual(['b1', 'b3']);
    });

    test('works that may be run again: one that throws undoes itself alone, and its neighbours are there once', async () => {
      const put = (name: string, after = () => {}) =>
        database.write(
          async (tx) => {
            await tx.insertInto('secret').values({ name, value: '' }).execute();
            after();
            return name;
          },
          { again: true },
        );
      const fail = () => {
        throw new Error('changed my mind');
      };
      const settled = await Promise.allSettled([
        put('again1'),
        put('again2', fail),
        put('again3'),
        secret('again4'),
        put('again5'),
        put('again6'),
      ]);
      expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
        'again1',
        'Error: changed my mind',
        'again3',
        expect.anything(),
        'again5',
        'again6',
      ]);
      expect(await names('again%')).toEqual(['again1', 'again3', 'again4', 'again5', 'again6']);
      await expect(put('again1')).rejects.toThrow(/unique/i);
    });

    test('works of one statement: one that fails undoes itself alone, and its neighbours are there once', async () => {
      const insert = prepare<{ name: string }, { name: string }>((db, value) =>
        db
          .insertInto('secret')
          .values({ name: value('name'), value: '' })
          .returning('name'),
      );
      const put = async (name: string) =>
        (await database.write(async (tx) => insert(tx, { name }), { again: true, single: name })).rows[0]?.name;
      expect(await Promise.all(['single1', 'single2', 'single3'].map(put))).toEqual(['single1', 'single2', 'single3']);
      const settled = await Promise.allSettled(['single4', 'single2', 'single5'].map(put));
      expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
        'single4',
        expect.stringMatching(/unique/i),
        'single5',
      ]);
      expect(await names('single%')).toEqual(['single1', 'single2', 'single3', 'single4', 'single5']);
    });

    test('a group of nothing but works that may be run again: one that throws undoes itself alone, and its neighbours are there once', async () => {
      let ran = 0;
      const put = (name: string, fail = () => {}) =>
        database.write(
          async (tx) => {
            ran++;
            await tx.insertInto('secret').values({ name, value: 'x' }).execute();
            fail();
            return name;
          },
          { again: true },
        );
      const settled = await Promise.allSettled([
        put('whole1'),
        put('whole2', () => {
          throw new Error('changed my mind');
        }),
        put('whole3'),
      ]);
      expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual([
        'whole1',
        'changed my mind',
        'whole3',
      ]);
      expect(await names('whole%')).toEqual(['whole1', 'whole3']);
      const before = ran;
      await Promise.all([put('whole4'), put('whole5')]);
      expect(ran - before).toBe(2);
      expect(await names('whole%')).toEqual(['whole1', 'whole3', 'whole4', 'whole5']);
    });

    test('a reader sees only what is committed', async () => {
      let inside: string[] = ['not asked'];
      await database.write(async (tx) => {
        await tx.insertInto('secret').values({ name: 'c1', value: 'x' }).execute();
        inside = await names('c%');
      });
      expect(inside).toEqual([]);
      expect(await names('c%')).toEqual(['c1']);
    });

    test('unique keys: on conflict do nothing gives no row, a plain insert rejects', async () => {
      await secret('d1');
      await expect(secret('d1')).rejects.toThrow(/unique/i);
      const rows = await database.write((tx) =>
        tx
          .insertInto('secret')
          .values({ name: 'd1', value: 'y' })
          .onConflict((conflict) => conflict.doNothing())
          .returning('name')
          .execute(),
      );
      expect(rows).toEqual([]);
    });

    test('50 writers at once get 50 sequence numbers and leave no gap', async () => {
      await conversation('e1');
      const numbers = await Promise.all(
        Array.from({ length: 50 }, () =>
          database.write(async (tx) => {
            const row = await tx
              .updateTable('conversation')
              .set((eb) => ({ next_seq: eb('next_seq', '+', 1) }))
              .where('id', '=', 'e1')
              .returning('next_seq')
              .executeTakeFirstOrThrow();
            return row.next_seq;
          }),
        ),
      );
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
    });

    test('ids counted up by the database, counts and affected rows are numbers', async () => {
      const insert = (external_id: string) =>
        database.write((tx) =>
          tx
            .insertInto('inbox')
            .values({
              channel: 'web',
              external_id,
              conversation_id: 'f',
              json: '{"è":"ù"}',
              status: 'new',
              attempts: 0,
              next_at: NOW,
              claimed_until: null,
              error: null,
              created_at: NOW,
              done_at: null,
            })
            .returning('id')
            .executeTakeFirstOrThrow(),
        );
      const first = await insert('1');
      const second = await insert('2');
      expect(typeof first.id).toBe('number');
      expect(second.id).toBeGreaterThan(first.id);
      const counted = await database.read
        .selectFrom('inbox')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      expect(counted.n).toBe(2);
      const updated = await database.write((tx) => tx.updateTable('inbox').set({ status: 'done' }).executeTakeFirst());
      expect(Number(updated.numUpdatedRows)).toBe(2);
    });

    test('the audit table takes rows and refuses to change or lose them', async () => {
      const row = { at: NOW, actor: 'a', action: 'b', subject: 'c', detail: '', previous_hash: '', hash: 'h' };
      await database.write((tx) => tx.insertInto('audit').values(row).execute());
      await expect(database.write((tx) => tx.updateTable('audit').set({ actor: 'z' }).execute())).rejects.toThrow(/append-only/);
      await expect(database.write((tx) => tx.deleteFrom('audit').execute())).rejects.toThrow(/append-only/);
      expect(await database.read.selectFrom('audit').selectAll().execute()).toMatchObject([row]);
    });

    test('a hint reaches the listeners of its topic only, until they stop', async () => {
      const [heard, all]: [string[], string[]] = [[], []];
      const stop = database.listen('desk', (payload) => heard.push(payload));
      // Who listens on hears when a hint has gone round.
      const stops = ['desk', 'other'].map((topic) => database.listen(topic, (payload) => all.push(payload)));
      database.notify('desk', 'one');
      database.notify('other', 'two');
      await expect.poll(() => all.toSorted()).toEqual(['one', 'two']);
      stop();
      database.notify('desk', 'three');
      await expect.poll(() => all).toContain('three');
      expect(heard).toEqual(['one']);
      for (const one of stops) one();
    });

    test('a back-up made under writes opens with everything committed before it', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, index) => secret(`g${index}`)));
      const file = join(temporary(), 'copy');
      const writing = Promise.all(Array.from({ length: 20 }, (_, index) => secret(`h${index}`)));
      const bytes = await database.backUp(file);
      await writing;
      expect(bytes).toBeGreaterThan(1000);
      await expect(database.backUp(file)).rejects.toThrow(/exists already/);
      const copy = await engine.reopen(file);
      const kept = await copy.read.selectFrom('secret').select('name').where('name', 'like', 'g%').execute();
      expect(kept).toHaveLength(20);
      await copy.close();
    });

    test('opened again, everything is there and no migration runs twice', async () => {
      await secret('i1', 'kept');
      await database.close();
      await database.close();
      database = await engine.open(place);
      expect(await names('i%')).toEqual(['i1']);
      await database.ping();
      const ran = await sql<{ name: string }>`select name from migration`.execute(database.read);
      expect(ran.rows.filter((row) => row.name === '001-foundation')).toHaveLength(1);
    });

    test.skipIf(engine.name === 'embedded')(
      'a listener survives the loss of its connection and reaches other processes',
      async () => {
        const other = await engine.open(place);
        const heard: string[] = [];
        database.listen('desk', (payload) => heard.push(payload));
        // Until the server knows that somebody listens, nobody hears.
        const heardBefore = () => {
          other.notify('desk', 'before');
          return heard;
        };
        await expect.poll(heardBefore, { timeout: 20_000, interval: 100 }).toContain('before');
        await engine.cutConnections(place);
        await expect.poll(() => heard, { timeout: 20_000 }).toContain('');
        other.notify('desk', 'after');
        await expect.poll(() => heard, { timeout: 20_000 }).toContain('after');
        await secret('j1');
        expect(await names('j%')).toEqual(['j1']);
        await other.close();
      },
      120_000,
    );
  });
}
