/** The second stage: one weighted sum of normalised scores for every collection, whichever index proposed the candidates. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { IndexHit, KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import type { UnderstoodQuestion } from '../question.ts';
import { type Closeness, readClosely } from './closeness.ts';
import { scoreFields } from './field-scores.ts';
import { prepareExpansion } from './expansion.ts';
import type { QueryTerms, QueryWord } from './terms.ts';

/** Proximity and coverage are read for the best of them only. */
const READ_CLOSELY = 28;

/** One configuration for all collections; found on development questions (docs/decisions/0002-ranking.md). */
export const WEIGHTS = {
  grams: 0.42,
  documentSingle: 0.1,
  documentConversation: 1,
  proximitySingle: 0.08,
  proximityConversation: 0.6,
  coverage: 0.15,
  titleCoverage: 0.1,
  /** Share of the words of the citizen's situation. */
  scenario: 0.3,
  continuity: 0.08,
  sameLanguage: 0.15,
  /** Concepts said in other words, in the units of BM25F. */
  expansion: 0.6,
  /** Concepts by any words, in the units of BM25F. */
  concepts: 0.8,
  /** Nearness of vectors, where there is an embedder (docs/decisions/0010-embedders-and-size.md). */
  dense: 0.6,
};

/** A passage under consideration, with everything that is known of it for this question. */
export interface Candidate {
  hit: IndexHit;
  score: number;
  proximity: number;
  coverage: number;
  titleCoverage: number;
  /** What it says of the question in other words. */
  expansion: number;
  /** By concept span of the question: how far it is said. */
  said: number[];
  /** Weight of the surest concept of the question that it says in no words. */
  unsaid: number;
  /** Rarity of the rarest question word that it says in no way, 0–1. */
  missing: number;
  /** idf-weighted share of the question that is said, in its own words or, less surely, in others. */
  meaning: number;
}

const NONE: number[] = [];

/** All hits, best first; those after the first 40 without closeness. */
export function rank(hits: IndexHit[], terms: QueryTerms, understood: UnderstoodQuestion, index: KnowledgeIndex): Candidate[] {
  const concepts = prepareExpansion(terms.concepts, index.collection);
  const candidates = hits.map((hit): Candidate => {
    const expansion = concepts.other(hit.entry);
    return { hit, score: 0, proximity: 0, coverage: 0, titleCoverage: 0, expansion, said: NONE, unsaid: 0, missing: 0, meaning: 0 };
  });
  const meant = ({ hit, expansion }: Candidate) => hit.words + WEIGHTS.expansion * expansion + WEIGHTS.concepts * hit.concepts;
  const top = {
    meant: largest(candidates, meant),
    grams: largest(candidates, ({ hit }) => hit.grams),
    document: largest(candidates, ({ hit }) => hit.document),
  };
  const documentWeight = (terms.conversation ? WEIGHTS.documentConversation : WEIGHTS.documentSingle) * weightOfDocuments(index);
  const proximityWeight = terms.conversation ? WEIGHTS.proximityConversation : WEIGHTS.proximitySingle;
  const cited = new Set(understood.question.lastCited ?? []);
  const citedDocuments = new Set([...cited].map((id) => index.collection.get(id)?.document));
  for (const candidate of candidates) {
    const { entry, grams, document } = candidate.hit;
    candidate.score = meant(candidate) / top.meant + (WEIGHTS.grams * grams) / top.grams + (documentWeight * document) / top.document;
    candidate.score += WEIGHTS.dense * candidate.hit.dense;
    if (citedDocuments.has(entry.document)) candidate.score += WEIGHTS.continuity;
    if (entry.passage.lang === understood.lang) candidate.score += WEIGHTS.sameLanguage;
  }
  candidates.sort((a, b) => b.score - a.score || a.hit.entry.passage.position - b.hit.entry.passage.position);
  const close = candidates.slice(0, READ_CLOSELY);
  const rarity = rarityOf(terms.words, index);
  const largestIdf = idfOf(index.collection.entries.size, 0);
  const closeness = readClosely(
    close.map((candidate) => candidate.hit.entry),
    terms.words,
    rarity,
    index.collection.slots(),
  );
  for (const [i, candidate] of close.entries()) {
    const { proximity, coverage, titleCoverage, held } = closeness[i] as Closeness;
    candidate.said = concepts.share(candidate.hit.entry);
    const { meaning, missing } = meaningOf(held, candidate.said, terms, rarity, largestIdf);
    candidate.proximity = proximity;
    candidate.coverage = coverage;
    candidate.titleCoverage = titleCoverage;
    candidate.meaning = meaning;
    candidate.missing = missing;
    candidate.unsaid = unsaidOf(candidate.said, terms);
  }
  const situation = terms.scenario.length > 0 ? sharesOf(close, terms.scenario, index) : null;
  const topProximity = largest(close, ({ proximity }) => proximity);
  for (const [i, candidate] of close.entries())
    candidate.score +=
      (proximityWeight * candidate.proximity) / topProximity +
      WEIGHTS.coverage * candidate.coverage +
      WEIGHTS.titleCoverage * candidate.titleCoverage +
      WEIGHTS.scenario * (situation?.[i] ?? 0);
  return candidates.sort((a, b) => b.score - a.score || (a.hit.entry.passage.id < b.hit.entry.passage.id ? -1 : 1));
}

