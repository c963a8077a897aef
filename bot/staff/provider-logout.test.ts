/** Who leaves at the body's own provider has left here too: a real provider tells it, server to server; nobody else can. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOffice } from '../desk/fixtures/open-office.ts';
import { SECRET, startProvider } from './fixtures/start-provider.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
let office: Awaited<ReturnType<typeof openOffice>>;
let url: string;
beforeAll(async () => {
  provider = await startProvider();
  office = await openOffice({
    STAFF_SIGN_IN: 'provider',
    STAFF_OIDC_ISSUER: provider.issuer,
    STAFF_OIDC_CLIENT_ID: 'sportello',
    STAFF_OIDC_CLIENT_SECRET: SECRET,
    STAFF_OIDC_ROLES: 'urp=agent@Anagrafe',
  });
  url = office.serving.url;
  provider.allow(url);
});
afterAll(async () => {
  await office?.stop();
  await provider?.stop();
});
beforeEach(() => {
  for (const account of ['ada', 'leo']) provider.people[account] = { name: account, groups: ['urp'] };
});

async function comeIn(account: string): Promise<string> {
  provider.next.account = account;
  const out = await fetch(`${url}/staff/sign-in?to=/desk`, { redirect: 'manual' });
  const cookie = (out.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const back = await provider.walk(out.headers.get('location') ?? '');
  const answer = await fetch(back, { redirect: 'manual', headers: { cookie } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
const isIn = async (cookie: string) => (await fetch(`${url}/api/me`, { headers: { cookie } })).status === 200;
const knock = (token: string) =>
  fetch(`${url}/staff/back-channel-logout`, { method: 'POST', body: new URLSearchParams({ logout_token: token }) });

let counted = 0;
function tokenOf(claims: object = {}, header: object = {}, key: KeyObject = provider.signing): string {
  const now = Math.floor(Date.now() / 1_000);
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const all = {
    iss: provider.issuer,
    aud: 'sportello',
    iat: now,
    exp: now + 120,
    jti: `made-up-${counted++}`,
    sub: 'ada',
    events,
    ...claims,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'logout+jwt', kid: 'uno', ...header })}.${part(all)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

test('who leaves at the provider has left here: that session alone, and the audit says so', async () => {
  const elsewhere = await comeIn('ada');
  const leo = await comeIn('leo');
  const here = await comeIn('ada');
  expect([await isIn(here), await isIn(elsewhere), await isIn(leo)]).toEqual([true, true, true]);
  await provider.leave();
  await expect.poll(() => isIn(here)).toBe(false);
  // Another browser's session there goes on, and so does ours.
  expect([await isIn(elsewhere), await isIn(leo)]).toEqual([true, true]);
  const row = await office.sportello.database.read
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'sign-out.provider')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(row.detail)).toEqual({ sessions: 1 });
});

test('a notice without a session ends every one of that person, once: sent again it ends nothing', async () => {
  const [one, two, leo] = [await comeIn('ada'), await comeIn('ada'), await comeIn('leo')];
  const token = tokenOf();
  const answer = await knock(token);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect([await isIn(one), await isIn(two), await isIn(leo)]).toEqual([false, false, true]);
  const again = await comeIn('ada');
  expect((await knock(token)).status).toBe(200);
  expect(await isIn(again)).toBe(true);
});

test('nobody else can: another key, no signature, a shared key, another issuer or reader, old, an id token, changed, not a token', {
  timeout: 60_000,
}, async () => {
  const ada = await comeIn('ada');
  const now = Math.floor(Date.now() / 1_000);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const good = tokenOf();
  const [head, , signature] = good.split('.');
  const bad: Record<string, string> = {
    'another key': tokenOf({}, {}, stranger),
    'a key of an unknown name': tokenOf({}, { kid: 'due' }),
    'no signature': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`,
    'a shared key': tokenOf({}, { alg: 'HS256' }),
    'an algorithm of the prototype': tokenOf({}, { alg: 'constructor' }),
    'a header we must understand': tokenOf({}, { crit: ['b64'] }),
    'an access token': tokenOf({}, { typ: 'at+jwt' }),
    'another issuer': tokenOf({ iss: 'https://evil.example' }),
    'another reader': tokenOf({ aud: ['altri'] }),
    old: tokenOf({ iat: now - 3_600 }),
    'run out': tokenOf({ exp: now - 3_600 }),
    'an id token': tokenOf({ nonce: 'x' }),
    'another event': tokenOf({ events: { 'http://evil.example': {} } }),
    nobody: tokenOf({ sub: undefined }),
    nameless: tokenOf({ jti: undefined }),
    changed: `${head}.${Buffer.from(JSON.stringify({ sub: 'leo' })).toString('base64url')}.${signature}`,
    'not a token': 'a.b.c',
    empty: '',
  };
  for (const [why, token] of Object.entries(bad)) expect((await knock(token)).status, why).toBe(400);
  expect(await isIn(ada)).toBe(true);
});
