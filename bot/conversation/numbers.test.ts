/** The numbers of a transcript follow one another in both databases, whatever was undone or written elsewhere in between. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { append } from './transcript.ts';

const NOW = '2026-11-26T09:00:00.000Z';

describe.each(engines)('$title', (engine) => {
  let database: Database;
  beforeAll(async () => {
    if (engine.why) return;
    await engine.start();
    database = await engine.open(await engine.place());
  });
  afterAll(async () => {
    await database?.close();
    if (!engine.why) await engine.stop();
  });

  async function open(id: string): Promise<void> {
    const row = { channel: 'web', citizen_id: 'c', lang: null, mode: 'bot', state: '{}', next_seq: 1, created_at: NOW, updated_at: NOW };
    await database.write((tx) =>
      tx
        .insertInto('conversation')
        .values({ id, ...row })
        .execute(),
    );
  }
  const said = (tx: Writer, id: string, ...texts: string[]) =>
    append(
      tx,
      id,
      texts.map((text) => ({ id: `${id}-${text}`, role: 'citizen' as const, json: JSON.stringify({ text }) })),
      NOW,
    );
  const say = async (id: string, ...texts: string[]) => (await database.write((tx) => said(tx, id, ...texts))).map(({ seq }) => seq);
  const kept = async (id: string) =>
    (await database.read.selectFrom('activity').select(['seq', 'json']).where('conversation_id', '=', id).orderBy('seq').execute()).map(
      ({ seq, json }) => `${seq} ${JSON.parse(json).text}`,
    );

  test.skipIf(engine.why !== null)('what an undone work took is given again', async () => {
    await open('undone');
    expect(await say('undone', 'a')).toEqual([1]);
    const fails = database.write(async (tx) => {
      await said(tx, 'undone', 'b', 'c', 'd');
      throw new Error('after it took three');
    });
    await expect(fails).rejects.toThrow('after it took three');
    expect(await say('undone', 'e', 'f')).toEqual([2, 3]);
    expect(await say('undone', 'g')).toEqual([4]);
    expect(await kept('undone')).toEqual(['1 a', '2 e', '3 f', '4 g']);
  });

  test.skipIf(engine.why !== null)('works that are run again after a neighbour failed take the same numbers', async () => {
    await open('beside');
    await say('beside', 'a');
    const again = { again: true } as const;
    const settled = await Promise.allSettled([
      database.write((tx) => said(tx, 'beside', 'b'), again),
      database.write(async (tx) => {
        await said(tx, 'beside', 'c');
        throw new Error('undone');
      }, again),
      database.write((tx) => said(tx, 'beside', 'd'), again),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await kept('beside')).map((line) => line.split(' ')[0])).toEqual(['1', '2', '3']);
  });

  test.skipIf(engine.why !== null)('a row that was written elsewhere is asked, not guessed', async () => {
    await open('elsewhere');
    await say('elsewhere', 'a');
    await database.write((tx) => tx.updateTable('conversation').set({ next_seq: 40 }).where('id', '=', 'elsewhere').execute());
    expect(await say('elsewhere', 'b', 'c')).toEqual([40, 41]);
    expect(await say('elsewhere', 'd')).toEqual([42]);
    await database.write((tx) => tx.deleteFrom('conversation').where('id', '=', 'elsewhere').execute());
    await expect(say('elsewhere', 'e')).rejects.toThrow('The conversation does not exist');
  });
});
