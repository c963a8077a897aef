/** Staff sign in at a real OpenID Connect provider: who comes in, as what, and everything that does not open the door. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOffice, PASSWORD } from '../desk/fixtures/open-office.ts';
import { checkTogether, coreSettings } from '../settings.ts';
import { SECRET, startProvider } from './fixtures/start-provider.ts';
import { roleOf } from './provider-settings.ts';

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
    STAFF_OIDC_ROLES: 'urp=agent@Anagrafe; redazione=editor; capi=supervisor; sistemi=administrator',
    STAFF_OIDC_ACR: 'forte',
    SECOND_FACTOR: 'required',
  });
  url = office.serving.url;
  provider.allow(url);
});
afterAll(async () => {
  await office?.stop();
  await provider?.stop();
});
beforeEach(() => {
  provider.people['ada'] = { name: 'Ada Bianchi', groups: ['urp', 'altro'] };
  provider.people['leo'] = { name: 'Leo Neri', groups: ['niente'] };
  Object.assign(provider.next, { account: 'ada', acr: 'forte' });
});

const pairOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const get = (address: string | URL, cookie = '') => fetch(address, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
/** Out and through the provider, up to the address that it sends back to. */
async function goOut(to = '/desk') {
  const out = await get(`${url}/staff/sign-in?to=${to}`);
  expect(out.status).toBe(303);
  const address = new URL(out.headers.get('location') ?? '');
  return { kept: pairOf(out), flags: out.headers.get('set-cookie') ?? '', address, back: await provider.walk(address.href) };
}
async function comeIn() {
  const { kept, back } = await goOut();
  const answer = await get(back, kept);
  return { answer, cookie: pairOf(answer) };
}
const me = async (cookie: string) => {
  const answer = await fetch(`${url}/api/me`, { headers: { cookie } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test('who is in a group comes in with its role and office, without a password here, once as a user of ours, and counts as strong', async () => {
  const { kept, flags, address, back } = await goOut();
  expect(flags).toMatch(/^sportello-attempt=v1\.[\w-]+; Path=\/staff; HttpOnly; SameSite=Lax; Max-Age=600$/);
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    acr_values: 'forte',
    scope: 'openid profile',
  });
  const answer = await get(back, kept);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk']);
  expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
  expect((await me(pairOf(answer))).body).toMatchObject({ name: 'Ada Bianchi', role: 'agent', office: 'Anagrafe', weak: false });
  await comeIn();
  const { read } = office.sportello.database;
  expect(await read.selectFrom('staff_user').select(['name', 'password']).where('name', 'like', 'Ada%').execute()).toEqual([
    { name: 'Ada Bianchi', password: '!' },
  ]);
  const acts = await read.selectFrom('audit').select('action').where('action', 'in', ['user.create', 'sign-in']).execute();
  expect(acts.map(({ action }) => action)).toEqual(['user.create', 'sign-in', 'sign-in']);
});

test('another group another role, at the next sign-in and for sessions that are open; out of every group out of the door', async () => {
  const { cookie } = await comeIn();
  provider.people['ada'] = { name: 'Ada Bianchi', groups: ['redazione'] };
  await comeIn();
  expect((await me(cookie)).body).toMatchObject({ role: 'editor', office: null });
  provider.people['ada'] = { name: 'Ada Bianchi', groups: [] };
  const { answer } = await comeIn();
  expect(answer.status).toBe(403);
  expect(await answer.text()).toMatch(/non sei in un gruppo/);
  expect((await me(cookie)).status).toBe(401);
  expect(
    await office.sportello.database.read.selectFrom('audit').select('action').where('action', '=', 'sign-in.no-role').execute(),
  ).toHaveLength(1);
});

test('a name that a local user has is not that user', async () => {
  await office.staff('Ugo Verdi', 'administrator').catch(() => {});
  provider.people['ugo'] = { name: 'Ugo Verdi', groups: ['urp'] };
  provider.next.account = 'ugo';
  const { cookie } = await comeIn();
  expect((await me(cookie)).body).toMatchObject({ name: 'Ugo Verdi 2', role: 'agent' });
});

test('sign-out ends the session here and says where it ends there', async () => {
  const { cookie } = await comeIn();
  const { csrf } = (await me(cookie)).body as { csrf: string };
  const out = await fetch(`${url}/api/sign-out`, { method: 'POST', headers: { cookie, 'x-csrf': csrf } });
  const { next } = (await out.json()) as { next: string };
  expect(new URL(next).origin).toBe(provider.issuer);
  expect(new URL(next).searchParams.get('post_logout_redirect_uri')).toBe(`${url}/account`);
  expect((await me(cookie)).status).toBe(401);
});

test('a used answer, another browser’s, a foreign state, a wrong code, a sealed cookie that was touched: none opens', async () => {
  const first = await goOut();
  expect((await get(first.back, first.kept)).status).toBe(303);
  expect((await get(first.back, first.kept)).status, 'replay').toBe(400);

  const [mine, other] = [await goOut(), await goOut()];
  expect((await get(mine.back)).status, 'no cookie').toBe(400);
  expect((await get(mine.back, other.kept)).status, 'another browser').toBe(400);
  const foreign = new URL(mine.back);
  foreign.searchParams.set('state', other.back.searchParams.get('state') ?? '');
  expect((await get(foreign, mine.kept)).status, 'foreign state').toBe(400);
  const middle = Math.floor(mine.kept.length / 2);
  const touched = mine.kept.slice(0, middle) + (mine.kept[middle] === 'A' ? 'B' : 'A') + mine.kept.slice(middle + 1);
  expect((await get(mine.back, touched)).status, 'touched').toBe(400);
  // The code of another attempt: its challenge and its nonce are not ours.
  const swapped = new URL(mine.back);
  swapped.searchParams.set('code', other.back.searchParams.get('code') ?? '');
  const answer = await get(swapped, mine.kept);
  expect([answer.status, answer.headers.get('set-cookie')], 'another code').toEqual([
    401,
    expect.stringMatching(/^sportello-attempt=; .*Max-Age=0/),
  ]);
});

test('too weak a sign-in, a no from the provider, a foreign issuer, nobody: refused in words', async () => {
  provider.next.acr = 'debole';
  const weak = (await comeIn()).answer;
  expect([weak.status, /più sicuro/.test(await weak.text())]).toEqual([403, true]);
  provider.next.account = '';
  expect((await comeIn()).answer.status).toBe(401);
  Object.assign(provider.next, { account: 'ada', acr: 'forte' });
  const { kept, back } = await goOut();
  back.searchParams.set('iss', 'https://evil.example');
  expect((await get(back, kept)).status).toBe(401);
  provider.next.account = 'leo';
  expect((await comeIn()).answer.status).toBe(403);
  expect(await office.sportello.database.read.selectFrom('staff_user').select('id').where('name', '=', 'Leo Neri').execute()).toEqual([]);
});

test('who was disabled here stays out, and is sent nowhere but to pages of ours', async () => {
  const { cookie } = await comeIn();
  const { id } = (await me(cookie)).body as { id: string };
  await office.sportello.database.write((tx) =>
    tx.updateTable('staff_user').set({ disabled_at: new Date().toISOString() }).where('id', '=', id).execute(),
  );
  expect((await comeIn()).answer.status).toBe(403);
  await office.sportello.database.write((tx) => tx.updateTable('staff_user').set({ disabled_at: null }).where('id', '=', id).execute());
  for (const to of ['https://evil.example', '//evil.example', '/staff/sign-in', '/desk%0d%0aX: y', '/../desk']) {
    const { kept, back } = await goOut(to);
    expect((await get(back, kept)).headers.get('location'), to).toBe('/account');
  }
});

test('passwords open nothing here; pages learn which ways there are', async () => {
  const body = JSON.stringify({ name: 'Ada Bianchi', password: PASSWORD });
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([403, 'PasswordsOff']);
  expect(await (await fetch(`${url}/api/sign-in-ways`)).json()).toEqual({
    password: false,
    provider: { title: 'l’accesso dell’ente', path: '/staff/sign-in' },
  });
});

test('settings: what is missing is named, a rule that cannot be read too; the strongest group counts', () => {
  expect(checkTogether({ STAFF_SIGN_IN: 'both', STAFF_OIDC_ISSUER: 'https://x.example' })).toEqual([
    expect.stringMatching(/^STAFF_OIDC_CLIENT_ID is not set/),
    expect.stringMatching(/^STAFF_OIDC_CLIENT_SECRET is not set/),
    expect.stringMatching(/^STAFF_OIDC_ROLES is not set/),
  ]);
  for (const bad of ['urp', 'urp=capo', '=agent']) expect(coreSettings.safeParse({ STAFF_OIDC_ROLES: bad }).success, bad).toBe(false);
  expect(coreSettings.safeParse({ STAFF_OIDC_ISSUER: 'http://login.example' }).success).toBe(false);
  const { STAFF_OIDC_ROLES: rules } = coreSettings.parse({
    STAFF_OIDC_ROLES: 'a=agent@Uno; b=editor@Due; c=editor; cn=capi,ou=urp=supervisor',
  });
  expect(roleOf({ groups: ['a', 'b'] }, 'groups', rules)).toEqual({ role: 'editor', office: 'Due' });
  expect(roleOf({ groups: ['b', 'c'] }, 'groups', rules)).toEqual({ role: 'editor', office: null });
  expect(roleOf({ realm_access: { roles: ['a'] } }, 'realm_access.roles', rules)).toEqual({ role: 'agent', office: 'Uno' });
  expect(roleOf({ groups: ['a', 'cn=capi,ou=urp'] }, 'groups', rules)).toEqual({ role: 'supervisor', office: null });
  expect(roleOf({ groups: 'a' }, 'groups', rules)).toEqual({ role: 'agent', office: 'Uno' });
  for (const none of [{}, { groups: null }, { groups: ['z', 3] }, { groups: { a: 'a' } }]) expect(roleOf(none, 'groups', rules)).toBeNull();
});
