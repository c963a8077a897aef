/** Authenticator secrets in the database: closed, bound to their user, closed late where they lay open, and what happens when the key is lost. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines, temporary } from '../../connectors/databases/fixtures/engines.ts';
import type { Staff } from '../http/route.ts';
import { createSeal } from './seal.ts';
import { beginSecondFactor, checkSecondFactor, confirmSecondFactor } from './second-factor.ts';
import { codeAt, fromBase32, stepOf } from './totp.ts';
import { createUser } from './users.ts';
import { openVault } from './vault.ts';

/** One step of the app on from the code that was used to set it up. */
const soon = () => new Date(Date.now() + 30_000);
const codeOf = (secret: string, at = new Date()) => codeAt(fromBase32(secret), stepOf(at));

test('what is closed opens with the same key, for the same owner, unchanged, and in no other way', () => {
  const seal = createSeal(Buffer.from('una chiave'), 'prova');
  const closed = seal.close('JBSWY3DPEHPK3PXP', 'ada');
  expect(closed).not.toContain('JBSWY3DPEHPK3PXP');
  expect(seal.close('JBSWY3DPEHPK3PXP', 'ada')).not.toBe(closed);
  expect(seal.open(closed, 'ada')).toBe('JBSWY3DPEHPK3PXP');
  expect(seal.open(closed, 'eva')).toBeNull();
  expect(createSeal(Buffer.from('una chiave'), 'altro').open(closed, 'ada')).toBeNull();
  expect(createSeal(Buffer.from('un’altra'), 'prova').open(closed, 'ada')).toBeNull();
  for (let i = 0; i < closed.length; i++) {
    const other = closed.slice(0, i) + (closed[i] === 'A' ? 'Q' : 'A') + closed.slice(i + 1);
    expect(seal.open(other, 'ada') ?? 'JBSWY3DPEHPK3PXP', `sign ${i}`).toBe('JBSWY3DPEHPK3PXP');
    expect(seal.open(closed.slice(0, i), 'ada'), `${i} signs`).toBeNull();
  }
});

describe.each(engines.filter(({ why }) => !why))('$title', (engine) => {
  let database: Database;
  let dataDir: string;
  let ada: Staff;
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    dataDir = temporary();
    database = await engine.open(await engine.place());
    ada = await createUser(database, { name: 'Ada', role: 'editor', office: null, password: 'una password lunga' }, 'operator');
    return () => database.close();
  });
  const vault = (key = '', onUnreadable = (_count: number) => {}) =>
    openVault({ database, dataDir, key, log: { warn: (fields) => onUnreadable((fields as { count: number }).count) } });
  const stored = async () => (await database.read.selectFrom('staff_totp').select('secret').executeTakeFirstOrThrow()).secret;

  test('the table holds nothing that an app could be set up with; a row put under another name opens nothing', async () => {
    const seal = await vault('una chiave di almeno ventiquattro segni');
    const { secret } = (await beginSecondFactor(database, seal, ada, 'Sportello')) as { secret: string };
    expect(await stored()).not.toContain(secret);
    await confirmSecondFactor(database, seal, ada, codeOf(secret));
    const eva = await createUser(database, { name: 'Eva', role: 'editor', office: null, password: 'una password lunga' }, 'operator');
    const row = { user_id: eva.id, secret: await stored(), confirmed_at: soon().toISOString(), last_step: 0 };
    await database.write((tx) => tx.insertInto('staff_totp').values(row).execute());
    expect(await checkSecondFactor(database, seal, eva.id, codeOf(secret, soon()), soon())).toBe('wrong');
    expect(await checkSecondFactor(database, seal, ada.id, codeOf(secret, soon()), soon())).toBe('right');
  });

  test('secrets that lay open are closed at the next start, and their codes are as good as before', async () => {
    const row = { user_id: ada.id, secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', confirmed_at: soon().toISOString(), last_step: 0 };
    await database.write((tx) => tx.insertInto('staff_totp').values(row).execute());
    const seal = await vault();
    expect(await stored()).toMatch(/^v1\./);
    expect(await checkSecondFactor(database, seal, ada.id, codeOf(row.secret, soon()), soon())).toBe('right');
    const again = await stored();
    await vault();
    expect(await stored()).toBe(again);
  });

  test('with another key no code is right, the start says so, and a recovery code still opens', async () => {
    const seal = await vault('una chiave di almeno ventiquattro segni');
    const { secret } = (await beginSecondFactor(database, seal, ada, 'Sportello')) as { secret: string };
    const codes = (await confirmSecondFactor(database, seal, ada, codeOf(secret))) ?? [];
    let told = 0;
    const other = await vault('tutta un’altra chiave, e lunga', (count) => (told = count));
    expect(told).toBe(1);
    expect(await checkSecondFactor(database, other, ada.id, codeOf(secret, soon()), soon())).toBe('wrong');
    expect(await checkSecondFactor(database, other, ada.id, codes[0] as string)).toBe('recovery');
  });

  test.runIf(engine.name === 'embedded')('the key is a file of 32 random bytes for this user alone, kept from start to start', async () => {
    await vault();
    const file = path.join(dataDir, 'secrets.key');
    const key = readFileSync(file, 'utf8');
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(statSync(file).mode & 0o077).toBe(0);
    await vault();
    expect(readFileSync(file, 'utf8')).toBe(key);
    rmSync(file);
    await vault();
    expect(readFileSync(file, 'utf8')).not.toBe(key);
  });

  test.runIf(engine.name === 'embedded')(
    'a key file left empty by a cut start is made anew; one that was cut is told, not taken for a key',
    async () => {
      const file = path.join(dataDir, 'secrets.key');
      writeFileSync(file, '');
      await vault();
      expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
      writeFileSync(file, 'QUJD\n');
      await expect(vault()).rejects.toThrow(/secrets\.key is cut/);
    },
  );
});
