/** Direct Line 3.0 as routes. Every one of them checks the token itself; a token opens its own conversation only. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../../connectors/databases/contract.ts';
import { newConversationId } from '../../conversation/conversation-id.ts';
import type { Line } from '../../conversation/line.ts';
import { LinkGone, type Links } from '../../citizens/link.ts';
import { type Keyed, threadCookie } from '../../citizens/thread.ts';
import { readAfter } from '../../conversation/transcript.ts';
import type { Limit } from '../../http/limits.ts';
import { Refusal, type Route, type RouteReply, type RouteRequest } from '../../http/route.ts';
import type { Attachment } from '../../message.ts';
import { incomingActivity } from '../adapter/activity.ts';
import { type PostedActivity, postedActivity, readPosted, userBody } from './incoming.ts';
import { bearerOf, type Claims, TOKEN_LIFE, type Tokens } from './tokens.ts';
import { fileReply, type StoredFile, type Uploads } from './upload.ts';
import { voteMessage } from './vote-message.ts';

const PAGE = 500;
const BASE = '/v3/directline';

export interface DirectLineParts {
  line: Line;
  database: Database;
  tokens: Tokens;
  uploads: Uploads;
  links: Links;
  keyed: Keyed;
  secureOnly: boolean;
  now: () => number;
  limits: { post: Limit; read: Limit; open: Limit };
  /** Shows an activity on the conversation's open sockets without keeping it. */
  flash(conversationId: string, activity: Record<string, unknown>): void;
}

/** Watermarks are sequence numbers; `-` and nonsense mean from the beginning. */
export const seqOf = (watermark: string | null): number => (watermark && /^\d{1,15}$/.test(watermark) ? Number(watermark) : 0);

/** Longest wait for the greeting: a busy server answers without it, and the socket brings it. */
const GREETING_MS = 300;

/** Resolves when the conversation's first entry is committed, or when it has waited long enough. */
function firstEntry(line: Line, conversationId: string): { seen: Promise<void>; forget(): void } {
  let forget = () => {};
  const seen = new Promise<void>((resolve) => {
    const timer = setTimeout(() => forget(), GREETING_MS);
    const stop = line.watch((id) => id === conversationId && forget());
    forget = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
  });
  return { seen, forget: () => forget() };
}

