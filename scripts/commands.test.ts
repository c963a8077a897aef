/** Commands give the same result in a process of their own and through the server that holds the folder; back-ups come back whole or not at all. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder, run, startServer } from '../bot/fixtures/run-sportello.ts';

const PASSWORD = 'una password lunga';
const admin = (DATA_DIR: string, args: string[], input = '') => run('scripts/admin.ts', args, { DATA_DIR }, input);
const createUser = (folder: string, name: string, role = 'agent', password = PASSWORD) =>
  admin(folder, ['create-user', '--name', name, '--role', role, '--office', 'Tributi', '--password-stdin'], `${password}\n`);

/** Every row of every table, but what a command itself adds to the audit. */
function rowsOf(folder: string): Record<string, unknown[]> {
  const database = new DatabaseSync(path.join(folder, 'sportello.sqlite'), { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name").all();
    return Object.fromEntries(tables.map(({ name }) => [name, database.prepare(`select * from "${name}" order by 1, 2`).all()]));
  } finally {
    database.close();
  }
}

describe('with a server and without', () => {
  const folder = newFolder();
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: folder });
  });
  afterAll(() => server?.stop('SIGKILL'));

  test('create-user, audit verify and a user’s mistakes are the same', async () => {
    const alone = newFolder();
    const shapes = [];
    for (const place of [folder, alone]) {
      const made = await createUser(place, 'Bruno');
      const { id, ...rest } = JSON.parse(made.out) as { id: string };
      const twice = await createUser(place, 'Bruno');
      const verified = await admin(place, ['audit', 'verify']);
      shapes.push({ made: [made.status, rest, typeof id], twice: [twice.status, twice.err] });
      expect([verified.status, JSON.parse(verified.out).intact]).toEqual([0, true]);
    }
    expect(shapes[0]).toEqual(shapes[1]);
    expect(shapes[0]).toEqual({
      made: [0, { name: 'Bruno', role: 'agent', office: 'Tributi' }, 'string'],
      twice: [2, 'there is already a user called "Bruno"\n'],
    });
    const king = await createUser(folder, 'Carla', 'king');
    expect([king.status, king.err]).toEqual([2, 'the role is "king"; it must be one of agent, editor, supervisor, administrator\n']);
    const inside = await fetch(`${server.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Bruno', password: PASSWORD }),
    });
    expect(inside.status).toBe(200);
  });

  test('a back-up while the server runs holds what the server holds; restore waits until it stops', async () => {
    const file = path.join(newFolder(), 'a.zip');
    const made = await run('scripts/back-up.ts', [file], { DATA_DIR: folder });
    expect([made.status, JSON.parse(made.out).file]).toEqual([0, file]);
    const busy = await run('scripts/restore.ts', [file, '--force'], { DATA_DIR: folder });
    expect([busy.status, busy.err]).toEqual([2, expect.stringContaining(`process ${server.pid}`)]);
    const twice = await run('scripts/back-up.ts', [file], { DATA_DIR: folder });
    expect([twice.status, twice.err]).toEqual([2, `${file} exists already: choose another name\n`]);
    await server.stop();
    const before = rowsOf(folder);
    const elsewhere = newFolder();
    expect((await run('scripts/restore.ts', [file], { DATA_DIR: elsewhere })).status).toBe(0);
    const after = rowsOf(elsewhere);
    expect(after['staff_user']).toEqual(before['staff_user']);
    expect(after['staff_user']).toHaveLength(1);
  });
});

describe('back-up, wipe, restore', () => {
  const folder = newFolder();
  const file = path.join(newFolder(), 'sportello.zip');
  let rows: Record<string, unknown[]>;
  beforeAll(async () => {
    await createUser(folder, 'Ada', 'administrator');
    mkdirSync(path.join(folder, 'uploads/c1'), { recursive: true });
    writeFileSync(path.join(folder, 'uploads/c1/foto.png'), 'a picture');
    rows = rowsOf(folder);
    expect((await run('scripts/back-up.ts', [file], { DATA_DIR: folder })).status).toBe(0);
  });
  const restore = (from: string, ...flags: string[]) => run('scripts/restore.ts', [from, ...flags], { DATA_DIR: folder });
  const state = () => ({ rows: rowsOf(folder), upload: readFileSync(path.join(folder, 'uploads/c1/foto.png'), 'utf8') });

  test('refuses to overwrite without --force', async () => {
    const ended = await restore(file);
    expect([ended.status, ended.err]).toEqual([2, expect.stringContaining('add --force')]);
  });

  test.each<[string, (entries: Record<string, Uint8Array>) => void, RegExp]>([
    ['a changed database', (zip) => zip['database']?.set([1], 200), /checksum/],
    ['a missing upload', (zip) => delete zip['uploads/c1/foto.png'], /missing/],
    ['an entry nobody listed', (zip) => Object.assign(zip, { 'uploads/c1/evil.html': Buffer.from('<script>') }), /not in the manifest/],
    ['a manifest without the database', (zip) => Object.assign(zip, { 'manifest.json': Buffer.from('{"files":{}}') }), /manifest/],
    ['no manifest', (zip) => delete zip['manifest.json'], /no manifest/],
  ])('%s changes nothing', async (_name, tamper, words) => {
    const before = state();
    const entries = unzipSync(readFileSync(file));
    tamper(entries);
    const bad = path.join(newFolder(), 'bad.zip');
    writeFileSync(bad, zipSync(entries));
    const ended = await restore(bad, '--force');
    expect([ended.status, ended.err]).toEqual([2, expect.stringMatching(words)]);
    expect(state()).toEqual(before);
  });

  test('a file cut in half, or no zip at all, changes nothing', async () => {
    const before = state();
    const bad = path.join(newFolder(), 'bad.zip');
    copyFileSync(file, bad);
    writeFileSync(bad, readFileSync(file).subarray(0, 5_000));
    expect((await restore(bad, '--force')).err).toMatch(/not a back-up/);
    expect((await restore('/nowhere.zip')).err).toMatch(/does not exist/);
    expect(state()).toEqual(before);
  });

  test('gives back equal rows and files, and the chain still holds', async () => {
    rmSync(folder, { recursive: true });
    expect(existsSync(folder)).toBe(false);
    expect((await restore(file)).status).toBe(0);
    expect(state()).toEqual({ rows, upload: 'a picture' });
    const verified = await admin(folder, ['audit', 'verify']);
    expect([verified.status, JSON.parse(verified.out).intact]).toEqual([0, true]);
  });

  test('a broken chain is a bad result: status 1', async () => {
    const database = new DatabaseSync(path.join(folder, 'sportello.sqlite'));
    for (const { name } of database.prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit'").all())
      database.exec(`drop trigger "${name}"`);
    database.exec("update audit set actor = 'eve' where id = 1");
    database.close();
    const verified = await admin(folder, ['audit', 'verify']);
    expect([verified.status, JSON.parse(verified.out)]).toEqual([1, { entries: 1, intact: false, firstBroken: 1 }]);
  });
});

test.each([
  ['scripts/admin.ts', [], /^Use: admin/],
  ['scripts/admin.ts', ['create-user', '--role', 'agent'], /^--name is missing/],
  ['scripts/admin.ts', ['audit', 'verify', '--nope'], /^--nope is not an option here; known: --name/],
  ['scripts/back-up.ts', [], /^Name one file/],
  ['scripts/restore.ts', [], /^Name one back-up/],
  ['scripts/ask.ts', [], /^Ask something/],
  ['scripts/ask.ts', ['orari', '--at', 'ieri'], /^at: must be a day/],
  ['scripts/ingest.ts', [], /^Name files/],
])('%s %j → 2 and one line', async (file, args, words) => {
  const ended = await run(file, args, { DATA_DIR: newFolder() });
  expect([ended.status, ended.out]).toEqual([2, '']);
  expect(ended.err).toMatch(words);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
});
