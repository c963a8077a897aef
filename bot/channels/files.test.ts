/** Files in replies go out as the chat's own: in order with the words, once for each message that a fault or a restart finds in flight, as a link where the chat refuses them. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { reply } from '../conversation/fixtures/small-speaker.ts';
import type { ChooseSpeaker } from '../conversation/speaker.ts';
import type { Reply } from '../message.ts';
import { type RunningChannel, startChannel } from './fixtures/start-channel.ts';
import { startTelegram, type TelegramService, TOKEN } from './fixtures/telegram-service.ts';
import { ACCOUNT, startWhatsapp, type WhatsappService } from './fixtures/whatsapp-service.ts';
import openTelegram from './telegram.ts';
import openWhatsapp from './whatsapp.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');
const PDF = Buffer.from('%PDF-1.7\nprova\n%%EOF');
const ICS = Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
const files = {
  'piazza.png': { contentType: 'image/png', content: PNG },
  'ricevuta.pdf': { contentType: 'application/pdf', content: PDF },
  'appuntamento.ics': { contentType: 'text/calendar; charset=utf-8', content: ICS },
  'modulo.odt': { contentType: 'application/vnd.oasis.opendocument.text', content: PDF },
  'enorme.png': { contentType: 'image/png', content: Buffer.concat([PNG, Buffer.alloc(6 * 2 ** 20)]) },
};
const link = (name: string, title = name) => `[${title}](/attachments/${name}?key=x)`;
const LONG = 'Una frase che basta a riempire la pagina. '.repeat(60).trim();

/** Says to each text what stands under it. */
const saying =
  (said: Record<string, Partial<Reply>>): ChooseSpeaker =>
  (message) =>
  async (_message, { state }) => ({
    state,
    replies: [
      message.kind === 'text' ? { ...reply('', { outcome: 'dialog', answerId: randomUUID() }), ...said[message.text] } : reply('Ciao.'),
    ],
  });
const agent = { speaker: 'agent' as const, speakerName: 'Anna Neri' };
const SAID: Record<string, Partial<Reply>> = {
  foto: { ...agent, text: link('piazza.png') },
  due: { ...agent, text: `${link('ricevuta.pdf')}\n\n${link('piazza.png')}` },
  ricevuta: { text: `Richiesta inviata: **numero 7**.\n\n${link('ricevuta.pdf', 'Scarica la ricevuta')}` },
  appuntamento: {
    text: `Prenotato.\n\n${link('appuntamento.ics', 'Aggiungi al calendario')}\n\nConserva il codice.`,
    choices: [{ title: 'Sposta', value: 'sposta' }],
  },
  lungo: { text: `${LONG}\n\n${link('ricevuta.pdf')}` },
  odt: { text: link('modulo.odt', 'Il modulo') },
  enorme: { text: link('enorme.png', 'La foto') },
  sparito: { text: `Ecco.\n\n${link('sparito.pdf', 'La ricevuta')}` },
  frase: { text: `Leggi ${link('ricevuta.pdf', 'la ricevuta')} quando vuoi.` },
};

let running: RunningChannel | undefined;
let telegram: TelegramService | undefined;
let whatsapp: WhatsappService | undefined;
afterEach(async () => {
  await running?.stop();
  await telegram?.stop();
  await whatsapp?.stop();
  running = telegram = whatsapp = undefined;
});

