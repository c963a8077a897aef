/** Every route that is really mounted, against everyone who may knock. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assemble } from '../assemble.ts';
import type { Sportello } from '../sportello.ts';
import { newFolder } from '../fixtures/run-sportello.ts';
import { TABLE } from './fixtures/doors.ts';
import { type Serving, serve } from '../serve.ts';
import { createUser, ROLES } from '../staff/users.ts';
import type { Role, Route } from './route.ts';

const PASSWORD = 'una password lunga';

let sportello: Sportello;
let serving: Serving;
beforeAll(async () => {
  const settings = { DATA_DIR: newFolder(), DEMO: 'false', PORT: '0', LOG_LEVEL: 'silent', TRUST_PROXY: 'true' };
  sportello = await assemble(settings, { progress() {} });
  serving = await serve(sportello);
  for (const role of ROLES) await createUser(sportello.database, { name: `un ${role}`, role, office: null, password: PASSWORD }, 'test');
});
afterAll(() => serving?.stop());

const call = (route: Pick<Route, 'method' | 'path'>, headers: Record<string, string> = {}, body = '{}') =>
  fetch(serving.url + route.path.replace(/:\w+/g, '1'), {
    method: route.method.toUpperCase(),
    headers: { 'content-type': 'application/json', ...headers },
    ...(route.method === 'get' ? {} : { body }),
  });

async function signIn(name: string, password = PASSWORD, headers: Record<string, string> = {}) {
  const reply = await call({ method: 'post', path: '/api/sign-in' }, headers, JSON.stringify({ name, password }));
  const cookie = reply.headers.get('set-cookie') ?? '';
  const body = (await reply.json()) as { csrf?: string };
  return { reply, body, flags: cookie, headers: { cookie: cookie.split(';')[0] ?? '', 'x-csrf': body.csrf ?? '' } };
}

test('what is mounted is what the table says', () => {
  const mounted = serving.routes.map(({ method, path, permission }) => [
    `${method} ${path.replace('/conversations/:conversationId', '/conversations/:id')}`,
    Array.isArray(permission) ? permission.join(' ') : permission,
  ]);
  expect(Object.fromEntries(mounted)).toEqual(TABLE);
});

test('anonymous: public routes open, all others shut, in our own shape', async () => {
  for (const route of serving.routes) {
    const reply = await call(route);
    const label = `${route.method} ${route.path}`;
    if (route.permission === 'public') expect([401, 403], label).not.toContain(reply.status);
    else {
      expect([401, 403], label).toContain(reply.status);
      expect(((await reply.json()) as { error: { code: string } }).error.code, label).toBeTruthy();
    }
    expect(reply.headers.get('content-security-policy'), label).toMatch(/default-src 'none'/);
    expect(reply.headers.get('x-content-type-options'), label).toBe('nosniff');
  }
});

test.each(ROLES)(
  '%s: exactly the routes that name the role; writes only with the right token',
  { timeout: 120_000 },
  async (role: Role) => {
    let session = await signIn(`un ${role}`);
    for (const route of serving.routes.filter(({ permission }) => Array.isArray(permission))) {
      const { headers } = session;
      const label = `${role} ${route.method} ${route.path}`;
      if (route.method !== 'get') {
        expect((await call(route, { cookie: headers.cookie }))?.status, label).toBe(403);
        expect((await call(route, { ...headers, 'x-csrf': 'wrong' })).status, label).toBe(403);
      }
      const { status } = await call(route, headers);
      if ((route.permission as Role[]).includes(role)) expect([401, 403], label).not.toContain(status);
      else expect(status, label).toBe(403);
      if (route.path === '/api/sign-out') session = await signIn(`un ${role}`);
    }
  },
);

test('a write that begins on another site is refused, wherever no token of its own guards it', async () => {
  for (const route of serving.routes.filter(({ method, path }) => method !== 'get' && !path.startsWith('/v3/'))) {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[])
      expect((await call(route, headers)).status, route.path).toBe(403);
    expect((await call(route, { origin: serving.url })).status, route.path).not.toBe(403);
    expect((await call(route, { 'sec-fetch-site': 'same-origin', origin: serving.url })).status, route.path).not.toBe(403);
  }
});

describe('sign-in', () => {
  test('the cookie cannot be read by scripts or sent by other sites; over https it is bound to the host', async () => {
    const plain = await signIn('un agent');
    expect(plain.flags).toMatch(/^sportello=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const secure = await signIn('un agent', PASSWORD, { 'x-forwarded-proto': 'https' });
    expect(secure.flags).toMatch(/^__Host-sportello=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect(secure.headers.cookie).not.toBe(plain.headers.cookie);
  });
  test('sign-out ends the session', async () => {
    const { headers } = await signIn('un editor');
    expect((await call({ method: 'get', path: '/api/me' }, headers)).status).toBe(200);
    expect((await call({ method: 'post', path: '/api/sign-out' }, headers)).headers.get('set-cookie')).toMatch(/Max-Age=0/);
    expect((await call({ method: 'get', path: '/api/me' }, headers)).status).toBe(401);
  });
  test('the sixth wrong password is locked out and told when to come back; guesses at once count one by one', async () => {
    const wrong = await Promise.all(Array.from({ length: 5 }, () => signIn('un supervisor', 'sbagliata del tutto')));
    expect(wrong.map(({ reply }) => reply.status)).toEqual([401, 401, 401, 401, 401]);
    const { reply } = await signIn('un supervisor');
    expect(reply.status).toBe(429);
    const wait = Number(reply.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(880);
    expect(wait).toBeLessThanOrEqual(900);
  });
  test('one address may fail 30 times, succeed as often as it likes, and cannot change its name', async () => {
    const from = (first: string) => ({ 'x-forwarded-for': `${first}, 203.0.113.9` });
    for (let i = 0; i < 40; i += 10)
      await Promise.all(
        Array.from({ length: 10 }, async (_, j) => expect((await signIn('un agent', PASSWORD, from(`${i + j}`))).reply.status).toBe(200)),
      );
    const failed = await Promise.all(Array.from({ length: 32 }, (_, i) => signIn('nessuno', 'sbagliata del tutto', from(`10.0.0.${i}`))));
    expect(failed.filter(({ reply }) => reply.status === 401)).toHaveLength(30);
    expect(failed.filter(({ reply }) => reply.status === 429 && Number(reply.headers.get('retry-after')) > 0)).toHaveLength(2);
  });
});
