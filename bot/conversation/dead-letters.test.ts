/** A dead letter is tried again once, however often that is asked, sends nothing twice that arrived, and is gone from the list when it has. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningChannel, startChannel } from '../channels/fixtures/start-channel.ts';
import { startTelegram, type TelegramService, TOKEN } from '../channels/fixtures/telegram-service.ts';
import { ACCOUNT, startWhatsapp } from '../channels/fixtures/whatsapp-service.ts';
import openTelegram from '../channels/telegram.ts';
import openWhatsapp from '../channels/whatsapp.ts';
import { reply } from './fixtures/small-speaker.ts';
import type { ChooseSpeaker } from './speaker.ts';

const WAIT = { timeout: 30_000 };
let telegram: TelegramService;
let running: RunningChannel;
let isBroken = false;

/** Fails while it is broken; a long answer is two messages. */
const chooseSpeaker: ChooseSpeaker =
  (message) =>
  async (_, { state }) => {
    if (message.kind !== 'text') return { state, replies: [reply('Ciao.')] };
    if (isBroken) throw new Error('the office tool is away');
    const text = message.text === 'lungo' ? 'Una frase da contare. '.repeat(220).trim() : `Eco: ${message.text}`;
    return { state, replies: [reply(text, { outcome: 'dialog', answerId: randomUUID() })] };
  };

beforeEach(async () => {
  isBroken = false;
  telegram = await startTelegram();
  const settings = { TELEGRAM_TOKEN: TOKEN, TELEGRAM_SECRET: 's', TELEGRAM_API_ROOT: telegram.root };
  running = await startChannel(openTelegram, settings, { isPublic: true, chooseSpeaker });
  await expect.poll(() => telegram.webhook(), WAIT).not.toBeNull();
});
afterEach(async () => {
  await running.stop();
  await telegram.stop();
});

const letters = () => running.line.listDeadLetters();
const audited: string[] = [];
const retry = (box: 'inbox' | 'outbox', id: number) =>
  running.line.retryDeadLetter({ box, id, also: async () => void audited.push(`${box}/${id}`) });

test('a turn that failed three times is taken again, and its answer arrives under the apology', async () => {
  const anna = telegram.citizen(7);
  await anna.say('ciao');
  await expect.poll(anna.texts, WAIT).toEqual(['Ciao.', 'Eco: ciao']);
  isBroken = true;
  await anna.say('uno');
  await expect
    .poll(letters, WAIT)
    .toMatchObject([{ box: 'inbox', channel: 'telegram', attempts: 3, state: 'dead', error: 'Error: the office tool is away' }]);
  await expect.poll(() => anna.texts().length, WAIT).toBe(3);
  const id = (await letters())[0]?.id ?? 0;

  // Still broken: it fails again, apologises again and can be asked for again.
  expect(await retry('inbox', id)).toBe('again');
  await expect.poll(letters, WAIT).toMatchObject([{ box: 'inbox', id, state: 'dead', retriedAt: expect.any(String) }]);
  isBroken = false;
  audited.length = 0;
  const asked = await Promise.all([retry('inbox', id), retry('inbox', id), retry('inbox', id)]);
  expect(asked.filter((one) => one === 'again')).toHaveLength(1);
  expect(audited).toEqual([`inbox/${id}`]);
  await expect.poll(() => anna.texts().at(-1), WAIT).toBe('Eco: uno');
  await expect.poll(letters, WAIT).toEqual([]);
  expect(await retry('inbox', id)).toBe('delivered');
  expect(await retry('inbox', 99_999)).toBe('unknown');
  expect(anna.texts().filter((text) => text === 'Eco: uno')).toHaveLength(1);
});

