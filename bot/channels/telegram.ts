/** Plug: Telegram. A webhook where the server has a public address, long polling where it has none; replies go through the outbox. */
import { Api, GrammyError, InputFile } from 'grammy';
import { z } from 'zod';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import { createLinks } from '../citizens/link.ts';
import { collect } from '../http/body.ts';
import { createLimit } from '../http/limits.ts';
import { Refusal, type RouteRequest } from '../http/route.ts';
import type { Channel, ChannelParts } from './contract.ts';
import { createAddresses } from './pushed/addresses.ts';
import { keepTrying } from './pushed/keep-trying.ts';
import { createMedia } from './pushed/media.ts';
import { createReceipts } from './pushed/receipts.ts';
import { createReceive } from './pushed/receive.ts';
import { sameSecret } from './pushed/secret.ts';
import { createSend } from './pushed/send.ts';
import { poll } from './telegram/poll.ts';
import { messagesOf, type TelegramSent } from './telegram/render.ts';
import { readUpdate, telegramUpdate, UPDATES } from './telegram/update.ts';

export const settings = z.object({
  TELEGRAM_TOKEN: z.string('the token that @BotFather gave').describe('Token of the bot, from @BotFather. Needed with CHANNELS=telegram.'),
  TELEGRAM_SECRET: z
    .string()
    .regex(/^[\w-]{0,256}$/, 'at most 256 letters, digits, _ and -')
    .default('')
    .describe('Secret that Telegram repeats with every update; empty = the server makes one.'),
  TELEGRAM_API_ROOT: z
    .url({ protocol: /^https?$/ })
    .default('https://api.telegram.org')
    .describe('Address of Telegram’s Bot API, or of a stand-in.'),
});

const NAME = 'telegram';
const WEBHOOK = '/webhooks/telegram';
const SECONDS = 20;
/** Ten megabytes over a slow line. */
const FILE_SECONDS = 60;
const COMMANDS = [
  { command: 'start', description: 'Comincia' },
  { command: 'persona', description: 'Parla con una persona' },
  { command: 'annulla', description: 'Lascia quello che stavi facendo' },
  { command: 'continua_sul_sito', description: 'Continua questa conversazione sul sito' },
  { command: 'scollega', description: 'Separa questa chat dalle altre' },
];

