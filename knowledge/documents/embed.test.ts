/** Vectors follow what is published, on both database engines: incremental, by model, and never in the way of a publication or an answer. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import openExtractive from '../composers/extractive.ts';
import { type ConceptEmbedder, createConceptEmbedder } from '../embedders/fixtures/concept-embedder.ts';
import openIndex from '../indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../knowledge.ts';
import it from '../languages/it.ts';
import type { PreparedDocument } from './document.ts';

/** One document with one passage for each text. */
function page(id: string, ...texts: string[]): PreparedDocument {
  const text = texts.join('\n\n');
  let from = 0;
  const sections = texts.map((one, i) => {
    const start = text.indexOf(one, from);
    from = start + one.length;
    return { anchor: `p-${i}`, headings: [], start, end: from };
  });
  const open = { sourceUrl: null, validFrom: null, validUntil: null, owner: null, reviewBy: null };
  return {
    meta: { id, title: 'Parchi', lang: 'it', office: 'Verde', audience: 'citizen', updatedOn: '2026-01-01', ...open },
    source: id,
    text,
    sections,
  };
}

const FOUNTAINS = 'Le fontane restano spente da novembre a marzo, salvo gelate precoci.';
const DOGS = 'I cani si portano al guinzaglio nelle aree verdi comunali.';
const BENCHES = 'Le panchine si chiedono in dono con una lettera.';

