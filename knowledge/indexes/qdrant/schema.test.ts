/** Shape of the Qdrant collection, its settings, and the stand-in's strictness. */
import { createServer } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { citizen, filled, start, tidy } from '../fixtures/qdrant-bench.ts';
import { createMemory, specFile, startQdrant } from '../fixtures/qdrant-server.ts';
import { settings } from '../qdrant.ts';
import { queryOf } from './schema.ts';

afterEach(tidy);
afterEach(() => vi.restoreAllMocks());

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
