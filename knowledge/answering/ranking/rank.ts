/** The second stage: one weighted sum of normalised scores for every collection, whichever index proposed the candidates. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Entry } from '../../indexes/collection.ts';
import type { IndexHit, KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import type { UnderstoodQuestion } from '../question.ts';
import { type Closeness, readClosely } from './closeness.ts';
import { chooseClosest } from './closest.ts';
import { scoreFields } from './field-scores.ts';
import { prepareExpansion, type Said, sharesIn } from './expansion.ts';
import { fitOfOpening, formOf, openingOf } from './form.ts';
import type { QuerySpan } from './query-concepts.ts';
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
  return { rows: new Int32Array(hits), expansion: new Float64Array(hits), scores: new Float64Array(hits) };
}

/** Of the hits that are read closely, best first: their places among the hits, and what they score in the end. Lent likewise. */
const closest = new Int32Array(READ_CLOSELY);
const closestRows = new Int32Array(READ_CLOSELY);
const finals = new Float64Array(READ_CLOSELY);
/** Places in these two lists, in the order of what they score in the end. */
const order = new Int32Array(READ_CLOSELY);

/** The `wanted` best hits, best first; those after the first 28 without closeness. O(hits × concepts of a passage + 28 × words of a passage). */
export function rank(
  hits: IndexHit[],
  terms: QueryTerms,
  understood: UnderstoodQuestion,
  index: KnowledgeIndex,
  wanted = hits.length,
): Candidate[] {
  if (lent.rows.length < hits.length) lent = lendFor(hits.length * 2);
  const { expansion, rows } = lent;
  const { collection } = index;
  const table = saidTable(collection);
  for (let i = 0; i < hits.length; i++) rows[i] = rowOf(table, hits[i] as IndexHit);
  const said = prepareExpansion(terms.concepts, collection, table, rows, hits.length, expansion);
  score(hits, terms, understood, index, table);
  const rest = chooseClosest(hits, lent.scores, closest);
  const entries: Entry[] = [];
  for (let c = 0; c < hits.length && c < READ_CLOSELY; c++) {
    closestRows[c] = rows[closest[c] as number] as number;
    entries.push((hits[closest[c] as number] as IndexHit).entry);
  }
  const rarity = rarityOf(terms.words, index);
  const closeness = readClosely(entries, terms.words, rarity, collection.slots(), { packed: table.words, rows: closestRows });
  addCloseness(entries, closeness, terms, understood, index, table);
  const sizes: Sizes = { terms, rarity, strongest: strongestOf(terms), largestIdf: idfOf(collection.entries.size, 0) };
  const describe = (c: number) => closeCandidate(hits, c, closeness, said, sizes);
  const best: Candidate[] = [];
  // Closeness only adds: whatever scores more than the best of the rest stands before all of them.
  if (wanted >= 1 && wanted <= entries.length && (finals[order[wanted - 1] as number] as number) > rest) {
    for (let k = 0; k < wanted; k++) best.push(describe(order[k] as number));
    return best;
  }
  const near = new Set(closest.subarray(0, entries.length));
  for (let k = 0; k < entries.length; k++) best.push(describe(order[k] as number));
  for (let i = 0; i < hits.length; i++) if (!near.has(i)) best.push(farCandidate(hits, i));
  return best.sort(byScore).slice(0, wanted);
}

/** Completes the scores of the hits that were read closely, and puts them in order. */
function addCloseness(
  entries: Entry[],
  { proximity, coverage, titleCoverage }: Closeness,
  terms: QueryTerms,
  { question }: UnderstoodQuestion,
  index: KnowledgeIndex,
  table: SaidTable,
): void {
  const { rows, scores } = lent;
  const situation = terms.scenario.length > 0 ? sharesOf(entries, terms.scenario, index) : null;
  const proximityWeight = terms.conversation ? WEIGHTS.proximityConversation : WEIGHTS.proximitySingle;
  let topProximity = 0;
  for (let c = 0; c < entries.length; c++) topProximity = Math.max(topProximity, proximity[c] as number);
  topProximity ||= 1;
  const form = formOf(question.text);
  for (let c = 0; c < entries.length; c++) {
    const place = closest[c] as number;
    const entry = entries[c] as Entry;
    const score =
      (scores[place] as number) +
      ((proximityWeight * (proximity[c] as number)) / topProximity +
        WEIGHTS.coverage * (coverage[c] as number) +
        WEIGHTS.titleCoverage * (titleCoverage[c] as number) +
        WEIGHTS.scenario * (situation?.[c] ?? 0) +
        WEIGHTS.form * fitOfOpening(form, openingIn(table, rows[place] as number, entry)));
    finals[c] = score;
    let at = c;
    for (; at > 0 && isBefore(score, entry, order[at - 1] as number, entries); at--) order[at] = order[at - 1] as number;
    order[at] = c;
  }
}

/** The order of the candidates in the end: by score, equal ones by the passage's name. */
function isBefore(score: number, entry: Entry, other: number, entries: Entry[]): boolean {
  const against = finals[other] as number;
  return score > against || (score === against && entry.passage.id < (entries[other] as Entry).passage.id);
}

/** How the passage of a hit opens, read once for each row. */
function openingIn({ openings }: SaidTable, row: number, entry: Entry): number {
  const known = row < 0 ? 0 : (openings[row] as number);
  if (known !== 0) return known;
  const opening = openingOf(entry.passage.text);
  if (row >= 0) openings[row] = opening;
  return opening;
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || (a.hit.entry.passage.id < b.hit.entry.passage.id ? -1 : 1);
}