for (const engine of engines) {
  describe.skipIf(engine.why !== null)(engine.title, () => {
    let database: Database;
    beforeAll(() => engine.start());
    afterAll(() => engine.stop());
    const opened: Knowledge[] = [];
    const said: unknown[] = [];
    afterEach(async () => {
      for (const knowledge of opened.splice(0)) await knowledge.close();
      await database.close();
      said.length = 0;
    });
    const newDatabase = async () => {
      database = await engine.open(await engine.place());
    };
    async function start(embedder?: ConceptEmbedder): Promise<Knowledge> {
      const onEmbedderAway = (error: unknown) => said.push(error);
      const parts = { database, index: openIndex(), composer: openExtractive(), languages: [it()], onSurprise() {}, onEmbedderAway };
      const knowledge = await createKnowledge({ ...parts, ...(embedder ? { embedder } : {}) });
      opened.push(knowledge);
      return knowledge;
    }
    async function first(knowledge: Knowledge): Promise<string | undefined> {
      const { passages } = await knowledge.steps({ text: 'zampilli', lang: 'it', history: [], at: '2026-11-25', audience: 'citizen' });
      return passages[0]?.passage.text;
    }
    const stored = async () => (await database.read.selectFrom('passage_vector').select('model').execute()).map(({ model }) => model);

    test('published, embedded, found by meaning; unchanged paragraphs are not embedded again', async () => {
      await newDatabase();
      const embedder = createConceptEmbedder();
      const knowledge = await start(embedder);
      await knowledge.publishVersion(page('parchi', FOUNTAINS, DOGS));
      await knowledge.settleVectors();
      expect(knowledge.embedderState()).toBe('up');
      expect(await first(knowledge)).toBe(FOUNTAINS);
      await knowledge.publishVersion(page('parchi', FOUNTAINS, DOGS, BENCHES));
      await knowledge.settleVectors();
      expect(embedder.asked.passage).toEqual([FOUNTAINS, DOGS, BENCHES].map((text) => `Parchi\n${text}`));
      expect(await first(knowledge)).toBe(FOUNTAINS);
    });

    test('the next process reads them from the database', async () => {
      await newDatabase();
      const before = await start(createConceptEmbedder());
      await before.publishVersion(page('parchi', FOUNTAINS, DOGS));
      await before.settleVectors();
      const embedder = createConceptEmbedder();
      const knowledge = await start(embedder);
      expect(knowledge.embedderState()).toBe('up');
      expect(await first(knowledge)).toBe(FOUNTAINS);
      expect(embedder.asked.passage).toEqual([]);
    });

    test('another model: everything anew, and the old vectors go when the new ones are whole', async () => {
      await newDatabase();
      const before = await start(createConceptEmbedder('uno'));
      await before.publishVersion(page('parchi', FOUNTAINS, DOGS));
      await before.settleVectors();
      const embedder = createConceptEmbedder('due', 64);
      embedder.broken = new Error('away');
      const knowledge = await start(embedder);
      expect(knowledge.embedderState()).toBe('degraded');
      await knowledge.settleVectors();
      expect((await stored()).sort()).toEqual(['uno', 'uno']);
      embedder.broken = null;
      await knowledge.settleVectors();
      expect(await stored()).toEqual(['due', 'due']);
      expect(await first(knowledge)).toBe(FOUNTAINS);
      // The same name with vectors of another length counts as missing too.
      const longer = createConceptEmbedder('due', 32);
      const again = await start(longer);
      await again.settleVectors();
      expect(longer.asked.passage).toHaveLength(2);
      expect(await first(again)).toBe(FOUNTAINS);
    });

    test('away: the publication stands and is found by its words; repaired, by meaning too, without being asked', async () => {
      await newDatabase();
      const embedder = createConceptEmbedder();
      embedder.broken = new Error('away');
      const knowledge = await start(embedder);
      expect(await knowledge.publishVersion(page('parchi', FOUNTAINS, DOGS))).toMatchObject({ changed: true, passages: 2 });
      await knowledge.settleVectors();
      const words = await knowledge.steps({ text: 'fontane spente', lang: 'it', history: [], at: '2026-11-25', audience: 'citizen' });
      expect(words.passages[0]?.passage.text).toBe(FOUNTAINS);
      expect(knowledge.embedderState()).toBe('degraded');
      // Told once for the passages and once for the question, however often it fails.
      expect(said).toHaveLength(2);
      embedder.broken = null;
      await vi.waitFor(() => expect(embedder.asked.passage).toHaveLength(2), { timeout: 20_000, interval: 20 });
      await knowledge.settleVectors();
      expect(await first(knowledge)).toBe(FOUNTAINS);
      expect(knowledge.embedderState()).toBe('up');
    });

    test('after three failures no question waits for it; one try later decides', async () => {
      await newDatabase();
      const embedder = createConceptEmbedder();
      const knowledge = await start(embedder);
      await knowledge.publishVersion(page('parchi', FOUNTAINS));
      await knowledge.settleVectors();
      embedder.broken = new Error('away');
      for (let i = 0; i < 3; i++) await first(knowledge);
      expect(knowledge.embedderState()).toBe('down');
      embedder.broken = null;
      embedder.asked.query.length = 0;
      await first(knowledge);
      expect(embedder.asked.query).toEqual([]);
    });

    test('a text that the model will not take keeps no other waiting', async () => {
      await newDatabase();
      const embedder = createConceptEmbedder();
      embedder.refuses = 'guinzaglio';
      const knowledge = await start(embedder);
      await knowledge.publishVersion(page('parchi', BENCHES, DOGS, FOUNTAINS));
      await knowledge.settleVectors();
      expect(await stored()).toHaveLength(2);
      expect(await first(knowledge)).toBe(FOUNTAINS);
      expect(knowledge.embedderState()).toBe('degraded');
    });

    test('withdrawn, it is found no more; without an embedder nothing is asked or stored', async () => {
      await newDatabase();
      const knowledge = await start(createConceptEmbedder());
      await knowledge.publishVersion(page('parchi', FOUNTAINS));
      await knowledge.settleVectors();
      await knowledge.withdraw('parchi');
      await knowledge.settleVectors();
      expect(await first(knowledge)).toBeUndefined();
      // Another process that has an embedder would take care of the new page.
      await knowledge.close();
      const plain = await start();
      await plain.publishVersion(page('altro', DOGS));
      await plain.settleVectors();
      expect(plain.embedderState()).toBe('off');
      expect(await stored()).toHaveLength(1);
    });
  });
}
