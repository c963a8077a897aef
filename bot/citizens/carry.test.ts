import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import openDatabase from '../../connectors/databases/embedded.ts';
import { openTown, type Town } from '../channels/fixtures/open-town.ts';
import { createLinks, LinkGone } from './link.ts';
import { qrModules } from './qr.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 120_000);
afterAll(() => town?.stop());

const WAIT = { timeout: 30_000 };
type Talk = Awaited<ReturnType<Town['citizens']['converse']>>;
const textsOf = async (talk: Talk) =>
  (await talk.read()).activities.filter((one) => one['type'] === 'message').map((one) => String(one['text']));
const lastOf = async (talk: Talk) => (await textsOf(talk)).at(-1) ?? '';
const linkIn = (text: string) => /\]\((https?:\/\/[^)\s]+)\)/.exec(text)?.[1] ?? '';
const codeOf = (url: string) => /(?:start=|continua=|collega%20)([\w-]{22})$/.exec(url)?.[1] ?? '';

async function askToGoOn(talk: Talk, words: string): Promise<string> {
  await talk.say(words);
  await expect.poll(async () => codeOf(linkIn(await lastOf(talk))), WAIT).toHaveLength(22);
  return linkIn(await lastOf(talk));
}

test('a booking begun on the web goes on over Telegram, form and all, and comes apart again', async () => {
  const talk = await town.citizens.converse();
  await talk.say('vorrei prenotare un appuntamento per la carta d’identità');
  await expect.poll(() => lastOf(talk), WAIT).not.toMatch(/appuntamento per la carta/);
  const asked = await lastOf(talk);
  const url = await askToGoOn(talk, 'continua su Telegram');
  expect(url).toMatch(/^https:\/\/t\.me\/sportello_prova_bot\?start=/);
  const code = codeOf(url);
  const picture = await fetch(`${town.url}/link/${code}.svg`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);

  const anna = town.telegram.citizen(501);
  await anna.say(`/start ${code}`);
  await expect.poll(() => anna.last()?.buttons.map(({ text }) => text), WAIT).toEqual(['Sì, continuo qui', 'No, non sono stato io']);
  expect(anna.last()?.plain).toMatch(/conversazione iniziata sul sito alle \d\d:\d\d/);
  await anna.press('Sì, continuo qui');
  await expect.poll(() => anna.last()?.plain, WAIT).toContain('Eravamo rimasti qui');
  const first = asked.replaceAll(/[*_]/g, '').split('\n')[0] ?? '';
  expect(anna.last()?.plain).toContain(first);
  expect(anna.last()?.buttons.length).toBeGreaterThan(0);
  expect((await textsOf(talk)).some((text) => text.includes('continua **su Telegram**'))).toBe(true);

  // The form goes on where it stood: the next question comes here, and is seen there.
  const before = anna.texts().length;
  await anna.press(anna.last()!.buttons[0]!.text);
  await expect.poll(() => anna.texts().length, WAIT).toBeGreaterThan(before);
  const here = anna.texts().at(-1)!.split('\n')[0]!;
  await expect.poll(async () => (await textsOf(talk)).at(-1)?.replaceAll(/[*_]/g, ''), WAIT).toContain(here);
  const state = async () => (await town.sportello.line.conversations.get(talk.id))?.state.dialog?.name;
  expect(await state()).toBe('booking');

  await anna.say('scollega');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/di nuovo separati/);
  await anna.say('Quanto costa la carta d’identità?');
  await expect.poll(() => anna.texts().at(-1), WAIT).not.toMatch(/di nuovo separati/);
  expect((await textsOf(talk)).some((text) => text.includes('Quanto costa'))).toBe(false);
  expect(await state()).toBe('booking');
}, 120_000);

test('a code works once, in its channel only, and not after ten minutes; refusing links nothing', async () => {
  const talk = await town.citizens.converse();
  const code = codeOf(await askToGoOn(talk, 'continua su telegram'));
  const number = town.whatsapp.citizen('393330000001');
  await number.say(`collega ${code}`);
  await expect.poll(() => number.texts().at(-1), WAIT).toMatch(/scaduto o è già stato usato/);
  const [anna, mallory, bruno] = [town.telegram.citizen(601), town.telegram.citizen(602), town.telegram.citizen(603)];
  for (const one of [anna, mallory, bruno]) {
    await one.say(`/start ${code}`);
    await expect.poll(() => one.last()?.buttons.length, WAIT).toBe(2);
  }
  await bruno.press('No, non sono stato io');
  await expect.poll(() => bruno.texts().at(-1), WAIT).toMatch(/non ho collegato niente/);
  await Promise.all([anna.press('Sì, continuo qui'), mallory.press('Sì, continuo qui')]);
  const ended = () => [anna, mallory].map((one) => one.texts().slice(2).join(' '));
  await expect.poll(() => ended().filter((text) => text.includes('Eravamo rimasti qui') || text.includes('Da ora')).length, WAIT).toBe(1);
  await expect.poll(() => ended().filter((text) => text.includes('già stato usato')).length, WAIT).toBe(1);
  const shown = await town.sportello.database.read
    .selectFrom('channel_address')
    .select('address')
    .where('conversation_id', '=', talk.id)
    .execute();
  expect(shown).toHaveLength(1);
}, 120_000);

