/** The second factor over HTTP and on both databases: set up, asked for, spent, lost, required. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { openOffice, PASSWORD } from '../desk/fixtures/open-office.ts';
import type { Staff } from '../http/route.ts';
import { beginSecondFactor, checkSecondFactor, confirmSecondFactor, dropSecondFactor, secondFactorState } from './second-factor.ts';
import { createSeal } from './seal.ts';
import { codeAt, fromBase32, stepOf } from './totp.ts';
import { checkSignIn, createUser } from './users.ts';

const seal = createSeal(Buffer.from('una chiave di prova'), 'second factors');
const codeNow = (secret: string, now = new Date()) => codeAt(fromBase32(secret), stepOf(now));
const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

describe.each(engines.filter(({ why }) => !why))('$title', (engine) => {
  let database: Database;
  let ada: Staff;
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    database = await engine.open(await engine.place());
    ada = await createUser(database, { name: 'Ada', role: 'editor', office: null, password: PASSWORD }, 'operator');
  });
  afterEach(() => database.close());

  async function setUp(): Promise<{ secret: string; codes: string[] }> {
    const begun = await beginSecondFactor(database, seal, ada, 'Sportello');
    const secret = begun?.secret ?? '';
    return { secret, codes: (await confirmSecondFactor(database, seal, ada, codeNow(secret))) ?? [] };
  }
  const signIn = (code?: string, now?: Date) => checkSignIn(database, seal, { name: 'Ada', password: PASSWORD, code }, now);

  test('counts only after its first code; then the password alone is not enough', async () => {
    const begun = (await beginSecondFactor(database, seal, ada, 'Sportello')) as { secret: string };
    expect(await signIn()).toMatchObject({ name: 'Ada', strong: false });
    expect(await confirmSecondFactor(database, seal, ada, '000000', new Date('2020-01-01'))).toBeNull();
    expect(await confirmSecondFactor(database, seal, ada, codeNow(begun.secret))).toHaveLength(10);
    expect(await beginSecondFactor(database, seal, ada, 'Sportello')).toBeNull();
    expect(await signIn()).toEqual({ secondFactor: 'missing' });
    expect(await signIn(codeNow(begun.secret, later(30)), later(30))).toMatchObject({ name: 'Ada', strong: true });
  });

  test('one code opens once, for however many send it together', async () => {
    const { secret } = await setUp();
    const now = later(30);
    const tries = await Promise.all(Array.from({ length: 6 }, () => checkSecondFactor(database, seal, ada.id, codeNow(secret, now), now)));
    expect(tries.sort()).toEqual(['right', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong']);
  });

  test('each recovery code opens once, written as one likes; nothing of them can be read', async () => {
    const { codes } = await setUp();
    const first = codes[0] as string;
    expect(await signIn(` ${first.toUpperCase().replace('-', '')}`)).toMatchObject({ strong: true });
    expect(await signIn(first)).toEqual({ secondFactor: 'wrong' });
    expect(await secondFactorState(database.read, ada.id)).toEqual({ on: true, recoveryLeft: 9 });
    expect(JSON.stringify(await database.read.selectFrom('staff_recovery').selectAll().execute())).not.toContain(codes[1]);
  });

  test('five wrong codes lock the account, the right one too', async () => {
    const { secret } = await setUp();
    for (let i = 0; i < 5; i++) expect(await signIn('nonvalido')).toEqual({ secondFactor: 'wrong' });
    expect(await signIn(codeNow(secret, later(30)), later(30))).toMatchObject({ locked: true });
  });

  test('a lost phone: the operator takes it away, and the audit says so', async () => {
    await setUp();
    expect([await dropSecondFactor(database, ada.id, 'operator'), await dropSecondFactor(database, ada.id, 'operator')]).toEqual([
      true,
      false,
    ]);
    expect(await signIn()).toMatchObject({ strong: false });
    const acts = await database.read.selectFrom('audit').select(['actor', 'action']).where('action', 'like', 'second-factor%').execute();
    expect(acts).toEqual([
      { actor: ada.id, action: 'second-factor.on' },
      { actor: 'operator', action: 'second-factor.off' },
    ]);
  });
});

describe('over HTTP, where one is asked of everybody', () => {
  let office: Awaited<ReturnType<typeof openOffice>>;
  beforeAll(async () => {
    office = await openOffice({ SECOND_FACTOR: 'required' });
  });
  afterAll(() => office?.stop());

  test('who has none may set it up and nothing else; other sessions end; a new sign-in asks for the code', async () => {
    const bruno = await office.staff('Bruno Blu');
    expect((await bruno.call('GET', '/api/me')).body).toMatchObject({ name: 'Bruno Blu', weak: true });
    expect((await bruno.call('GET', '/api/handoffs')).body.error?.code).toBe('SecondFactorNeeded');
    expect((await bruno.call('POST', '/api/second-factor/begin', { password: 'sbagliata' })).status).toBe(400);
    const { secret, uri } = (await bruno.call('POST', '/api/second-factor/begin', { password: PASSWORD })).body as Record<string, string>;
    expect(uri).toContain(`secret=${secret}`);
    const confirmed = await bruno.call('POST', '/api/second-factor/confirm', { code: codeNow(secret as string) });
    expect((confirmed.body as { recoveryCodes?: string[] }).recoveryCodes).toHaveLength(10);
    expect((await bruno.call('GET', '/api/handoffs')).status).toBe(200);

    const post = (body: object) =>
      fetch(`${office.serving.url}/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: bruno.name, password: PASSWORD, ...body }),
      });
    const asked = await post({});
    expect([asked.status, asked.headers.get('set-cookie'), await asked.json()]).toEqual([
      401,
      null,
      { error: { code: 'SecondFactorRequired', message: expect.stringMatching(/sei cifre/) } },
    ]);
    const wrong = (await (await post({ code: '12' })).json()) as { error: { code: string } };
    expect(wrong.error.code).toBe('BadCode');
    const code = (confirmed.body as { recoveryCodes: string[] }).recoveryCodes[0];
    expect((await post({ code })).status).toBe(200);
    // Taken away, this session is weak again.
    const dropped = await bruno.call('POST', '/api/second-factor/drop', {
      password: PASSWORD,
      code: (confirmed.body as { recoveryCodes: string[] }).recoveryCodes[1],
    });
    expect([dropped.status, (await bruno.call('GET', '/api/handoffs')).status]).toEqual([200, 403]);
  });

  test('a new password ends every session; the old one no longer opens', async () => {
    const carla = await office.staff('Carla Rossi');
    expect((await carla.call('POST', '/api/password', { password: PASSWORD, newPassword: 'corta' })).status).toBe(400);
    expect((await carla.call('POST', '/api/password', { password: PASSWORD, newPassword: 'un’altra password lunga' })).status).toBe(200);
    expect((await carla.call('GET', '/api/me')).status).toBe(401);
    const { database, seal } = office.sportello;
    expect(await checkSignIn(database, seal, { name: 'Carla Rossi', password: PASSWORD })).toBeNull();
    expect(await checkSignIn(database, seal, { name: 'Carla Rossi', password: 'un’altra password lunga' })).toMatchObject({
      name: 'Carla Rossi',
    });
  });
});
