/** One suite, every plug: a request makes one conversation there, words arrive once and in order, news come back once, and nobody else's do. */
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../result.ts';
import type { News, Packet } from './contract.ts';
import openEmbedded from './embedded.ts';
import { chatwootPlug } from './fixtures/chatwoot-world.ts';
import { rocketchatPlug } from './fixtures/rocketchat-world.ts';
import { rtPlug } from './fixtures/rt-world.ts';
import type { World } from './fixtures/world.ts';

const packet: Packet = {
  id: '3f6d1c1e-0c8f-4a55-9a54-0f6f7f6f5a01',
  number: '3F6D1C1E',
  office: 'Tributi',
  lang: 'it',
  channel: 'web',
  summary: 'Ha scritto 1 messaggio, il primo: «Perché la TARI è raddoppiata?».',
  transcript: [{ role: 'citizen', name: '', text: 'Perché la TARI è "raddoppiata"?', at: '2026-11-25T08:59:00.000Z' }],
  identity: 'non verificata',
  contact: 'maria@example.org',
  bookings: ['ABC2D1'],
  cases: ['12/2026'],
  consent: 'ha chiesto una persona il 25/11/2026',
};
const value = <T>(result: Result<T>): T => {
  if (result.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(result)}`);
  return result.value;
};

test('our own desk needs nothing sent, and takes no webhooks', async () => {
  const own = await openEmbedded();
  expect(own.abilities().has('own')).toBe(true);
  expect(value(await own.initiate(packet))).toBe(packet.id);
  expect(own.receive({ headers: {}, body: '{}' })).toEqual({ kind: 'not_allowed', need: 'unsupported' });
});

test('every plug is in this suite', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^[a-z]+\.ts$/.test(name) && name !== 'contract.ts');
  expect(files.sort()).toEqual(['chatwoot.ts', 'embedded.ts', 'rocketchat.ts', 'rt.ts']);
});

describe.each([chatwootPlug, rocketchatPlug, rtPlug].map((plug) => [plug.title, plug] as const))('%s', (_, plug) => {
  let world: World;
  beforeAll(() => (plug.why ? undefined : plug.start()), 120_000);
  afterAll(() => (plug.why ? undefined : plug.stop()));
  beforeEach(async ({ skip }) => {
    if (plug.why) return skip(plug.why);
    world = await plug.open();
  });
  afterEach(() => (plug.why ? undefined : world.close()));

  /** Everything that was sent or can be asked for since the last time. */
  let mark = '';
  async function news(remote: string): Promise<News[]> {
    if (world.handoffs.abilities().has('posts')) return world.posts().flatMap((post) => value(world.handoffs.receive(post)));
    const asked = value(await world.handoffs.ask(remote, mark));
    mark = asked.since;
    return asked.news;
  }
  const told = async () => (await world.there()).map(({ said }) => said.slice(1));

  test('makes one conversation with everything known, however often it is asked to', async () => {
    const remote = value(await world.handoffs.initiate(packet));
    expect(value(await world.handoffs.initiate(packet))).toBe(remote);
    const [there, second] = await world.there();
    expect(second).toBeUndefined();
    expect(there).toMatchObject({ remote, open: true });
    expect(there?.said).toHaveLength(1);
    const other = value(await world.handoffs.initiate({ ...packet, id: 'b2b1c1e0-0c8f-4a55-9a54-0f6f7f6f5a02', number: 'B2B1C1E0' }));
    expect(other).not.toBe(remote);
  });

  test('an address among other words is no reason to refuse the request', async () => {
    value(await world.handoffs.initiate({ ...packet, contact: 'Maria Rossi, maria@example.org, 333 1234567' }));
    value(
      await world.handoffs.initiate({ ...packet, id: 'b2b1c1e0-0c8f-4a55-9a54-0f6f7f6f5a03', contact: 'scrivete a (maria@example.org).' }),
    );
    expect(await world.there()).toHaveLength(2);
  });

  test('an answer that was lost leaves no second conversation and no second word', async () => {
    world.loseNextAnswer();
    const lost = await world.handoffs.initiate(packet);
    expect(['unknown', 'down']).toContain(lost.kind);
    const remote = value(await world.handoffs.initiate(packet));
    expect(await world.there()).toHaveLength(1);
    // The very same words twice are two messages; the second one's answer is lost.
    expect(value(await world.handoffs.say(remote, { id: 'm1', text: 'ok' }))).toBeNull();
    world.loseNextAnswer();
    expect((await world.handoffs.say(remote, { id: 'm2', text: 'ok' })).kind).toBe('unknown');
    expect(value(await world.handoffs.say(remote, { id: 'm2', text: 'ok', again: 1 }))).toBeNull();
    expect(await told()).toEqual([['ok', 'ok']]);
    // Nor is one left out that was never sent.
    expect(value(await world.handoffs.say(remote, { id: 'm3', text: 'ok', again: 2 }))).toBeNull();
    expect(value(await world.handoffs.say(remote, { id: 'm4', text: 'E allora?' }))).toBeNull();
    expect(await told()).toEqual([['ok', 'ok', 'ok', 'E allora?']]);
  });

  test('the same word said more often than a page lists is there as often, whatever answer is lost', { timeout: 240_000 }, async () => {
    const remote = value(await world.handoffs.initiate(packet));
    for (let n = 0; n < 21; n++) value(await world.handoffs.say(remote, { id: `n${n}`, text: 'ok' }));
    world.loseNextAnswer();
    expect((await world.handoffs.say(remote, { id: 'last', text: 'ok' })).kind).toBe('unknown');
    expect(value(await world.handoffs.say(remote, { id: 'last', text: 'ok', again: 21 }))).toBeNull();
    expect((await told())[0]).toHaveLength(22);
  });

  test('what an agent says comes back once; notes and our own words do not', async () => {
    mark = '';
    const remote = value(await world.handoffs.initiate(packet));
    value(await world.handoffs.say(remote, { id: 'm1', text: 'Pronto?' }));
    expect(await news(remote)).toEqual([]);
    await world.take(remote, 'Anna Neri');
    await world.says(remote, 'Anna Neri', 'Buongiorno, guardo subito.\nUn attimo.');
    await world.notes(remote, 'attenzione: già sentito ieri');
    const heard = await news(remote);
    const said = heard.filter(({ kind }) => kind === 'said');
    expect(said).toMatchObject([{ kind: 'said', remote, text: 'Buongiorno, guardo subito.\nUn attimo.', attachments: [] }]);
    if (world.handoffs.abilities().has('live')) expect(heard[0]).toEqual({ kind: 'status', remote, state: 'accepted', agent: 'Anna Neri' });
    await world.says(remote, 'Anna Neri', 'Trovato.');
    const more = (await news(remote)).filter(({ kind }) => kind === 'said');
    expect(more).toMatchObject([{ text: 'Trovato.' }]);
    expect(more[0]).not.toMatchObject({ id: (said[0] as { id: string }).id });
    await world.resolves(remote);
    expect(await news(remote)).toEqual([{ kind: 'status', remote, state: 'completed', agent: null }]);
  });

  test('ended by the citizen it is over there too, and ending it again is no mistake', async () => {
    const remote = value(await world.handoffs.initiate(packet));
    expect(value(await world.handoffs.end(remote))).toBeNull();
    expect(value(await world.handoffs.end(remote))).toBeNull();
    expect((await world.there()).map(({ open }) => open)).toEqual([false]);
  });

  test('a webhook with a wrong signature, or an old one sent again, is refused', async () => {
    const remote = value(await world.handoffs.initiate(packet));
    await world.says(remote, 'Anna Neri', 'Buongiorno');
    const posts = world.posts();
    if (!world.handoffs.abilities().has('posts')) {
      expect(posts).toEqual([]);
      return;
    }
    const last = posts.at(-1)!;
    expect(world.handoffs.receive(last).kind).toBe('ok');
    expect(world.handoffs.receive(world.forged(last))).toEqual({ kind: 'not_allowed', need: 'sign_in' });
    expect(world.handoffs.receive({ ...last, headers: {} })).toEqual({ kind: 'not_allowed', need: 'sign_in' });
    world.clock.now += 2 * 60 * 60_000;
    expect(world.handoffs.receive(last)).toEqual({ kind: 'not_allowed', need: 'sign_in' });
  });

  test('broken, busy or away it says so, and nothing is thrown', async () => {
    const remote = value(await world.handoffs.initiate(packet));
    world.answerWith(500, 'oops');
    expect((await world.handoffs.say(remote, { id: 'm9', text: 'ciao' })).kind).toBe('unknown');
    world.answerWith(429, '');
    expect(await world.handoffs.say(remote, { id: 'm9', text: 'ciao' })).toEqual({ kind: 'retry_after', seconds: 7 });
    world.answerWith(200, '<html>');
    expect(['down', 'unknown']).toContain((await world.handoffs.initiate({ ...packet, id: 'c', number: 'C' })).kind);
    world.answerWith(503, '');
    expect(await world.handoffs.health()).toMatchObject({ state: 'down' });
  });
});
