import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reply } from '../conversation/fixtures/small-speaker.ts';
import type { ChooseSpeaker } from '../conversation/speaker.ts';
import type { Reply } from '../message.ts';
import { type RunningChannel, startChannel } from './fixtures/start-channel.ts';
import { ACCOUNT, readMessage, startWhatsapp, type WhatsappService } from './fixtures/whatsapp-service.ts';
import openWhatsapp from './whatsapp.ts';

let whatsapp: WhatsappService;
let running: RunningChannel;
const HOUR = 3_600_000;
const ANNA = '393331112233';

const begin = async (options: Parameters<typeof startChannel>[2] = {}, settings: object = {}) => {
  running = await startChannel(openWhatsapp, { ...ACCOUNT, WHATSAPP_TEMPLATE: '', WHATSAPP_API_ROOT: whatsapp.root, ...settings }, options);
  whatsapp.register(`${running.origin}/webhooks/whatsapp`);
};
const saying =
  (make: (text: string) => Partial<Reply>): ChooseSpeaker =>
  (message) =>
  async (_message, { state }) => ({
    state,
    replies: [
      message.kind === 'text'
        ? { ...reply('', { outcome: 'dialog', answerId: randomUUID() }), ...make(message.text) }
        : reply('Ciao, sono un sistema automatico.'),
    ],
  });

beforeEach(async () => {
  whatsapp = await startWhatsapp();
});
afterEach(async () => {
  await running?.stop();
  await whatsapp.stop();
});

test('Meta’s check is answered with its challenge to whoever knows the word', async () => {
  await begin();
  const ask = (token: string) =>
    fetch(`${running.origin}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);
  const reply = await ask('parola');
  expect([reply.status, await reply.text()]).toEqual([200, '1158201444']);
  expect((await ask('altra')).status).toBe(403);
});

test('a signed batch is answered once, accents and emoji included; another signature is refused', async () => {
  await begin();
  const anna = whatsapp.citizen(ANNA);
  const bruno = whatsapp.citizen('393339998877', 'Bruno');
  const batch = [anna.write({ type: 'text', text: { body: 'perché è così 😀' } }), bruno.write({ type: 'text', text: { body: 'ciao' } })];
  for (let i = 0; i < 3; i++) expect(await whatsapp.post(batch)).toBe(200);
  await expect.poll(() => anna.texts()).toEqual(['Ciao, sono un sistema automatico.', 'Eco: perché è così 😀 (1)']);
  await expect.poll(() => bruno.texts()).toHaveLength(2);
  expect(await whatsapp.post(batch, { 'x-hub-signature-256': whatsapp.sign('{}') })).toBe(401);
  expect(await whatsapp.post([anna.write({ type: 'text', text: { body: 'x' } })], { 'x-hub-signature-256': '' })).toBe(401);
  expect(running.turns).toHaveLength(2);
});

test('a signature is of the bytes as they came: missing, short, of another key or of the same JSON written anew, it opens nothing', async () => {
  await begin();
  const anna = whatsapp.citizen(ANNA);
  // As Meta writes it: other than ASCII in escapes.
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: ACCOUNT.WHATSAPP_NUMBER, phone_number_id: ACCOUNT.WHATSAPP_PHONE_ID },
              ...anna.write({ type: 'text', text: { body: 'perché no 😀' } }),
            },
          },
        ],
      },
    ],
  }).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const post = async (signature?: string) =>
    (
      await fetch(`${running.origin}/webhooks/whatsapp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }) },
        body,
      })
    ).status;
  const right = whatsapp.sign(body);
  expect(JSON.stringify(JSON.parse(body))).not.toBe(body);
  const wrong = [
    undefined,
    '',
    'sha256=',
    right.slice(0, 20),
    right.replace('sha256=', 'sha1='),
    whatsapp.sign(JSON.stringify(JSON.parse(body))),
  ];
  for (const signature of wrong) expect([signature, await post(signature)]).toEqual([signature, 401]);
  expect(running.turns).toEqual([]);
  for (let i = 0; i < 2; i++) expect(await post(right)).toBe(200);
  await expect.poll(() => running.turns).toEqual(['perché no 😀']);
});

