/** Plug: Microsoft Teams over the Bot Framework service. The library checks the service's token; replies go through the outbox. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import type { Writer } from '../../connectors/databases/contract.ts';
import { createLinks } from '../citizens/link.ts';
import { collect } from '../http/body.ts';
import { createLimit } from '../http/limits.ts';
import { Refusal, type RouteReply, type RouteRequest } from '../http/route.ts';
import type { Channel, ChannelParts } from './contract.ts';
import { createAddresses } from './pushed/addresses.ts';
import { createMedia } from './pushed/media.ts';
import { createReceipts } from './pushed/receipts.ts';
import { createReceive } from './pushed/receive.ts';
import { createSend } from './pushed/send.ts';
import { incoming, readActivity, type Reference } from './teams/activity.ts';
import { ConnectorError, createConnector, isService } from './teams/connector.ts';
import { createFetch } from './teams/files.ts';
import { messagesOf } from './teams/render.ts';

export const settings = z.object({
  MicrosoftAppId: z.string('the id of the app registration').min(1).describe('App id of the bot registration. Needed with CHANNELS=teams.'),
  MicrosoftAppPassword: z.string('a secret of the app registration').describe('Client secret of that app. Needed with CHANNELS=teams.'),
  MicrosoftAppTenantId: z.string().default('').describe('Tenant of a single-tenant app; empty = multi-tenant.'),
  MICROSOFT_STAND_IN: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .default('')
    .describe('Address of a stand-in for Microsoft’s sign-in and service, for tests; empty = Microsoft.'),
});

const NAME = 'teams';

export default async function open(parts: ChannelParts, own: unknown): Promise<Channel> {
  const set = own as z.infer<typeof settings>;
  const { line, database, log } = parts;
  const now = parts.now ?? Date.now;
  const standIn = set.MICROSOFT_STAND_IN.replace(/\/+$/, '');
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: set.MicrosoftAppId,
    MicrosoftAppPassword: set.MicrosoftAppPassword,
    MicrosoftAppType: set.MicrosoftAppTenantId ? 'SingleTenant' : 'MultiTenant',
    ...(set.MicrosoftAppTenantId ? { MicrosoftAppTenantId: set.MicrosoftAppTenantId } : {}),
    ...(standIn ? signInOf(standIn) : {}),
  } as never);
  const connector = createConnector({
    appId: set.MicrosoftAppId,
    password: set.MicrosoftAppPassword,
    tokenUrl: standIn
      ? `${standIn}/token`
      : `https://login.microsoftonline.com/${set.MicrosoftAppTenantId || 'botframework.com'}/oauth2/v2.0/token`,
    now,
  });
  const fetchFile = createFetch({
    bearer: connector.bearer,
    mayHaveToken: (url) => isService(url, standIn),
    allow: standIn ? [new URL(standIn).host] : [],
  });
  const addresses = createAddresses({ database, line, channel: NAME });
  const media = createMedia({ database, dataDir: parts.dataDir, channel: NAME, log, fetchFile });
  const links = createLinks({ database, now });
  const limit = createLimit(parts.limits.messagesPerMinute, 60);

  /** Rows of the chat: where the service, whose token was checked, wants to be answered. */
  const remember = (reference: Reference) => async (tx: Writer, address: string) =>
    void (await tx
      .updateTable('channel_address')
      .set({ reference: JSON.stringify(reference) })
      .where('channel', '=', NAME)
      .where('address', '=', address)
      .execute());

  async function referenceOf(address: string): Promise<Reference> {
    const { reference } = await database.read
      .selectFrom('channel_address')
      .select('reference')
      .where('channel', '=', NAME)
      .where('address', '=', address)
      .executeTakeFirstOrThrow();
    return JSON.parse(reference ?? '{}') as Reference;
  }

  line.sendThrough(
    NAME,
    createSend({
      addresses,
      receipts: createReceipts({ database, channel: NAME, now }),
      render: (outgoing) => messagesOf(outgoing, parts.documents),
      instead: ({ instead }) => (instead ? { message: instead } : null),
      async post(address, { message }) {
        const { serviceUrl, bot } = await referenceOf(address);
        const id = await connector.send(serviceUrl, address, { ...message, from: { id: bot }, conversation: { id: address } });
        return `${address}:${id || crypto.randomUUID()}`;
      },
      async judge(error, address) {
        const said = error instanceof Error ? error.message : String(error);
        if (!(error instanceof ConnectorError)) return { kind: 'retry', error: said };
        const { status, retryAfterMs } = error;
        if (status === 403) await addresses.setBlocked(address, new Date(now()).toISOString());
        // 412 and 502 are its ways to say "too fast".
        if ([401, 408, 412, 429].includes(status) || status >= 500)
          return { kind: 'retry', error: said, ...(retryAfterMs ? { afterMs: retryAfterMs } : {}) };
        return { kind: 'dead', error: said };
      },
    }),
  );

  async function webhook(request: RouteRequest): Promise<RouteReply> {
    const authorization = request.headers.authorization ?? '';
    // Without one the library would look no further than whether it may let the caller in.
    if (!authorization) throw new Refusal(401, 'Unauthorized', 'A token of the Bot Framework service is needed.');
    const body = parse(await collect(request.raw));
    await authentication.authenticateRequest(body as never, authorization).catch(() => {
      throw new Refusal(401, 'Unauthorized', 'The token is not valid for this bot.');
    });
    const activity = incoming.safeParse(body);
    if (!activity.success) throw new Refusal(400, 'BadArgument', 'The activity is not as expected.');
    const { serviceUrl, recipient } = activity.data;
    if (!isService(serviceUrl, standIn)) throw new Refusal(403, 'BadService', 'This service is not one that we answer to.');
    const read = readActivity(activity.data);
    if (!read) return { status: 200, body: {} };
    try {
      await limit(read.address);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      log.warn({ channel: NAME }, 'a citizen writes too much; a message was left');
      return { status: 200, body: {} };
    }
    const also = remember({ serviceUrl, bot: recipient?.id ?? '' });
    const receive = createReceive({ database, line, channel: NAME, addresses, media, links, now, also });
    await receive(read, request.origin);
    return { status: 200, body: {} };
  }

  return {
    name: NAME,
    routes: [
      {
        method: 'post',
        path: '/api/messages',
        permission: 'service',
        summary: 'Activities from the Bot Framework service, with its token',
        body: 'raw',
        handle: webhook,
      },
    ],
    async start() {
      media.fetchAll();
    },
    stop: () => media.stop(),
  };
}

const signInOf = (root: string) => ({
  ToBotFromChannelOpenIdMetadataUrl: `${root}/openid`,
  ToBotFromEmulatorOpenIdMetadataUrl: `${root}/openid`,
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  ToChannelFromBotLoginUrl: `${root}/login`,
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  CallerId: 'urn:botframework:azure',
  ValidateAuthority: false,
});

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refusal(400, 'BadArgument', 'The body is not valid JSON.');
  }
}
