import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../message.ts';
import type { ChooseSpeaker } from '../conversation/speaker.ts';
import { reply } from '../conversation/fixtures/small-speaker.ts';
import { type RunningChannel, startChannel } from './fixtures/start-channel.ts';
import { readHtml, startTelegram, type TelegramService, TOKEN } from './fixtures/telegram-service.ts';
import openTelegram from './telegram.ts';

let telegram: TelegramService;
let running: RunningChannel;
const SECRET = 'un-segreto';
const settings = () => ({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_SECRET: SECRET, TELEGRAM_API_ROOT: telegram.root });
const begin = async (options: Parameters<typeof startChannel>[2] = {}) => {
  running = await startChannel(openTelegram, settings(), { isPublic: true, ...options });
  if (options.isPublic ?? true) await expect.poll(() => telegram.webhook()?.url).toBe(`${running.origin}/webhooks/telegram`);
};

/** Answers every text with what the test wants said. */
const saying =
  (make: (text: string) => Partial<Reply> | Partial<Reply>[]): ChooseSpeaker =>
  (message) =>
  async (_message, { state }) => {
    if (message.kind !== 'text') return { state, replies: [reply('Ciao, sono un sistema automatico.')] };
    const made = [make(message.text)].flat();
    return {
      state,
      replies: made.map((one, index) => ({
        ...reply('', index === 0 ? { outcome: 'dialog', answerId: randomUUID() } : undefined),
        ...one,
      })),
    };
  };

beforeEach(async () => {
  telegram = await startTelegram();
});
afterEach(async () => {
  await running?.stop();
  await telegram.stop();
});

test('a first message is greeted and answered; /start greets once, however often it is delivered', async () => {
  await begin();
  const anna = telegram.citizen(7);
  expect(await anna.say('ciao due')).toBe(200);
  await expect.poll(() => anna.texts()).toEqual(['Ciao, sono un sistema automatico.', 'Eco: ciao due (1)', 'E ancora.']);
  const bruno = telegram.citizen(8, 'Bruno');
  const start = bruno.write({ text: '/start' });
  for (let i = 0; i < 3; i++) expect(await telegram.deliver(start)).toBe(200);
  await expect.poll(() => bruno.texts()).toEqual(['Ciao, sono un sistema automatico.']);
  await bruno.say('uno');
  await expect.poll(() => bruno.texts().at(-1)).toBe('Eco: uno (1)');
  expect(bruno.texts()).toHaveLength(2);
});

test('only the secret opens the webhook', async () => {
  await begin();
  const post = (headers: Record<string, string>) =>
    fetch(`${running.origin}/webhooks/telegram`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(telegram.citizen(1).write({ text: 'x' })),
    });
  expect((await post({})).status).toBe(401);
  expect((await post({ 'x-telegram-bot-api-secret-token': 'altro' })).status).toBe(401);
  expect(running.turns).toEqual([]);
  expect((await post({ 'x-telegram-bot-api-secret-token': SECRET })).status).toBe(200);
});