test('one bad entry spoils no other; other numbers are not ours', async () => {
  await begin();
  const anna = whatsapp.citizen(ANNA);
  const foreign = { ...anna.write({ type: 'text', text: { body: 'altrui' } }), metadata: { phone_number_id: '999' } };
  expect(await whatsapp.post([{ messages: [{ from: 7 }] }, foreign, anna.write({ type: 'text', text: { body: 'buono' } })])).toBe(200);
  await expect.poll(() => running.turns).toEqual(['buono']);
});

test.each([
  [2, ['Sì', 'No'], 'button'],
  [4, ['Uno', 'Due', 'Tre', 'Un titolo che è davvero più lungo di così'], 'list'],
])('%i choices', async (_count, titles, kind) => {
  const choices = titles.map((title) => ({ title, value: `valore di ${title}` }));
  await begin({
    chooseSpeaker: saying((text) => ({ text: `Hai detto ${text}. ${'Una frase. '.repeat(400)}`, choices: text === 'x' ? choices : [] })),
  });
  const anna = whatsapp.citizen(ANNA);
  await anna.say('x');
  await expect.poll(() => anna.last()?.choices.length).toBe(titles.length);
  expect(anna.last()!.raw['interactive']).toMatchObject({ type: kind });
  expect(whatsapp.refused).toEqual([]);
  await anna.press(titles.at(-1)!);
  await expect.poll(() => anna.texts().some((text) => text.startsWith(`Hai detto valore di ${titles.at(-1)}`))).toBe(true);
});

test('more choices than a list holds are numbers to type', async () => {
  const choices = Array.from({ length: 14 }, (_, index) => ({ title: `Voce ${index + 1}`, value: `valore ${index + 1}` }));
  await begin({ chooseSpeaker: saying((text) => ({ text: `Hai detto ${text}`, choices: text === 'x' ? choices : [] })) });
  const anna = whatsapp.citizen(ANNA);
  await anna.say('x');
  await expect.poll(() => anna.texts().at(-1)).toMatch(/Rispondi con il numero\.\n1\. Voce 1\n[\s\S]*14\. Voce 14$/);
  await anna.say('12');
  await expect.poll(() => anna.texts().at(-1)).toBe('Hai detto valore 12');
  await anna.say('12');
  await expect.poll(() => anna.texts().at(-1)).toBe('Hai detto 12');
});

test('within 24 hours free text, afterwards a template or a dead letter; the next message opens the window again', async () => {
  let now = Date.now();
  const late = async (settings: object) => {
    await begin({ now: () => now }, settings);
    const anna = whatsapp.citizen(ANNA);
    await anna.say('ciao', now);
    await expect.poll(() => anna.texts().at(-1)).toMatch(/^Eco: ciao/);
    now += 24 * HOUR + 60_000;
    const { conversation_id: id } = await running.database.read
      .selectFrom('channel_address')
      .select('conversation_id')
      .executeTakeFirstOrThrow();
    const citizenId = `whatsapp:${ANNA}`;
    const act = { channel: 'whatsapp', externalId: randomUUID(), conversationId: id!, id: randomUUID(), attachments: [], citizenId };
    await running.line.accept({ ...act, kind: 'text', text: 'due\nrighe', receivedAt: new Date(now).toISOString() });
    return anna;
  };
  const anna = await late({ WHATSAPP_TEMPLATE: 'risposta_pronta' });
  await expect.poll(() => anna.texts().at(-2)).toMatch(/^\[risposta_pronta\] Eco: due righe/);
  expect(whatsapp.refused).toEqual([]);
  await anna.say('eccomi', now);
  await expect.poll(() => anna.texts().at(-1)).toMatch(/^Eco: eccomi/);
  await running.stop();
  await late({});
  await expect
    .poll(() => running.line.listDeadLetters())
    .toMatchObject([{ error: /24 hours/ }, { error: /24 hours/ }].map(({ error }) => ({ error: expect.stringMatching(error) })));
});

