/** Users, sessions, the first administrator and the audit chain, on both real databases. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openEmbedded from '../../connectors/databases/embedded.ts';
import { startPostgres, whyNoPostgres } from '../../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../../connectors/databases/postgres.ts';
import { appendAudit, verifyAudit } from '../privacy/audit.ts';
import { BadLink, makeFirstAdministrator, offerFirstAdministrator } from './first-administrator.ts';
import { createSeal } from './seal.ts';
import { createSessions } from './sessions.ts';
import { BadUser, checkSignIn, createUser } from './users.ts';

const seal = createSeal(Buffer.from('una chiave di prova'), 'second factors');
const PASSWORD = 'una password lunga';

const engines: [string, () => Promise<{ database: Database; stop(): Promise<void> }>, boolean][] = [
  [
    'embedded',
    async () => {
      const database = await openEmbedded({ dataDir: mkdtempSync(path.join(tmpdir(), 'sportello-staff-')) });
      return { database, stop: () => database.close() };
    },
    true,
  ],
  [
    'postgres (needs Debian’s postgresql)',
    async () => {
      const server = await startPostgres();
      const database = await openPostgres({ url: await server.createDatabase() });
      return {
        database,
        async stop() {
          await database.close();
          await server.stop();
        },
      };
    },
    whyNoPostgres() === null,
  ],
];

describe.each(engines.filter(([, , there]) => there))('%s', (_name, start) => {
  let database: Database;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ database, stop } = await start());
  });
  afterAll(() => stop?.());

  test('the link makes one administrator, however many hurry', async () => {
    const token = (await offerFirstAdministrator(database)) as string;
    await expect(makeFirstAdministrator(database, { token, name: 'Ada', password: 'corta' })).rejects.toThrow(BadUser);
    await expect(makeFirstAdministrator(database, { token: 'guessed', name: 'Eve', password: PASSWORD })).rejects.toThrow(BadLink);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => makeFirstAdministrator(database, { token, name: `Ada ${i}`, password: PASSWORD })),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await offerFirstAdministrator(database)).toBeNull();
    await expect(makeFirstAdministrator(database, { token, name: 'Again', password: PASSWORD })).rejects.toThrow(BadLink);
  });

  test('names, roles and passwords that cannot be are refused in words', async () => {
    await createUser(database, { name: 'Bruno', role: 'agent', office: 'Tributi', password: PASSWORD }, 'operator');
    for (const [user, words] of [
      [{ name: 'Bruno', role: 'agent', office: null, password: PASSWORD }, /already/],
      [{ name: 'Carla', role: 'king', office: null, password: PASSWORD }, /agent, editor/],
      [{ name: 'Carla', role: 'agent', office: null, password: 'short' }, /at least 12/],
      [{ name: '<b>', role: 'agent', office: null, password: PASSWORD }, /letters/],
    ] as const)
      await expect(createUser(database, user, 'operator')).rejects.toThrow(words);
  });

  test('sign-in: right, wrong, unknown, locked after five and open again after 15 minutes', async () => {
    await createUser(database, { name: 'Dario', role: 'editor', office: null, password: PASSWORD }, 'operator');
    expect(await checkSignIn(database, seal, { name: 'Dario', password: PASSWORD })).toMatchObject({ name: 'Dario', role: 'editor' });
    expect(await checkSignIn(database, seal, { name: 'Nobody', password: PASSWORD })).toBeNull();
    for (let i = 0; i < 5; i++) expect(await checkSignIn(database, seal, { name: 'Dario', password: 'sbagliata del tutto' })).toBeNull();
    expect(await checkSignIn(database, seal, { name: 'Dario', password: PASSWORD })).toMatchObject({ locked: true });
    expect(await checkSignIn(database, seal, { name: 'Dario', password: PASSWORD }, new Date(Date.now() + 16 * 60_000))).toMatchObject({
      name: 'Dario',
    });
  });

  test('a session dies at sign-out, after 30 idle minutes and after 12 hours; its cookie is hard to steal', async () => {
    let now = new Date('2026-11-25T09:00:00Z');
    const sessions = createSessions(database, () => now);
    const staff = await createUser(database, { name: 'Elsa', role: 'supervisor', office: null, password: PASSWORD }, 'operator');
    const { cookie, csrf } = await sessions.start(staff, true);
    expect(cookie).toMatch(/^__Host-sportello=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    const headers = { cookie: cookie.split(';')[0] as string };
    expect(await sessions.identify(headers)).toMatchObject({ csrf, staff: { name: 'Elsa' } });
    expect(await sessions.identify({ cookie: '__Host-sportello=guess' })).toBeNull();
    for (let minutes = 0; minutes < 11 * 60; minutes += 20) {
      now = new Date(now.getTime() + 20 * 60_000);
      expect(await sessions.identify(headers)).not.toBeNull();
    }
    now = new Date(now.getTime() + 70 * 60_000);
    expect(await sessions.identify(headers)).toBeNull();
    const again = await sessions.start(staff, false);
    now = new Date(now.getTime() + 31 * 60_000);
    expect(await sessions.identify({ cookie: again.cookie })).toBeNull();
    const third = await sessions.start(staff, false);
    expect(third.cookie).not.toMatch(/Secure/);
    await sessions.end({ cookie: third.cookie }, false);
    expect(await sessions.identify({ cookie: third.cookie })).toBeNull();
  });

  test('the audit chain: many writers at once make one chain; the database refuses changes; what gets by is found', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        database.write((tx) => appendAudit(tx, { actor: 'test', action: 'test.row', subject: String(i), detail: { i } })),
      ),
    );
    const more = Array.from({ length: 30 }, (_, i) =>
      database.write((tx) => appendAudit(tx, { actor: 'test', action: 'test.more', subject: String(i), detail: {} })),
    );
    for (let i = 0; i < 10; i++) expect(await verifyAudit(database)).toMatchObject({ intact: true });
    await Promise.all(more);
    const { entries } = await verifyAudit(database);
    expect(entries).toBeGreaterThanOrEqual(50);
    expect(await verifyAudit(database)).toEqual({ entries, intact: true });
    await expect(database.write((tx) => tx.updateTable('audit').set({ actor: 'eve' }).where('id', '=', 3).execute())).rejects.toThrow();
    await expect(database.write((tx) => tx.deleteFrom('audit').where('id', '=', 3).execute())).rejects.toThrow();
    // Someone with the database's own keys can still do it: then the chain tells.
    await database.write(async (tx) => {
      const kind =
        database.engine === 'postgres'
          ? sql`select tgname as name from pg_trigger where tgrelid = 'audit'::regclass and not tgisinternal`
          : sql`select name from sqlite_master where type = 'trigger' and tbl_name = 'audit'`;
      const { rows } = await sql<{ name: string }>`${kind}`.execute(tx);
      for (const { name } of rows)
        await sql`drop trigger ${sql.ref(name)} ${database.engine === 'postgres' ? sql`on audit` : sql``}`.execute(tx);
    });
    const third = await database.read
      .selectFrom('audit')
      .select(['id', 'actor'])
      .orderBy('id')
      .offset(2)
      .limit(1)
      .executeTakeFirstOrThrow();
    await database.write((tx) => tx.updateTable('audit').set({ actor: 'eve' }).where('id', '=', third.id).execute());
    expect(await verifyAudit(database)).toMatchObject({ intact: false, firstBroken: third.id });
    await database.write((tx) => tx.updateTable('audit').set({ actor: third.actor }).where('id', '=', third.id).execute());
    expect(await verifyAudit(database)).toMatchObject({ intact: true });
    const last = (await database.read.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id;
    await database.write((tx) => tx.deleteFrom('audit').where('id', '=', last).execute());
    expect(await verifyAudit(database)).toMatchObject({ intact: false });
  });
});
