/** Step 7, retrievePassages: the index proposes some 120 candidates, and this second stage ranks them with one weighted sum for every collection. */
import { idfOf } from '../indexes/embedded/weights.ts';
import type { IndexFilter, IndexHit, KnowledgeIndex } from '../indexes/contract.ts';
import type { RankedPassage, Topic, UnderstoodQuestion } from './question.ts';
import { readClosely } from './ranking/closeness.ts';
import { topicOf } from './topic.ts';
import { type QueryTerms, termsOf } from './ranking/terms.ts';

const CANDIDATES = 120;
/** Proximity and coverage are read for the best of them only. */
const READ_CLOSELY = 40;

/** One configuration for all collections; found on development questions (docs/decisions/0002-ranking.md). */
export const WEIGHTS = {
  grams: 0.5,
  documentSingle: 0.1,
  documentConversation: 1,
  proximitySingle: 0.12,
  proximityConversation: 0.45,
  coverage: 0.15,
  titleCoverage: 0.1,
  continuity: 0.08,
  sameLanguage: 0.15,
};

export interface Retriever {
  /** What the question is about, its words weighed by how rare they are in the collection. */
  topic(understood: UnderstoodQuestion): Topic;
  /** Best passages first, at most `limit`. Understands nothing by itself: language and follow-ups come with the question. */
  retrieve(understood: UnderstoodQuestion, filter: IndexFilter, limit?: number): Promise<RankedPassage[]>;
}

export function createRetriever(index: KnowledgeIndex): Retriever {
  return {
    topic(understood) {
      const rows = index.collection.entries.size;
      const rarity = (stem: string): number | null => {
        const slot = index.collection.slotOf(stem);
        const df = slot === undefined ? 0 : index.frequency(slot);
        return df === 0 ? null : idfOf(rows, df);
      };
      return topicOf(understood, index.collection.languages().slice(0, 3), rarity, idfOf(rows, 1));
    },
    async retrieve(understood, filter, limit = 10) {
      const { question } = understood;
      const terms = termsOf(
        {
          text: question.text,
          lang: understood.lang,
          history: question.history,
          ...(question.scenario ? { scenario: question.scenario } : {}),
        },
        index.collection,
      );
      if (terms.weighted.length === 0 && terms.grams.length === 0) return [];
      const hits = await index.query({ words: terms.weighted, grams: terms.grams, filter, limit: CANDIDATES });
      return rank(hits, terms, understood, index, limit);
    },
  };
}

function rank(hits: IndexHit[], terms: QueryTerms, understood: UnderstoodQuestion, index: KnowledgeIndex, limit: number): RankedPassage[] {
  const top = {
    words: largest(hits, (hit) => hit.words),
    grams: largest(hits, (hit) => hit.grams),
    document: largest(hits, (hit) => hit.document),
  };
  const documentWeight = (terms.conversation ? WEIGHTS.documentConversation : WEIGHTS.documentSingle) * weightOfDocuments(index);
  const proximityWeight = terms.conversation ? WEIGHTS.proximityConversation : WEIGHTS.proximitySingle;
  const cited = new Set(understood.question.lastCited ?? []);
  const citedDocuments = new Set([...cited].map((id) => index.collection.get(id)?.document));
  const scored = hits.map((hit) => {
    const { entry } = hit;
    let score = hit.words / top.words + (WEIGHTS.grams * hit.grams) / top.grams + (documentWeight * hit.document) / top.document;
    if (citedDocuments.has(entry.document)) score += WEIGHTS.continuity;
    if (entry.passage.lang === understood.lang) score += WEIGHTS.sameLanguage;
    return { hit, score, proximity: 0, coverage: 0, titleCoverage: 0 };
  });
  scored.sort((a, b) => b.score - a.score || a.hit.entry.passage.position - b.hit.entry.passage.position);
  const idf = wordIdf(terms, index);
  const close = scored.slice(0, READ_CLOSELY);
  const closeness = readClosely(
    close.map((candidate) => candidate.hit.entry),
    terms.words,
    idf,
    index.collection.slots(),
  );
  for (const [i, candidate] of close.entries()) Object.assign(candidate, closeness[i]);
  const topProximity = Math.max(...close.map((candidate) => candidate.proximity), 0) || 1;
  for (const candidate of close)
    candidate.score +=
      (proximityWeight * candidate.proximity) / topProximity +
      WEIGHTS.coverage * candidate.coverage +
      WEIGHTS.titleCoverage * candidate.titleCoverage;
  scored.sort((a, b) => b.score - a.score || (a.hit.entry.passage.id < b.hit.entry.passage.id ? -1 : 1));
  return scored.slice(0, limit).map(({ hit, score, proximity, coverage, titleCoverage }) => ({
    passage: hit.entry.passage,
    score,
    signals: { words: hit.words, grams: hit.grams, document: hit.document, proximity, coverage, titleCoverage },
  }));
}

function wordIdf(terms: QueryTerms, index: KnowledgeIndex): number[] {
  const rows = index.collection.entries.size;
  const rarity = (slots: number[]) => Math.max(...slots.map((slot) => idfOf(rows, index.frequency(slot))));
  return terms.words.map(({ slots, emphasis }) => emphasis * (slots.length === 0 ? idfOf(rows, 0) : rarity(slots)));
}

function largest(hits: IndexHit[], value: (hit: IndexHit) => number): number {
  let most = 0;
  for (const hit of hits) most = Math.max(most, value(hit));
  return most || 1;
}

/** A document of a single passage says nothing that the passage does not: its score counts as far as documents hold several. */
function weightOfDocuments({ collection }: KnowledgeIndex): number {
  return 1 - collection.documents() / Math.max(1, collection.entries.size);
}
