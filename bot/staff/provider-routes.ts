/** Doors to the body's own provider: which ways in there are, out to it, back from it. */
import type { Database } from '../../connectors/databases/contract.ts';
import { createLimit } from '../http/limits.ts';
import { Refusal, type Route, type RouteRequest } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import type { Refused, StaffProvider } from './provider.ts';
import { endFromThere, logoutRoute } from './provider-logout.ts';
import type { Sessions } from './sessions.ts';

const CALLBACK = '/staff/callback';
const COOKIE = 'sportello-attempt';
/** Pages of ours that one may have come from. */
const PAGES = /^\/(?:desk|editor|insight|settings|account|counter\/clerk)$/;

const WORDS: Record<Refused, [status: number, words: string]> = {
  attempt: [400, 'Questo accesso è scaduto, è già stato usato o è iniziato in un altro browser. Torna alla pagina e accedi di nuovo.'],
  answer: [401, 'L’accesso non è riuscito. Torna alla pagina e riprova.'],
  level: [403, 'Qui serve un accesso più sicuro, con un secondo fattore. Riprova scegliendolo.'],
  role: [403, 'Ti riconosciamo, ma non sei in un gruppo che può entrare qui. Chiedi a chi gestisce gli accessi del tuo ente.'],
  disabled: [403, 'Questo utente è stato disattivato. Chiedi a un amministratore.'],
};

export function providerRoutes(parts: {
  provider: StaffProvider | null;
  passwords: boolean;
  database: Database;
  sessions: Sessions;
  secureOnly: boolean;
}): Route[] {
  const { provider, passwords, database, sessions } = parts;
  const isSecure = (request: RouteRequest): boolean => parts.secureOnly || request.origin.startsWith('https:');
  const limit = createLimit(60, 15 * 60);
  const ways: Route = {
    method: 'get',
    path: '/api/sign-in-ways',
    permission: 'public',
    summary: 'How staff may sign in here: with a password, at a provider, or both',
    handle: async () => ({
      status: 200,
      body: { password: passwords, provider: provider ? { title: provider.title, path: '/staff/sign-in' } : null },
    }),
  };
  if (!provider) return [ways];
  return [
    ways,
    {
      method: 'get',
      path: '/staff/sign-in',
      permission: 'public',
      page: true,
      summary: 'Out to the provider',
      async handle(request) {
        await limit(request.ip);
        const asked = request.query.get('to') ?? '';
        const begun = await provider.begin(request.origin + CALLBACK, PAGES.test(asked) ? asked : '/account').catch(away);
        return { status: 303, headers: { location: begun.address, 'set-cookie': cookie(begun.kept, 600, isSecure(request)) } };
      },
    },
    {
      method: 'get',
      path: CALLBACK,
      permission: 'public',
      page: true,
      summary: 'Back from the provider',
      async handle(request) {
        await limit(request.ip);
        const found = await provider.finish(request.origin + CALLBACK, request.query, keptIn(request.headers.cookie)).catch(away);
        if ('refused' in found) {
          const [status, words] = WORDS[found.refused];
          throw new Refusal(status, 'NotSignedIn', words, { 'set-cookie': cookie('', 0, isSecure(request)) });
        }
        await limit.giveBack(request.ip);
        const { staff, strong, to, there } = found;
        const session = await sessions.start(staff, isSecure(request), strong, there);
        await database.write((tx) =>
          appendAudit(tx, { actor: staff.id, action: 'sign-in', subject: staff.id, detail: { strong, by: 'provider' } }),
        );
        return { status: 303, headers: { location: to, 'set-cookie': session.cookie } };
      },
    },
    logoutRoute({
      path: '/staff/back-channel-logout',
      whose: 'staff',
      read: provider.readLogout,
      end: (ended) =>
        endFromThere(database, 'staff_session', ended, new Date(), (tx, count) =>
          appendAudit(tx, { actor: 'provider', action: 'sign-out.provider', subject: 'staff', detail: { sessions: count } }),
        ),
    }),
  ];
}

function away(): never {
  throw new Refusal(503, 'Unavailable', 'Il servizio di accesso dell’ente non risponde. Riprova tra poco.', { 'retry-after': '30' });
}

/** Lax: it must come along when the provider sends the browser back. */
function cookie(value: string, seconds: number, secure: boolean): string {
  return `${COOKIE}=${value}; Path=/staff; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
}

function keptIn(header = ''): string {
  const pair = header.split(';').find((one) => one.trim().startsWith(`${COOKIE}=`));
  return pair?.slice(pair.indexOf('=') + 1).trim() ?? '';
}
