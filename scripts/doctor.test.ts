/** The doctor as an operator calls it: what it says, what it advises, how it ends. */
import { chmodSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { newFolder, run, startServer } from '../bot/fixtures/run-sportello.ts';
import { startPostgres, whyNoPostgres } from '../connectors/databases/fixtures/start-postgres.ts';
import type { Finding } from '../bot/operation/finding.ts';
import { checkClock, checkEnvFile } from '../bot/operation/machine.ts';
import { checkNames } from '../bot/operation/settings-check.ts';
import { freePort } from './bench/server-process.ts';

async function doctor(settings: Record<string, string>) {
  const ended = await run('scripts/doctor.ts', ['--json'], settings);
  const { healthy, findings } = JSON.parse(ended.out) as { healthy: boolean; findings: Finding[] };
  return {
    status: ended.status,
    healthy,
    findings,
    text: ended.out + ended.err,
    of: (name: string) => findings.filter((one) => one.name === name),
  };
}

describe('doctor', { timeout: 60_000 }, () => {
  test('a folder that nothing has used: well, with what is still to do', async () => {
    const { status, healthy, of } = await doctor({ DATA_DIR: path.join(newFolder(), 'data') });
    expect([status, healthy]).toEqual([0, true]);
    expect(of('folder')[0]).toMatchObject({ state: 'ok' });
    expect(of('database')[0]).toMatchObject({ state: 'ok', says: 'embedded; the first start makes it' });
  });

  test('a PostgreSQL without SECRETS_KEY is warned of, and with one it is not', async () => {
    const DATABASE_URL = 'postgres://u@127.0.0.1:1/x';
    const [without, given] = [
      await doctor({ DATA_DIR: newFolder(), DATABASE_URL }),
      await doctor({ DATA_DIR: newFolder(), DATABASE_URL, SECRETS_KEY: 'una chiave lunga e tutta nostra' }),
    ];
    expect(without.of('secrets')).toMatchObject([{ state: 'warning', todo: expect.stringContaining('SECRETS_KEY') }]);
    expect(given.of('secrets')).toEqual([]);
    expect((await doctor({ DATA_DIR: newFolder() })).of('secrets')).toEqual([]);
  });

  test('every mistake with what to do, no secret, status 1', async () => {
    const { status, findings, of, text } = await doctor({
      DATA_DIR: newFolder(),
      PORT: 'abc',
      INDEX: 'nope',
      DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x',
    });
    expect(status).toBe(1);
    expect(of('settings').map(({ says }) => says.split(' ')[0])).toEqual(['PORT', 'INDEX']);
    expect(of('database')[0]).toMatchObject({ state: 'wrong', says: expect.stringContaining('ECONNREFUSED') as string });
    expect(findings.filter(({ state, todo }) => state !== 'ok' && !todo)).toEqual([]);
    expect(text).not.toContain('hunter2');
  });

  test('a running server and its dependencies; then its damaged database', async () => {
    const DATA_DIR = newFolder();
    chmodSync(DATA_DIR, 0o750);
    const settings = { DATA_DIR, PORT: String(await freePort()) };
    const server = await startServer(settings);
    try {
      const { status, of } = await doctor(settings);
      expect(status).toBe(0);
      expect(of('server')[0]).toMatchObject({ state: 'ok', says: expect.stringContaining(server.url) as string });
      expect(of('index')[0]).toMatchObject({ state: 'warning', todo: expect.stringContaining('ingest') as string });
      expect(of('administrator')[0]).toMatchObject({ state: 'warning' });
    } finally {
      await server.stop();
    }
    const file = path.join(DATA_DIR, 'sportello.sqlite');
    const database = new DatabaseSync(file);
    database.exec(`insert into migration (name, ran_at) values ('999-later', '2030')`);
    database.close();
    expect((await doctor(settings)).of('schema')[0]).toMatchObject({
      state: 'wrong',
      says: expect.stringContaining('999-later') as string,
    });
    writeSync(openSync(file, 'r+'), Buffer.alloc(8192, 7), 0, 8192, 0);
    expect(await doctor(settings)).toMatchObject({ status: 1, healthy: false });
  });
});

const why = whyNoPostgres();
describe.skipIf(why !== null)(`doctor on PostgreSQL${why ? `: ${why}` : ''}`, { timeout: 60_000 }, () => {
  const started = startPostgres();
  afterAll(async () => (await started).stop());
  test('version, durability, clock', async () => {
    const DATABASE_URL = await (await started).createDatabase();
    const { status, of } = await doctor({ DATA_DIR: newFolder(), DATABASE_URL });
    expect(status).toBe(0);
    expect(of('database')[0]?.says).toMatch(/^PostgreSQL \d+/);
    expect(of('schema')[0]?.says).toMatch(/^empty/);
  });
});

test('names in .env that nothing reads, with the one that was meant; a file that all can read', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'sportello-env-')), '.env');
  writeFileSync(file, 'PORT=80\nPUBLIC_ULR=x\nDATABASE_UR=x\n# HOST=1\nWHATEVER_ELSE=1\n', { mode: 0o644 });
  const found = await checkNames(file);
  expect(found.map(({ todo }) => todo)).toEqual(['take it out', 'did you mean DATABASE_URL?', 'take it out']);
  expect(checkEnvFile(file)[0]?.state).toBe('warning');
  chmodSync(file, 0o640);
  expect(checkEnvFile(file)[0]?.state).toBe('ok');
});

test('clocks that differ', () => {
  const now = Date.parse('2026-11-25T10:00:00Z');
  const states = [0, 3_000, -60_000].map((away) => checkClock([{ name: 'the database', at: now - away }], now).state);
  expect(states).toEqual(['ok', 'warning', 'wrong']);
  expect(checkClock([], Date.parse('1970-01-02T00:00:00Z')).state).toBe('wrong');
});
