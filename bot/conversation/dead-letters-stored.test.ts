/** Dead letters as they lie in both databases, sorted by bytes and as an Italian server sorts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openEmbedded from '../../connectors/databases/embedded.ts';
import { temporary } from '../../connectors/databases/fixtures/engines.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../../connectors/databases/postgres.ts';
import { outboxRow } from './commit.ts';
import { listDeadLetters, retryDeadLetter } from './dead-letters.ts';
import { reply } from './fixtures/small-speaker.ts';

const NOW = '2026-11-26T09:00:00.000Z';
let postgres: TestPostgres;

const PLACES: [string, string | null, () => Promise<Database>][] = [
  ['embedded', null, () => openEmbedded({ dataDir: temporary() })],
  ['PostgreSQL by bytes', whyNoPostgres(), async () => openPostgres({ url: await postgres.createDatabase() })],
  ['PostgreSQL in Italian', whyNoPostgres(), async () => openPostgres({ url: await postgres.createDatabase('it') })],
];

beforeAll(async () => {
  if (!whyNoPostgres()) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

describe.each(PLACES)('%s', (_, why, open) => {
  let database: Database;
  beforeAll(async () => {
    if (!why) database = await open();
  });
  afterAll(() => database?.close());

  const dead = { status: 'dead', attempts: 3, next_at: NOW, claimed_until: null, error: 'Error: away', created_at: NOW };
  const said = (activityId: string) => ({ activityId, conversationId: 'c', reply: reply('Ci scusiamo.') });
  const retry = (box: 'inbox' | 'outbox', id: number) => retryDeadLetter(database, { box, id, now: NOW, also: async () => {} });

  test.skipIf(why !== null)('the apology gives its name to the answer, other turns keep theirs', async () => {
    const row = { ...dead, channel: 'telegram', conversation_id: 'c', json: '{}', done_at: NOW };
    const { id } = await database.write((tx) =>
      tx
        .insertInto('inbox')
        .values({ ...row, external_id: 'm' })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const names = [`${id}:0`, `${id}:1`, `${id}0:0`, `handoff:${id}:0`];
    await database.write((tx) =>
      tx
        .insertInto('outbox')
        .values(names.map((name) => outboxRow(said(name), 'telegram', name, NOW)))
        .execute(),
    );
    expect(await retry('inbox', id)).toMatchObject({ kind: 'again', inboxId: id });
    const kept = await database.read.selectFrom('outbox').select('dedup').orderBy('id').execute();
    expect(kept.map(({ dedup }) => dedup)).toEqual([`${id}:0:until ${NOW}`, `${id}:1:until ${NOW}`, ...names.slice(2)]);
  });

  test.skipIf(why !== null)('words that a contact centre refused are no reply: they keep their reason', async () => {
    const json = JSON.stringify({ activityId: 'a', conversationId: 'c' });
    const { id } = await database.write((tx) =>
      tx
        .insertInto('outbox')
        .values({ ...dead, channel: 'zammad', conversation_id: 'c', dedup: 'handoff:h:a', json, external_id: null })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    expect(await retry('outbox', id)).toEqual({ kind: 'elsewhere' });
    expect((await listDeadLetters(database)).find((one) => one.id === id && one.box === 'outbox')).toMatchObject({
      state: 'dead',
      error: 'Error: away',
    });
  });

  test.skipIf(why !== null)(
    'of what was sent, what a channel reported as failed later is listed, once each, the newest first',
    async () => {
      const ids = ['f0', 'f1', 'f2'];
      await database.write(async (tx) => {
        const rows = ids.map((id) => ({
          ...outboxRow({ ...said(id), conversationId: `c-${id}` }, 'whatsapp', `told ${id}`, NOW),
          status: 'sent',
        }));
        await tx.insertInto('outbox').values(rows).execute();
        const told = (id: string, part: number, status: string) => ({ activity_id: id, conversation_id: `c-${id}`, part, status });
        await tx
          .insertInto('delivery')
          .values(
            [told('f0', 0, 'failed'), told('f1', 0, 'read'), told('f2', 0, 'failed'), told('f2', 1, 'failed')].map((one, index) => ({
              ...{ channel: 'whatsapp', external_id: `e${index}`, error: '131026 Undeliverable', updated_at: NOW },
              ...one,
            })),
          )
          .execute();
      });
      const listed = (await listDeadLetters(database)).filter(({ channel }) => channel === 'whatsapp');
      expect(listed.map(({ conversationId, error }) => [conversationId, error])).toEqual([
        ['c-f2', '131026 Undeliverable'],
        ['c-f0', '131026 Undeliverable'],
      ]);
    },
  );
});