test('an update is answered once, however often and in whatever order it comes', async () => {
  await begin();
  const people = Array.from({ length: 5 }, (_, index) => telegram.citizen(100 + index));
  const updates = people.flatMap((one) => Array.from({ length: 6 }, (_, number) => one.write({ text: `n${number}` })));
  const delivered = [...updates, ...updates]
    .map((update, index) => ({ update, order: (index * 37) % 61 }))
    .sort((a, b) => a.order - b.order);
  const statuses = await Promise.all(delivered.map(({ update }) => telegram.deliver(update)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  for (const one of people) {
    await expect.poll(() => one.texts().length).toBe(7);
    const said = one
      .texts()
      .slice(1)
      .map((text) => /n\d/.exec(text)?.[0]);
    expect(said.sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
  }
  expect(telegram.refused).toEqual([]);
});

test('choices are buttons; a pressed one says its value, an old or forged one says nothing', async () => {
  const value = `un valore ben più lungo di sessantaquattro byte: ${'è'.repeat(60)}`;
  const choices = [
    { title: 'Breve', value },
    { title: 'Altro', value: 'altro' },
  ];
  await begin({ chooseSpeaker: saying((text) => ({ text: `Hai detto ${text}`, choices: text === 'scelte' ? choices : [] })) });
  const anna = telegram.citizen(7);
  await anna.say('scelte');
  await expect.poll(() => anna.last()?.buttons.map(({ text }) => text)).toEqual(['Breve', 'Altro']);
  await anna.press('Breve');
  await expect.poll(() => anna.texts().at(-1)).toBe(`Hai detto ${value}`);
  await expect.poll(() => telegram.answered).toHaveLength(1);
  const mallory = telegram.citizen(9);
  await mallory.say('ciao');
  await expect.poll(() => mallory.texts()).toHaveLength(2);
  const stolen = anna.got().flatMap(({ buttons }) => buttons)[0]!.data;
  await telegram.deliver({
    update_id: 5,
    callback_query: { id: 'q', from: { id: 9, is_bot: false, first_name: 'M' }, chat_instance: '1', data: stolen },
  });
  await expect.poll(() => telegram.answered.at(-1)?.text).toMatch(/non è più valido/);
  expect(mallory.texts()).toHaveLength(2);
});

test('a long answer with mark-up and sources arrives whole, in messages that Telegram accepts, with the buttons under the last', async () => {
  const sentence = 'Questa è una frase **importante** con <segni> & simboli, [un collegamento](/privacy) e `codice_x`. ';
  const text = Array.from({ length: 30 }, (_, index) => `${index}. ${sentence.repeat(4)}`).join('\n\n');
  const citation = { heading: '', quote: 'q', updatedOn: '2026-01-01', validFrom: null, validUntil: null };
  const citations = [1, 2].map((position) => ({
    ...citation,
    position,
    title: `Titolo [${position}] "x"`,
    url: `/sources/d/${position}#a`,
  }));
  await begin({
    chooseSpeaker: saying(() => ({ text, citations, choices: [{ title: 'Parla con una persona', value: 'Parla con una persona' }] })),
  });
  const anna = telegram.citizen(7);
  await anna.say('tutto');
  await expect.poll(() => anna.got().at(-1)?.buttons.length).toBe(1);
  const [, ...parts] = anna.got();
  expect(parts.length).toBeGreaterThan(2);
  expect(telegram.refused).toEqual([]);
  for (const part of parts.slice(0, -1)) expect(part.buttons).toEqual([]);
  const all = parts.map(({ plain }) => plain).join('\n\n');
  for (let index = 0; index < 30; index++)
    expect(all).toContain(`${index}. Questa è una frase importante con <segni> & simboli, un collegamento e codice_x.`);
  expect(parts.at(-1)!.text).toContain(`<a href="${running.origin}/sources/d/2#a">Titolo 2 "x"</a>`);
  expect(all).not.toContain('**');
});

test('a place, a photo, a contact and a voice message', async () => {
  const heard: unknown[] = [];
  await begin({
    chooseSpeaker:
      (message) =>
      async (_one, { state }) => {
        if (message.kind === 'text')
          heard.push({ text: message.text, value: message.value, files: message.attachments.map(({ contentType }) => contentType) });
        return { state, replies: [reply('Bene', message.kind === 'text' ? { outcome: 'dialog', answerId: randomUUID() } : undefined)] };
      },
  });
  const anna = telegram.citizen(7);
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  telegram.files.set('grande', jpeg);
  await anna.said({ location: { latitude: 45.0703, longitude: 7.6869 } as never });
  await anna.said({ photo: [{ file_id: 'piccola' }, { file_id: 'grande', file_size: 7 }] as never, caption: 'una buca' });
  await anna.said({ contact: { phone_number: '+393331234567', first_name: 'Anna' } as never });
  await anna.said({ voice: { file_id: 'v', duration: 3 } as never });
  await expect
    .poll(() => heard)
    .toEqual([
      { text: '45.070300, 7.686900', value: { native: 'place' }, files: [] },
      { text: 'una buca', value: { native: 'file' }, files: ['image/jpeg'] },
      { text: 'Anna +393331234567', value: undefined, files: [] },
      { text: '[messaggio vocale]', value: { unreadable: 'voice' }, files: [] },
    ]);
  await expect.poll(async () => running.database.read.selectFrom('channel_media').selectAll().execute()).toEqual([]);
  const [upload] = await running.database.read.selectFrom('upload').selectAll().execute();
  expect(upload).toMatchObject({ content_type: 'image/jpeg', bytes: 7 });
  expect(existsSync(join(running.dataDir, 'uploads', upload!.id))).toBe(true);
});

test('429 waits as told, 5xx is tried again, a cut after acceptance repeats one message at most, 403 is a dead letter', async () => {
  await begin();
  const anna = telegram.citizen(7);
  await anna.say('uno');
  await expect.poll(() => anna.texts()).toHaveLength(2);
  telegram.faults.push({ kind: '429', retryAfter: 1 }, { kind: '500' }, { kind: '500' });
  await anna.say('due');
  await anna.say('tre');
  await expect.poll(() => anna.texts().slice(2)).toEqual(['Eco: due (3)', 'E ancora.', 'Eco: tre (6)']);
  telegram.faults.push({ kind: 'cut' });
  await anna.say('quattro');
  await expect.poll(() => anna.texts().filter((text) => text.startsWith('Eco: quattro')).length).toBe(2);
  telegram.faults.push({ kind: '403' });
  await anna.say('cinque');
  await expect
    .poll(() => running.line.listDeadLetters())
    .toMatchObject([{ box: 'outbox', channel: 'telegram', error: 'Forbidden: bot was blocked by the user' }]);
  const blocked = () => running.database.read.selectFrom('channel_address').select('blocked_at').executeTakeFirst();
  expect((await blocked())?.blocked_at).toBeTruthy();
});

test('the retry_after of Telegram is the time before which nothing is sent', async () => {
  await begin();
  const anna = telegram.citizen(7);
  await anna.say('uno');
  await expect.poll(() => anna.texts()).toHaveLength(2);
  telegram.faults.push({ kind: '429', retryAfter: 600 });
  const before = Date.now();
  await anna.say('tre');
  const row = () =>
    running.database.read.selectFrom('outbox').select(['next_at', 'attempts']).where('status', '=', 'new').executeTakeFirst();
  await expect.poll(async () => (await row())?.attempts).toBe(1);
  expect(Date.parse((await row())!.next_at)).toBeGreaterThanOrEqual(before + 600_000);
});

test('without a public address updates are polled; what was not confirmed is answered after a restart, once', async () => {
  await begin({ isPublic: false });
  await expect.poll(() => telegram.called).toContain('getUpdates');
  const anna = telegram.citizen(7);
  await anna.say('uno');
  await expect.poll(() => anna.texts()).toHaveLength(2);
  await running.stop();
  await anna.say('due');
  await begin({ isPublic: false, dataDir: running.dataDir });
  await expect.poll(() => anna.texts().length).toBe(4);
  await anna.say('tre');
  await expect.poll(() => anna.texts().slice(1)).toEqual(['Eco: uno (1)', 'Eco: due (3)', 'E ancora.', 'Eco: tre (6)']);
});

test('who writes too much is told once and loses nothing else', async () => {
  await begin({ messagesPerMinute: 2 });
  const anna = telegram.citizen(7);
  for (const text of ['a', 'b', 'c', 'd']) expect(await anna.say(text)).toBe(200);
  await expect.poll(() => anna.texts().filter((text) => text.startsWith('Troppe richieste'))).toHaveLength(1);
  await expect.poll(() => running.turns).toEqual(['a', 'b']);
});

test('the stand-in refuses what Telegram refuses', () => {
  expect(readHtml('<b>a')).toHaveProperty('wrong');
  expect(readHtml('a < b')).toHaveProperty('wrong');
  expect(readHtml('&nbsp;')).toHaveProperty('wrong');
  expect(readHtml('x'.repeat(4097))).toHaveProperty('wrong');
  expect(readHtml('<b>a &lt; b</b>')).toEqual({ plain: 'a < b' });
});
