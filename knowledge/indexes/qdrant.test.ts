/** Qdrant and the embedded index rank alike; the server away, slow, back again, emptied; another shape behind the alias. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { QdrantClient } from '@qdrant/js-client-rest';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import openDatabase from '../../connectors/databases/embedded.ts';
import type { Passage } from '../answering/question.ts';
import { termsOf } from '../answering/ranking/terms.ts';
import { createRetriever } from '../answering/retrieve.ts';
import openExtractive from '../composers/extractive.ts';
import { loadDemo } from '../demo/load.ts';
import { createKnowledge } from '../knowledge.ts';
import it from '../languages/it.ts';
import { stemsOf } from './analyzer.ts';
import type { IndexFilter, KnowledgeIndex } from './contract.ts';
import openEmbedded from './embedded.ts';
import { createMemory, type QdrantStandIn, specFile, startQdrant } from './fixtures/qdrant-server.ts';
import openQdrant, { type QdrantIndex, type QdrantParts, settings } from './qdrant.ts';
import { createPoints } from './qdrant/points.ts';
import { queryOf } from './qdrant/schema.ts';

const citizen: IndexFilter = { at: '2026-11-25', audience: 'citizen', langs: null, office: null };
const questions = readFileSync(path.resolve(import.meta.dirname, '../../eval/datasets/demo-questions.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; lang: string; history?: { role: 'citizen' | 'bot'; text: string }[] });

let passages: Passage[] = [];
/** Enough where the ranking is not the question. */
let few: Passage[] = [];
const servers: QdrantStandIn[] = [];
const indexes: KnowledgeIndex[] = [];