test('a conversation of WhatsApp goes on in the browser, and is shut there once separated', async () => {
  const anna = town.whatsapp.citizen('393330000002');
  await anna.say('buongiorno');
  await expect.poll(() => anna.texts().length, WAIT).toBe(2);
  await anna.say('continua sul sito');
  await expect.poll(() => codeOf(/https?:\S+continua=[\w-]{22}/.exec(anna.texts().at(-1) ?? '')?.[0] ?? ''), WAIT).toHaveLength(22);
  const code = codeOf(/https?:\S+continua=[\w-]{22}/.exec(anna.texts().at(-1) ?? '')![0]);
  const opened = await town.citizens.call('POST', '/tokens/continue', undefined, { code });
  expect(opened.status).toBe(200);
  expect((await town.citizens.call('POST', '/tokens/continue', undefined, { code })).status).toBe(403);
  const { conversationId, token } = opened.body;
  const path = `/conversations/${conversationId}`;
  expect((await town.citizens.call('POST', '/conversations', token, {})).status).toBe(200);
  const read = async () => (await town.citizens.call('GET', `${path}/activities`, token)).body;
  await expect
    .poll(async () => (await read()).activities.map((one) => String(one['text'])).join('\n'), WAIT)
    .toContain('continua **sul sito**');
  const said = { type: 'message', text: 'Quando si paga la TARI?', channelData: { clientActivityID: 'c1' } };
  const count = anna.texts().length;
  expect((await town.citizens.call('POST', `${path}/activities`, token, said)).status).toBe(200);
  await expect.poll(async () => (await read()).activities.at(-1)?.from['role'], WAIT).toBe('bot');
  // Answered where it was asked.
  expect(anna.texts()).toHaveLength(count);
  await anna.say('scollega');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/di nuovo separati/);
  expect((await town.citizens.call('GET', `${path}/activities`, token)).status).toBe(403);
  expect((await town.citizens.call('POST', `${path}/activities`, token, said)).status).toBe(403);
}, 120_000);

test('no two citizens ever share a conversation that neither carried: 1,000 people, links and separations at random', async () => {
  const database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-link-')) });
  let now = Date.parse('2026-11-25T09:00:00Z');
  const links = createLinks({ database, now: () => now });
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const people = Array.from({ length: 1000 }, (_, id) => ({ web: `web-${id}`, chat: `chat-${id}`, own: `own-${id}`, at: `own-${id}` }));
  const row = (id: string, channel: string) => ({
    id,
    channel,
    citizen_id: id,
    lang: 'it',
    mode: 'bot',
    state: '{}',
    next_seq: 1,
    created_at: new Date(now).toISOString(),
    updated_at: new Date(now).toISOString(),
  });
  await database.write(async (tx) => {
    for (const { web, chat, own } of people) {
      await tx
        .insertInto('conversation')
        .values([row(web, 'web'), row(own, 'telegram')])
        .execute();
      const chatRow = {
        channel: 'telegram',
        address: chat,
        conversation_id: own,
        own_conversation_id: null,
        citizen_id: chat,
        window_until: null,
        blocked_at: null,
        linked_at: null,
        reference: null,
      };
      await tx
        .insertInto('channel_address')
        .values({ ...chatRow, created_at: row(own, '').created_at })
        .execute();
    }
  });
  const used: string[] = [];
  let refused = 0;
  for (let step = 0; step < 2000; step++) {
    const one = people[random(people.length)]!;
    const act = random(4);
    if (act < 2) {
      const { code, keep } = links.issue(one.web, 'telegram');
      await database.write(keep);
      const isLate = act === 1 && random(3) === 0;
      if (isLate) now += 10 * 60_000;
      const done = await database
        .write((tx) => links.redeem(tx, code, { channel: 'telegram', address: one.chat, citizenId: one.chat }))
        .then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof LinkGone)) throw error;
            return false;
          },
        );
      expect(done).toBe(!isLate);
      if (done) one.at = one.web;
      used.push(code);
    } else if (act === 2 && used.length > 0) {
      // Somebody tries a code that another has used.
      const code = used[random(used.length)]!;
      await database
        .write((tx) => links.redeem(tx, code, { channel: 'telegram', address: one.chat, citizenId: one.chat }))
        .catch((error: unknown) => {
          expect(error).toBeInstanceOf(LinkGone);
          refused++;
        });
    } else {
      await database.write(links.undo(one.web));
      one.at = one.own;
    }
  }
  expect(refused).toBeGreaterThan(100);
  const rows = await database.read.selectFrom('channel_address').select(['address', 'conversation_id']).execute();
  expect(rows.filter(({ address, conversation_id: at }) => people.find(({ chat }) => chat === address)?.at !== at)).toEqual([]);
  await database.close();
}, 120_000);

test('the QR code is the one that an independent reader (jsQR) has read', () => {
  const modules = qrModules('https://t.me/sportello_bot?start=AbCdEfGhIjKlMnOpQrStUv');
  expect(createHash('sha256').update(JSON.stringify(modules)).digest('hex')).toBe(
    '5c89df2d78b609ea1c54d0cc0668ee1be3e6ad336aedb168583c2cdee8d4fbb9',
  );
  expect(qrModules('x'.repeat(107))).toBeNull();
});
