import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plugIn } from '../../bot/plugs.ts';
import type { Attempt, Identities } from './contract.ts';
import openEmbedded from './embedded.ts';
import { type StartedProvider, startProvider } from './fixtures/provider.ts';
import { levelOf, personIn } from './oidc/claims.ts';
import openOidc, { settings } from './oidc.ts';

const redirectUri = 'http://127.0.0.1:1/sign-in/callback';
const random = () => randomBytes(32).toString('base64url');
const attempt = (level: Attempt['level'] = 2): Attempt => ({ redirectUri, state: random(), nonce: random(), verifier: random(), level });

interface World {
  identities: Identities;
  /** Signs somebody in as a browser would; gives the address it came back to. */
  walk(url: string, as: 'mario' | 'weak' | 'nobody'): Promise<URL>;
  close(): Promise<void>;
}

const overProvider =
  (as: 'key' | 'secret', more: Record<string, string> = {}) =>
  async (): Promise<World> => {
    const provider = await startProvider([redirectUri], as);
    const identities = await openOidc(settings.parse({ ...provider.settings, ...more }));
    return {
      identities,
      walk(url, who) {
        provider.next = who === 'weak' ? { account: 'mario', level: 1 } : { account: who, level: 2 };
        return provider.walk(url);
      },
      close: () => provider.stop(),
    };
  };

const plugs: { title: string; open(): Promise<World> }[] = [
  {
    title: 'embedded',
    async open() {
      return {
        identities: await openEmbedded({}),
        async walk(url, who) {
          const state = new URL(url, redirectUri).searchParams.get('state') ?? '';
          const back = new URL(redirectUri);
          back.search = String(
            new URLSearchParams(who === 'nobody' ? { error: 'access_denied', state } : { code: who === 'weak' ? 'anna' : who, state }),
          );
          return back;
        },
        close: async () => {},
      };
    },
  },
  { title: 'oidc with a key, on a real oidc-provider', open: overProvider('key') },
  { title: 'oidc with a secret, on a real oidc-provider', open: overProvider('secret') },
  { title: 'oidc with a signed request, on a real oidc-provider', open: overProvider('key', { OIDC_SIGNED_REQUEST: 'true' }) },
];

describe.each(plugs)('identities by $title', ({ open }) => {
  let world: World;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());

  async function begun(one: Attempt): Promise<string> {
    const result = await world.identities.begin(one);
    if (result.kind !== 'ok') throw new Error(result.reason);
    return result.value.url;
  }

  test('who signs in is told with fiscal code, name and level', async () => {
    const one = attempt();
    const back = await world.walk(await begun(one), 'mario');
    // Its names for the session and the person, where it tells when they leave.
    const there = world.identities.readLogout ? { there: { sid: expect.stringMatching(/./), subject: 'mario' } } : {};
    expect(await world.identities.finish(back, one)).toEqual({
      kind: 'ok',
      value: { fiscalCode: 'RSSMRA85T10A562S', name: 'Mario Rossi', level: 2, ...there },
    });
    expect((await world.identities.health()).state).toBe('up');
  });

  test('less sure than was asked for is refused, although the provider let them in; where less will do it does', async () => {
    const one = attempt();
    const back = await world.walk(await begun(one), 'weak');
    expect(await world.identities.finish(back, one)).toMatchObject({ kind: 'refused', why: 'level' });
    const other = attempt(1);
    expect(await world.identities.finish(await world.walk(await begun(other), 'weak'), other)).toMatchObject({
      kind: 'ok',
      value: { level: 1 },
    });
  });

  test('who turns back is told apart, and so is the answer to another attempt', async () => {
    const one = attempt();
    expect(await world.identities.finish(await world.walk(await begun(one), 'nobody'), one)).toMatchObject({
      kind: 'refused',
      why: 'cancelled',
    });
    const back = await world.walk(await begun(one), 'mario');
    expect(await world.identities.finish(back, { ...one, state: random() })).toMatchObject({ kind: 'refused', why: 'invalid' });
    const forged = new URL(back);
    forged.searchParams.set('code', 'inventato');
    expect(await world.identities.finish(forged, one)).toMatchObject({ kind: 'refused', why: 'invalid' });
  });
});

