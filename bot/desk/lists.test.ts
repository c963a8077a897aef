/** A desk that says which list it has gets what differs, and puts together the very list that another reads whole. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../privacy/audit.ts';
import { type Office, openOffice, type Signed } from './fixtures/open-office.ts';

let office: Office;
let anna: Signed;
beforeAll(async () => {
  office = await openOffice();
  anna = await office.staff('Anna Neri');
}, 120_000);
afterAll(() => office?.stop());

type One = { id: string; state: string };
type Answer = { list: string; since?: string; order?: string[]; handoffs: One[] };
const read = async (query = '') => (await anna.call('GET', `/api/handoffs?view=open${query}`)).body as unknown as Answer;
async function ask(): Promise<void> {
  const talk = await office.citizens.converse();
  await talk.until(1);
  await talk.say('vorrei parlare con una persona');
  await talk.until(3);
}

test('only what differs is sent, in an order that holds all', async () => {
  await anna.call('POST', '/api/desk/here', {});
  for (let i = 0; i < 4; i++) await ask();
  const first = await read();
  expect(first.handoffs).toHaveLength(4);
  expect(first.since).toBeUndefined();
  await anna.call('POST', `/api/handoffs/${first.handoffs[1]?.id}/claim`, {});
  await ask();
  const news = await read(`&since=${first.list}`);
  expect(news.since).toBe(first.list);
  expect(news.handoffs.map(({ state }) => state).sort()).toEqual(['accepted', 'queued']);
  const whole = await read();
  const known = new Map([...first.handoffs, ...news.handoffs].map((one) => [one.id, one]));
  expect(news.order?.map((id) => known.get(id))).toEqual(whole.handoffs);
  expect((await read(`&since=${whole.list}`)).handoffs).toEqual([]);
  // One that is not remembered any more is answered with everything.
  expect((await read('&since=gone')).handoffs).toHaveLength(5);
});

test('each staff user’s first look at a request is audited once, in an intact chain', async () => {
  const others = await Promise.all(['Uno', 'Due', 'Tre'].map((name) => office.staff(name)));
  await Promise.all([...others, ...others].map((one) => one.call('GET', '/api/handoffs')));
  const rows = await office.sportello.database.read
    .selectFrom('audit')
    .select(['actor', 'detail'])
    .where('action', '=', 'handoff.list')
    .execute();
  for (const { id } of others) {
    const seen = rows.filter(({ actor }) => actor === id).flatMap(({ detail }) => (JSON.parse(detail) as { handoffs: string[] }).handoffs);
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  }
  expect(await verifyAudit(office.sportello.database)).toMatchObject({ intact: true });
});

test('what an agent chooses at the desk is kept: single letters as keys, a pause', async () => {
  const bruno = await office.staff('Bruno Blu');
  expect((await bruno.call('POST', '/api/desk/here', {})).body).toMatchObject({ letters: true, paused: false });
  await bruno.call('POST', '/api/desk/here', { letters: false, paused: true });
  expect((await bruno.call('POST', '/api/desk/here', {})).body).toMatchObject({ letters: false, paused: true });
});