export default async function open(parts: ChannelParts, own: unknown): Promise<Channel> {
  const { TELEGRAM_TOKEN: token, TELEGRAM_SECRET, TELEGRAM_API_ROOT: apiRoot } = own as z.infer<typeof settings>;
  const { line, database, log } = parts;
  const now = parts.now ?? Date.now;
  const secret = TELEGRAM_SECRET || (await keptSecret(database, NAME)).toString('base64url');
  const api = new Api(token, { apiRoot, timeoutSeconds: SECONDS });
  const filesApi = new Api(token, { apiRoot, timeoutSeconds: FILE_SECONDS });
  const addresses = createAddresses({ database, line, channel: NAME });
  const media = createMedia({ database, dataDir: parts.dataDir, channel: NAME, log, fetchFile });
  const receive = createReceive({ database, line, channel: NAME, addresses, media, links: createLinks({ database, now }), now });
  const limit = createLimit(parts.limits.messagesPerMinute, 60);
  const tellOnce = createLimit(1, 60);
  const ended = new AbortController();
  let polling: Promise<void> | undefined;
  let botName: string | null = null;

  line.sendThrough(
    NAME,
    createSend({
      addresses,
      receipts: createReceipts({ database, channel: NAME, now }),
      render: (outgoing) => messagesOf(outgoing, parts.documents),
      async post(address, message) {
        const sent = await post(Number(address), message);
        // Message ids are counted in each chat.
        return `${address}:${sent.message_id}`;
      },
      instead: (message) => (message.kind === 'text' ? null : message.instead),
      async judge(error, address) {
        if (!(error instanceof GrammyError)) return { kind: 'retry', error: error instanceof Error ? error.message : String(error) };
        const { error_code: code, description, parameters } = error;
        if (code === 429) return { kind: 'retry', error: description, afterMs: (parameters.retry_after ?? 1) * 1000 };
        if (code === 403) await addresses.setBlocked(address, new Date(now()).toISOString());
        // 413: a file too large for this server of the Bot API.
        return code === 403 || code === 400 || code === 413 ? { kind: 'dead', error: description } : { kind: 'retry', error: description };
      },
    }),
  );

  function post(chat: number, message: TelegramSent): Promise<{ message_id: number }> {
    if (message.kind === 'text') {
      return api.sendMessage(chat, message.text, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(message.keyboard.length > 0 ? { reply_markup: { inline_keyboard: message.keyboard } } : {}),
      });
    }
    const file = new InputFile(message.content, message.name);
    const about = message.caption ? { caption: message.caption, parse_mode: 'HTML' as const } : {};
    return message.kind === 'photo' ? filesApi.sendPhoto(chat, file, about) : filesApi.sendDocument(chat, file, about);
  }

  async function fetchFile(reference: string): Promise<Uint8Array | null> {
    const { file_path: path } = await api.getFile(reference).catch((error: unknown) => {
      if (error instanceof GrammyError && error.error_code === 400) return { file_path: undefined };
      throw error;
    });
    if (!path) return null;
    const reply = await fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: AbortSignal.timeout(SECONDS * 1000) });
    if (reply.status === 404) return null;
    if (!reply.ok) throw new Error(`Telegram gives no file: ${reply.status}`);
    return new Uint8Array(await reply.arrayBuffer());
  }

  /** Small courtesies that nothing depends on. */
  const aside = (work: Promise<unknown>): void => void work.catch((error: unknown) => log.warn({ error }, 'Telegram took no courtesy'));

  /** Resolves once the update is durable, or is none of ours. */
  async function take(update: unknown, origin: string): Promise<void> {
    const parsed = telegramUpdate.safeParse(update);
    if (!parsed.success) return log.warn({ issue: parsed.error.issues[0]?.path.join('.') }, 'an update of Telegram is not as expected');
    const read = readUpdate(parsed.data);
    if (read.kind === 'nothing') return;
    if (read.kind === 'blocked') return addresses.setBlocked(read.address, read.blocked ? new Date(now()).toISOString() : null);
    const { incoming, callbackId } = read;
    try {
      await limit(incoming.address);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // Taken and left: refused, Telegram would send it again and again.
      aside(tellOnce(incoming.address).then(() => api.sendMessage(Number(incoming.address), refusal.message)));
      return;
    }
    const received = await receive(incoming, origin);
    if (!callbackId) return;
    const expired = { text: 'Questo pulsante non è più valido: scrivi con parole tue che cosa ti serve.', show_alert: true };
    aside(api.answerCallbackQuery(callbackId, received === 'expired' ? expired : {}));
  }

  async function webhook(request: RouteRequest) {
    if (!sameSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) throw new Refusal(401, 'BadSecret', 'Wrong secret.');
    let update: unknown;
    try {
      update = JSON.parse((await collect(request.raw)).toString('utf8'));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal(400, 'BadArgument', 'The body is not valid JSON.');
    }
    await take(update, request.origin);
    return { status: 200, body: {} };
  }

  const origin = parts.publicUrl.replace(/\/+$/, '');

  async function begin(): Promise<void> {
    botName = (await api.getMe()).username;
    if (origin) {
      await api.setWebhook(`${origin}${WEBHOOK}`, { secret_token: secret, allowed_updates: [...UPDATES] });
      log.info({}, 'Telegram sends updates to the webhook');
    } else {
      await api.deleteWebhook();
      polling = poll({ api, take: (update) => take(update, ''), signal: ended.signal, log });
      log.info({}, 'Telegram is asked for updates');
    }
    aside(api.setMyCommands(COMMANDS));
  }

  return {
    name: NAME,
    routes: [
      {
        method: 'post',
        path: WEBHOOK,
        permission: 'service',
        summary: 'Updates from Telegram, with its secret',
        body: 'raw',
        handle: webhook,
      },
    ],
    linkTo: (code) => (botName ? `https://t.me/${botName}?start=${code}` : null),
    async start() {
      media.fetchAll();
      void keepTrying(begin, ended.signal, (error) => log.warn({ error }, 'Telegram is away'));
    },
    async stop() {
      ended.abort();
      await polling;
      await media.stop();
    },
  };
}
