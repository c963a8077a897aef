/** Qdrant and the embedded index find the same and rank alike. */
import { QdrantClient } from '@qdrant/js-client-rest';
import { afterEach, expect, test } from 'vitest';
import { termsOf } from '../../answering/ranking/terms.ts';
import { citizen, embedded, filled, passages, questions, served, start, tidy, topTen } from '../fixtures/qdrant-bench.ts';
import { createPoints } from './points.ts';
import { queryOf } from './schema.ts';

afterEach(tidy);

test('the same top ten with the same scores as embedded, for every question over the demo', async () => {
  const [own, server] = [await embedded(passages), await start()];
  const index = await filled(server.url, {}, {}, passages);
  for (const filter of [citizen, { ...citizen, audience: 'staff' as const, langs: ['it'], at: '2025-06-30' }])
    for (const n of questions.keys()) expect(await topTen(index, n, filter), questions[n]?.text).toEqual(await topTen(own, n, filter));
  expect(index.state()).toBe('up');
  expect(served(server, 'points/query')).toBeGreaterThanOrEqual(2 * questions.length);
}, 120_000);

test.each(['words', 'grams', 'concepts'] as const)(
  'the server itself ranks %s as the embedded index does, so that it proposes the right ones',
  async (signal) => {
    const [own, server] = [await embedded(passages), await start()];
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

test.each([
  ['a day', citizen],
  ['another day', { ...citizen, at: '2027-06-01' }],
  ['any day', { ...citizen, at: null }],
  ['staff', { ...citizen, audience: 'staff' as const }],
  ['languages', { ...citizen, langs: ['en', 'de'] }],
  ['an office', { ...citizen, office: 'Scuola' }],
])('the server filters by %s as the embedded index does', async (_what, filter) => {
  const [own, server] = [await embedded(), await start()];
  const index = await filled(server.url);
  const words = Array.from({ length: own.collection.slots() }, (_, slot) => ({ slot, weight: 1 }));
  const query = { words, grams: [], concepts: [], filter, limit: 500 };
  const client = new QdrantClient({ url: server.url, checkCompatibility: false });
  const { points } = await client.query('prova', queryOf(createPoints(index.collection, 'prova').query(query), filter, 'prova', 500));
  const expected = (await own.query(query)).map((hit) => hit.entry.passage.id);
  expect(expected.length).toBeGreaterThan(0);
  expect(points.map((point) => point.payload?.['passage']).sort()).toEqual(expected.sort());
});
