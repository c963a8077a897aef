/** Doors for staff: sign in, who am I, sign out, and the one-time link that makes the first administrator. */
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import { appendAudit } from '../privacy/audit.ts';
import { BadLink, makeFirstAdministrator } from '../staff/first-administrator.ts';
import type { Seal } from '../staff/seal.ts';
import type { Sessions } from '../staff/sessions.ts';
import { BadUser, checkSignIn, ROLES } from '../staff/users.ts';
import { createLimit } from './limits.ts';
import { Refusal, type Route, type RouteRequest } from './route.ts';

const credentials = z.object({
  name: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  /** Of the app, or a recovery code; only where the user has a second factor. */
  code: z.string().max(32).optional(),
});
const firstUser = z.object({ token: z.string().min(1).max(64), name: z.string().min(1).max(64), password: z.string().min(1).max(256) });

/** `secureOnly`: the cookie is Secure even where the request seems to have come by plain http (behind a proxy that does not say). */
export function signInRoutes(parts: { database: Database; sessions: Sessions; seal: Seal; secureOnly: boolean }): Route[] {
  const { database, sessions } = parts;
  const isSecure = (request: RouteRequest): boolean => parts.secureOnly || request.origin.startsWith('https:');
  const limit = createLimit(30, 15 * 60);
  return [
    {
      method: 'post',
      path: '/api/sign-in',
      permission: 'public',
      summary: 'Start a staff session; 401 SecondFactorRequired asks for `code` beside name and password',
      body: credentials,
      async handle(request) {
        await limit(request.ip);
        const staff = await checkSignIn(database, parts.seal, request.body as z.infer<typeof credentials>);
        if (staff && 'locked' in staff)
          throw new Refusal(429, 'Locked', `Troppi tentativi: riprova tra ${Math.ceil(staff.seconds / 60)} minuti.`, {
            'retry-after': String(staff.seconds),
          });
        if (!staff) throw new Refusal(401, 'BadCredentials', 'Nome o password non corretti.');
        if ('secondFactor' in staff) {
          if (staff.secondFactor === 'wrong') throw new Refusal(401, 'BadCode', 'Il codice non è corretto o è già stato usato.');
          await limit.giveBack(request.ip);
          throw new Refusal(401, 'SecondFactorRequired', 'Scrivi il codice a sei cifre della tua app, o un codice di riserva.');
        }
        // Only failures count: a whole office signs in from one address.
        await limit.giveBack(request.ip);
        const { strong, ...user } = staff;
        const session = await sessions.start(user, isSecure(request), strong);
        await database.write((tx) => appendAudit(tx, { actor: staff.id, action: 'sign-in', subject: staff.id, detail: { strong } }));
        return { status: 200, headers: { 'set-cookie': session.cookie }, body: { ...user, csrf: session.csrf } };
      },
    },
    {
      method: 'get',
      path: '/api/me',
      permission: ROLES,
      whileWeak: true,
      summary: 'The signed-in staff user and the token that writes must repeat in x-csrf',
      async handle(request) {
        const session = await sessions.identify(request.headers);
        return { status: 200, body: { ...request.staff, csrf: session?.csrf, weak: session?.weak ?? false } };
      },
    },
    {
      method: 'post',
      path: '/api/sign-out',
      permission: ROLES,
      whileWeak: true,
      summary: 'End the staff session',
      async handle(request) {
        return { status: 200, headers: { 'set-cookie': await sessions.end(request.headers, isSecure(request)) }, body: {} };
      },
    },
    {
      method: 'post',
      path: '/api/first-administrator',
      permission: 'public',
      summary: 'Make the first administrator with the one-time link printed at start',
      body: firstUser,
      async handle(request) {
        await limit(request.ip);
        const { token, name, password } = request.body as z.infer<typeof firstUser>;
        const problem = await tryFirst(database, { token, name, password });
        if (problem) throw new Refusal(problem.status, problem.status === 404 ? 'NotFound' : 'BadArgument', problem.words);
        return { status: 201, body: { name } };
      },
    },
  ];
}

/** What is wrong with the link or the user, in words a person can act on; null when the administrator is made. */
export async function tryFirst(
  database: Database,
  link: { token: string; name: string; password: string },
): Promise<{ status: number; words: string } | null> {
  try {
    await makeFirstAdministrator(database, link);
    return null;
  } catch (error) {
    if (error instanceof BadLink) return { status: 404, words: 'Questo collegamento non è valido, è scaduto o è già stato usato.' };
    if (error instanceof BadUser) return { status: 400, words: `Non va bene: ${error.message}.` };
    throw error;
  }
}
