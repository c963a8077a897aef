/** Plug: WhatsApp over Meta's Cloud API. A signed webhook in, replies through the outbox, within the 24 hours after a citizen's last message. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Writer } from '../../connectors/databases/contract.ts';
import { createLinks } from '../citizens/link.ts';
import { collect } from '../http/body.ts';
import { createLimit } from '../http/limits.ts';
import { Refusal, type RouteReply, type RouteRequest } from '../http/route.ts';
import type { Channel, ChannelParts } from './contract.ts';
import { createAddresses } from './pushed/addresses.ts';
import { lastChoices } from './pushed/choices.ts';
import { createMedia } from './pushed/media.ts';
import { createReceipts } from './pushed/receipts.ts';
import { createReceive, type Incoming } from './pushed/receive.ts';
import { sameSecret } from './pushed/secret.ts';
import { createSend } from './pushed/send.ts';
import { createGraph, GraphError } from './whatsapp/graph.ts';
import { linkInstead } from './whatsapp/refused-later.ts';
import { areNumbered, fileMessage, messagesOf, renderTemplate, type WhatsappSent } from './whatsapp/render.ts';
import { readEvent, whatsappEvent } from './whatsapp/webhook.ts';

export const settings = z.object({
  WHATSAPP_TOKEN: z.string('the access token of a system user').describe('Access token of the Cloud API. Needed with CHANNELS=whatsapp.'),
  WHATSAPP_PHONE_ID: z
    .string('the id of the telephone number')
    .describe('Phone number id (not the number). Needed with CHANNELS=whatsapp.'),
  WHATSAPP_APP_SECRET: z.string('the app’s secret').describe('App secret: signs what Meta posts. Needed with CHANNELS=whatsapp.'),
  WHATSAPP_VERIFY_TOKEN: z
    .string('a word of your own')
    .describe('Word of your own that Meta repeats when you register the webhook. Needed with CHANNELS=whatsapp.'),
  WHATSAPP_NUMBER: z
    .string()
    .regex(/^\d{0,20}$/, 'digits only, with the country code')
    .default('')
    .describe('The number citizens write to, digits only, e.g. 390110000000: for links from the website; empty = no links.'),
  WHATSAPP_TEMPLATE: z
    .string()
    .default('')
    .describe('Approved template with one variable, for replies after the 24 hours; empty = they become dead letters.'),
  WHATSAPP_API_ROOT: z
    .url({ protocol: /^https?$/ })
    .default('https://graph.facebook.com')
    .describe('Address of the Graph API, or of a stand-in.'),
});

const NAME = 'whatsapp';
const WEBHOOK = '/webhooks/whatsapp';
const WINDOW_MS = 24 * 3_600_000;
const BATCH_BYTES = 3 * 1024 * 1024;
/** Too fast, for the account or for this citizen; or Meta is ailing. Everything else that is 4xx will not get better. */
const LATER = [1, 2, 4, 190, 80007, 130429, 131000, 131016, 131048, 131056, 133004];

class OutsideWindow extends Error {}