function farCandidate(hits: IndexHit[], i: number): Candidate {
  const { expansion, scores } = lent;
  return {
    ...{ hit: hits[i] as IndexHit, score: scores[i] as number, proximity: 0, coverage: 0, titleCoverage: 0 },
    ...{ expansion: expansion[i] as number, said: NONE, unsaid: 0, missing: 0, meaning: 0 },
  };
}

/** Fills `scores` with everything but closeness. */
function score(hits: IndexHit[], terms: QueryTerms, { question, lang }: UnderstoodQuestion, index: KnowledgeIndex, table: SaidTable): void {
  const { rows, expansion, scores } = lent;
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
  const cited = question.lastCited?.map((id) => index.collection.get(id)?.document) ?? [];
  const asked = table.langs.indexOf(lang);
  for (let i = 0; i < hits.length; i++) {
    const { entry, grams, document, dense } = hits[i] as IndexHit;
    const row = rows[i] as number;
    let sum = (scores[i] as number) / topMeant + (WEIGHTS.grams * grams) / topGrams + (documentWeight * document) / topDocument;
    sum += WEIGHTS.dense * dense;
    if (cited.length > 0 && cited.includes(row < 0 ? entry.document : table.documents[row])) sum += WEIGHTS.continuity;
    if (row < 0 ? entry.passage.lang === lang : table.langOf[row] === asked) sum += WEIGHTS.sameLanguage;
    scores[i] = sum;
  }
}

/** Share of these words that each passage holds, against the one that holds most. */
function sharesOf(entries: Entry[], words: WeightedSlot[], index: KnowledgeIndex): number[] {
  const shares = (scoreFields(entries, [words], index)[0] ?? []).map(({ share }) => share);
  const most = largest(shares, (share) => share);
  return shares.map((share) => share / most);
}

/** What words and concepts of a question weigh. */
interface Sizes {
  terms: QueryTerms;
  rarity: number[];
  /** By concept span: the weight of its surest concept. */
  strongest: number[];
  largestIdf: number;
}

/** What was found at place `c` of those read closely. A word said by another form counts by how surely that form means the same. */
function closeCandidate(hits: IndexHit[], c: number, closeness: Closeness, said: Said, sizes: Sizes): Candidate {
  const { rarity, strongest, largestIdf } = sizes;
  const { words, concepts } = sizes.terms;
  const place = closest[c] as number;
  const shares = sharesIn(said, place);
  let share = 0;
  let total = 0;
  let missing = 0;
  for (let w = 0; w < words.length; w++) {
    const weight = rarity[w] as number;
    total += weight;
    if (w < closeness.words && closeness.held[c * closeness.words + w] === 1) {
      share += weight;
      continue;
    }
    const best = bestAround((words[w] as QueryWord).at, concepts.spans, shares);
    if (best > 0) share += weight * Math.min(0.9, 0.35 + 0.55 * best);
    else missing = Math.max(missing, weight / largestIdf);
  }
  let unsaid = 0;
  for (let s = 0; s < strongest.length; s++) if (shares[s] === 0) unsaid = Math.max(unsaid, strongest[s] as number);
  return {
    hit: hits[place] as IndexHit,
    score: finals[c] as number,
    proximity: closeness.proximity[c] as number,
    coverage: closeness.coverage[c] as number,
    titleCoverage: closeness.titleCoverage[c] as number,
    expansion: lent.expansion[place] as number,
    said: shares,
    unsaid,
    missing,
    meaning: total === 0 ? 0 : share / total,
  };
}

/** How far the concept spans are said that a word stands in: the best of them. */
function bestAround(at: number, spans: QuerySpan[], shares: number[]): number {
  let best = 0;
  for (let s = 0; s < spans.length; s++) {
    const { from, to } = spans[s] as QuerySpan;
    if (from <= at && at < to) best = Math.max(best, shares[s] as number);
  }
  return best;
}

function strongestOf({ concepts: { spans } }: QueryTerms): number[] {
  const strongest: number[] = [];
  for (const { concepts } of spans) strongest.push(largest(concepts, ({ weight }) => weight, 0));
  return strongest;
}

/** Rarity of each question word; one that no passage holds counts as the rarest. */
export function rarityOf(words: QueryWord[], index: KnowledgeIndex): number[] {
  const rows = index.collection.entries.size;
  const rarities: number[] = [];
  for (let w = 0; w < words.length; w++) {
    const { slots, emphasis } = words[w] as QueryWord;
    // The rarest is the one that the fewest passages hold.
    let least = slots.length === 0 ? 0 : Number.POSITIVE_INFINITY;
    for (let i = 0; i < slots.length; i++) least = Math.min(least, index.frequency(slots[i] as number));
    rarities.push(emphasis * idfOf(rows, least));
  }
  return rarities;
}

/** The largest value, or `none` when nothing is above 0: 1, so that it can divide. */
export function largest<T>(items: readonly T[], value: (item: T) => number, none = 1): number {
  let most = 0;
  for (const item of items) most = Math.max(most, value(item));
  return most || none;
}

/** A document of a single passage says nothing that the passage does not: its score counts as far as documents hold several. */
function weightOfDocuments({ collection }: KnowledgeIndex): number {
  return 1 - collection.documents() / Math.max(1, collection.entries.size);
}
