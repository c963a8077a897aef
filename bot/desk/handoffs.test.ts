/** A desk with more requests than a list holds. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import type { Staff } from '../http/route.ts';
import { listHandoffs } from './handoffs.ts';

describe.each(engines.map((engine) => [engine.title, engine] as const))('%s', (_, engine) => {
  let database: Database;
  beforeAll(async () => {
    if (engine.why) return;
    await engine.start();
    database = await engine.open(await engine.place());
  }, 120_000);
  afterAll(async () => {
    await database?.close();
    await engine.stop();
  });

  const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
  /** Each of a conversation of its own. */
  async function add(tx: Writer, id: string, state: string, day: number, office: string | null): Promise<void> {
    const times = { created_at: at(day), updated_at: at(day) };
    const talk = { id: `c-${id}`, channel: 'web', citizen_id: 'x', lang: 'it', mode: 'bot', state: '{}', next_seq: 1, ...times };
    await tx.insertInto('conversation').values(talk).execute();
    const request = { id, conversation_id: talk.id, state, reason: 'asked', request: '{}', office, ...times };
    await tx.insertInto('handoff').values(request).execute();
  }
  const seen = async (staff: Staff, view: 'open' | 'waiting') => (await listHandoffs(database, staff, view)).map(({ id }) => id);

  test('who waits in the chat is seen behind hundreds of requests that were left, and behind other offices’', async ({ skip }) => {
    if (engine.why) return skip(engine.why);
    await database.write(async (tx) => {
      for (let i = 0; i < 250; i++) await add(tx, randomUUID(), 'requested', 2, null);
      for (let i = 0; i < 250; i++) await add(tx, randomUUID(), 'queued', 3, 'Tributi');
      await add(tx, 'first', 'requested', 1, 'Anagrafe');
      await add(tx, 'waits', 'queued', 4, 'Anagrafe');
    });
    const anna: Staff = { id: 'a', name: 'Anna', role: 'agent', office: 'Anagrafe' };
    for (const view of ['open', 'waiting'] as const) {
      const ids = await seen(anna, view);
      expect(ids).toHaveLength(200);
      expect([ids[0], ids.at(-1)]).toEqual(['first', 'waits']);
    }
  });
});