beforeAll(async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-qdrant-'));
  const database = await openDatabase({ dataDir });
  const index = openEmbedded();
  const knowledge = await createKnowledge({ database, index, composer: openExtractive(), languages: [it()], onSurprise() {} });
  await loadDemo(knowledge, () => {});
  passages = [...index.collection.entries].map((entry) => entry.passage);
  few = passages.slice(0, 60);
  await knowledge.close();
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

afterEach(async () => {
  for (const index of indexes.splice(0)) await index.close();
  for (const server of servers.splice(0)) {
    expect(server.mistakes).toEqual([]);
    await server.stop();
  }
});

async function start(memory = createMemory(), port = 0): Promise<QdrantStandIn> {
  const server = await startQdrant(memory, port);
  servers.push(server);
  return server;
}

function open(url: string, parts: QdrantParts = {}, given: Record<string, unknown> = {}): QdrantIndex {
  const index = openQdrant(settings.parse({ QDRANT_URL: url, QDRANT_COLLECTION: 'prova', ...given }), { retryMs: 20, ...parts });
  indexes.push(index);
  return index;
}

async function filled(url: string, parts: QdrantParts = {}, given: Record<string, unknown> = {}, held = few): Promise<QdrantIndex> {
  const index = open(url, parts, given);
  await index.put(held);
  await index.settle();
  return index;
}

async function embedded(held = passages): Promise<KnowledgeIndex> {
  const index = openEmbedded();
  await index.put(held);
  return index;
}

const served = (server: QdrantStandIn, ending: string) => server.served.filter((request) => request.endsWith(ending)).length;

async function topTen(index: KnowledgeIndex, n: number, filter = citizen) {
  const { text, lang, history = [] } = questions[n] as (typeof questions)[number];
  const question = { text, lang, history, at: '2026-11-25', audience: filter.audience };
  const ranked = await createRetriever(index).retrieve({ question, lang, standalone: text, kind: 'question' }, filter);
  return ranked.map(({ passage, score, signals }) => ({ id: passage.id, score, signals }));
}

/** What one word alone finds, best first. */
async function find(index: KnowledgeIndex, word: string): Promise<string[]> {
  const slots = stemsOf(word, 'it').flatMap((stem) => index.collection.slotOf(stem) ?? []);
  const hits = await index.query({
    words: slots.map((slot) => ({ slot, weight: 1 })),
    grams: [],
    concepts: [],
    filter: citizen,
    limit: 10,
  });
  return hits.map((hit) => hit.entry.passage.id);
}

const note = (id: string, text: string): Passage => ({
  ...(passages[0] as Passage),
  id,
  documentId: id,
  lang: 'it',
  audience: 'citizen',
  validFrom: null,
  validUntil: null,
  text,
});

describe('ranking', () => {
  test('the same top ten with the same scores as embedded, for every question over the demo', async () => {
    const [own, server] = [await embedded(), await start()];
    const index = await filled(server.url, {}, {}, passages);
    for (const filter of [citizen, { ...citizen, audience: 'staff' as const, langs: ['it'], at: '2025-06-30' }])
      for (const n of questions.keys()) expect(await topTen(index, n, filter), questions[n]?.text).toEqual(await topTen(own, n, filter));
    expect(index.state()).toBe('up');
    expect(served(server, 'points/query')).toBeGreaterThanOrEqual(2 * questions.length);
  });

  test.each(['words', 'grams', 'concepts'] as const)(
    'the server itself ranks %s as the embedded index does, so that it proposes the right ones',
    async (signal) => {
      const [own, server] = [await embedded(), await start()];
      const index = await filled(server.url, {}, {}, passages);
      const client = new QdrantClient({ url: server.url, checkCompatibility: false });
      let compared = 0;
      for (const { text, lang } of questions.slice(0, 20)) {
        const terms = termsOf({ text, lang, history: [] }, index.collection);
        const all = { words: terms.weighted, grams: terms.grams, concepts: terms.concepts.weighted };
        const query = { words: [], grams: [], concepts: [], [signal]: all[signal], filter: citizen, limit: 100 };
        const hits = await own.query(query);
        if (hits.length === 0) continue;
        const scores = new Map(hits.map((hit) => [hit.entry.passage.id, hit[signal]]));
        // Both were filled in the same order, so their slots agree.
        const sent = createPoints(index.collection, 'prova').query(query);
        const { points } = await client.query('prova', queryOf(sent, citizen, 'prova', 100));
        const along = points.slice(0, 10).map((point) => scores.get(String(point.payload?.['passage'])) ?? 0);
        for (const [i, score] of along.entries()) expect(score, text).toBeCloseTo(hits[i]?.[signal] ?? 0, 2);
        compared++;
      }
      expect(compared).toBeGreaterThan(10);
    },
  );
});

describe('the server away', () => {
  test('killed in mid-run: embedded answers, writes are kept, and it comes back by itself', async () => {
    const memory = createMemory();
    const first = await start(memory);
    const surprises: unknown[] = [];
    const index = await filled(first.url, { onSurprise: (error) => surprises.push(error) });
    expect(index.state()).toBe('up');
    await first.stop();
    servers.splice(servers.indexOf(first), 1);

    expect(await topTen(index, 3)).toEqual(await topTen(await embedded(few), 3));
    expect(index.state()).toBe('degraded');
    expect(surprises).toHaveLength(1);
    await index.put([note('cicogna', 'La cicogna nidifica sul campanile.')]);
    await index.remove((few[0] as Passage).documentId);
    expect((await find(index, 'cicogna'))[0]).toBe('cicogna');

    const again = await start(memory, first.port);
    await vi.waitFor(() => expect(index.state()).toBe('up'), { timeout: 20_000, interval: 20 });
    const held = again.points('prova').map((point) => point.payload['passage']);
    expect(held.sort()).toEqual([...index.collection.entries].map((entry) => entry.passage.id).sort());
    const before = served(again, 'points/query');
    expect((await find(index, 'cicogna'))[0]).toBe('cicogna');
    expect(served(again, 'points/query')).toBe(before + 1);
  });

  test('away from the start, it joins when it is there', async () => {
    const gone = await start();
    await gone.stop();
    servers.length = 0;
    const index = await filled(gone.url);
    expect(index.state()).toBe('degraded');
    expect((await topTen(index, 0)).length).toBe(10);
    const server = await start(createMemory(), gone.port);
    await vi.waitFor(() => expect(index.state()).toBe('up'), { timeout: 20_000, interval: 20 });
    expect(server.points('prova')).toHaveLength(few.length);
  });

  test.each(['silent', 'broken'] as const)(
    '%s: the question is answered all the same, the next one asks no server, and it recovers',
    async (mood) => {
      const server = await start();
      const index = await filled(server.url, { deadlineMs: 200, retryMs: 60_000 });
      const expected = await topTen(await embedded(few), 7);
      server.mood(mood);
      expect(await topTen(index, 7)).toEqual(expected);
      expect(index.state()).toBe('degraded');
      const asked = served(server, 'points/query');
      server.mood('well');
      expect(await topTen(index, 7)).toEqual(expected);
      expect(served(server, 'points/query')).toBe(asked);
      await index.settle();
      expect(index.state()).toBe('up');
    },
  );

  test('emptied meanwhile, it is filled again', async () => {
    const memory = createMemory();
    const server = await start(memory);
    const index = await filled(server.url);
    memory.collections.clear();
    memory.aliases.clear();
    expect(await topTen(index, 5)).toEqual(await topTen(await embedded(few), 5));
    await index.settle();
    expect(server.points('prova')).toHaveLength(few.length);
    expect(index.state()).toBe('up');
  });
});

describe('writes', () => {
  test('what stands there already is not written again after a restart', async () => {
    const server = await start();
    await (await filled(server.url)).close();
    const written = served(server, '/points');
    const index = await filled(server.url);
    expect(index.state()).toBe('up');
    expect(served(server, '/points')).toBe(written);
  });

  test('what was withdrawn while this process was away leaves the server', async () => {
    const server = await start();
    await (await filled(server.url)).close();
    const index = open(server.url);
    await index.put(few.slice(10));
    await index.settle();
    expect(server.points('prova')).toHaveLength(few.length - 10);
    expect(index.state()).toBe('up');
  });

  test('a new version in place of the old one: neither is missing in between', async () => {
    const server = await start();
    const index = await filled(server.url);
    await index.put([note('orto', 'Gli orti hanno lo spaventapasseri.')]);
    const next = { ...note('orto-2', 'Gli orti hanno lo spaventapasseri nuovo.'), documentId: 'orto', version: 2 };
    const writing = Promise.all([index.remove('orto'), index.put([next])]);
    expect(await find(index, 'spaventapasseri')).toEqual(['orto-2']);
    await writing;
    expect(await find(index, 'spaventapasseri')).toEqual(['orto-2']);
    expect(server.points('prova').filter((point) => point.payload['document'] === 'orto')).toHaveLength(1);
  });

  test('outgrown averages are weighed anew', async () => {
    const server = await start();
    const index = open(server.url);
    await index.put(few.slice(0, 20));
    await index.settle();
    await index.put(few.slice(20));
    expect(new Set(server.points('prova').map((point) => point.payload['among']))).toEqual(new Set([few.length]));
  });
});

describe('shape', () => {
  test('another shape is filled behind the alias, switched to in one step, and the old one goes', async () => {
    const server = await start();
    const old = await filled(server.url);
    const [before] = server.collections();
    await old.close();
    const index = await filled(server.url, {}, { QDRANT_SHARDS: 2, QDRANT_REPLICAS: 2 });
    const [after, ...more] = server.collections();
    expect(more).toEqual([]);
    expect(after).not.toBe(before);
    expect(server.aliases()).toEqual({ prova: after });
    const steps = server.served.slice(server.served.lastIndexOf('PUT /collections/{name}'));
    expect(steps.lastIndexOf('PUT /collections/{name}/points')).toBeLessThan(steps.indexOf('POST /collections/aliases'));
    expect(steps.indexOf('POST /collections/aliases')).toBeLessThan(steps.indexOf('DELETE /collections/{name}'));
    expect(index.state()).toBe('up');
  });

  test('a collection of somebody else under the alias’s name is left alone, and said', async () => {
    const memory = createMemory();
    memory.collections.set('prova', { config: {}, points: new Map(), indexes: new Map(), snapshots: [] });
    const server = await start(memory);
    const surprises: unknown[] = [];
    const index = await filled(server.url, { retryMs: 60_000, onSurprise: (error) => surprises.push(error) });
    expect(index.state()).toBe('degraded');
    expect(String(surprises[0])).toContain('already exists');
    expect(server.collections()).toContain('prova');
  });

  test('a dimension adds the dense vector', async () => {
    const memory = createMemory();
    const server = await start(memory);
    await filled(server.url, { dimension: 384 });
    expect([...memory.collections.values()][0]?.config['vectors']).toEqual({ dense: { size: 384, distance: 'Cosine' } });
  });

  test('a snapshot on request', async () => {
    const server = await start();
    const index = await filled(server.url);
    expect(await index.snapshot()).toMatch(/\.snapshot$/);
  });

  test('fusion is asked for with its constant and with one share for each signal in use', () => {
    const request = queryOf({ words: { indices: [1], values: [1] }, grams: { indices: [2], values: [1] } }, citizen, 'prova', 200);
    expect(request.query).toEqual({ rrf: { k: 60, weights: [1, 0.4] } });
    expect(request.limit).toBe(400);
  });
});

describe('settings', () => {
  test('an address is needed; the rest has defaults', () => {
    expect(settings.safeParse({}).success).toBe(false);
    expect(settings.safeParse({ QDRANT_URL: 'ftp://qdrant' }).success).toBe(false);
    expect(settings.parse({ QDRANT_URL: 'http://127.0.0.1:6333' })).toMatchObject({ QDRANT_COLLECTION: 'sportello', QDRANT_SHARDS: 1 });
  });

  test('a path before Qdrant’s own, and the key', async () => {
    const { createServer } = await import('node:http');
    const seen: { url: string | undefined; key: string | undefined }[] = [];
    const proxy = createServer((request, response) => {
      seen.push({ url: request.url, key: request.headers['api-key'] as string | undefined });
      response.writeHead(503).end('{}');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as { port: number };
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    await filled(`http://127.0.0.1:${port}/qdrant/`, { retryMs: 60_000 }, { QDRANT_API_KEY: 'segreto' });
    expect(seen[0]).toEqual({ url: '/qdrant/aliases', key: 'segreto' });
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
});

describe.skipIf(!specFile)('Qdrant’s own OpenAPI (skipped where the document is absent)', () => {
  test.each([
    ['a misspelt distance', 'PUT', '/collections/x', { vectors: { dense: { size: 4, distance: 'Cosin' } } }],
    ['k as text', 'POST', '/collections/x/points/query', { prefetch: [], query: { rrf: { k: '60' } } }],
    ['an unknown kind of index', 'PUT', '/collections/x/index', { field_name: 'a', field_schema: { type: 'keywordz' } }],
    ['an unknown property', 'POST', '/collections/x/points/query', { perfetch: [] }],
  ])('the stand-in notices %s', async (_what, method, route, body) => {
    const server = await startQdrant();
    const response = await fetch(`${server.url}${route}`, { method, body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect(server.mistakes).toHaveLength(1);
    await server.stop();
  });
});

afterAll(() => vi.restoreAllMocks());
