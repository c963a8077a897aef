/** Citizens and agents of another tool: a request goes there with everything known, words go both ways once, whatever is lost or sent again. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChatwootWorld } from '../../connectors/handoffs/fixtures/chatwoot-world.ts';
import type { Post } from '../../connectors/handoffs/contract.ts';
import { deliveriesOf } from './deliveries.ts';
import { type Office, openOffice } from './fixtures/open-office.ts';

const WAIT = { timeout: 30_000 };
type Talk = Awaited<ReturnType<Office['citizens']['converse']>>;
let world: Awaited<ReturnType<typeof openChatwootWorld>>;
let office: Office;
beforeAll(async () => {
  world = await openChatwootWorld();
  office = await openOffice({ HANDOFFS: 'chatwoot', ...world.settings });
}, 120_000);
afterAll(async () => {
  await office?.stop();
  await world?.close();
});

const textsOf = async (talk: Talk) =>
  (await talk.read()).activities.filter((one) => one['type'] === 'message').map((one) => String(one['text']));
const post = ({ headers, body }: Post) =>
  fetch(`${office.serving.url}/webhooks/handoffs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
    body,
  }).then(({ status }) => status);
/** As Chatwoot would; twice, as it may. */
async function deliver(): Promise<void> {
  for (const one of world.posts()) expect([await post(one), await post(one)]).toEqual([200, 200]);
}
const there = async (talk: Talk) => {
  const row = await office.sportello.database.read
    .selectFrom('handoff_remote')
    .innerJoin('handoff', 'handoff.id', 'handoff_remote.handoff_id')
    .select(['remote_id', 'handoff.id', 'state', 'ended_at', 'agent_name'])
    .where('conversation_id', '=', talk.id)
    .executeTakeFirst();
  return row && { ...row, ...(await world.there()).find(({ remote }) => remote === row.remote_id) };
};

async function ask(): Promise<Talk> {
  world.clock.now = Date.now();
  const talk = await office.citizens.converse();
  await talk.until(1);
  await talk.say('Quanto costa il loculo?');
  await talk.until(3);
  await talk.say('vorrei parlare con una persona');
  await expect.poll(async () => (await there(talk))?.said?.length, WAIT).toBe(1);
  return talk;
}

test('asked for, answered and closed over another tool; everything once', async () => {
  const talk = await ask();
  expect((await textsOf(talk)).at(-1)).toMatch(/numero 1/);
  const begun = (await there(talk))!;
  expect(begun.said?.[0]).toMatch(/Sintesi automatica: [\s\S]*loculo[\s\S]*Cittadino: Quanto costa il loculo\?/);
  await deliver();

  await world.take(begun.remote_id, 'Anna Neri');
  await deliver();
  await expect.poll(async () => (await textsOf(talk)).at(-1), WAIT).toMatch(/Anna Neri/);
  // The answers to what is said now are lost on the way: said again, it arrives once.
  world.loseNextAnswer();
  await talk.say('Il loculo di mia madre');
  await talk.say('ok');
  await talk.say('ok');
  await expect.poll(async () => (await there(talk))?.said?.slice(1), WAIT).toEqual(['Il loculo di mia madre', 'ok', 'ok']);
  await world.says(begun.remote_id, 'Anna Neri', 'Costa secondo la zona.');
  await world.notes(begun.remote_id, 'non dirlo al cittadino');
  await deliver();
  await expect.poll(async () => (await textsOf(talk)).at(-1), WAIT).toBe('Costa secondo la zona.');
  const last = (await talk.read()).activities.at(-1)!;
  expect(last).toMatchObject({ from: { name: 'Anna Neri' }, channelData: { sportello: { speaker: 'agent' } } });
  // Nobody's desk is open here, yet the conversation is not taken for left.
  await office.sportello.desk.sweep();
  expect(await there(talk)).toMatchObject({ state: 'accepted', agent_name: 'Anna Neri' });
  await world.resolves(begun.remote_id);
  await deliver();
  await expect.poll(async () => (await textsOf(talk)).at(-1), WAIT).toMatch(/ha chiuso la conversazione/);
  expect(await there(talk)).toMatchObject({ state: 'completed', ended_at: expect.any(String) });
  const texts = await textsOf(talk);
  expect(texts.filter((text) => text === 'Costa secondo la zona.')).toHaveLength(1);
  expect(texts.join()).not.toMatch(/non dirlo/);
  expect((await there(talk))?.said).toHaveLength(4);
});