describe('on Telegram', () => {
  const settings = () => ({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_SECRET: 's', TELEGRAM_API_ROOT: telegram?.root ?? '' });
  async function anna(options: Parameters<typeof startChannel>[2] = {}) {
    telegram ??= await startTelegram();
    running = await startChannel(openTelegram, settings(), { isPublic: true, chooseSpeaker: saying(SAID), files, ...options });
    if (options.isPublic ?? true) await expect.poll(() => telegram?.webhook()?.url).toBe(`${running.origin}/webhooks/telegram`);
    const one = telegram.citizen(7);
    const got = () =>
      one
        .got()
        .slice(1)
        .map(({ plain, file, buttons }) => [file ? `${file.kind} ${file.name}` : 'text', plain, ...buttons.map(({ text }) => text)]);
    return { one, got };
  }

  test('a picture is a photo, a receipt and an appointment are documents: words first, files after, in order', async () => {
    const { one, got } = await anna();
    for (const text of ['foto', 'due', 'ricevuta', 'appuntamento', 'lungo']) await one.say(text);
    await expect.poll(got).toEqual([
      ['photo piazza.png', 'Anna Neri'],
      ['document ricevuta.pdf', 'Anna Neri'],
      ['photo piazza.png', ''],
      ['document ricevuta.pdf', 'Richiesta inviata: numero 7.'],
      ['text', 'Prenotato.\n\nConserva il codice.', 'Sposta'],
      ['document appuntamento.ics', ''],
      ['text', LONG],
      ['document ricevuta.pdf', ''],
    ]);
    expect(Buffer.from(one.got().find(({ file }) => file?.name === 'ricevuta.pdf')?.file?.content ?? [])).toEqual(PDF);
    expect(telegram?.refused).toEqual([]);
  });

  test('refused as a photo it is a document, refused as that a link; gone it is a link; inside a sentence it stays one', async () => {
    const { one, got } = await anna();
    await one.say('frase');
    await expect.poll(got).toHaveLength(1);
    telegram?.faults.push({ kind: 'no-photo' });
    await one.say('foto');
    await expect.poll(got).toHaveLength(2);
    telegram?.faults.push({ kind: '400' }, { kind: '400' });
    await one.say('foto');
    await expect.poll(got).toHaveLength(3);
    await one.say('sparito');
    await expect.poll(got).toEqual([
      ['text', 'Leggi la ricevuta quando vuoi.'],
      ['document piazza.png', 'Anna Neri'],
      ['text', 'Anna Neri\npiazza.png'],
      ['text', 'Ecco.\n\nLa ricevuta'],
    ]);
    expect(one.got()[3]?.text).toContain(`<a href="${running?.origin}/attachments/piazza.png?key=x">piazza.png</a>`);
    expect(await running?.line.listDeadLetters()).toEqual([]);
  });

  test('without an address of our own a file that is refused is said to be', async () => {
    const { one, got } = await anna({ isPublic: false });
    await one.say('frase');
    await expect.poll(got).toHaveLength(1);
    telegram?.faults.push({ kind: '400' });
    await one.say('odt');
    await expect.poll(() => got().at(-1)).toEqual(['text', 'Non è stato possibile inviare qui il file «Il modulo».']);
  });

  test('too fast, ailing: the same file once; cut after acceptance: at most once more, and nothing that was sent before it', async () => {
    const { one, got } = await anna();
    await one.say('frase');
    await expect.poll(got).toHaveLength(1);
    telegram?.faults.push({ kind: '429', retryAfter: 1 }, { kind: '500' });
    await one.say('due');
    await expect.poll(got).toHaveLength(3);
    expect(
      got()
        .slice(1)
        .map(([what]) => what),
    ).toEqual(['document ricevuta.pdf', 'photo piazza.png']);
    await one.say('lungo');
    await expect.poll(got).toHaveLength(5);
    telegram?.faults.push({ kind: 'cut' });
    await one.say('ricevuta');
    await expect.poll(got).toHaveLength(7);
    expect(got().slice(5)).toEqual([
      ['document ricevuta.pdf', 'Richiesta inviata: numero 7.'],
      ['document ricevuta.pdf', 'Richiesta inviata: numero 7.'],
    ]);
  });

  test('a server that ends between the words and the file sends the file alone', async () => {
    const { one, got } = await anna();
    await one.say('frase');
    await expect.poll(got).toHaveLength(1);
    const taken = telegram?.taken() ?? 0;
    // The words go through, the file does not for as long as this server lives.
    const watching = setInterval(
      () => (telegram?.taken() ?? 0) > taken && telegram?.faults.length === 0 && telegram.faults.push({ kind: '429', retryAfter: 30 }),
      1,
    );
    await one.say('lungo');
    await expect.poll(got).toHaveLength(2);
    await expect.poll(() => telegram?.called.at(-1)).toBe('sendDocument');
    clearInterval(watching);
    const { dataDir, port } = running as RunningChannel;
    await running?.stop();
    telegram?.faults.splice(0);
    // Half a minute later.
    await anna({ dataDir, port, now: () => Date.now() + 60_000 });
    await expect.poll(got).toHaveLength(3);
    expect(got().slice(1)).toEqual([
      ['text', LONG],
      ['document ricevuta.pdf', ''],
    ]);
  });
});

