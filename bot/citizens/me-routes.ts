/** /me: «Le mie cose» of the citizen whom this browser signed in, and what they may change there. */
import { z } from 'zod';
import type { Channel } from '../channels/contract.ts';
import { checkCodiceFiscale } from '../dialogs/codes/codice-fiscale.ts';
import type { Limit } from '../http/limits.ts';
import { builtPages, document, type PageLang } from '../http/pages/document.ts';
import { leftPage, type Me, type MeFrame, mePage, strangerPage, weakPage } from '../http/pages/me.ts';
import { Refusal, type Route, type RouteReply, type RouteRequest } from '../http/route.ts';
import { choicesOf, choose } from '../notices/choices.ts';
import { writeLetter } from '../notices/post.ts';
import { type CitizenWords, citizenWords, citizenWordsIn, fill, preferred } from '../pages/shared/citizen-words.ts';
import type { Html } from '../pages/shared/html.ts';
import { localeOf } from '../pages/shared/languages.ts';
import { LEVELS } from './acting.ts';
import { cookie } from './cookies.ts';
import { type Mandates, SCOPES } from './mandates.ts';
import type { Profiles } from './profile.ts';
import type { SignedIn } from './sessions.ts';
import type { SignIns } from './sign-in.ts';
import { timelineOf, type TimelineParts } from './timeline.ts';
import { figuresIn } from './wishes.ts';

export interface MeParts extends TimelineParts {
  signIns: SignIns;
  profiles: Profiles;
  mandates: Mandates;
  channels: Pick<Channel, 'name'>[];
  readonly bodyName: string;
  today(): string;
  timeZone: string;
  secureOnly: boolean;
  limit: Limit;
  now(): number;
}

const DONE = {
  saved: 'didSave',
  forgotten: 'didForget',
  sent: 'didSend',
  verified: 'didVerify',
  given: 'didGive',
  revoked: 'didRevoke',
} as const;
type Done = keyof typeof DONE;
const text = (most: number) => z.string().trim().max(most);

/** A citizen who may see the page, and how it is spoken. */
interface Admitted {
  person: SignedIn;
  frame: MeFrame;
  t: CitizenWords;
  lang: PageLang;
}