/** Share of these words that each candidate holds, against the one that holds most. */
function sharesOf(candidates: Candidate[], words: WeightedSlot[], index: KnowledgeIndex): number[] {
  const entries = candidates.map(({ hit }) => hit.entry);
  const shares = (scoreFields(entries, [words], index)[0] ?? []).map(({ share }) => share);
  const most = largest(shares, (share) => share);
  return shares.map((share) => share / most);
}

/** A word said by another form counts by how surely that form means the same. */
function meaningOf(
  held: Uint8Array,
  said: number[],
  terms: QueryTerms,
  rarity: number[],
  largestIdf: number,
): { meaning: number; missing: number } {
  let share = 0;
  let total = 0;
  let missing = 0;
  for (const [w, word] of terms.words.entries()) {
    const weight = rarity[w] ?? 0;
    total += weight;
    if (held[w]) {
      share += weight;
      continue;
    }
    let best = 0;
    for (const [s, span] of terms.concepts.spans.entries())
      if (span.from <= word.at && word.at < span.to) best = Math.max(best, said[s] ?? 0);
    if (best > 0) share += weight * Math.min(0.9, 0.35 + 0.55 * best);
    else missing = Math.max(missing, weight / largestIdf);
  }
  return { meaning: total === 0 ? 0 : share / total, missing };
}

function unsaidOf(said: number[], { concepts }: QueryTerms): number {
  let most = 0;
  for (const [s, span] of concepts.spans.entries())
    if ((said[s] ?? 0) === 0) most = Math.max(most, ...span.concepts.map(({ weight }) => weight));
  return most;
}

/** Rarity of each question word; one that no passage holds counts as the rarest. */
export function rarityOf(words: QueryWord[], index: KnowledgeIndex): number[] {
  const rows = index.collection.entries.size;
  const rarest = (slots: number[]) => Math.max(...slots.map((slot) => idfOf(rows, index.frequency(slot))));
  return words.map(({ slots, emphasis }) => emphasis * (slots.length === 0 ? idfOf(rows, 0) : rarest(slots)));
}

/** The largest value, or 1 when nothing is above 0, so that it can divide. */
export function largest<T>(items: T[], value: (item: T) => number): number {
  let most = 0;
  for (const item of items) most = Math.max(most, value(item));
  return most || 1;
}

/** A document of a single passage says nothing that the passage does not: its score counts as far as documents hold several. */
function weightOfDocuments({ collection }: KnowledgeIndex): number {
  return 1 - collection.documents() / Math.max(1, collection.entries.size);
}
