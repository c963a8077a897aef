/** Every route that is really mounted, against everyone who may knock. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assemble, type Sportello } from '../assemble.ts';
import { newFolder } from '../fixtures/run-sportello.ts';
import { type Serving, serve } from '../serve.ts';
import { createUser, ROLES } from '../staff/users.ts';
import type { Role, Route } from './route.ts';

const PASSWORD = 'una password lunga';

/** Who may call what. A route that is not here, or stands here with another permission, fails the test. */
const TABLE: Record<string, string> = {
  'post /v3/directline/tokens/generate': 'public',
  'post /v3/directline/tokens/refresh': 'citizen',
  'post /v3/directline/tokens/continue': 'public',
  'get /link/:file': 'public',
  'get /sign-in/keys': 'public',
  'get /sign-in/made-up': 'public',
  'get /sign-in/callback': 'public',
  'get /sign-in/:code': 'public',
  'post /sign-in/:code': 'public',
  'get /me': 'public',
  'post /me/sign-out': 'public',
  'post /me/profile': 'public',
  'post /me/profile/forget': 'public',
  'post /me/email': 'public',
  'post /me/email/confirm': 'public',
  'post /me/mandates': 'public',
  'post /me/mandates/:id/revoke': 'public',
  'get /api/handoffs/:id/citizen': 'agent supervisor administrator',
  'post /api/mandates': 'agent supervisor administrator',
  'post /v3/directline/conversations': 'citizen',
  'get /v3/directline/conversations/:id': 'citizen',
  'get /v3/directline/conversations/:id/activities': 'citizen',
  'post /v3/directline/conversations/:id/activities': 'citizen',
  'post /v3/directline/conversations/:id/upload': 'citizen',
  'get /v3/directline/conversations/:id/files/:file': 'citizen',
  'get /calendar/:file': 'public',
  'get /api/notices': 'agent editor supervisor administrator',
  'post /api/notices': 'editor supervisor administrator',
  'post /api/notices/:id/end': 'editor supervisor administrator',
  'get /open311/v2/:file': 'public',
  'post /open311/v2/:file': 'public',
  'get /open311/v2/services/:file': 'public',
  'get /open311/v2/requests/:file': 'public',
  'get /open311/v2/tokens/:file': 'public',
  'post /api/sign-in': 'public',
  'get /api/sign-in-ways': 'public',
  'get /api/me': 'agent editor supervisor administrator',
  'post /api/sign-out': 'agent editor supervisor administrator',
  'post /api/first-administrator': 'public',
  'get /api/second-factor': 'agent editor supervisor administrator',
  'post /api/second-factor/begin': 'agent editor supervisor administrator',
  'post /api/second-factor/confirm': 'agent editor supervisor administrator',
  'post /api/second-factor/drop': 'agent editor supervisor administrator',
  'post /api/password': 'agent editor supervisor administrator',
  'get /account': 'public',
  'get /api/handoffs': 'agent supervisor administrator',
  'get /api/handoffs/:id': 'agent supervisor administrator',
  'get /api/handoffs/:id/files/:file': 'agent supervisor administrator',
  'post /api/handoffs/:id/claim': 'agent supervisor administrator',
  'post /api/handoffs/:id/messages': 'agent supervisor administrator',
  'post /api/handoffs/:id/notes': 'agent supervisor administrator',
  'post /api/handoffs/:id/approve': 'agent supervisor administrator',
  'post /api/handoffs/:id/transfer': 'agent supervisor administrator',
  'post /api/handoffs/:id/close': 'agent supervisor administrator',
  'post /api/handoffs/:id/reopen': 'agent supervisor administrator',
  'post /api/handoffs/:id/suggest': 'agent supervisor administrator',
  'post /api/handoffs/:id/propose': 'agent supervisor administrator',
  'get /api/desk/services': 'agent supervisor administrator',
  'post /api/handoffs/:id/ask': 'agent supervisor administrator',
  'post /api/handoffs/:id/files': 'agent supervisor administrator',
  'get /attachments/:file': 'public',
  'get /api/desk/canned': 'agent supervisor administrator',
  'post /api/handoffs/:id/canned': 'agent supervisor administrator',
  'get /api/desk/slots': 'agent supervisor administrator',
  'post /api/desk/here': 'agent supervisor administrator',
  'get /guides/:file': 'public',
  'get /forms/:id': 'public',
  'get /forms/:id/receipt.pdf': 'public',
  'post /forms/:id': 'public',
  'get /api/bookings/plan': 'agent supervisor administrator',
  'put /api/bookings/plan': 'administrator',
  'get /api/bookings': 'agent supervisor administrator',
  'post /api/bookings': 'agent supervisor administrator',
  'post /api/bookings/blocks': 'agent supervisor administrator',
  'delete /api/bookings/blocks/:id': 'agent supervisor administrator',
  'get /api/cases': 'agent supervisor administrator',
  'post /api/cases': 'agent supervisor administrator',
  'post /api/cases/:year/:number/steps': 'agent supervisor administrator',
  'get /api/reports/categories': 'agent supervisor administrator',
  'put /api/reports/categories': 'administrator',
  'post /api/reports/:id/steps': 'agent supervisor administrator',
  'post /api/payments/notices': 'administrator',
  'get /counter/kiosk': 'public',
  'post /counter/kiosk/ticket': 'public',
  'post /counter/kiosk/check-in': 'public',
  'get /counter/display': 'public',
  'get /counter/clerk': 'public',
  'get /api/counter/now': 'public',
  'get /api/counter/lines': 'agent supervisor administrator',
  'post /api/counter/next': 'agent supervisor administrator',
  'post /api/counter/again': 'agent supervisor administrator',
  'get /insight': 'public',
  'get /open-data': 'public',
  'get /open-data/:file': 'public',
  'get /api/insight': 'supervisor administrator',
  'get /api/insight/:table': 'supervisor administrator',
  'get /api/switches': 'agent editor supervisor administrator',
  'put /api/switches': 'supervisor administrator',
  'get /settings': 'public',
  'get /api/users': 'administrator',
  'post /api/users': 'administrator',
  'put /api/users/:id': 'administrator',
  'get /api/offices': 'administrator',
  'put /api/offices': 'administrator',
  'get /api/body': 'administrator',
  'get /api/connectors': 'administrator',
  'put /api/body': 'administrator',
  'get /api/bookings/closures': 'administrator',
  'put /api/bookings/closures': 'administrator',
  'get /api/quality': 'editor supervisor administrator',
  'post /api/quality/draw': 'supervisor administrator',
  'post /api/quality/:id/verdict': 'editor supervisor administrator',
  'get /api/quality/questions.jsonl': 'editor supervisor administrator',
  'get /api/hours': 'agent editor supervisor administrator',
  'put /api/hours': 'administrator',
  'get /desk': 'public',
  'get /editor': 'public',
  'get /api/gaps': 'editor supervisor administrator',
  'put /api/gaps/:id': 'editor administrator',
  'post /api/gaps/:id/close': 'editor administrator',
  'post /api/documents': 'editor administrator',
  'get /api/documents': 'editor supervisor administrator',
  'get /api/documents/:id': 'editor supervisor administrator',
  'put /api/documents/:id/draft': 'editor administrator',
  'get /api/documents/:id/versions': 'editor supervisor administrator',
  'get /api/documents/:id/diff': 'editor supervisor administrator',
  'get /api/documents/:id/passages': 'editor supervisor administrator',
  'post /api/documents/:id/preview': 'editor administrator',
  'post /api/documents/:id/publish': 'editor administrator',
  'post /api/documents/:id/check': 'editor administrator',
  'post /api/documents/:id/withdraw': 'editor administrator',
  'post /api/documents/:id/restore': 'editor administrator',
  'post /api/documents/:id/review': 'editor administrator',
  'put /api/editor/offices': 'administrator',
  'get /api/documents/:id/tests': 'editor supervisor administrator',
  'post /api/documents/:id/tests': 'editor administrator',
  'delete /api/documents/:id/tests/:test': 'editor administrator',
  'get /api/curated': 'editor supervisor administrator',
  'post /api/curated': 'editor administrator',
  'put /api/curated/:id': 'editor administrator',
  'delete /api/curated/:id': 'editor administrator',
  'get /api/checks': 'editor supervisor administrator',
  'post /api/checks/links': 'editor administrator',
  'get /api/tests/runs': 'editor supervisor administrator',
  'post /api/tests/run': 'editor administrator',
  'get /api/words': 'editor supervisor administrator',
  'post /api/words': 'editor administrator',
  'delete /api/words/:id': 'editor administrator',
  'get /api/ranking': 'editor supervisor administrator',
  'post /api/ranking/train': 'supervisor administrator',
  'post /api/ranking/adopt': 'supervisor administrator',
  'post /api/ranking/drop': 'supervisor administrator',
  'get /api/knowledge/export': 'editor administrator',
  'post /api/knowledge/import': 'administrator',
  'get /api/sources': 'editor supervisor administrator',
  'post /api/sources': 'editor administrator',
  'put /api/sources/:id': 'editor administrator',
  'delete /api/sources/:id': 'editor administrator',
  'post /api/sources/:id/read': 'editor administrator',
  'get /api/sources/changes/:id': 'editor supervisor administrator',
  'post /api/sources/changes/:id/drop': 'editor administrator',
  'get /api/dead-letters': 'agent supervisor administrator',
  'get /': 'public',
  'get /widget.js': 'public',
  'get /assets/:name': 'public',
  'get /ask': 'public',
  'post /ask': 'public',
  'get /sources/:documentId/:version': 'public',
  'get /first-administrator': 'public',
  'post /first-administrator': 'public',
  'get /privacy': 'public',
  'get /accessibility': 'public',
  'get /health/live': 'public',
  'get /health/ready': 'public',
  'get /health': 'public',
  'get /metrics': 'public',
  'get /api/openapi.json': 'public',
};

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
