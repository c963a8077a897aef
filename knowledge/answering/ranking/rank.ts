/** The second stage: one weighted sum of normalised scores for every collection, whichever index proposed the candidates. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { IndexHit, KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import type { UnderstoodQuestion } from '../question.ts';
import { type Closeness, readClosely } from './closeness.ts';
import { scoreFields } from './field-scores.ts';
import { prepareExpansion, type QuerySpan } from './expansion.ts';
import { fitOfOpening, formOf, openingOf } from './form.ts';
import { rowOf, type SaidTable, saidTable } from './said-table.ts';
import type { QueryTerms, QueryWord } from './terms.ts';

/** Proximity and coverage are read for the best of them only. */
const READ_CLOSELY = 28;

/** One configuration for all collections; found on development questions (docs/decisions/0002-ranking.md). */
export const WEIGHTS = {
  grams: 0.36,
  documentSingle: 0.1,
  documentConversation: 1,
  proximitySingle: 0.12,
  proximityConversation: 0.6,
  coverage: 0.1,
  titleCoverage: 0.1,
  /** Share of the words of the citizen's situation. */
  scenario: 0.3,
  /** Whether it opens as an answer to this form of question does. */
  form: 0.26,
  continuity: 0.08,
  sameLanguage: 0.15,
  /** Concepts said in other words, in the units of BM25F. */
  expansion: 0.75,
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

/** By place among the hits; lent to one question at a time. */
let lent = lendFor(256);

function lendFor(hits: number) {
  return { rows: new Int32Array(hits), expansion: new Float64Array(hits), scores: new Float64Array(hits), near: new Uint8Array(hits) };
}

/** The `wanted` best hits, best first; those after the first 28 without closeness. O(hits × concepts of a passage + 28 × words of a passage). */
export function rank(
  hits: IndexHit[],
  terms: QueryTerms,
  understood: UnderstoodQuestion,
  index: KnowledgeIndex,
  wanted = hits.length,
): Candidate[] {
  if (lent.rows.length < hits.length) lent = lendFor(hits.length * 2);
  const { expansion, near } = lent;
  const rows = lent.rows.subarray(0, hits.length);
  const scores = lent.scores.subarray(0, hits.length);
  const { collection } = index;
  const table = saidTable(collection);
  for (let i = 0; i < hits.length; i++) rows[i] = rowOf(table, hits[i] as IndexHit);
  const shareSaid = prepareExpansion(terms.concepts, collection, table, rows, expansion);
  score(hits, scores, terms, understood, index, table);
  const closest = closestOf(hits, scores);
  const close = closest.map((i) => candidateOf(hits[i] as IndexHit, scores[i] as number, expansion[i] as number));
  const rarity = rarityOf(terms.words, index);
  const largestIdf = idfOf(collection.entries.size, 0);
  const closeness = readClosely(
    close.map(({ hit }) => hit.entry),
    terms.words,
    rarity,
    collection.slots(),
  );
  const places = placesOf(terms);
  for (let c = 0; c < close.length; c++) {
    const candidate = close[c] as Candidate;
    const { proximity, coverage, titleCoverage, held } = closeness[c] as Closeness;
    candidate.said = shareSaid(closest[c] as number);
    candidate.proximity = proximity;
    candidate.coverage = coverage;
    candidate.titleCoverage = titleCoverage;
    weighMeaning(candidate, held, places, rarity, largestIdf);
    candidate.unsaid = unsaidOf(candidate.said, terms);
  }
  const situation = terms.scenario.length > 0 ? sharesOf(close, terms.scenario, index) : null;
  const proximityWeight = terms.conversation ? WEIGHTS.proximityConversation : WEIGHTS.proximitySingle;
  const topProximity = largest(close, ({ proximity }) => proximity);
  const form = formOf(understood.question.text);
  for (let i = 0; i < close.length; i++) {
    const candidate = close[i] as Candidate;
    candidate.score +=
      (proximityWeight * candidate.proximity) / topProximity +
      WEIGHTS.coverage * candidate.coverage +
      WEIGHTS.titleCoverage * candidate.titleCoverage +
      WEIGHTS.scenario * (situation?.[i] ?? 0) +
      WEIGHTS.form * fitOfOpening(form, openingIn(table, rows[closest[i] as number] as number, candidate.hit));
  }
  close.sort(byScore);
  // Closeness only adds: whatever scores more than the best of the rest stands before all of them.
  let rest = Number.NEGATIVE_INFINITY;
  near.fill(0, 0, hits.length);
  for (const i of closest) near[i] = 1;
  for (let i = 0; i < hits.length; i++) if (near[i] === 0 && (scores[i] as number) > rest) rest = scores[i] as number;
  const last = close[wanted - 1];
  if (last && last.score > rest) return close.slice(0, wanted);
  for (let i = 0; i < hits.length; i++)
    if (near[i] === 0) close.push(candidateOf(hits[i] as IndexHit, scores[i] as number, expansion[i] as number));
  return close.sort(byScore).slice(0, wanted);
}

/** How the passage of a hit opens, read once for each row. */
function openingIn({ openings }: SaidTable, row: number, { entry }: IndexHit): number {
  const known = row < 0 ? 0 : (openings[row] as number);
  if (known !== 0) return known;
  const opening = openingOf(entry.passage.text);
  if (row >= 0) openings[row] = opening;
  return opening;
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || (a.hit.entry.passage.id < b.hit.entry.passage.id ? -1 : 1);
}

function candidateOf(hit: IndexHit, score: number, expansion: number): Candidate {
  return { hit, score, proximity: 0, coverage: 0, titleCoverage: 0, expansion, said: NONE, unsaid: 0, missing: 0, meaning: 0 };
}

/** Fills `scores` with everything but closeness. */
function score(
  hits: IndexHit[],
  scores: Float64Array,
  terms: QueryTerms,
  { question, lang }: UnderstoodQuestion,
  index: KnowledgeIndex,
  table: SaidTable,
): void {
  const { rows, expansion } = lent;
  let topMeant = 0;
  let topGrams = 0;
  let topDocument = 0;
  for (let i = 0; i < hits.length; i++) {
    const hit = hits[i] as IndexHit;
    const meant = hit.words + WEIGHTS.expansion * (expansion[i] as number) + WEIGHTS.concepts * hit.concepts;
    scores[i] = meant;
    if (meant > topMeant) topMeant = meant;
    if (hit.grams > topGrams) topGrams = hit.grams;
    if (hit.document > topDocument) topDocument = hit.document;
  }
  topMeant ||= 1;
  topGrams ||= 1;
  topDocument ||= 1;
  const documentWeight = (terms.conversation ? WEIGHTS.documentConversation : WEIGHTS.documentSingle) * weightOfDocuments(index);
  const cited = new Set((question.lastCited ?? []).map((id) => index.collection.get(id)?.document));
  const asked = table.langs.indexOf(lang);
  for (let i = 0; i < hits.length; i++) {
    const { entry, grams, document, dense } = hits[i] as IndexHit;
    const row = rows[i] as number;
    let sum = (scores[i] as number) / topMeant + (WEIGHTS.grams * grams) / topGrams + (documentWeight * document) / topDocument;
    sum += WEIGHTS.dense * dense;
    if (cited.size > 0 && cited.has(row < 0 ? entry.document : table.documents[row])) sum += WEIGHTS.continuity;
    if (row < 0 ? entry.passage.lang === lang : table.langOf[row] === asked) sum += WEIGHTS.sameLanguage;
    scores[i] = sum;
  }
}

/** The best scores so far, best first. */
const highest = new Float64Array(READ_CLOSELY);

/** Places of the hits that are read closely, best first; equal ones in the order of their documents. */
function closestOf(hits: IndexHit[], scores: Float64Array): number[] {
  const least = hits.length > READ_CLOSELY ? leastOf(scores) : Number.NEGATIVE_INFINITY;
  const places: number[] = [];
  for (let i = 0; i < hits.length; i++) if ((scores[i] as number) >= least) places.push(i);
  const positionOf = (i: number) => (hits[i] as IndexHit).entry.passage.position;
  return places.sort((a, b) => (scores[b] as number) - (scores[a] as number) || positionOf(a) - positionOf(b)).slice(0, READ_CLOSELY);
}

/** The last of the best READ_CLOSELY scores. Hits come nearly in their order, so that few have to move. */
function leastOf(scores: Float64Array): number {
  highest.fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    let at = READ_CLOSELY - 1;
    if (!(score > (highest[at] as number))) continue;
    for (; at > 0 && (highest[at - 1] as number) < score; at--) highest[at] = highest[at - 1] as number;
    highest[at] = score;
  }
  return highest[READ_CLOSELY - 1] as number;
}