export async function meRoutes(parts: MeParts): Promise<Route[]> {
  const { signIns, profiles, mandates } = parts;
  const { style } = await builtPages();
  const own = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  const shown = (markup: Html, status = 200): RouteReply => {
    const reply = document(markup, "'none'", status);
    return { ...reply, headers: { ...reply.headers, ...own } };
  };
  const seeOther = (lang: PageLang, done: Done | '', more: Record<string, string> = {}): RouteReply => ({
    status: 303,
    headers: { location: `/me?${new URLSearchParams({ lang, ...(done ? { done } : {}) })}`, ...own, ...more },
  });

  const isSecure = ({ origin }: RouteRequest) => parts.secureOnly || origin.startsWith('https:');

  /** As the address says, else as they chose, else as they talk, else as the browser reads. */
  async function langOf(request: RouteRequest, person: SignedIn | null): Promise<PageLang> {
    const asked = request.query.get('lang') ?? '';
    if (Object.hasOwn(citizenWords, asked)) return asked;
    const talk = person
      ? await parts.database.read.selectFrom('conversation').select('lang').where('id', '=', person.conversationId).executeTakeFirst()
      : undefined;
    const chosen = (person && (await profiles.of(person.person))?.lang) || talk?.lang || '';
    return Object.hasOwn(citizenWords, chosen) ? chosen : preferred(request.headers['accept-language']);
  }

  /** Cases and mandates stand here: a less sure sign-in opens it as little as in the chat. */
  async function admit(request: RouteRequest): Promise<Admitted | RouteReply> {
    const person = await signIns.sessions.ofBrowser(request.headers, isSecure(request));
    const lang = await langOf(request, person);
    const frame = { bodyName: parts.bodyName, style, lang };
    if (!person) return shown(strangerPage(frame));
    return person.level < LEVELS.all ? shown(weakPage(frame), 403) : { person, frame, t: citizenWordsIn(lang), lang };
  }

  async function show({ person, frame, lang }: Admitted, notice: string, problem = ''): Promise<RouteReply> {
    const format = new Intl.DateTimeFormat(localeOf(lang), { timeZone: parts.timeZone, hour: '2-digit', minute: '2-digit' });
    const me: Me = {
      name: person.name,
      until: format.format(new Date(person.until)),
      timeline: await timelineOf(parts, person, lang),
      profile: await profiles.of(person.person),
      mandates: await mandates.of(person.person),
      channels: parts.channels.map(({ name }) => name),
      choices: await choicesOf(parts.database, person.person),
      today: parts.today(),
      notice,
      problem,
    };
    return shown(mePage(frame, me), problem ? 422 : 200);
  }

  /** A write of whoever is signed in; without a session the page that says so. */
  function write<T>(
    path: string,
    summary: string,
    body: z.ZodType<T>,
    act: (admitted: Admitted, body: T, request: RouteRequest) => Promise<RouteReply>,
  ): Route {
    return {
      method: 'post',
      path,
      permission: 'public',
      page: true,
      form: true,
      summary,
      body: z.record(z.string(), z.unknown()),
      async handle(request) {
        await parts.limit(request.ip);
        const admitted = await admit(request);
        if ('status' in admitted) return admitted;
        const given = body.safeParse(request.body);
        return given.success ? act(admitted, given.data, request) : show(admitted, '', admitted.t.wrongInput);
      },
    };
  }

  return [
    {
      method: 'get',
      path: '/me',
      permission: 'public',
      page: true,
      summary: '«Le mie cose» of the citizen whom this browser signed in',
      async handle(request) {
        await parts.limit(request.ip);
        const admitted = await admit(request);
        if ('status' in admitted) return admitted;
        const done = request.query.get('done') ?? '';
        return show(admitted, Object.hasOwn(DONE, done) ? admitted.t[DONE[done as Done]] : '');
      },
    },
    {
      method: 'post',
      path: '/me/sign-out',
      permission: 'public',
      page: true,
      form: true,
      summary: 'Ends a citizen’s session, in the chat too',
      body: z.record(z.string(), z.unknown()),
      async handle(request) {
        await parts.limit(request.ip);
        const secure = isSecure(request);
        const lang = await langOf(request, await signIns.sessions.ofBrowser(request.headers, secure));
        await signIns.sessions.endBrowser(request.headers, secure);
        const cleared = { 'set-cookie': cookie('citizen', '', 0, secure) };
        // The session here is over whatever the provider does.
        const away = await signIns.identities.leave?.(`${request.origin}/me`).catch(() => null);
        if (!away) return seeOther(lang, '', cleared);
        const left = shown(leftPage({ bodyName: parts.bodyName, style, lang }, away));
        return { ...left, headers: { ...left.headers, ...cleared } };
      },
    },
    write(
      '/me/profile',
      'A citizen agrees to a profile, or changes it',
      z.object({ channel: text(20), lang: text(5), elsewhere: text(1).optional(), consent: z.literal('1') }),
      async ({ person, lang: shownIn }, { channel, lang, elsewhere }) => {
        const known = channel === 'mail' || parts.channels.some(({ name }) => name === channel);
        await profiles.keep(person, {
          channel: known ? channel : null,
          lang: Object.hasOwn(citizenWords, lang) ? lang : null,
          elsewhere: elsewhere === '1',
        });
        return seeOther(shownIn, 'saved');
      },
    ),
    write('/me/profile/forget', 'A citizen withdraws the consent: the profile goes', z.object({}), async ({ person, lang }) => {
      await profiles.forget(person.person);
      return seeOther(lang, 'forgotten');
    }),
    write(
      '/me/notices',
      'A citizen stops news or reminders in all their conversations, or has reminders again',
      z.object({ choice: z.enum(['stop-news', 'stop-reminders', 'start-reminders']) }),
      async ({ person, lang }, { choice }) => {
        await choose(parts.database, person.person, choice, new Date(parts.now()).toISOString());
        return seeOther(lang, 'saved');
      },
    ),
    write(
      '/me/email',
      'Sends figures to a citizen’s e-mail address',
      z.object({ email: z.email().max(120) }),
      async (admitted, { email }) => {
        const { person, lang, t } = admitted;
        const stamp = new Date(parts.now()).toISOString();
        const asked = await profiles.askEmail(person.person, email, (tx, figures) =>
          writeLetter(
            tx,
            {
              id: `verify:${person.person.slice(0, 16)}:${stamp}`,
              conversationId: person.conversationId,
              to: email,
              subject: fill(t.mailSubject, { figures }),
              text: `${fill(t.mailBody, { figures })}\n\n${t.mailNotYou}\n\n${parts.bodyName}\n`,
            },
            stamp,
          ),
        );
        return asked ? seeOther(lang, 'sent') : show(admitted, '', t.waitForCode);
      },
    ),
    write(
      '/me/email/confirm',
      'Figures from a letter show that the address is the citizen’s',
      z.object({ figures: text(20) }),
      async (admitted, { figures }) => {
        const { person, lang, t } = admitted;
        const result = await profiles.confirmEmail(person.person, figuresIn(figures) ?? '');
        if (result === 'ok') return seeOther(lang, 'verified');
        return show(admitted, '', result === 'wrong' ? t.wrongFigures : t.goneFigures);
      },
    ),
    write(
      '/me/mandates',
      'A citizen lets another act for them',
      z.object({ name: text(80).min(3), fiscalCode: text(16), scope: z.enum(SCOPES), until: z.iso.date() }),
      async (admitted, { name, fiscalCode, scope, until }) => {
        const { person, lang, t } = admitted;
        // What exactly is wrong is told in Italian only.
        const inWords = (italian: string, else_: string) => show(admitted, '', lang === 'it' ? italian : else_);
        const checked = checkCodiceFiscale(fiscalCode, parts.today());
        if (checked.kind === 'wrong') return inWords(checked.message, t.wrongCode);
        const holder = { name, fiscalCode: checked.value };
        const recorded = await mandates.record({
          kind: 'delegate',
          scope,
          principal: person,
          holder,
          until,
          basis: '',
          recordedBy: 'citizen',
        });
        return recorded.kind === 'ok' ? seeOther(lang, 'given') : inWords(recorded.why, t.wrongMandate);
      },
    ),
    write('/me/mandates/:id/revoke', 'Either party ends a mandate', z.object({}), async ({ person, lang, t }, _, { params }) => {
      if (!(await mandates.revoke(params['id'] ?? '', person.person))) throw new Refusal(404, 'NotFound', t.mandateGone);
      return seeOther(lang, 'revoked');
    }),
  ];
}