describe('on WhatsApp', () => {
  async function anna(options: Parameters<typeof startChannel>[2] = {}) {
    whatsapp ??= await startWhatsapp();
    const settings = { ...ACCOUNT, WHATSAPP_TEMPLATE: '', WHATSAPP_API_ROOT: whatsapp.root };
    running = await startChannel(openWhatsapp, settings, { isPublic: true, chooseSpeaker: saying(SAID), files, ...options });
    whatsapp.register(`${running.origin}/webhooks/whatsapp`);
    const one = whatsapp.citizen('393331112233');
    const got = () =>
      one
        .got()
        .slice(1)
        .map(({ type, text, file, raw }) => [
          file ? `${type} ${(raw['document'] as { filename?: string })?.filename ?? ''} ${file.contentType}` : type,
          text,
        ]);
    return { one, got };
  }

  test('a picture is an image, a receipt a document; a calendar file goes with its link; what Meta takes not is a link', async () => {
    const { one, got } = await anna();
    const link = (name: string) => `${running?.origin}/attachments/${name}?key=x`;
    for (const text of ['foto', 'due', 'ricevuta', 'appuntamento', 'lungo', 'odt', 'enorme', 'sparito']) await one.say(text);
    await expect.poll(got).toEqual([
      ['image  image/png', '*Anna Neri*'],
      ['document ricevuta.pdf application/pdf', '*Anna Neri*'],
      ['image  image/png', ''],
      ['document ricevuta.pdf application/pdf', 'Richiesta inviata: *numero 7*.'],
      ['interactive', 'Prenotato.\n\nConserva il codice.'],
      ['document appuntamento.ics text/plain', `Aggiungi al calendario: ${link('appuntamento.ics')}`],
      ['text', LONG],
      ['document ricevuta.pdf application/pdf', ''],
      ['text', `Il modulo: ${link('modulo.odt')}`],
      ['text', `La foto: ${link('enorme.png')}`],
      ['text', `Ecco.\n\nLa ricevuta: ${link('sparito.pdf')}`],
    ]);
    expect(whatsapp?.refused).toEqual([]);
    expect(Buffer.from(one.got().find(({ type }) => type === 'image')?.file?.content ?? [])).toEqual(PNG);
  });

  test('an upload or a message that is refused is a link; too fast and ailing are waited for; a cut upload sends nothing twice', async () => {
    const { one, got } = await anna();
    await one.say('frase');
    await expect.poll(got).toHaveLength(1);
    whatsapp?.uploadFaults.push({ kind: 'error', status: 400, code: 131053 });
    await one.say('foto');
    await expect.poll(got).toHaveLength(2);
    expect(got()[1]).toEqual(['text', `*Anna Neri*\npiazza.png: ${running?.origin}/attachments/piazza.png?key=x`]);
    whatsapp?.faults.push({ kind: 'error', status: 400, code: 131051 });
    await one.say('foto');
    await expect.poll(got).toHaveLength(3);
    expect(got()[2]?.[0]).toBe('text');
    whatsapp?.uploadFaults.push(
      { kind: 'error', status: 429, code: 130429, retryAfter: 1 },
      { kind: 'error', status: 503, code: 2 },
      { kind: 'cut' },
    );
    await one.say('foto');
    await expect.poll(got).toHaveLength(4);
    whatsapp?.faults.push({ kind: 'cut' });
    await one.say('foto');
    await expect.poll(got).toHaveLength(6);
    expect(
      got()
        .slice(3)
        .map(([what]) => what),
    ).toEqual(['image  image/png', 'image  image/png', 'image  image/png']);
  });

  test('a file that Meta took and could not give is a link, once, and no dead letter', async () => {
    const { one, got } = await anna();
    await one.say('ricevuta');
    await expect.poll(got).toHaveLength(1);
    const failed = whatsapp?.status(one.last()?.id ?? '', 'failed', [{ code: 131053, title: 'Media upload error' }]);
    for (let i = 0; i < 3; i++) await whatsapp?.post([failed as object]);
    await expect.poll(got).toHaveLength(2);
    const address = `${running?.origin}/attachments/ricevuta.pdf?key=x`;
    // The words stood under the file and were lost with it.
    expect(got()[1]).toEqual(['text', `Richiesta inviata: *numero 7*.\n\n📎 Scarica la ricevuta: ${address}`]);
    expect(await running?.line.listDeadLetters()).toEqual([]);
    // What is not about a file stays a dead letter.
    await one.say('frase');
    await expect.poll(got).toHaveLength(3);
    await whatsapp?.post([whatsapp.status(one.last()?.id ?? '', 'failed', [{ code: 131026, title: 'Undeliverable' }])]);
    await expect.poll(() => running?.line.listDeadLetters()).toHaveLength(1);
    expect(got()).toHaveLength(3);
    // Words that went before the file have arrived.
    await one.say('lungo');
    await expect.poll(got).toHaveLength(5);
    await whatsapp?.post([whatsapp.status(one.last()?.id ?? '', 'failed', [{ code: 131053, title: 'Media upload error' }])]);
    await expect.poll(got).toHaveLength(6);
    expect(got()[5]).toEqual(['text', `📎 ricevuta.pdf: ${address}`]);
  });
});
