/** /me: «Le mie cose» of the citizen whom this browser signed in, and what they may change there. */
import { z } from 'zod';
import type { Channel } from '../channels/contract.ts';
import { checkCodiceFiscale } from '../dialogs/codes/codice-fiscale.ts';
import type { Limit } from '../http/limits.ts';
import { builtPages, document } from '../http/pages/document.ts';
import { leftPage, type Me, mePage, strangerPage, weakPage } from '../http/pages/me.ts';
import { Refusal, type Route, type RouteReply, type RouteRequest } from '../http/route.ts';
import { writeLetter } from '../notices/post.ts';
import type { Html } from '../pages/shared/html.ts';
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

const TITLES: Record<string, string> = { web: 'Sul sito', telegram: 'Su Telegram', whatsapp: 'Su WhatsApp', teams: 'Su Teams' };
const NOTICES: Record<string, string> = {
  saved: 'Ho salvato le tue scelte.',
  forgotten: 'Il profilo è cancellato.',
  sent: 'Ti ho mandato una e-mail con un codice di 6 cifre: scrivilo qui sotto.',
  verified: 'L’indirizzo è verificato.',
  given: 'La delega è registrata.',
  revoked: 'La delega è revocata.',
};
const text = (most: number) => z.string().trim().max(most);

export async function meRoutes(parts: MeParts): Promise<Route[]> {
  const { signIns, profiles, mandates } = parts;
  const { style } = await builtPages();
  const frame = () => ({ bodyName: parts.bodyName, style });
  const own = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  const shown = (markup: Html, status = 200): RouteReply => {
    const reply = document(markup, "'none'", status);
    return { ...reply, headers: { ...reply.headers, ...own } };
  };
  const seeOther = (query = '', more: Record<string, string> = {}): RouteReply => ({
    status: 303,
    headers: { location: `/me${query}`, ...own, ...more },
  });

  const isSecure = ({ origin }: RouteRequest) => parts.secureOnly || origin.startsWith('https:');

  /** Cases and mandates stand here: a less sure sign-in opens it as little as in the chat. */
  async function admit(request: RouteRequest): Promise<SignedIn | RouteReply> {
    const person = await signIns.sessions.ofBrowser(request.headers, isSecure(request));
    if (!person) return shown(strangerPage(frame()));
    return person.level < LEVELS.all ? shown(weakPage(frame()), 403) : person;
  }

  async function show(person: SignedIn, notice: string, problem = ''): Promise<RouteReply> {
    const format = new Intl.DateTimeFormat('it-IT', { timeZone: parts.timeZone, hour: '2-digit', minute: '2-digit' });
    const me: Me = {
      name: person.name,
      until: format.format(new Date(person.until)),
      timeline: await timelineOf(parts, person),
      profile: await profiles.of(person.person),
      mandates: await mandates.of(person.person),
      channels: parts.channels.map(({ name }) => ({ name, title: TITLES[name] ?? name })),
      today: parts.today(),
      notice,
      problem,
    };
    return shown(mePage(frame(), me), problem ? 422 : 200);
  }

  /** A write of whoever is signed in; without a session the page that says so. */
  function write<T>(
    path: string,
    summary: string,
    body: z.ZodType<T>,
    act: (person: SignedIn, body: T, request: RouteRequest) => Promise<RouteReply>,
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
        const person = await admit(request);
        if ('status' in person) return person;
        const given = body.safeParse(request.body);
        return given.success
          ? act(person, given.data, request)
          : show(person, '', 'Qualcosa non va in quello che hai scritto: ricontrolla.');
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
        const person = await admit(request);
        return 'status' in person ? person : show(person, NOTICES[request.query.get('done') ?? ''] ?? '');
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
        const secure = isSecure(request);
        await signIns.sessions.endBrowser(request.headers, secure);
        const cleared = { 'set-cookie': cookie('citizen', '', 0, secure) };
        // The session here is over whatever the provider does.
        const away = await signIns.identities.leave?.(`${request.origin}/me`).catch(() => null);
        if (!away) return seeOther('', cleared);
        const left = shown(leftPage(frame(), away));
        return { ...left, headers: { ...left.headers, ...cleared } };
      },
    },
    write(
      '/me/profile',
      'A citizen agrees to a profile, or changes it',
      z.object({ channel: text(20), lang: text(5), elsewhere: text(1).optional(), consent: z.literal('1') }),
      async (person, { channel, lang, elsewhere }) => {
        const known = channel === 'mail' || parts.channels.some(({ name }) => name === channel);
        await profiles.keep(person, {
          channel: known ? channel : null,
          lang: /^[a-z]{2}$/.test(lang) ? lang : null,
          elsewhere: elsewhere === '1',
        });
        return seeOther('?done=saved');
      },
    ),
    write('/me/profile/forget', 'A citizen withdraws the consent: the profile goes', z.object({}), async ({ person }) => {
      await profiles.forget(person);
      return seeOther('?done=forgotten');
    }),
    write(
      '/me/email',
      'Sends figures to a citizen’s e-mail address',
      z.object({ email: z.email().max(120) }),
      async (person, { email }) => {
        const stamp = new Date(parts.now()).toISOString();
        const asked = await profiles.askEmail(person.person, email, (tx, figures) =>
          writeLetter(
            tx,
            {
              id: `verify:${person.person.slice(0, 16)}:${stamp}`,
              conversationId: person.conversationId,
              to: email,
              subject: `${figures} è il codice per verificare il tuo indirizzo`,
              text: `Il codice è ${figures}. Vale trenta minuti: scrivilo nella pagina «Le mie cose».\n\nSe non l’hai chiesto tu, non fare niente.\n\n${parts.bodyName}\n`,
            },
            stamp,
          ),
        );
        return asked
          ? seeOther('?done=sent')
          : show(person, '', 'Ho appena mandato un codice: aspetta un minuto prima di chiederne un altro.');
      },
    ),
    write(
      '/me/email/confirm',
      'Figures from a letter show that the address is the citizen’s',
      z.object({ figures: text(20) }),
      async (person, { figures }) => {
        const result = await profiles.confirmEmail(person.person, figuresIn(figures) ?? '');
        if (result === 'ok') return seeOther('?done=verified');
        return show(person, '', result === 'wrong' ? 'Il codice non è questo.' : 'Il codice non vale più: chiedine uno nuovo.');
      },
    ),
    write(
      '/me/mandates',
      'A citizen lets another act for them',
      z.object({ name: text(80).min(3), fiscalCode: text(16), scope: z.enum(SCOPES), until: z.iso.date() }),
      async (person, { name, fiscalCode, scope, until }) => {
        const checked = checkCodiceFiscale(fiscalCode, parts.today());
        if (checked.kind === 'wrong') return show(person, '', checked.message);
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
        return recorded.kind === 'ok' ? seeOther('?done=given') : show(person, '', recorded.why);
      },
    ),
    write('/me/mandates/:id/revoke', 'Either party ends a mandate', z.object({}), async (person, _, { params }) => {
      if (!(await mandates.revoke(params['id'] ?? '', person.person)))
        throw new Refusal(404, 'NotFound', 'Questa delega non c’è, o è già finita.');
      return seeOther('?done=revoked');
    }),
  ];
}