describe('oidc alone', () => {
  let provider: StartedProvider;
  let identities: Identities;
  beforeAll(async () => {
    provider = await startProvider([redirectUri]);
    identities = await openOidc(settings.parse(provider.settings));
  });
  afterAll(() => provider.stop());
  async function back(one: Attempt, account = 'mario'): Promise<URL> {
    provider.next = { account, level: 2 };
    const result = await identities.begin(one);
    if (result.kind !== 'ok') throw new Error(result.reason);
    return provider.walk(result.value.url);
  }

  test('the request goes by PKCE, with every level that will do, and asks who it is', async () => {
    const result = await identities.begin(attempt());
    const { searchParams } = new URL(result.kind === 'ok' ? result.value.url : '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('acr_values')).toBe('https://www.spid.gov.it/SpidL2 https://www.spid.gov.it/SpidL3');
    expect(searchParams.get('prompt')).toBe('login');
  });

  test('a code is good once', async () => {
    const one = attempt();
    const address = await back(one);
    expect(await identities.finish(address, one)).toMatchObject({ kind: 'ok' });
    expect(await identities.finish(address, one)).toMatchObject({ kind: 'refused', why: 'invalid' });
  });

  test.each(['nonce', 'verifier'] as const)('a foreign %s is refused', async (part) => {
    const one = attempt();
    expect(await identities.finish(await back(one), { ...one, [part]: random() })).toMatchObject({ kind: 'refused', why: 'invalid' });
  });

  test('the code of one attempt does not do in another, though the state is put right', async () => {
    const [own, foreign] = [attempt(), attempt()];
    const stolen = await back(foreign, 'luca');
    stolen.searchParams.set('state', own.state);
    expect(await identities.finish(stolen, own)).toMatchObject({ kind: 'refused', why: 'invalid' });
  });

  test('an answer of another issuer is refused', async () => {
    const one = attempt();
    const address = await back(one);
    address.searchParams.set('iss', 'https://evil.example');
    expect(await identities.finish(address, one)).toMatchObject({ kind: 'refused', why: 'invalid' });
  });

  test('a citizen without a fiscal code is not taken for anybody', async () => {
    const one = attempt();
    expect(await identities.finish(await back(one, 'bare'), one)).toMatchObject({ kind: 'refused', why: 'claims' });
  });

  test('a provider that is away is told as such, and found again when it is back', async () => {
    const away = await openOidc(settings.parse({ ...provider.settings, OIDC_ISSUER: 'http://127.0.0.1:1' }));
    expect(await away.begin(attempt())).toMatchObject({ kind: 'down' });
    expect((await away.health()).state).toBe('down');
  });

  test('the published key holds nothing secret', async () => {
    const [key] = (await identities.publicKeys?.()) ?? [];
    expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

test('claims: prefixes go, capitals come down, what is no fiscal code of a person is none; an unknown acr is no level', () => {
  const names = ['https://attributes.eid.gov.it/fiscal_number', 'fiscal_number'];
  expect(personIn({ fiscal_number: 'tinit-rssmra85t10a562s', given_name: 'MARIA GRAZIA', family_name: "D'ANGELO" }, names)).toEqual({
    fiscalCode: 'RSSMRA85T10A562S',
    name: "Maria Grazia D'Angelo",
  });
  for (const fiscal_number of ['12345678901', '', 7, 'TINIT-', 'VATIT-12345678901']) expect(personIn({ fiscal_number }, names)).toBeNull();
  const levels = ['a', 'b', 'c'];
  expect([levelOf('b', levels), levelOf('B', levels), levelOf(undefined, levels), levelOf(['c'], levels)]).toEqual([2, null, null, null]);
});

test('settings: made-up citizens are refused in production in a clear line; oidc says what is missing', async () => {
  expect((await plugIn('IDENTITIES', 'embedded', { NODE_ENV: 'production' })).mistakes).toEqual([
    'NODE_ENV is "production"; it must be anything but production while IDENTITIES=embedded, whose citizens are made up: set IDENTITIES=oidc (or none)',
  ]);
  expect((await plugIn('IDENTITIES', 'embedded', {})).mistakes).toEqual([]);
  const bad = path.join(tmpdir(), `sportello-no-key-${process.pid}`);
  writeFileSync(bad, 'nessuna chiave');
  const base = { OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'x' };
  const mistakes = async (more: Record<string, string>) => (await plugIn('IDENTITIES', 'oidc', { ...base, ...more })).mistakes.join('\n');
  expect(await mistakes({})).toMatch(/OIDC_KEY_FILE is not set; it must be set, or OIDC_CLIENT_SECRET be set/);
  expect(await mistakes({ OIDC_KEY_FILE: bad })).toMatch(/OIDC_KEY_FILE .*readable file with a private key/);
  expect(await mistakes({ OIDC_CLIENT_SECRET: 's', OIDC_ISSUER: 'http://sso.example' })).toMatch(/OIDC_ISSUER .*https/);
  expect(await mistakes({ OIDC_CLIENT_SECRET: 's', OIDC_LEVELS: 'a,b' })).toMatch(/OIDC_LEVELS .*three words/);
  expect(await mistakes({ OIDC_CLIENT_SECRET: 's' })).toBe('');
});