export default async function open(parts: ChannelParts, own: unknown): Promise<Channel> {
  const set = own as z.infer<typeof settings>;
  const { line, database, log } = parts;
  const now = parts.now ?? Date.now;
  const graph = createGraph({ root: set.WHATSAPP_API_ROOT, token: set.WHATSAPP_TOKEN, phoneId: set.WHATSAPP_PHONE_ID });
  const addresses = createAddresses({ database, line, channel: NAME });
  const receipts = createReceipts({ database, channel: NAME, now });
  const media = createMedia({ database, dataDir: parts.dataDir, channel: NAME, log, fetchFile: graph.fetchFile });
  const receive = createReceive({
    database,
    line,
    channel: NAME,
    addresses,
    media,
    links: createLinks({ database, now }),
    now,
    also: widenWindow,
    read: numberAsChoice,
  });
  const limit = createLimit(parts.limits.messagesPerMinute, 60);

  async function widenWindow(tx: Writer, address: string, at: string): Promise<void> {
    const until = new Date(Date.parse(at) + WINDOW_MS).toISOString();
    await tx
      .updateTable('channel_address')
      .set({ window_until: until })
      .where('channel', '=', NAME)
      .where('address', '=', address)
      .where((eb) => eb.or([eb('window_until', 'is', null), eb('window_until', '<', until)]))
      .execute();
  }

  async function numberAsChoice(text: string, conversationId: string): Promise<string> {
    if (!/^\d{1,2}\.?$/.test(text)) return text;
    const choices = await lastChoices(database, conversationId);
    return areNumbered(choices) ? (choices[Number.parseInt(text, 10) - 1] ?? text) : text;
  }

  line.sendThrough(
    NAME,
    createSend({
      addresses,
      receipts,
      async render(outgoing, address): Promise<(WhatsappSent | null)[]> {
        const until = await addresses.windowOf(address);
        const isOpen = until !== null && until > new Date(now()).toISOString();
        if (isOpen) return messagesOf(outgoing, parts.documents);
        return [set.WHATSAPP_TEMPLATE ? { message: renderTemplate(outgoing, set.WHATSAPP_TEMPLATE) } : null];
      },
      async post(address, sent) {
        if (!sent) throw new OutsideWindow('more than 24 hours since the citizen’s last message, and no template is set');
        return graph.send(address, 'file' in sent ? fileMessage(sent.file, await graph.upload(sent.file)) : sent.message);
      },
      instead: (sent) => (sent && 'file' in sent ? { message: sent.file.instead } : null),
      async judge(error) {
        const said = error instanceof Error ? error.message : String(error);
        if (error instanceof OutsideWindow) return { kind: 'dead', error: said };
        if (!(error instanceof GraphError)) return { kind: 'retry', error: said };
        const { status, code, retryAfterMs } = error;
        if (status === 429 || status >= 500 || status === 401 || LATER.includes(code))
          return { kind: 'retry', error: said, ...(retryAfterMs ? { afterMs: retryAfterMs } : {}) };
        return { kind: 'dead', error: said };
      },
    }),
  );

  async function verify({ query }: RouteRequest): Promise<RouteReply> {
    const challenge = query.get('hub.challenge') ?? '';
    if (query.get('hub.mode') !== 'subscribe' || !sameSecret(query.get('hub.verify_token') ?? undefined, set.WHATSAPP_VERIFY_TOKEN))
      throw new Refusal(403, 'BadSecret', 'Wrong verify token.');
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
      body: challenge.slice(0, 200),
    };
  }

  async function takeOne(incoming: Incoming, origin: string): Promise<void> {
    try {
      await limit(incoming.address);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // Taken and left: refused, Meta would send it again for days.
      return log.warn({ channel: NAME }, 'a citizen writes too much; a message was left');
    }
    const { said } = incoming;
    const received = await receive(incoming, origin);
    // Its reply is gone; the words on the button are still what the citizen meant.
    if (received === 'expired' && said.kind === 'choice' && said.title)
      await receive({ ...incoming, said: { kind: 'text', text: said.title } }, origin);
  }

  async function webhook(request: RouteRequest): Promise<RouteReply> {
    // Over the bytes as they came: written anew, accents and emoji may differ.
    const bytes = await collect(request.raw, BATCH_BYTES);
    const signature = `sha256=${createHmac('sha256', set.WHATSAPP_APP_SECRET).update(bytes).digest('hex')}`;
    if (!sameSecret(request.headers['x-hub-signature-256'], signature)) throw new Refusal(401, 'BadSignature', 'Wrong signature.');
    const parsed = whatsappEvent.safeParse(parse(bytes));
    if (!parsed.success) throw new Refusal(400, 'BadArgument', 'The body is not as expected.');
    const { said, told, odd } = readEvent(parsed.data, set.WHATSAPP_PHONE_ID);
    if (odd > 0) log.warn({ channel: NAME, odd }, 'parts of an event are not as expected');
    for (const incoming of said) await takeOne(incoming, request.origin);
    await Promise.all(told.map(({ externalId, status, at, error }) => receipts.told(externalId, status, at, error)));
    for (const { externalId, status, error = '' } of told) {
      const conversationId = status === 'failed' ? await linkInstead({ database, channel: NAME, now }, externalId, error) : null;
      if (conversationId) line.delivery.kick(conversationId);
    }
    return { status: 200, body: {} };
  }

  return {
    name: NAME,
    routes: [
      { method: 'get', path: WEBHOOK, permission: 'service', summary: 'Meta checks the webhook', handle: verify },
      {
        method: 'post',
        path: WEBHOOK,
        permission: 'service',
        summary: 'Messages and statuses from Meta, signed',
        body: 'raw',
        handle: webhook,
      },
    ],
    linkTo: (code) => (set.WHATSAPP_NUMBER ? `https://wa.me/${set.WHATSAPP_NUMBER}?text=${encodeURIComponent(`collega ${code}`)}` : null),
    async start() {
      media.fetchAll();
    },
    stop: () => media.stop(),
  };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refusal(400, 'BadArgument', 'The body is not valid JSON.');
  }
}