test('a refused reply stays in sight while it is tried again, and only the messages that are missing are sent', async () => {
  const anna = telegram.citizen(7);
  await anna.say('ciao');
  await expect.poll(anna.texts, WAIT).toHaveLength(2);
  const before = telegram.taken();
  const watching = setInterval(() => telegram.taken() > before && telegram.faults.length === 0 && telegram.faults.push({ kind: '403' }), 1);
  await anna.say('lungo');
  await expect.poll(letters, WAIT).toMatchObject([{ box: 'outbox', state: 'dead', error: 'Forbidden: bot was blocked by the user' }]);
  clearInterval(watching);
  telegram.faults.splice(0);
  const got = anna.texts().length;
  expect(got).toBe(3);
  const id = (await letters())[0]?.id ?? 0;
  telegram.faults.push({ kind: '429', retryAfter: 2 });
  expect(await Promise.all([retry('outbox', id), retry('outbox', id)])).toEqual(expect.arrayContaining(['again', 'retrying']));
  expect(await letters()).toMatchObject([{ id, state: 'retrying' }]);
  await expect.poll(letters, WAIT).toEqual([]);
  expect(anna.texts()).toHaveLength(got + 1);
  expect(
    anna
      .texts()
      .slice(2)
      .join(' ')
      .match(/Una frase da contare\./g),
  ).toHaveLength(220);
  expect(await retry('outbox', id)).toBe('delivered');
  await running.database.write((tx) => tx.updateTable('outbox').set({ status: 'moved' }).where('id', '=', id).execute());
  expect(await retry('outbox', id)).toBe('moved');
});

test('what WhatsApp took and could not deliver is a dead letter too, until it arrives', async () => {
  const whatsapp = await startWhatsapp();
  const settings = { ...ACCOUNT, WHATSAPP_TEMPLATE: '', WHATSAPP_API_ROOT: whatsapp.root };
  await running.stop();
  running = await startChannel(openWhatsapp, settings, { isPublic: true, chooseSpeaker });
  whatsapp.register(`${running.origin}/webhooks/whatsapp`);
  const anna = whatsapp.citizen('393331112233');
  await anna.say('uno');
  await expect.poll(anna.texts, WAIT).toEqual(['Ciao.', 'Eco: uno']);
  const id = anna.last()?.id ?? '';
  await whatsapp.post([whatsapp.status(id, 'failed', [{ code: 131026, title: 'Message undeliverable' }])]);
  await expect.poll(letters, WAIT).toMatchObject([{ box: 'outbox', state: 'dead', error: '131026 Message undeliverable' }]);
  const [letter] = await letters();
  expect(await retry('outbox', letter?.id ?? 0)).toBe('again');
  await expect.poll(anna.texts, WAIT).toEqual(['Ciao.', 'Eco: uno', 'Eco: uno']);
  await expect.poll(letters, WAIT).toEqual([]);
  // The old message's failure, told once more, is no new one.
  await whatsapp.post([whatsapp.status(id, 'failed', [{ code: 131026, title: 'Message undeliverable' }])]);
  expect(await letters()).toEqual([]);
  await whatsapp.stop();
});

test('asked for while no server runs, it is done by the next one', async () => {
  const anna = telegram.citizen(7);
  await anna.say('ciao');
  await expect.poll(anna.texts, WAIT).toHaveLength(2);
  telegram.faults.push({ kind: '400' });
  await anna.say('uno');
  await expect.poll(letters, WAIT).toHaveLength(1);
  const { dataDir, port } = running;
  const id = (await letters())[0]?.id ?? 0;
  const { retryDeadLetter } = await import('./dead-letters.ts');
  await retryDeadLetter(running.database, { box: 'outbox', id, now: new Date().toISOString(), also: async () => {} });
  await running.stop();
  running = await startChannel(
    openTelegram,
    { TELEGRAM_TOKEN: TOKEN, TELEGRAM_SECRET: 's', TELEGRAM_API_ROOT: telegram.root },
    { isPublic: true, chooseSpeaker, dataDir, port },
  );
  await expect.poll(() => anna.texts().at(-1), WAIT).toBe('Eco: uno');
  await expect.poll(letters, WAIT).toEqual([]);
});
