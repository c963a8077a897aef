/** Other threads give the same products as this one, and their going away costs no answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { createRetriever } from '../../answering/retrieve.ts';
import { createVectorColumn, STRETCH, type VectorMemory } from '../collection/vector-column.ts';
import { createEmbedded, type EmbeddedParts } from '../embedded.ts';
import { passage } from '../fixtures/passages.ts';
import { nearAside } from './aside.ts';
import { NEAREST } from './dense.ts';
import { lay, NO_ROW, nearestIn } from './nearest.ts';
import { buildPostings } from './postings.ts';
import { openShard } from './scoring.ts';
import { openStretches, takeStretch } from './stretches.ts';
import { createThreads, type Threads } from './threads.ts';

let state = 11;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const vector = () => Int8Array.from({ length: 40 }, () => random() * 255 - 127);

const FILTER = { at: '2026-11-25', audience: 'citizen', langs: null, office: null } as const;
const WORDS = 'tari rata multa sosta nido mensa imu acconto carta certificato residenza tributo scadenza modulo'.split(' ');
const some = (count: number) => Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
const made = Array.from({ length: 300 }, (_, i) =>
  passage(`d${i}#1`, `Il Comune dice: ${some(4 + (i % 9))}.`, { documentId: `d${i % 70}`, audience: i % 11 === 0 ? 'staff' : 'citizen' }),
);
const vectors = new Map(made.flatMap(({ id }, i) => (i % 7 === 3 ? [] : [[id, vector()] as const])));
const asked = Array.from({ length: 12 }, () => ({ text: some(3), dense: vector() }));

type Index = ReturnType<typeof createEmbedded>;

async function filled(parts?: EmbeddedParts) {
  const index = createEmbedded(parts);
  await index.put(made);
  await index.addVectors(vectors);
  return index;
}

const question = (text: string) => ({
  question: { text, history: [], at: FILTER.at, audience: 'citizen' as const },
  lang: 'it',
  standalone: text,
  kind: 'question' as const,
});

/** What all questions find, asked at once; with vectors and without. Written out: where the figures stand in memory differs. */
async function answers(index: Index): Promise<{ passage: { id: string } }[][]> {
  const both = createRetriever(index, async (text) => asked.find((one) => one.text === text)?.dense ?? null);
  const words = createRetriever(index);
  const found = await Promise.all(
    [both, words].flatMap((retriever) => asked.map(({ text }) => retriever.retrieve(question(text), FILTER, 30))),
  );
  return JSON.parse(JSON.stringify(found));
}

