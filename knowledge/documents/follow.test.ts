/** Two processes' knowledge on one PostgreSQL: what one publishes or withdraws, the other follows. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../../connectors/databases/postgres.ts';
import openExtractive from '../composers/extractive.ts';
import openIndex from '../indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../knowledge.ts';
import it from '../languages/it.ts';
import type { PreparedDocument } from './document.ts';

const why = whyNoPostgres();

function page(id: string, text: string): PreparedDocument {
  const open = { sourceUrl: null, validFrom: null, validUntil: null, owner: null, reviewBy: null };
  return {
    meta: { id, title: 'Parchi', lang: 'it', office: 'Verde', audience: 'citizen', updatedOn: '2026-01-01', ...open },
    source: id,
    text,
    sections: [{ anchor: 'p', headings: [], start: 0, end: text.length }],
  };
}

describe.skipIf(why !== null)(`knowledge in two processes${why ? `: ${why}` : ''}`, () => {
  let postgres: TestPostgres;
  let databases: Database[];
  let both: [Knowledge, Knowledge];
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    const url = await postgres.createDatabase();
    databases = [await openPostgres({ url }), await openPostgres({ url })];
    const open = (database: Database) =>
      createKnowledge({ database, index: openIndex(), composer: openExtractive(), languages: [it()], onSurprise() {} });
    both = [await open(databases[0]!), await open(databases[1]!)];
  });
  afterEach(async () => {
    for (const knowledge of both) await knowledge.close();
    for (const database of databases) await database.close();
  });
  const found = async (knowledge: Knowledge, text: string) => {
    const { passages } = await knowledge.steps({ text, lang: 'it', history: [], at: '2026-11-25', audience: 'citizen' });
    return passages.map(({ passage }) => passage.text);
  };
  const FOUNTAINS = 'Le fontane restano spente da novembre a marzo.';

  test('a publication, its change and its withdrawal', async () => {
    await both[0].publishVersion(page('fontane', FOUNTAINS));
    await expect.poll(() => found(both[1], 'fontane'), { timeout: 10_000 }).toEqual([FOUNTAINS]);
    await both[1].publishVersion(page('fontane', `${FOUNTAINS} Salvo gelate.`));
    await expect.poll(() => found(both[0], 'fontane'), { timeout: 10_000 }).toEqual([`${FOUNTAINS} Salvo gelate.`]);
    await both[0].withdraw('fontane');
    await expect.poll(() => found(both[1], 'fontane'), { timeout: 10_000 }).toEqual([]);
  });

  test('a change told while everything is being read for the first time is read after it, and is no surprise', async () => {
    await both[0].publishVersion(page('orari', 'Il parco apre alle sette.'));
    // Told while the second process still reads the first document: most of it is not there yet.
    const index = openIndex();
    const put = index.put.bind(index);
    const surprises: unknown[] = [];
    let told = 0;
    index.put = async (passages) => {
      if (told++ === 0) {
        await both[0].publishVersion(page('fontane', FOUNTAINS));
        await sleep(300);
      }
      return put(passages);
    };
    const late = await createKnowledge({
      database: databases[1]!,
      index,
      composer: openExtractive(),
      languages: [it()],
      onSurprise: (error) => surprises.push(error),
    });
    await expect.poll(() => found(late, 'fontane'), { timeout: 5_000 }).toEqual([FOUNTAINS]);
    await late.close();
    expect(surprises).toEqual([]);
  });

  test('a look finds what no hint told', async () => {
    // Written past the other's back, as by a process that dies between its commit and its hint.
    const url = databases[0]!;
    const silent: Database = { ...url, notify() {} };
    const dying = await createKnowledge({
      database: silent,
      index: openIndex(),
      composer: openExtractive(),
      languages: [it()],
      onSurprise() {},
    });
    await dying.publishVersion(page('fontane', FOUNTAINS));
    await dying.saveOffices([{ name: 'Verde', address: 'via Roma 1', hours: '9-12', phone: '1', email: 'a@b.it', topics: ['urp'] }]);
    await dying.close();
    expect(await found(both[1], 'fontane')).toEqual([]);
    await both[1].catchUp();
    expect(await found(both[1], 'fontane')).toEqual([FOUNTAINS]);
    expect(both[1].offices().map(({ name }) => name)).toEqual(['Verde']);
  });

  test('the database goes away between what is noted of a document and its reading: the next look reads it', async () => {
    const real = databases[0]!;
    let fails = 0;
    const read = new Proxy(real.read, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          // What is noted comes from another table.
          if (key === 'selectFrom' && given[0] === 'passage' && fails-- > 0) throw new Error('Connection terminated unexpectedly');
          return value.apply(target, given);
        };
      },
    });
    const unlucky = await createKnowledge({
      database: { ...real, read },
      index: openIndex(),
      composer: openExtractive(),
      languages: [it()],
      onSurprise() {},
    });
    fails = 1;
    await both[1].publishVersion(page('fontane', FOUNTAINS));
    await unlucky.catchUp().catch(() => {});
    expect(fails).toBeLessThan(1);
    await unlucky.catchUp();
    expect(await found(unlucky, 'fontane')).toEqual([FOUNTAINS]);
    await unlucky.close();
  });

  test('works that must be alone wait for each other, and one that fails lets the next one in', async () => {
    const order: string[] = [];
    let release = () => {};
    const first = databases[0]!.alone(async () => {
      order.push('first begins');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      order.push('first ends');
      throw new Error('no matter');
    });
    await expect.poll(() => order).toEqual(['first begins']);
    const second = databases[1]!.alone(async () => void order.push('second'));
    await databases[1]!.ping();
    release();
    await expect(first).rejects.toThrow('no matter');
    await second;
    expect(order).toEqual(['first begins', 'first ends', 'second']);
  });
});