export function directLineRoutes(parts: DirectLineParts): Route[] {
  const { line, database, tokens, limits } = parts;
  const thread = (claims: Claims, origin: string) => threadCookie(parts.keyed, claims, parts.secureOnly || origin.startsWith('https:'));

  function claimsFor(request: RouteRequest): Claims {
    const claims = tokens.verify(bearerOf(request), 'rest');
    if (claims.conversationId !== request.params['id'])
      throw new Refusal(403, 'BadArgument', 'This token belongs to another conversation.');
    return claims;
  }

  async function existing(claims: Claims) {
    const conversation = await line.conversations.get(claims.conversationId);
    if (!conversation) throw new Refusal(404, 'BadArgument', 'This conversation does not exist.');
    if (conversation.citizenId !== claims.userId && !(await isCarriedHere(claims)))
      throw new Refusal(403, 'BadArgument', 'This conversation belongs to another user.');
    return conversation;
  }

  /** The conversation was brought here from another channel, and not taken back. */
  async function isCarriedHere({ conversationId, userId }: Claims): Promise<boolean> {
    const found = await database.read
      .selectFrom('channel_address')
      .select('conversation_id')
      .where('channel', '=', 'web')
      .where('address', '=', userId)
      .executeTakeFirst();
    return found?.conversation_id === conversationId;
  }

  const tokenReply = ({ conversationId, userId }: Claims): Record<string, unknown> => ({
    conversationId,
    token: tokens.issue(conversationId, userId),
    expires_in: TOKEN_LIFE,
  });

  function opened(claims: Claims, origin: string, watermark = 0): Record<string, unknown> {
    const stream = new URL(`${BASE}/conversations/${claims.conversationId}/stream`, origin.replace(/^http/, 'ws'));
    if (watermark > 0) stream.searchParams.set('watermark', String(watermark));
    stream.searchParams.set('t', tokens.issue(claims.conversationId, claims.userId, 'stream'));
    return { ...tokenReply(claims), streamUrl: stream.href };
  }

  async function generate(request: RouteRequest): Promise<RouteReply> {
    await limits.open(request.ip);
    const { user } = (request.body ?? {}) as { user?: { id?: string } };
    const userId = user?.id ?? `dl_${randomBytes(12).toString('hex')}`;
    return { status: 200, body: tokenReply({ conversationId: newConversationId(parts.now()), userId, use: 'rest', expires: 0 }) };
  }

  /** A one-time link opens the conversation that another channel began; the page asks first. */
  async function goOn(request: RouteRequest): Promise<RouteReply> {
    await limits.open(request.ip);
    const { code } = request.body as { code: string };
    const gone = () => new Refusal(403, 'LinkGone', 'Questo collegamento è scaduto o è già stato usato.');
    const found = await parts.links.find(code, 'web');
    if (!found) throw gone();
    const { conversationId } = found;
    const userId = `dl_${randomBytes(12).toString('hex')}`;
    const chat = { channel: 'web', address: userId, citizenId: userId };
    const about = { channel: 'web', externalId: `link:${userId}`, conversationId, id: randomUUID(), kind: 'event' as const };
    const said = {
      text: '',
      value: { arrived: 'web' },
      attachments: [],
      citizenId: userId,
      receivedAt: new Date(parts.now()).toISOString(),
    };
    try {
      await line.accept({ ...about, ...said, origin: request.origin }, { also: (tx) => parts.links.redeem(tx, code, chat) });
    } catch (error) {
      throw error instanceof LinkGone ? gone() : error;
    }
    return { status: 200, body: tokenReply({ conversationId, userId, use: 'rest', expires: 0 }) };
  }

  async function start(request: RouteRequest): Promise<RouteReply> {
    const claims = tokens.verify(bearerOf(request), 'rest');
    await limits.read(claims.userId);
    const { locale, greeting } = (request.body ?? {}) as { locale?: string; greeting?: boolean };
    const greeted = greeting ? firstEntry(line, claims.conversationId) : null;
    const known = await line.conversations.get(claims.conversationId);
    if (known) {
      await existing(claims);
      greeted?.forget();
      return { status: 200, headers: thread(claims, request.origin), body: opened(claims, request.origin) };
    }
    const { repeated } = await line.accept({
      channel: 'web',
      externalId: `open:${claims.conversationId}`,
      conversationId: claims.conversationId,
      id: randomUUID(),
      kind: 'opened',
      text: '',
      attachments: [],
      citizenId: claims.userId,
      ...(locale ? { locale } : {}),
      receivedAt: new Date(parts.now()).toISOString(),
      origin: request.origin,
    });
    if (repeated || !greeted) greeted?.forget();
    else await greeted.seen;
    const history = greeted && !repeated ? await page(claims.conversationId, 0) : {};
    return {
      status: repeated ? 200 : 201,
      headers: thread(claims, request.origin),
      body: { ...opened(claims, request.origin), ...history },
    };
  }

  async function post(request: RouteRequest, claims: Claims, posted: PostedActivity, files: StoredFile[] = []): Promise<RouteReply> {
    await existing(claims);
    const attachments: Attachment[] = files.map(({ id, name, contentType, bytes }) => ({
      name,
      contentType,
      bytes,
      url: `${request.origin}${BASE}/conversations/${claims.conversationId}/files/${id}`,
    }));
    const incoming = readPosted(posted, claims, { now: parts.now(), origin: request.origin, attachments });
    if (incoming.kind === 'nothing') return { status: 200, body: { id: randomUUID() } };
    if (incoming.kind === 'vote') {
      const message = await voteMessage(database, incoming.message, incoming.vote, posted.replyToId);
      const { id } = await line.accept(message);
      parts.flash(claims.conversationId, {
        type: posted.type,
        id,
        name: posted.name,
        from: { id: claims.userId, role: 'user' },
        timestamp: message.receivedAt,
        ...(posted.channelData?.clientActivityID ? { channelData: { clientActivityID: posted.channelData.clientActivityID } } : {}),
      });
      return { status: 200, body: { id } };
    }
    if (incoming.kind === 'choice') return { status: 200, body: { id: (await line.accept(incoming.message)).id } };
    const { message, channelData } = incoming;
    const { id } = await line.accept(message, {
      activity: incomingActivity(message, channelData),
      ...(files.length > 0 ? { also: (tx) => parts.uploads.record(tx, claims.conversationId, files, message.receivedAt) } : {}),
    });
    return { status: 200, body: { id } };
  }

  async function upload(request: RouteRequest): Promise<RouteReply> {
    const claims = claimsFor(request);
    await limits.post(claims.userId);
    await existing(claims);
    const { activity, files } = await parts.uploads.receive(request.raw);
    const posted = postedActivity.safeParse(activity);
    if (!posted.success) throw new Refusal(400, 'BadArgument', 'The activity part is not as expected.');
    return post(request, claims, posted.data, files);
  }

  async function activities(request: RouteRequest): Promise<RouteReply> {
    const claims = claimsFor(request);
    await limits.read(claims.userId);
    await existing(claims);
    const after = seqOf(request.query.get('watermark'));
    const entries = await readAfter(database, claims.conversationId, after, PAGE);
    const body = `{"activities":[${entries.map((entry) => entry.json).join(',')}],"watermark":"${entries.at(-1)?.seq ?? after}"}`;
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }, body };
  }

  async function reconnect(request: RouteRequest): Promise<RouteReply> {
    const claims = claimsFor(request);
    await limits.read(claims.userId);
    await existing(claims);
    return { status: 200, body: opened(claims, request.origin, seqOf(request.query.get('watermark'))) };
  }

  async function download(request: RouteRequest): Promise<RouteReply> {
    // A link cannot carry a header: a stream token in the address opens it too.
    const link = request.query.get('t');
    const claims = link ? tokens.verify(link, 'stream') : claimsFor(request);
    if (claims.conversationId !== request.params['id'])
      throw new Refusal(403, 'BadArgument', 'This token belongs to another conversation.');
    await limits.read(claims.userId);
    await existing(claims);
    const file = await parts.uploads.read(claims.conversationId, request.params['file'] ?? '');
    if (!file) throw new Refusal(404, 'BadArgument', 'This file does not exist.');
    return fileReply(file);
  }

  /** The first activities, parsed, in the shape that polling gives. */
  async function page(conversationId: string, after: number): Promise<Record<string, unknown>> {
    const entries = await readAfter(database, conversationId, after, PAGE);
    return { activities: entries.map((entry) => JSON.parse(entry.json) as unknown), watermark: String(entries.at(-1)?.seq ?? after) };
  }

  const one = `${BASE}/conversations/:id`;
  return [
    {
      method: 'post',
      path: `${BASE}/tokens/generate`,
      permission: 'public',
      summary: 'A token for a new conversation',
      body: userBody,
      handle: generate,
    },
    {
      method: 'post',
      path: `${BASE}/tokens/refresh`,
      permission: 'citizen',
      summary: 'A fresh token for the same conversation',
      handle: async (request) => ({ status: 200, body: tokenReply(tokens.verify(bearerOf(request), 'rest')) }),
    },
    {
      method: 'post',
      path: `${BASE}/tokens/continue`,
      permission: 'public',
      summary: 'A token for a conversation begun on another channel, for a one-time code',
      body: z.object({ code: z.string().max(64) }),
      handle: goOn,
    },
    {
      method: 'post',
      path: `${BASE}/conversations`,
      permission: 'citizen',
      summary: 'Starts the conversation of the token',
      body: userBody,
      handle: start,
    },
    { method: 'get', path: one, permission: 'citizen', summary: 'Reconnects by watermark', handle: reconnect },
    { method: 'get', path: `${one}/activities`, permission: 'citizen', summary: 'Activities after a watermark', handle: activities },
    {
      method: 'post',
      path: `${one}/activities`,
      permission: 'citizen',
      summary: 'Posts an activity',
      body: postedActivity,
      often: true,
      handle: async (request) => {
        const claims = claimsFor(request);
        await limits.post(claims.userId);
        return post(request, claims, request.body as PostedActivity);
      },
    },
    { method: 'post', path: `${one}/upload`, permission: 'citizen', summary: 'Posts an activity with files', body: 'raw', handle: upload },
    { method: 'get', path: `${one}/files/:file`, permission: 'citizen', summary: 'A file of the conversation', handle: download },
  ];
}