let threads: Threads | undefined;
const folders: string[] = [];
afterEach(async () => {
  await threads?.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The threads as they stand when all are ready. */
async function ready(opened: Threads): Promise<Threads> {
  threads = opened;
  await vi.waitFor(() => expect(opened.ready()).toBe(true), { timeout: 20_000, interval: 20 });
  return opened;
}

/** A thread of another mind. */
function scriptOf(code: string): URL {
  const folder = mkdtempSync(path.join(tmpdir(), 'sportello-thread-'));
  folders.push(folder);
  const file = path.join(folder, 'thread.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${code}\nparentPort.postMessage({ part: -1 });\n`);
  return pathToFileURL(file);
}

test.each([1, 2, 3])('%d threads find what this one finds, for many questions at once', async (count) => {
  const pool = await ready(createThreads({ count, patienceMs: 20_000 }));
  const run = vi.fn(pool.run);
  const index = await filled({ asideFrom: 1, threads: { ...pool, run } });
  const right = await answers(await filled());
  expect(right.every((found) => found.length > 20)).toBe(true);
  expect(await answers(index)).toEqual(right);
  // Two messages each.
  expect(run.mock.results).toHaveLength(4 * asked.length);
  for (const { value } of run.mock.results) expect(await value).toHaveLength(count);
  // What changes is seen, vectors included.
  const here = await filled();
  for (const one of [index, here]) {
    await one.put([passage('d1#1', 'Tari e sosta, di nuovo.', { documentId: 'd1' })]);
    await one.addVectors(new Map([['d1#1', asked[0]?.dense as Int8Array]]));
  }
  const changed = await answers(index);
  expect(changed).toEqual(await answers(here));
  expect(changed).not.toEqual(right);
});

test.each([1, 2, 3])('%d threads compare vectors while this one adds up words, whoever asks in between', async (count) => {
  const pool = await ready(createThreads({ count, patienceMs: 20_000 }));
  // A question from words alone is answered at once: it writes over the sums of one that waits for its vectors.
  const run = vi.fn(async (jobs: Parameters<Threads['run']>[0]) => {
    const told = await pool.run(jobs);
    expect(await createRetriever(index).retrieve(question('nido'), FILTER)).not.toHaveLength(0);
    return told;
  });
  const index: Index = await filled({ vectorsAside: 1, threads: { ...pool, run } });
  const here = await filled();
  const right = await answers(here);
  expect(await answers(index)).toEqual(right);
  expect(run.mock.results).toHaveLength(asked.length);
  for (const { value } of run.mock.results) expect(await value).toHaveLength(count);
  for (const one of [index, here]) {
    await one.put([passage('d1#1', 'Tari e sosta, di nuovo.', { documentId: 'd1' })]);
    await one.addVectors(new Map([['d1#1', asked[0]?.dense as Int8Array]]));
  }
  const changed = await answers(index);
  expect(changed).toEqual(await answers(here));
  expect(changed).not.toEqual(right);
});

test('two indexes share the threads', async () => {
  const pool = await ready(createThreads({ count: 1, patienceMs: 20_000 }));
  const [a, b] = [await filled({ asideFrom: 1, threads: pool }), await filled({ asideFrom: 1, threads: pool })];
  await b.remove('d2');
  const here = await filled();
  const ofA = await answers(here);
  await here.remove('d2');
  const ofB = await answers(here);
  expect(ofB).not.toEqual(ofA);
  expect(await Promise.all([answers(a), answers(b), answers(a)])).toEqual([ofA, ofB, ofA]);
});

test.each([
  [1, 0],
  [2, 1],
  [3, 2],
  [1, 100],
])('%d threads and this one share out the stretches, this one at most %d', { timeout: 30_000 }, async (count, most) => {
  const pool = await ready(createThreads({ count, patienceMs: 20_000 }));
  const column = createVectorColumn();
  for (let i = 0; i < 5_500; i++) column.keep(vector());
  const layout = column.layout() as VectorMemory;
  const places = Uint32Array.from({ length: column.places() }, (_, place) => (place % 9 === 4 ? NO_ROW : place));
  const bytes = most * STRETCH * layout.width;
  const queries = Array.from({ length: 30 }, vector);
  const found = await Promise.all(queries.map((query) => nearAside({ query, column, number: -1, places }, () => {}, bytes, pool)));
  for (const [i, query] of queries.entries()) {
    lay(layout, query);
    const right = nearestIn({ layout, query, rows: places, fromPlace: 0, toPlace: places.length, desk: 0, limit: NEAREST });
    expect(right.rows).toHaveLength(NEAREST);
    expect(found[i]).toEqual(right);
  }
});

test('a thread that comes late finds nothing, of its own question or of the next', () => {
  const column = createVectorColumn();
  for (let i = 0; i < 2 * STRETCH; i++) column.keep(vector());
  const layout = column.layout() as VectorMemory;
  const take = (ticket: number) => takeStretch(layout, ticket, column.places());
  const first = openStretches(layout);
  expect([take(first), take(first), take(first)]).toEqual([0, STRETCH, -1]);
  const second = openStretches(layout);
  expect([take(first), take(second), take(first), take(second), take(second)]).toEqual([-1, 0, -1, STRETCH, -1]);
});

test('rows shared out in any way come to the same, to the last bit', () => {
  const rows = 200_000;
  const lists = (share: number) => {
    const weights = Float32Array.from({ length: 3 * rows }, () => (random() < share ? random() : 0));
    return buildPostings(3, (visit) => {
      for (let at = 0; at < weights.length; at++) if (weights[at] !== 0) visit(at % 3, Math.floor(at / 3), weights[at] as number);
    });
  };
  const [words, grams, concepts] = [lists(0.2), lists(0.3), lists(0.1)];
  const terms = { slots: [0, 1, 2], factors: [1.3, 0.7, 2.1] };
  const all = { rows, memory: null, words, grams, concepts };
  const admitted = Uint8Array.from({ length: rows }, () => (random() < 0.7 ? 1 : 0));
  const near = { rows: Uint32Array.of(5, 70_000, 199_999).filter((row) => admitted[row] === 1), nearness: Float64Array.of(1, 0.5, 0.25) };
  const found = (bounds: number[]) => {
    const shards = bounds.slice(1).map((to, i) => openShard(all, bounds[i] as number, to));
    const sums = shards.map((shard) => shard.add({ words: terms, grams: terms, concepts: terms }, admitted));
    const most = (name: 'words' | 'grams' | 'concepts') => Math.max(...sums.map((sum) => sum[name]));
    const largest = { words: most('words'), grams: most('grams'), concepts: most('concepts') };
    return shards
      .map((shard) => shard.choose(largest, near, 50))
      .flatMap(({ rows, scores }) => rows.map((row, i) => ({ row, score: scores[i] as number })))
      .sort((a, b) => b.score - a.score || a.row - b.row)
      .slice(0, 50);
  };
  const whole = found([0, 4]);
  expect(whole).toHaveLength(50);
  for (const bounds of [
    [0, 1, 2, 3, 4],
    [0, 0, 3, 4],
    [0, 2, 4, 4],
  ])
    expect(found(bounds)).toEqual(whole);
});

test.each([
  ['never answers', ''],
  ['dies of a question', "parentPort.on('message', () => process.exit(1));"],
  ['throws at a question', "parentPort.on('message', () => { throw new Error('broken'); });"],
])('a thread that %s costs time, not the answer; later the threads are tried again', { timeout: 30_000 }, async (_, code) => {
  let now = 0;
  const keep = 'setInterval(() => {}, 1000);';
  const pool = await ready(createThreads({ count: 1, patienceMs: 200, script: scriptOf(`${keep}\n${code}`), now: () => now }));
  const right = await answers(await filled());
  for (const parts of [{ asideFrom: 1 }, { vectorsAside: 1 }]) {
    const index = await filled({ ...parts, threads: pool });
    expect(await answers(index)).toEqual(right);
    expect(pool.ready()).toBe(false);
    expect(await answers(index)).toEqual(right);
    now += 60_000;
    await ready(pool);
  }
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
  const right = await answers(await filled());
  const index = await filled({ asideFrom: 1, threads });
  for (let round = 0; round < 3; round++) expect(await answers(index)).toEqual(right);
  expect(tries).toBeGreaterThan(0);
  const before = tries;
  now = 60_000;
  expect(await answers(index)).toEqual(right);
  expect(tries).toBe(before * 2);
});
