/** Two telephones to try the chat channels without accounts: stand-ins of Telegram and WhatsApp, a page to write in them, and this server beside them. */
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { ACCOUNT, startWhatsapp } from '../bot/channels/fixtures/whatsapp-service.ts';
import { readHtml, startTelegram, TOKEN } from '../bot/channels/fixtures/telegram-service.ts';
import { readEnvironment } from '../bot/environment.ts';
import { coreSettings } from '../bot/settings.ts';
import { PAGE } from './stand-ins/page.ts';

const TELEPHONES = 3979;
/** A white dot, so that a photo can be sent. */
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');
const PLACE = { latitude: 45.0703, longitude: 7.6869 };

interface Shown {
  own: boolean;
  text: string;
  choices: string[];
  /** Where the page gets the file of the message; null = there is none. */
  file: { name: string; url: string } | null;
}
interface Act {
  kind: 'text' | 'press' | 'place' | 'photo' | 'voice';
  text?: string;
  title?: string;
}

const environment = readEnvironment();
const port = coreSettings.shape.PORT.parse(environment['PORT']);
const telegram = await startTelegram();
const whatsapp = await startWhatsapp();
whatsapp.register(`http://127.0.0.1:${port}/webhooks/whatsapp`);
telegram.files.set('foto', PHOTO);
whatsapp.files.set('foto', PHOTO);
const anna = { telegram: telegram.citizen(1001), whatsapp: whatsapp.citizen('393330001001') };
const own: Record<string, { after: number; text: string }[]> = { telegram: [], whatsapp: [] };
const told = new Set<string>();

/** A pasted link does what a tap on it would. */
const tapped = (text: string): string => {
  const start = /t\.me\/\w+\?start=([\w-]+)/.exec(text)?.[1];
  if (start) return `/start ${start}`;
  const said = /wa\.me\/\d+\?text=(\S+)/.exec(text)?.[1];
  return said ? decodeURIComponent(said) : text;
};

async function act(channel: 'telegram' | 'whatsapp', { kind, text = '', title = '' }: Act): Promise<void> {
  const words = { text: tapped(text), press: title, place: '[posizione]', photo: '[foto]', voice: '[vocale]' }[kind];
  own[channel]?.push({ after: anna[channel].got().length, text: words });
  if (kind === 'press') return void (await anna[channel].press(title));
  if (kind === 'text') return void (await anna[channel].say(words));
  if (channel === 'telegram') {
    const sent = { place: { location: PLACE }, photo: { photo: [{ file_id: 'foto' }] }, voice: { voice: { file_id: 'v', duration: 2 } } }[
      kind
    ];
    return void (await anna.telegram.said(sent as never));
  }
  const sent = {
    place: { type: 'location', location: PLACE },
    photo: { type: 'image', image: { id: 'foto', mime_type: 'image/png' } },
    voice: { type: 'audio', audio: { id: 'v', voice: true } },
  }[kind];
  await anna.whatsapp.said(sent);
}

/** What was written and what was answered, in order. Looking at it is what WhatsApp calls reading. */
async function chat(channel: 'telegram' | 'whatsapp'): Promise<Shown[]> {
  const got: Shown[] =
    channel === 'telegram'
      ? anna.telegram.got().map(({ text, buttons, file }, at) => ({
          own: false,
          text: withLinks(text),
          choices: buttons.map(({ text }) => text),
          file: file ? { name: file.name, url: `/file/telegram/${at}` } : null,
        }))
      : anna.whatsapp.got().map(({ text, choices, file }, at) => ({
          own: false,
          text,
          choices: choices.map(({ title, description }) => description ?? title),
          file: file ? { name: file.name, url: `/file/whatsapp/${at}` } : null,
        }));
  if (channel === 'whatsapp')
    for (const { id } of anna.whatsapp.got().filter((one) => !told.has(one.id))) {
      told.add(id);
      await whatsapp.post([whatsapp.status(id, 'delivered'), whatsapp.status(id, 'read')]);
    }
  const mine = own[channel] ?? [];
  return Array.from({ length: got.length + 1 }, (_, at) => [
    ...mine.filter(({ after }) => after === at).map(({ text }) => ({ own: true, text, choices: [], file: null })),
    ...got.slice(at, at + 1),
  ]).flat();
}

/** Telegram's HTML as words, addresses in sight. */
const withLinks = (text: string): string =>
  (readHtml(text.replaceAll(/<a href="([^"]*)">([^<]*)<\/a>/g, '$2: $1')) as { plain?: string }).plain ?? text;

async function jsonOf(request: IncomingMessage): Promise<Act> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Act;
}

createServer((request, response) => {
  const [, what, channel, at] = (request.url ?? '/').split('/');
  const give = (type: string, body: string) => {
    response.setHeader('content-type', type);
    response.end(body);
  };
  const download = (from: 'telegram' | 'whatsapp', at: number) => {
    const file = anna[from].got()[at]?.file;
    response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file?.name ?? '')}`);
    response.statusCode = file ? 200 : 404;
    response.end(file?.content);
  };
  const work = async (): Promise<void> => {
    if (channel !== 'telegram' && channel !== 'whatsapp') return give('text/html; charset=utf-8', PAGE);
    if (what === 'act' && request.method === 'POST') await act(channel, await jsonOf(request));
    if (what === 'file') return download(channel, Number(at));
    give('application/json', JSON.stringify(what === 'chat' ? await chat(channel) : {}));
  };
  work().catch((error: unknown) => {
    response.statusCode = 502;
    give('text/plain; charset=utf-8', error instanceof Error ? error.message : 'failed');
  });
}).listen(TELEPHONES, '127.0.0.1', () => console.error(`Telefoni di prova: http://127.0.0.1:${TELEPHONES}`));

const server = spawn(process.execPath, [path.resolve(import.meta.dirname, '../bot/main.ts')], {
  stdio: 'inherit',
  env: {
    ...environment,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    CHANNELS: 'web,telegram,whatsapp',
    TELEGRAM_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.root,
    ...ACCOUNT,
    WHATSAPP_API_ROOT: whatsapp.root,
  },
});
server.once('exit', (code) => process.exit(code ?? 1));
process.once('SIGINT', () => server.kill('SIGINT')).once('SIGTERM', () => server.kill('SIGTERM'));