test('who leaves is gone there too; forged and old posts change nothing', async () => {
  const talk = await ask();
  const begun = (await there(talk))!;
  world.posts();
  await world.says(begun.remote_id, 'Anna Neri', 'Eccomi');
  const [said] = world.posts();
  expect(await post(world.forged(said!))).toBe(401);
  expect(await post({ ...said!, headers: { ...said!.headers, 'x-chatwoot-timestamp': '1700000000' } })).toBe(401);
  expect((await there(talk))?.state).toBe('queued');
  await talk.say('annulla');
  await expect.poll(async () => (await there(talk))?.open, WAIT).toBe(false);
  await expect.poll(async () => (await there(talk))?.ended_at, WAIT).toEqual(expect.any(String));
  expect(await post(said!)).toBe(200);
  expect((await textsOf(talk)).join()).not.toMatch(/Eccomi/);
});

test('posts that come at once lose no word; what is written after the end goes both ways again', async () => {
  const talk = await ask();
  const begun = (await there(talk))!;
  world.posts();
  for (const text of ['Uno', 'Due', 'Tre']) await world.says(begun.remote_id, 'Anna Neri', text);
  expect(await Promise.all(world.posts().map(post))).toEqual([200, 200, 200]);
  await expect
    .poll(async () => (await textsOf(talk)).filter((text) => /^(?:Uno|Due|Tre)$/.test(text)).sort(), WAIT)
    .toEqual(['Due', 'Tre', 'Uno']);

  await world.resolves(begun.remote_id);
  await deliver();
  await expect.poll(async () => (await there(talk))?.ended_at, WAIT).toEqual(expect.any(String));
  for (const text of ['Ancora una cosa', 'Mi manca un documento']) await world.says(begun.remote_id, 'Anna Neri', text);
  await Promise.all(world.posts().map(post));
  await expect.poll(async () => (await textsOf(talk)).slice(-2).sort(), WAIT).toEqual(['Ancora una cosa', 'Mi manca un documento']);
  await talk.say('Quale documento?');
  await expect.poll(async () => (await there(talk))?.said?.at(-1), WAIT).toBe('Quale documento?');
});

test('hundreds that left no contact do not stand before a new one', async () => {
  const talk = await office.citizens.converse();
  await talk.until(1);
  const made = { conversation_id: talk.id, state: 'requested', reason: 'asked', request: JSON.stringify({ text: 'x', contact: null }) };
  const times = { created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' };
  await office.sportello.database.write(async (tx) => {
    for (let i = 0; i < 450; i++)
      await tx
        .insertInto('handoff')
        .values({ id: randomUUID(), ...made, office: null, ...times })
        .execute();
  });
  await ask();
});

test('a post that holds a whole long talk is taken', async () => {
  const begun = (await there(await ask()))!;
  world.posts();
  await world.notes(begun.remote_id, 'parola '.repeat(100_000));
  const [long] = world.posts();
  expect(await post(long!)).toBe(200);
});

test('what the tool refuses for good is a dead letter, shown, and keeps nothing waiting', async () => {
  const talk = await ask();
  const begun = (await there(talk))!;
  await deliver();
  await world.take(begun.remote_id, 'Anna Neri');
  await deliver();
  await expect.poll(async () => (await textsOf(talk)).at(-1), WAIT).toMatch(/Anna Neri/);
  const refused = 'da rifiutare';
  await talk.say(refused);
  await talk.say('ci siete?');
  await expect.poll(async () => (await there(talk))?.said?.slice(1), WAIT).toEqual(['ci siete?']);
  const letters = (await office.sportello.line.listDeadLetters()).filter(({ conversationId }) => conversationId === talk.id);
  expect(letters).toMatchObject([{ box: 'outbox', channel: 'chatwoot', error: expect.stringMatching(/: 422$/) }]);
  const words = (await talk.read()).activities.find((one) => one['text'] === refused);
  expect((await deliveriesOf(office.sportello.database, talk.id)).get(words?.id ?? '')).toMatchObject({ status: 'failed' });
});
