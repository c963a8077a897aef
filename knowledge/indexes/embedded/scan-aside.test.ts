/** Other threads give the same products as this one, and their going away costs no answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { openScan } from './dense-scan.ts';
import { openAside } from './scan-aside.ts';
import { createThreads, type Threads } from './scan-threads.ts';

let state = 11;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const vectorsOf = (count: number, dimension: number) =>
  Array.from({ length: count }, (_, row) => (row % 7 === 3 ? null : Int8Array.from({ length: dimension }, () => random() * 255 - 127)));

let threads: Threads | undefined;
const folders: string[] = [];
afterEach(async () => {
  await threads?.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The threads as they stand when all are ready. */
async function ready(opened: Threads): Promise<Threads> {
  threads = opened;
  await vi.waitFor(async () => expect(await opened.run([])).toBe(true), { timeout: 20_000, interval: 20 });
  return opened;
}

/** A thread of another mind. */
function scriptOf(code: string): URL {
  const folder = mkdtempSync(path.join(tmpdir(), 'sportello-thread-'));
  folders.push(folder);
  const file = path.join(folder, 'thread.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${code}\nparentPort.postMessage(-1);\n`);
  return pathToFileURL(file);
}

const asked = async (aside: ReturnType<typeof openAside>, query: Int8Array) => {
  let found: number[] = [];
  await aside.scan(query, (dots) => {
    found = [...dots];
  });
  return found;
};

test.each([0, 1, 2, 3, 5, 1000])(
  '%d rows: two threads say what this one says, to many questions at once',
  { timeout: 30_000 },
  async (count) => {
    const vectors = vectorsOf(count, 40);
    const pool = await ready(createThreads({ count: 2, patienceMs: 20_000 }));
    const run = vi.fn(pool.run);
    const aside = openAside(vectors, 40, { ...pool, run });
    const here = openScan(vectors, 40);
    const questions = Array.from({ length: 20 }, () => Int8Array.from({ length: 40 }, () => random() * 255 - 127));
    const found = await Promise.all(questions.map((query) => asked(aside, query)));
    expect(found).toEqual(questions.map((query) => [...here.dots(query)]));
    for (const { value } of run.mock.results) expect(await value).toBe(true);
  },
);

test('two indexes share the threads', { timeout: 30_000 }, async () => {
  const pool = await ready(createThreads({ count: 1, patienceMs: 20_000 }));
  const [a, b] = [vectorsOf(50, 16), vectorsOf(80, 32)];
  const query = Int8Array.from({ length: 32 }, () => 100);
  const [asideA, asideB] = [openAside(a, 16, pool), openAside(b, 32, pool)];
  for (let round = 0; round < 3; round++) {
    expect(await asked(asideA, query.subarray(0, 16))).toEqual([...openScan(a, 16).dots(query.subarray(0, 16))]);
    expect(await asked(asideB, query)).toEqual([...openScan(b, 32).dots(query)]);
  }
});

test.each([
  ['never answers', ''],
  ['dies of a question', "parentPort.on('message', () => process.exit(1));"],
  ['throws at a question', "parentPort.on('message', () => { throw new Error('broken'); });"],
])('a thread that %s costs time, not the answer; later the threads are tried again', { timeout: 30_000 }, async (_, code) => {
  let now = 0;
  const keep = 'setInterval(() => {}, 1000);';
  const pool = await ready(createThreads({ count: 1, patienceMs: 200, script: scriptOf(`${keep}\n${code}`), now: () => now }));
  const vectors = vectorsOf(30, 16);
  const query = Int8Array.from({ length: 16 }, () => 50);
  const aside = openAside(vectors, 16, pool);
  const right = [...openScan(vectors, 16).dots(query)];
  expect(await asked(aside, query)).toEqual(right);
  expect(await pool.run([])).toBe(false);
  expect(await asked(aside, query)).toEqual(right);
  now = 60_000;
  await ready(pool);
});

test('threads that cannot be made cost time, not the answer, and are not tried at each question', async () => {
  let now = 0;
  let tries = 0;
  const script = scriptOf('');
  // The system refuses a thread as the address refuses to be read here: when the thread is made.
  Object.defineProperty(script, 'href', {
    get() {
      tries++;
      throw new Error('no more threads');
    },
  });
  threads = createThreads({ count: 2, patienceMs: 200, script, now: () => now });
  const vectors = vectorsOf(30, 16);
  const query = Int8Array.from({ length: 16 }, () => 50);
  const aside = openAside(vectors, 16, threads);
  const right = [...openScan(vectors, 16).dots(query)];
  for (let round = 0; round < 3; round++) expect(await asked(aside, query)).toEqual(right);
  expect(tries).toBeGreaterThan(0);
  const before = tries;
  now = 60_000;
  expect(await asked(aside, query)).toEqual(right);
  expect(tries).toBe(before * 2);
});
