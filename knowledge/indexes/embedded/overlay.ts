/**
 * The index as it would be with other passages in the place of one document: nothing is rebuilt and nobody else sees it.
 * The passages are scored by the statistics of the whole collection, so that they rank among the others as they would once published.
 */
import type { Passage } from '../../answering/question.ts';
import type { Collection } from '../collection.ts';
import type { IndexHit, KnowledgeIndex, WeightedSlot } from '../contract.ts';
import { admit } from './admit.ts';
import { readDocuments } from './documents.ts';
import { addScores, buildPostings, countIn, type Postings } from './postings.ts';
import { averageForms, countGrams, idfOf, weighConcepts, weighGrams, weighWords } from './weights.ts';

/** Numbers of live documents that may be given out while an overlay is in use. */
const ROOM = 1_000;

/** O(n-grams of the collection) once; a question then costs what it costs the index, and the postings of the few passages besides. Vectors are taken from replaced passages with the same text. */
export function overlay(index: KnowledgeIndex, documentId: string, passages: Passage[]): KnowledgeIndex {
  const { collection } = index;
  const document = collection.documentNumbers() + ROOM;
  const drafts = collection.read(passages, document);
  const held = [...collection.entries];
  const replaced = held.filter(({ passage }) => passage.documentId === documentId);
  const byText = new Map(replaced.map((entry) => [entry.passage.text, entry]));
  const byId = new Map(drafts.map((entry) => [entry.passage.id, entry]));
  const all = new Set([...held.filter(({ passage }) => passage.documentId !== documentId), ...drafts]);
  /** Places differ from the live ones once passages are left out. */
  const places = new Map([...all].map((entry, row) => [entry, row]));
  const total = held.length;
  const gramStatistics = countGrams(held, collection.gramSlots());
  const conceptDf = collection.formFrequencies().concepts;
  const lengths = held.reduce((sum, { section, text }) => sum + section.length + text.length, 0);
  const words = buildPostings(collection.slots(), weighWords(drafts, collection.slots(), { ...collection.averageLengths() }));
  const grams = buildPostings(collection.gramSlots(), weighGrams(drafts, gramStatistics));
  const concepts = buildPostings(collection.lexicon.concepts.length, weighConcepts(drafts, collection.lexicon, averageForms(held)));
  const own = drafts.map(({ title, section, text }) => ({ document: 0, title, section, text }));
  const ofDocument = buildPostings(
    collection.slots(),
    readDocuments(own, 1, collection.slots(), lengths / Math.max(1, collection.documents())).weigh,
  );
  const documentDf = new Map<number, number>();
  const frequency = (slot: number): number => index.frequency(slot) || countIn(words, slot);

  /** Live documents that hold a word: from the score that one word gives each of them. */
  function documentsWith(slot: number): number {
    let known = documentDf.get(slot);
    if (known === undefined) {
      known = index.scoreDocuments([{ slot, weight: 1 }]).reduce((sum, score) => sum + (score > 0 ? 1 : 0), 0) || 1;
      documentDf.set(slot, known);
    }
    return known;
  }

  const documentScore = (slots: WeightedSlot[]): number =>
    scoresOf(ofDocument, slots, 1, (slot) => idfOf(collection.documents(), documentsWith(slot)))[0] ?? 0;

  const numbered = { epoch: 0, settled: all.size, entries: [...all], gone: new Set<number>() };
  const view: Collection = {
    ...collection,
    entries: all,
    rows: () => numbered,
    documentNumbers: () => Math.max(collection.documentNumbers(), document + 1),
    get(id) {
      const live = collection.get(id);
      return byId.get(id) ?? (live?.passage.documentId === documentId ? undefined : live);
    },
  };

  return {
    ...index,
    collection: view,
    async put() {
      throw new Error('an overlay is only read');
    },
    async remove() {
      throw new Error('an overlay is only read');
    },
    async addVectors() {},
    frequency,
    scoreDocuments(slots) {
      const live = index.scoreDocuments(slots);
      const scores = new Float32Array(Math.max(live.length, document + 1));
      scores.set(live);
      scores[document] = documentScore(slots);
      return scores;
    },
    async query(query) {
      const found = await index.query({ ...query, limit: query.limit + replaced.length });
      const vectors = new Map(found.map((hit) => [hit.entry, hit]));
      const admits = admit(query.filter);
      const wordScores = scoresOf(words, query.words, drafts.length, (slot) => idfOf(total, frequency(slot)));
      const gramScores = scoresOf(grams, query.grams, drafts.length, (slot) => idfOf(total, gramStatistics.df[slot] || 1));
      const conceptScores = scoresOf(concepts, query.concepts, drafts.length, (slot) => idfOf(total, conceptDf[slot] || 1));
      const document = documentScore(query.words);
      const hits = found.flatMap((hit) => {
        const row = places.get(hit.entry);
        if (row === undefined) return [];
        const { entry, words, grams, concepts, document, dense, cosine } = hit;
        return [{ entry, row, words, grams, concepts, document, dense, cosine }];
      });
      hits.splice(query.limit);
      drafts.forEach((entry, i) => {
        const same = byText.get(entry.passage.text);
        const vector = same && vectors.get(same);
        const scores = { words: wordScores[i] as number, grams: gramScores[i] as number, concepts: conceptScores[i] as number };
        if (!admits(entry) || (scores.words === 0 && scores.grams === 0 && scores.concepts === 0 && !vector)) return;
        const hit: IndexHit = {
          entry,
          row: places.get(entry) ?? -1,
          ...scores,
          document,
          dense: vector?.dense ?? 0,
          cosine: vector?.cosine ?? 0,
        };
        hits.push(hit);
      });
      return hits;
    },
    async settle() {},
    async close() {},
  };
}

function scoresOf(postings: Postings, slots: WeightedSlot[], rows: number, idf: (slot: number) => number): Float32Array {
  const scores = new Float32Array(rows);
  for (const { slot, weight } of slots) if (countIn(postings, slot) > 0) addScores(postings, slot, weight * idf(slot), scores);
  return scores;
}
