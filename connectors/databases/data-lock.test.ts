import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DataLocked, takeDataLock } from './data-lock.ts';

const children: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function hold(dataDir: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/hold-lock.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = new Promise<string>((resolve) => child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { child, said, ended };
}
const folder = () => mkdtempSync(join(tmpdir(), 'sportello-lock-'));

test('a second process is refused at once, with the pid and the folder named', async () => {
  const dataDir = folder();
  const first = hold(dataDir);
  expect(await first.said).toBe('taken');
  // At once, and not after some waiting for the other to end: the quickest of ten, for the machine may be busy.
  const times = Array.from({ length: 10 }, () => {
    const started = performance.now();
    expect(() => takeDataLock(dataDir)).toThrow(DataLocked);
    return performance.now() - started;
  });
  expect(Math.min(...times)).toBeLessThan(100);
  expect(await hold(dataDir).said).toContain(`${dataDir} is in use by process ${first.child.pid}`);
});

test('the lock of a killed process is taken over', async () => {
  const dataDir = folder();
  const first = hold(dataDir);
  await first.said;
  first.child.kill('SIGKILL');
  await first.ended;
  const lock = takeDataLock(dataDir);
  expect(readFileSync(join(dataDir, 'server.lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  lock.release();
  expect(await hold(dataDir).said).toBe('taken');
});

test('a lock whose pid lives again as another process is stale', () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'server.lock'), `${process.ppid} 1`);
  takeDataLock(dataDir).release();
});

test('of many that start at the same instant over a stale lock one wins', async () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'server.lock'), '999999999 1');
  const said = await Promise.all(Array.from({ length: 5 }, () => hold(dataDir).said));
  expect(said.filter((line) => line === 'taken')).toHaveLength(1);
});
