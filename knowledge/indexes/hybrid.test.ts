/** Vectors in both indexes: a passage without a word of the question is found, both rank alike, and without vectors nothing changes. */
import { afterEach, describe, expect, test } from 'vitest';
import { createRetriever } from '../answering/retrieve.ts';
import { createConceptEmbedder } from '../embedders/fixtures/concept-embedder.ts';
import { textToEmbed } from '../documents/stored-vectors.ts';
import type { KnowledgeIndex } from './contract.ts';
import { quantise } from './embedded/dense.ts';
import openEmbedded from './embedded.ts';
import { passage } from './fixtures/passages.ts';
import { citizen, idsOf, open, passages, questions, served, start, tidy } from './fixtures/qdrant-bench.ts';
import type { QdrantStandIn } from './fixtures/qdrant-server.ts';

afterEach(tidy);

const embedder = createConceptEmbedder();
const more = [
  passage('fontane', 'Le fontane restano spente da novembre a marzo, salvo gelate precoci.'),
  passage('cani', 'Il cane si iscrive all’anagrafe canina entro dieci giorni.'),
  passage('staff-fontane', 'Procedura interna: le fontane.', { audience: 'staff' }),
];

async function vectorsOf(index: KnowledgeIndex): Promise<Map<string, Int8Array>> {
  const entries = [...index.collection.entries];
  const made = await embedder.embed(
    entries.map((entry) => textToEmbed(entry.passage)),
    'passage',
  );
  return new Map(entries.map((entry, i) => [entry.passage.id, quantise(made[i] as Float32Array)]));
}

const embed = async (text: string) => quantise((await embedder.embed([text], 'query'))[0] as Float32Array);

async function ask(index: KnowledgeIndex, text: string, hybrid = true, lang = 'it', filter = citizen) {
  const retriever = createRetriever(index, hybrid ? embed : undefined);
  const question = { text, lang, history: [], at: filter.at ?? '', audience: filter.audience };
  const ranked = await retriever.retrieve({ question, lang, standalone: text, kind: 'question' }, filter);
  return ranked.map(({ passage: { id }, score, signals }) => ({ id, score, signals }));
}

const ids = (ranked: { id: string }[]) => ranked.map(({ id }) => id);

describe.each(['embedded', 'qdrant'] as const)('%s', (name) => {
  let server: QdrantStandIn | null = null;
  async function fill(withVectors = true): Promise<KnowledgeIndex> {
    server = name === 'qdrant' ? await start() : null;
    const index = server ? open(server.url, { dimension: embedder.dimension, model: embedder.model }) : openEmbedded();
    await index.put([...passages, ...more]);
    if (withVectors) await index.addVectors(await vectorsOf(index));
    await index.settle();
    expect(index.state()).toBe('up');
    return index;
  }

  test('a passage that shares no word with the question is found by its vector alone', async () => {
    const index = await fill();
    expect(ids(await ask(index, 'zampilli', false))).not.toContain('fontane');
    const asked = server ? served(server, 'points/query') : 0;
    const [first] = await ask(index, 'zampilli');
    expect(first?.id).toBe('fontane');
    expect(first?.signals).toMatchObject({ words: 0, grams: 0, concepts: 0, dense: 1 });
    if (server) expect(served(server, 'points/query')).toBe(asked + 1);
  });

  test('filters hold for what a vector proposes', async () => {
    const index = await fill();
    expect(ids(await ask(index, 'zampilli'))).not.toContain('staff-fontane');
    expect(ids(await ask(index, 'zampilli', true, 'it', { ...citizen, audience: 'staff' }))).toContain('staff-fontane');
  });

  test('vectors that come late count from the next question on', async () => {
    const index = await fill(false);
    expect(ids(await ask(index, 'zampilli'))).not.toContain('fontane');
    await index.addVectors(await vectorsOf(index));
    expect(ids(await ask(index, 'zampilli'))[0]).toBe('fontane');
    if (server) expect(server.points('prova').every((point) => 'dense' in point.vector)).toBe(true);
  });

  test('a passage put again waits for its vector again; vectors of another length are left aside', async () => {
    const index = await fill();
    await index.put([more[0] as (typeof more)[number]]);
    await index.settle();
    expect(ids(await ask(index, 'zampilli'))[0]).not.toBe('fontane');
    await index.addVectors(new Map([['fontane', Int8Array.of(1, 2, 3)]]));
    await index.settle();
    expect(index.state()).toBe('up');
    expect(ids(await ask(index, 'zampilli'))[0]).not.toBe('fontane');
  });

  test('without a vector for the question the ranking is that of words alone', async () => {
    const index = await fill();
    const plain = await fill(false);
    for (const { text } of questions.slice(0, 10)) expect(await ask(index, text, false)).toEqual(await ask(plain, text, false));
  });
});

test('qdrant and embedded rank the demo’s questions alike, words and vectors together', async () => {
  const own = openEmbedded();
  await own.put(passages);
  await own.addVectors(await vectorsOf(own));
  const server = await start();
  const index = open(server.url, { dimension: embedder.dimension });
  await index.put(passages);
  await index.addVectors(await vectorsOf(index));
  await index.settle();
  expect(idsOf(index)).toEqual(idsOf(own));
  let moved = 0;
  const asked = questions.filter((_, i) => i % 4 === 0);
  for (const { text, lang } of asked) {
    const expected = await ask(own, text, true, lang);
    expect(await ask(index, text, true, lang), text).toEqual(expected);
    if (ids(expected).join() !== ids(await ask(own, text, false, lang)).join()) moved++;
  }
  expect(moved).toBeGreaterThan(asked.length / 4);
  expect(served(server, 'points/query')).toBeGreaterThanOrEqual(asked.length);
}, 120_000);

test('another model’s vectors go to a collection of their own, behind the same alias', async () => {
  const server = await start();
  const first = open(server.url, { dimension: 96, model: 'a' });
  await first.put(more);
  await first.settle();
  const [before] = server.collections();
  await first.close();
  const second = open(server.url, { dimension: 96, model: 'b' });
  await second.put(more);
  await second.settle();
  expect(server.collections()).toHaveLength(1);
  expect(server.collections()[0]).not.toBe(before);
  expect(server.aliases()['prova']).toBe(server.collections()[0]);
});

test('a question that waits for its vectors is answered from what stood when it was asked', async () => {
  const index = openEmbedded();
  const all = ['fontane', 'cani', 'sosta', 'nido'].map((id) => passage(id, `Il ${id} del Comune.`, { documentId: id }));
  await index.put(all);
  // As many numbers as make comparing elsewhere worth while.
  const vector = new Int8Array(4_000_000).fill(1);
  await index.addVectors(new Map(all.map(({ id }) => [id, vector])));
  const slot = index.collection.slotOf('can') as number;
  const query = { words: [{ slot, weight: 1 }], grams: [], concepts: [], dense: vector, filter: citizen, limit: 10 };
  const before = await index.query(query);
  const waiting = index.query(query);
  await index.put(Array.from({ length: 40 }, (_, i) => passage(`new-${i}`, 'Altro.', { documentId: `new-${i}` })));
  expect((await waiting).map(({ document }) => document)).toEqual(before.map(({ document }) => document));
  expect(before[0]?.document).toBeGreaterThan(0);
  await index.close();
});
