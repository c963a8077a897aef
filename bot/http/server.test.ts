import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRoutes } from './fixtures/start-routes.ts';
import { createLimit } from './limits.ts';
import { type Permission, Refusal, type Route, type Role } from './route.ts';
import { createServer } from './server.ts';

const seen: unknown[] = [];
const limit = createLimit(2, 60);
const route = (path: string, permission: Permission, handle: Route['handle'], extra: Partial<Route> = {}): Route => ({
  method: 'get',
  path,
  permission,
  summary: path,
  handle,
  ...extra,
});
const ok = async () => ({ status: 200, body: { ok: true } });
const routes: Route[] = [
  route('/open', 'public', ok),
  route(
    '/page',
    'public',
    async () => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: 'parola '.repeat(1000) }),
    { page: true },
  ),
  route('/kaboom', 'public', async () => {
    throw new Error('kaboom secret /etc/passwd');
  }),
  route('/refused', 'public', async () => {
    throw new Refusal(418, 'Teapot', 'Una teiera.');
  }),
  route('/limited', 'public', async (request) => {
    await limit(request.ip);
    return { status: 200 };
  }),
  route('/take', 'public', async ({ body }) => (seen.push(body) ? { status: 200, body } : { status: 500 }), {
    method: 'post',
    body: z.object({ name: z.string().max(10) }),
  }),
  route('/staff', ['editor', 'administrator'], ok),
  route('/staff/write', ['editor'], ok, { method: 'post', body: z.object({}) }),
  route('/v3/directline/thing', 'public', ok),
];

/** The header says who it is: sessions have tests of their own. */
const identify = async (headers: Record<string, unknown>) =>
  headers['x-role'] ? { staff: { id: '1', name: 'n', role: headers['x-role'] as Role, office: null }, csrf: 'right' } : null;

let origin: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ origin, stop } = await startRoutes(routes, { identify: identify as never }));
});
afterAll(() => stop());

const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(origin + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body as BodyInit });

describe('bodies', () => {
  test('a good one reaches the handler, unknown keys and __proto__ do not', async () => {
    const reply = await post('/take', '{"name":"Ada","__proto__":{"admin":true},"extra":1}');
    expect(await reply.json()).toEqual({ name: 'Ada' });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
  test.each([
    ['not JSON', '{"name":', 400],
    ['nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), 400],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400],
    ['too long a value', '{"name":"12345678901"}', 400],
    ['2 MB', `{"name":"${'x'.repeat(2 * 2 ** 20)}"}`, 413],
  ])('%s is refused in words', async (_name, body, status) => {
    const before = seen.length;
    const reply = await post('/take', body);
    expect(reply.status).toBe(status);
    const { error } = (await reply.json()) as { error: { code: string; message: string } };
    expect(error.message.length).toBeGreaterThan(10);
    expect(seen.length).toBe(before);
  });
  test.each([
    ['in its words', `"${'[{'.repeat(100)}"`, 200],
    ['side by side', `[${Array(100).fill('[]').join()}]`, 200],
    ['of both kinds, 64 deep', `${'[{"a":'.repeat(31)}[]${'}]'.repeat(31)}`, 200],
    ['of both kinds, 66 deep', `${'[{"a":'.repeat(32)}[]${'}]'.repeat(32)}`, 400],
  ])('brackets %s: only depth is refused', async (_name, extra, status) => {
    expect((await post('/take', `{"name":"Ada","extra":${extra}}`)).status).toBe(status);
  });
});

describe('errors', () => {
  test('a surprise shows no inside', async () => {
    const reply = await fetch(`${origin}/kaboom`);
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toMatch(/kaboom|passwd|at /);
  });
  test('a refusal keeps its status and code', async () => {
    const reply = await fetch(`${origin}/refused`);
    expect([reply.status, await reply.json()]).toEqual([418, { error: { code: 'Teapot', message: 'Una teiera.' } }]);
  });
  test.each([
    ['GET', '/nowhere', 404],
    ['DELETE', '/open', 405],
    ['GET', '/%', 404],
  ])('%s %s → %i in our own shape', async (method, path, status) => {
    const reply = await fetch(origin + path, { method });
    expect([400, 404, 405]).toContain(reply.status);
    if (path !== '/%') expect(reply.status).toBe(status);
    expect(((await reply.json()) as { error: { code: string } }).error.code).toBeTruthy();
  });
  test('garbage on the wire ends that connection only', async () => {
    const { port } = new URL(origin);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('\u0000\u0001 nonsense\r\n\r\n'));
      socket.on('close', () => resolve()).on('error', () => {});
      socket.resume();
    });
    expect((await fetch(`${origin}/open`)).status).toBe(200);
  });
});

describe('doors', () => {
  test.each([
    ['/staff', null, 401],
    ['/staff', 'agent', 403],
    ['/staff', 'supervisor', 403],
    ['/staff', 'editor', 200],
    ['/staff', 'administrator', 200],
    ['/open', null, 200],
  ])('%s as %s → %i', async (path, role, status) => {
    expect((await fetch(origin + path, { headers: role ? { 'x-role': role } : {} })).status).toBe(status);
  });
  test('a write needs the token that another site cannot know', async () => {
    expect((await post('/staff/write', '{}', { 'x-role': 'editor' })).status).toBe(403);
    expect((await post('/staff/write', '{}', { 'x-role': 'editor', 'x-csrf': 'wrong' })).status).toBe(403);
    expect((await post('/staff/write', '{}', { 'x-role': 'editor', 'x-csrf': 'right' })).status).toBe(200);
  });
  test('a route that declares no permission is not mounted', () => {
    expect(() =>
      createServer({
        routes: [{ ...routes[0], permission: undefined } as never],
        log: console as never,
        publicUrl: '',
        trustProxy: false,
        identify: async () => null,
      }),
    ).toThrow(/no permission/);
  });
  test('a limit answers 429 and says when to come back', async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await fetch(`${origin}/limited`)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(Number((await fetch(`${origin}/limited`)).headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('headers', () => {
  test.each(['/open', '/nowhere', '/kaboom', '/page'])('%s carries the security headers', async (path) => {
    const { headers } = await fetch(origin + path);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBeTruthy();
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe-inline/);
  });
  test('pages travel packed', async () => {
    const reply = await fetch(`${origin}/page`, { headers: { 'accept-encoding': 'gzip' } });
    expect(reply.headers.get('content-encoding')).toBe('gzip');
    expect(await reply.text()).toBe('parola '.repeat(1000));
  });
  test('only Direct Line may be called from other sites', async () => {
    expect((await fetch(`${origin}/v3/directline/thing`)).headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await fetch(`${origin}/v3/directline/thing`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('x-content-type-options')]).toEqual([204, 'nosniff']);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    expect((await fetch(`${origin}/open`)).headers.get('access-control-allow-origin')).toBeNull();
  });
});
