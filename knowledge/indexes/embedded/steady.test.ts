/** A large collection after changes, against one that was read anew: what has left is never found, what came is, and both rank alike. */
import { expect, test, vi } from 'vitest';
import { createRetriever } from '../../answering/retrieve.ts';
import type { Passage } from '../../answering/question.ts';
import { countForms } from '../collection/form-frequencies.ts';
import { createEmbedded, type EmbeddedParts } from '../embedded.ts';
import { passage } from '../fixtures/passages.ts';
import { createThreads } from './threads.ts';

let state = 5;
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const WORDS = 'tari rata multa sosta nido mensa imu acconto carta certificato residenza tributo scadenza modulo passaporto rimborso'.split(
  ' ',
);
const some = (count: number) => Array.from({ length: count }, () => WORDS[random(WORDS.length)]).join(' ');
const FILTER = { at: '2026-11-25', audience: 'citizen', langs: null, office: null } as const;
const DOCUMENTS = 120;
let edition = 0;

function pageOf(document: number): Passage[] {
  edition++;
  return Array.from({ length: 2 + random(5) }, (_, i) =>
    passage(`d${document}@${edition}#${i}`, `Il Comune dice: ${some(5 + random(12))}.`, {
      documentId: `d${document}`,
      title: `Pagina ${WORDS[document % WORDS.length]}`,
      version: edition,
      position: i,
    }),
  );
}

const vectorOf = (text: string) => Int8Array.from({ length: 32 }, (_, i) => ((text.charCodeAt(i % text.length) * (i + 7)) % 255) - 127);

type Index = ReturnType<typeof createEmbedded>;

async function fill(pages: Map<number, Passage[]>, parts: EmbeddedParts): Promise<Index> {
  const index = createEmbedded(parts);
  for (const page of pages.values()) await put(index, page);
  return index;
}

async function put(index: Index, page: Passage[]): Promise<void> {
  await index.put(page);
  await index.addVectors(new Map(page.map(({ id, text }) => [id, vectorOf(text)])));
}

async function ask(index: Index, text: string, hybrid: boolean) {
  const retriever = createRetriever(index, hybrid ? async () => vectorOf(text) : undefined);
  const question = { text, history: [], at: FILTER.at, audience: 'citizen' as const };
  return retriever.retrieve({ question, lang: 'it', standalone: text, kind: 'question' }, FILTER, 20);
}

test('round after round of new, changed and withdrawn pages', async () => {
  const pages = new Map(Array.from({ length: DOCUMENTS }, (_, n) => [n, pageOf(n)]));
  const threads = createThreads({ count: 2, patienceMs: 20_000 });
  await vi.waitFor(() => expect(threads.ready()).toBe(true), { timeout: 20_000, interval: 20 });
  const steady = await fill(pages, { steadyFrom: 1 });
  const aside = await fill(pages, { steadyFrom: 1, asideFrom: 1, threads });
  await ask(steady, 'tari', true);
  await ask(aside, 'tari', true);
  const { epoch } = steady.collection.rows();
  let alike = 0;
  let asked = 0;
  for (let round = 0; round < 8; round++) {
    for (let change = 0; change < 3; change++) {
      const document = random(DOCUMENTS + 10);
      const page = random(4) === 0 ? [] : pageOf(document);
      for (const index of [steady, aside]) {
        await index.remove(`d${document}`);
        if (page.length > 0) await put(index, page);
      }
      pages.set(document, page);
    }
    const fresh = await fill(pages, { steadyFrom: Number.POSITIVE_INFINITY });
    const living = new Set([...pages.values()].flat().map(({ id }) => id));
    expect(steady.collection.entries.size).toBe(living.size);
    for (const hybrid of [false, true]) {
      const text = some(3);
      const found = await ask(steady, text, hybrid);
      expect(JSON.stringify(await ask(aside, text, hybrid))).toBe(JSON.stringify(found));
      expect(found.every((one) => living.has(one.passage.id))).toBe(true);
      const wanted = new Map((await ask(fresh, text, hybrid)).map((one) => [one.passage.id, one]));
      for (const { passage: its, signals } of found.slice(0, 10)) {
        asked++;
        const same = wanted.get(its.id);
        if (!same) continue;
        alike++;
        // Mean lengths are those from before the changes.
        const [words = 0, before = 0] = [signals.words, same.signals.words];
        expect(Math.abs(words - before)).toBeLessThan(0.02 * Math.max(1, before));
        expect(Math.abs((signals.document ?? 0) - (same.signals.document ?? 0))).toBeLessThan(0.05);
        expect(signals.cosine).toBe(same.signals.cosine);
      }
    }
    // What is counted is exact.
    for (const slot of Array.from({ length: steady.collection.slots() }, (_, i) => i))
      expect(steady.frequency(slot)).toBe(
        [...steady.collection.entries].filter(({ title, section, text }) => [title, section, text].some((list) => list.includes(slot)))
          .length,
      );
    const { collection } = steady;
    expect(collection.formFrequencies()).toEqual(countForms(collection.entries, collection.lexicon));
    const all = [...collection.entries];
    expect(collection.averageLengths().text).toBe(all.reduce((sum, { text }) => sum + text.length, 0) / all.length);
    expect(collection.documents()).toBe(fresh.collection.documents());
  }
  expect(steady.collection.rows().epoch).toBe(epoch);
  expect(threads.running()).toBe(true);
  expect(alike / asked).toBeGreaterThan(0.95);
  await threads.close();
});

test('a page that just came is found by a word that nobody else says, and one that was withdrawn by none', async () => {
  const pages = new Map(Array.from({ length: 40 }, (_, n) => [n, pageOf(n)]));
  const index = await fill(pages, { steadyFrom: 1 });
  await ask(index, 'tari', false);
  const [one] = pageOf(3) as [Passage];
  await index.put([{ ...one, id: 'new', documentId: 'new', text: 'Qui si parla di cicogne.' }]);
  expect((await ask(index, 'cicogne', false))[0]?.passage.id).toBe('new');
  const hits = index.score(
    {
      words: [{ slot: index.collection.slotOf('cicogn') as number, weight: 1 }],
      ...{ grams: [], concepts: [], filter: FILTER, limit: 5 },
    },
    index.collection.entries,
  );
  expect(hits.map(({ entry }) => entry.passage.id)).toEqual(['new']);
  expect(hits[0]?.document).toBeGreaterThan(0);
  await index.remove('new');
  expect((await ask(index, 'cicogne', false)).map(({ passage: { id } }) => id)).not.toContain('new');
  expect(index.frequency(index.collection.slotOf('cicogn') as number)).toBe(0);
});
