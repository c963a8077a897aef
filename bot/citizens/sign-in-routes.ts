/** A citizen's way to sign in, as routes: the page behind the link, out to the provider, back, and out again. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Line } from '../conversation/line.ts';
import type { Log } from '../http/log.ts';
import type { Limit } from '../http/limits.ts';
import { builtPages, document, type PageLang } from '../http/pages/document.ts';
import { beforePage, donePage, goingPage, madeUpPage, type Problem, problemPage, type SignInFrame } from '../http/pages/sign-in.ts';
import { Refusal, type Route, type RouteReply, type RouteRequest } from '../http/route.ts';
import { citizenWords, preferred } from '../pages/shared/citizen-words.ts';
import { type Html, html } from '../pages/shared/html.ts';
import { localeOf } from '../pages/shared/languages.ts';
import { cookie, cookieIn } from './cookies.ts';
import { SESSION_MINUTES } from './sessions.ts';
import { SIGN_IN_MINUTES, type SignIns } from './sign-in.ts';

export interface SignInRouteParts {
  signIns: SignIns;
  line: Line;
  readonly bodyName: string;
  /** The cookies are Secure even where the request seems to have come by plain http. */
  secureOnly: boolean;
  timeZone: string;
  /** Per address. */
  limit: Limit;
  log: Pick<Log, 'warn'>;
  now(): number;
}

const STATUS: Record<Problem, number> = { gone: 404, cancelled: 200, level: 403, claims: 403, invalid: 400, down: 503 };
/** Whoever speaks none of ours is helped better by English. */
const pageLang = (lang: string): PageLang => (Object.hasOwn(citizenWords, lang) ? lang : 'en');

export async function citizenSignInRoutes(parts: SignInRouteParts): Promise<Route[]> {
  const { signIns, line, log } = parts;
  const { style } = await builtPages();
  const get = { method: 'get', permission: 'public', page: true } as const;
  const frame = (lang: string): SignInFrame => ({ bodyName: parts.bodyName, style, lang: pageLang(lang) });
  const isSecure = (request: RouteRequest) => parts.secureOnly || request.origin.startsWith('https:');
  /** What stands in these pages and their addresses is nobody else's: kept nowhere, told to no other site. */
  const shown = (markup: Html, status = 200, setCookie = ''): RouteReply => {
    const reply = document(markup, "'none'", status);
    const own = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
    return { ...reply, headers: { ...reply.headers, ...own, ...(setCookie ? { 'set-cookie': setCookie } : {}) } };
  };
  const refused = (problem: Problem, lang: string) => shown(problemPage(frame(lang), problem), STATUS[problem]);

  return [
    {
      ...get,
      path: '/sign-in/keys',
      summary: 'Our public keys, for the identity provider of citizens (JWK Set)',
      page: false,
      handle: async () => ({ status: 200, body: { keys: (await signIns.identities.publicKeys?.()) ?? [] } }),
    },
    {
      ...get,
      path: '/sign-in/made-up',
      summary: 'The demo’s made-up citizens, to sign in as one of them',
      async handle({ query, headers }) {
        const { madeUp } = signIns.identities;
        if (!madeUp) throw new Refusal(404, 'NotFound', 'Questo indirizzo non esiste.');
        const state = query.get('state') ?? '';
        return shown(madeUpPage(frame((await signIns.langOf(state)) ?? preferred(headers['accept-language'])), madeUp, state));
      },
    },
    {
      ...get,
      path: '/sign-in/callback',
      summary: 'The identity provider sends a citizen’s browser back here',
      async handle(request) {
        await parts.limit(request.ip);
        const { origin, headers, query } = request;
        // Whatever looks before the browser comes must not use the attempt up.
        if (request.raw.method === 'HEAD') {
          const stands = (await signIns.langOf(query.get('state') ?? '')) !== null;
          return stands ? shown(html``) : refused('gone', preferred(headers['accept-language']));
        }
        const callback = new URL(`${origin}/sign-in/callback`);
        callback.search = String(query);
        const secure = isSecure(request);
        const cookies = { attempt: cookieIn(headers, 'attempt', secure), thread: cookieIn(headers, 'thread', secure) };
        const ended = await signIns.finish(callback, origin, cookies, async ({ sessionId, lang, ...asker }, also) => {
          const about = { externalId: `sign-in:${sessionId}`, id: randomUUID(), kind: 'event' as const, text: '', attachments: [] };
          const receivedAt = new Date(parts.now()).toISOString();
          await line.accept({ ...asker, ...about, value: { signedIn: sessionId }, locale: lang, receivedAt, origin }, { also });
        });
        if (ended.kind === 'gone') return refused('gone', preferred(headers['accept-language']));
        if (ended.kind !== 'ok') {
          log.warn({ kind: ended.kind, reason: ended.reason }, 'a citizen could not sign in');
          return refused(ended.kind === 'down' ? 'down' : ended.why, ended.lang);
        }
        return shown(donePage(frame(ended.lang), ended), 200, cookie('citizen', ended.cookie, SESSION_MINUTES * 60, secure));
      },
    },
    {
      ...get,
      path: '/sign-in/:code',
      summary: 'The page behind a chat’s link to sign in; opening it does nothing',
      async handle({ params, headers }) {
        const code = params['code'] ?? '';
        const found = await signIns.find(code);
        if (!found) return refused('gone', preferred(headers['accept-language']));
        const format = new Intl.DateTimeFormat(localeOf(found.lang), { timeZone: parts.timeZone, hour: '2-digit', minute: '2-digit' });
        return shown(beforePage(frame(found.lang), { code, channel: found.channel, time: format.format(new Date(found.since)) }));
      },
    },
    {
      method: 'post',
      path: '/sign-in/:code',
      permission: 'public',
      page: true,
      form: true,
      summary: 'Sends a citizen’s browser to the identity provider',
      body: z.record(z.string(), z.unknown()),
      async handle(request) {
        await parts.limit(request.ip);
        const code = request.params['code'] ?? '';
        const lang = (await signIns.find(code))?.lang ?? preferred(request.headers['accept-language']);
        const begun = await signIns.begin(code, request.origin);
        if (begun.kind === 'gone') return refused('gone', lang);
        if (begun.kind === 'down') {
          log.warn({ reason: begun.reason }, 'the identity provider of citizens does not answer');
          return refused('down', lang);
        }
        return shown(goingPage(frame(lang), begun.url), 200, cookie('attempt', begun.cookie, SIGN_IN_MINUTES * 60, isSecure(request)));
      },
    },
  ];
}