/** By word of the question: the concept spans it stands in. */
function placesOf({ words, concepts }: QueryTerms): number[][] {
  return words.map(({ at }) => {
    const spans: number[] = [];
    for (let s = 0; s < concepts.spans.length; s++) {
      const { from, to } = concepts.spans[s] as QuerySpan;
      if (from <= at && at < to) spans.push(s);
    }
    return spans;
  });
}

/** Share of these words that each candidate holds, against the one that holds most. */
function sharesOf(candidates: Candidate[], words: WeightedSlot[], index: KnowledgeIndex): number[] {
  const entries = candidates.map(({ hit }) => hit.entry);
  const shares = (scoreFields(entries, [words], index)[0] ?? []).map(({ share }) => share);
  const most = largest(shares, (share) => share);
  return shares.map((share) => share / most);
}

/** A word said by another form counts by how surely that form means the same. */
function weighMeaning(candidate: Candidate, held: number[], places: number[][], rarity: number[], largestIdf: number): void {
  const { said } = candidate;
  let share = 0;
  let total = 0;
  let missing = 0;
  for (let w = 0; w < places.length; w++) {
    const weight = rarity[w] ?? 0;
    total += weight;
    if (held[w]) {
      share += weight;
      continue;
    }
    let best = 0;
    for (const s of places[w] as number[]) best = Math.max(best, said[s] ?? 0);
    if (best > 0) share += weight * Math.min(0.9, 0.35 + 0.55 * best);
    else missing = Math.max(missing, weight / largestIdf);
  }
  candidate.meaning = total === 0 ? 0 : share / total;
  candidate.missing = missing;
}

function unsaidOf(said: number[], { concepts }: QueryTerms): number {
  let most = 0;
  for (let s = 0; s < concepts.spans.length; s++) {
    if ((said[s] ?? 0) !== 0) continue;
    for (const { weight } of (concepts.spans[s] as QuerySpan).concepts) if (weight > most) most = weight;
  }
  return most;
}

/** Rarity of each question word; one that no passage holds counts as the rarest. */
export function rarityOf(words: QueryWord[], index: KnowledgeIndex): number[] {
  const rows = index.collection.entries.size;
  const rarest = (slots: number[]) => {
    let most = Number.NEGATIVE_INFINITY;
    for (const slot of slots) most = Math.max(most, idfOf(rows, index.frequency(slot)));
    return most;
  };
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