test('statuses move forward only, in whatever order they come, also before our own note', async () => {
  await begin();
  const anna = whatsapp.citizen(ANNA);
  await anna.say('ciao');
  await expect.poll(() => anna.got()).toHaveLength(2);
  const [greeting, answer] = anna.got();
  const told = async () => {
    const rows = await running.database.read.selectFrom('delivery').select(['external_id', 'status', 'activity_id', 'error']).execute();
    return Object.fromEntries(rows.map((row) => [row.external_id, row]));
  };
  await expect.poll(async () => Object.keys(await told())).toHaveLength(2);
  const { status } = whatsapp;
  await whatsapp.post([status(greeting!.id, 'read'), status(greeting!.id, 'delivered'), status(greeting!.id, 'sent')]);
  await whatsapp.post([
    status(answer!.id, 'failed', [{ code: 131047, title: 'Re-engagement message' }]),
    status(answer!.id, 'sent'),
    status('wamid.later', 'delivered'),
  ]);
  expect((await told())[greeting!.id]).toMatchObject({ status: 'read' });
  expect((await told())[answer!.id]).toMatchObject({ status: 'failed', error: '131047 Re-engagement message' });
  expect((await told())['wamid.later']).toMatchObject({ status: 'delivered', activity_id: null });
});

test('too fast is tried again, undeliverable is a dead letter, a cut after acceptance repeats one message at most', async () => {
  await begin();
  const anna = whatsapp.citizen(ANNA);
  whatsapp.faults.push({ kind: 'error', status: 400, code: 131056 }, { kind: 'error', status: 503, code: 2 });
  await anna.say('uno');
  await expect.poll(() => anna.texts()).toEqual(['Ciao, sono un sistema automatico.', 'Eco: uno (1)']);
  whatsapp.faults.push({ kind: 'cut' });
  await anna.say('tre');
  await expect.poll(() => anna.texts().filter((text) => text.startsWith('Eco: tre'))).toHaveLength(2);
  whatsapp.faults.push({ kind: 'error', status: 400, code: 131026 });
  await anna.say('cinque');
  await expect.poll(() => running.line.listDeadLetters()).toMatchObject([{ box: 'outbox', channel: 'whatsapp', error: '131026 stand-in' }]);
});

test('a place, a photo, a voice message; a reaction is nothing', async () => {
  const heard: unknown[] = [];
  await begin({
    chooseSpeaker:
      (message) =>
      async (_one, { state }) => {
        if (message.kind === 'text') heard.push([message.text, message.value, message.attachments.length]);
        return { state, replies: [reply('Bene', message.kind === 'text' ? { outcome: 'dialog', answerId: randomUUID() } : undefined)] };
      },
  });
  const anna = whatsapp.citizen(ANNA);
  whatsapp.files.set('m1', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1]));
  await anna.said({ type: 'location', location: { latitude: 45.0703, longitude: 7.6869 } });
  await anna.said({ type: 'image', image: { id: 'm1', mime_type: 'image/jpeg', caption: 'buca' } });
  await anna.said({ type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } });
  await anna.said({ type: 'audio', audio: { id: 'm2', voice: true } });
  await expect
    .poll(() => heard)
    .toEqual([
      ['45.070300, 7.686900', { native: 'place' }, 0],
      ['buca', { native: 'file' }, 1],
      ['[messaggio vocale]', { unreadable: 'voice' }, 0],
    ]);
  await expect
    .poll(() => running.database.read.selectFrom('upload').select(['content_type', 'bytes']).execute())
    .toEqual([{ content_type: 'image/jpeg', bytes: 5 }]);
});

test('the stand-in refuses what Meta refuses', () => {
  const button = (title: string) => ({ type: 'reply', reply: { id: title, title } });
  const buttons = (...titles: string[]) =>
    readMessage({ type: 'interactive', interactive: { type: 'button', body: { text: 'x' }, action: { buttons: titles.map(button) } } });
  expect(buttons('a', 'b', 'c', 'd')).toHaveProperty('wrong');
  expect(buttons('un titolo di troppe lettere')).toHaveProperty('wrong');
  expect(buttons('a', 'b')).not.toHaveProperty('wrong');
  expect(readMessage({ type: 'text', text: { body: 'x'.repeat(4097) } })).toHaveProperty('wrong');
});
