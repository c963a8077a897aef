/** Plug: the index in this process. Postings are typed arrays built from the collection's forward lists when something has changed. */
import { createCollection, type Entry } from './collection.ts';
import type { IndexFilter, IndexHit, IndexQuery, KnowledgeIndex, WeightedSlot } from './contract.ts';
import { createDenseRows, type DenseRows, nearnessOf } from './embedded/dense.ts';
import { gatherTop, selectTop } from './embedded/select-top.ts';
import { addScores, addScoresAmong, buildPostings, countIn, type Postings } from './embedded/postings.ts';
import { readDocuments } from './embedded/documents.ts';
import { FIGURES, FoundHit } from './embedded/found-hit.ts';
import { countGrams, countWords, idfOf, tellingGrams, weighConcepts, weighGrams, weighWords } from './embedded/weights.ts';

/** Share of n-grams beside words in the first stage. */
const GRAM_SHARE = 0.4;
/** Share of concepts: what brings a passage that says it in other words, or in another language. */
const CONCEPT_SHARE = 0.6;
/** Share of vectors, where an embedder makes them. */
const DENSE_SHARE = 0.8;

interface Built {
  revision: number;
  entries: Entry[];
  /** By row: number of the document. */
  documentOf: Uint32Array;
  /** How many there were: the collection may change while a question waits for its vectors. */
  documentCount: number;
  words: Postings;
  grams: Postings;
  concepts: Postings;
  documents: Postings;
  wordScores: Float32Array;
  gramScores: Float32Array;
  conceptScores: Float32Array;
  documentScores: Float32Array;
  /** Rows under consideration and what they come to, lent to one question at a time. */
  rowsFound: Uint32Array;
  combined: Float64Array;
  /** By filter: 1 for each row that it admits. Asked day after day by everybody, so a few are kept. */
  admitted: Map<string, Uint8Array>;
  /** The one asked last, of those that name neither language nor office. */
  last?: { at: string | null; audience: string; rows: Uint8Array };
  /** Vectors by row, as far as they had come at a revision. */
  dense?: { rows: DenseRows; revision: number };
  /** Row of each entry, made when first asked for. */
  rows?: Map<Entry, number>;
}

/** The index in process, which also scores what another index proposed. */
export interface EmbeddedIndex extends KnowledgeIndex {
  /** Like `query`, among these entries alone. O(entries × slots of the query × log df), whatever the size of the collection. */
  score(query: IndexQuery, among: Iterable<Entry>): IndexHit[];
}

export default function open(): KnowledgeIndex {
  return createEmbedded();
}

export function createEmbedded(): EmbeddedIndex {
  const collection = createCollection();
  let built: Built | null = null;

  /** Cost grows with the text of the whole collection, paid by the first query after a change (some 20 ms at 2,000 passages). */
  function current(): Built {
    if (built?.revision === collection.revision()) return built;
    // The old lists make room for the new ones; a question that is still on its way holds on to its own.
    built = null;
    const entries = [...collection.entries];
    const grams = countGrams(entries, collection.gramSlots());
    const documents = readDocuments(entries, collection.documentNumbers(), collection.slots());
    built = {
      revision: collection.revision(),
      entries,
      documentOf: Uint32Array.from(entries, ({ document }) => document),
      documentCount: collection.documents(),
      words: buildPostings(collection.slots(), weighWords(entries, collection.slots()), countWords(entries, collection.slots())),
      grams: buildPostings(collection.gramSlots(), weighGrams(entries, grams), tellingGrams(grams)),
      concepts: buildPostings(
        collection.lexicon.concepts.length,
        weighConcepts(entries, collection.lexicon),
        collection.formFrequencies().concepts,
      ),
      documents: buildPostings(collection.slots(), documents.weigh, documents.df),
      wordScores: new Float32Array(entries.length),
      gramScores: new Float32Array(entries.length),
      conceptScores: new Float32Array(entries.length),
      admitted: new Map(),
      documentScores: new Float32Array(collection.documentNumbers()),
      rowsFound: new Uint32Array(entries.length),
      combined: new Float64Array(entries.length),
    };
    return built;
  }

  /** O(passages × dimension), paid by the first question with a vector after a change. */
  function denseRows(index: Built): DenseRows {
    const revision = collection.vectorRevision();
    if (index.dense?.revision !== revision) index.dense = { rows: createDenseRows(index.entries.map(({ dense }) => dense)), revision };
    return index.dense.rows;
  }

  return {
    collection,
    async addVectors(vectors) {
      collection.addVectors(vectors);
    },
    async put(passages) {
      collection.put(passages);
    },
    async remove(documentId, version) {
      collection.remove(documentId, version);
    },
    async query(query) {
      const index = current();
      // First, since it may be worked out elsewhere: from here on the arrays of scores are lent to this question alone.
      const cosines = query.dense && (await denseRows(index).compareAside(query.dense));
      add(index.words, query.words, index.wordScores, index.entries.length);
      add(index.grams, query.grams, index.gramScores, index.entries.length);
      add(index.concepts, query.concepts, index.conceptScores, index.entries.length);
      add(index.documents, query.words, index.documentScores, index.documentCount);
      return best(index, query, cosines);
    },
    score(query, among) {
      const index = current();
      index.rows ??= new Map(index.entries.map((entry, row) => [entry, row]));
      const rows: number[] = [];
      const documents = new Set<number>();
      for (const entry of among) {
        const row = index.rows.get(entry);
        if (row === undefined) continue;
        rows.push(row);
        documents.add(entry.document);
      }
      const sorted = Uint32Array.from(rows).sort();
      addAmong(index.words, query.words, index.wordScores, index.entries.length, sorted);
      addAmong(index.grams, query.grams, index.gramScores, index.entries.length, sorted);
      addAmong(index.concepts, query.concepts, index.conceptScores, index.entries.length, sorted);
      addAmong(index.documents, query.words, index.documentScores, index.documentCount, Uint32Array.from(documents).sort());
      return best(index, query, query.dense && denseRows(index).compareAmong(query.dense, sorted), sorted);
    },
    scoreDocuments(words) {
      const index = current();
      const scores = new Float32Array(index.documentScores.length);
      add(index.documents, words, scores, index.documentCount);
      return scores;
    },
    frequency: (slot) => countIn(current().words, slot),
    state: () => 'up',
    async settle() {},
    async close() {
      built = null;
    },
  };
}

/** Term at a time into one array: simple, and the fastest at the sizes of a public body. */
function add(postings: Postings, slots: WeightedSlot[], scores: Float32Array, rows: number): void {
  scores.fill(0);
  for (const { slot, weight } of slots) addScores(postings, slot, weight * idfOf(rows, countIn(postings, slot)), scores);
}

/** The same sums for a few rows (ascending). */
function addAmong(postings: Postings, slots: WeightedSlot[], scores: Float32Array, rows: number, among: Uint32Array): void {
  for (const row of among) scores[row] = 0;
  for (const { slot, weight } of slots) addScoresAmong(postings, slot, weight * idfOf(rows, countIn(postings, slot)), scores, among);
}

/** `cosines` by row, absent without a vector. `among`: rows to choose from, ascending; all when absent. */
function best(index: Built, query: IndexQuery, cosines: Float32Array | undefined, among?: Uint32Array): IndexHit[] {
  const { entries, documentOf, wordScores, gramScores, conceptScores, documentScores } = index;
  const admitted = admittedRows(index, query.filter);
  const rows = index.rowsFound;
  let found = 0;
  let topWords = 0;
  let topGrams = 0;
  let topConcepts = 0;
  const lexical = cosines === undefined;
  const count = among ? among.length : entries.length;
  for (let i = 0; i < count; i++) {
    const row = among ? (among[i] as number) : i;
    const words = wordScores[row] as number;
    const grams = gramScores[row] as number;
    const concepts = conceptScores[row] as number;
    // One sum (none is below 0) costs less than three branches that nobody can foretell.
    if (admitted[row] === 0 || (lexical && words + grams + concepts === 0)) continue;
    rows[found++] = row;
    if (words > topWords) topWords = words;
    if (grams > topGrams) topGrams = grams;
    if (concepts > topConcepts) topConcepts = concepts;
  }
  const combined = index.combined.subarray(0, found);
  let nearness: Float64Array | null = null;
  if (cosines) {
    for (let i = 0; i < found; i++) combined[i] = cosines[rows[i] as number] as number;
    nearness = nearnessOf(combined, selectTop);
  }
  topWords ||= 1;
  topGrams ||= 1;
  topConcepts ||= 1;
  const wordShare = 1 / topWords;
  const gramShare = GRAM_SHARE / topGrams;
  const conceptShare = CONCEPT_SHARE / topConcepts;
  const few = found <= FEW_ROWS;
  const top = few ? null : gatherTop(query.limit, 1 + GRAM_SHARE + CONCEPT_SHARE + DENSE_SHARE);
  let bound = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < found; i++) {
    const row = rows[i] as number;
    const near = nearness ? DENSE_SHARE * (nearness[i] as number) : 0;
    const words = wordScores[row] as number;
    const grams = gramScores[row] as number;
    const concepts = conceptScores[row] as number;
    // Products instead of quotients differ in the last digits only: enough to see that nearly all rows are far from the best.
    if (!few && words * wordShare + grams * gramShare + concepts * conceptShare + near < bound) continue;
    const score = words / topWords + (GRAM_SHARE * grams) / topGrams + (CONCEPT_SHARE * concepts) / topConcepts + near;
    combined[i] = score;
    if (top) bound = top.add(i, score);
  }
  const chosen = top ? top.best().map(({ place }) => place) : selectTop(combined, query.limit);
  const hits: IndexHit[] = [];
  const figures = new Float64Array(chosen.length * FIGURES);
  for (let at = 0, c = 0; c < chosen.length; c++) {
    const i = chosen[c] as number;
    // With a vector every admitted row was looked at; one that nothing speaks for is no candidate.
    if (!((combined[i] as number) > 0)) continue;
    const row = rows[i] as number;
    figures[at] = wordScores[row] as number;
    figures[at + 1] = gramScores[row] as number;
    figures[at + 2] = conceptScores[row] as number;
    figures[at + 3] = documentScores[documentOf[row] as number] as number;
    if (nearness) figures[at + 4] = nearness[i] as number;
    if (cosines) figures[at + 5] = cosines[row] as number;
    hits.push(new FoundHit(entries[row] as Entry, row, figures, at));
    at += FIGURES;
  }
  return hits;
}

/** So few rows are weighed at once; among more, most are not worth the divisions. */
const FEW_ROWS = 4_096;
const FILTERS_KEPT = 16;

/** Questions of one day ask with the same filter: which rows it admits is kept until the collection changes. */
function admittedRows(index: Built, filter: IndexFilter): Uint8Array {
  const { last } = index;
  const { at, audience, langs, office } = filter;
  if (last && last.at === at && last.audience === audience && langs === null && office === null) return last.rows;
  const rows = rowsFor(index, filter);
  if (langs === null && office === null) index.last = { at, audience, rows };
  return rows;
}

function rowsFor(index: Built, filter: IndexFilter): Uint8Array {
  const key = JSON.stringify(filter);
  const known = index.admitted.get(key);
  if (known) return known;
  const admits = admit(filter);
  const rows = Uint8Array.from(index.entries, (entry) => (admits(entry) ? 1 : 0));
  if (index.admitted.size >= FILTERS_KEPT) index.admitted.clear();
  index.admitted.set(key, rows);
  return rows;
}

/** Whether a passage may be shown to whoever asks with this filter. */
export function admit(filter: IndexFilter): (entry: Entry) => boolean {
  const { at, audience, langs, office } = filter;
  return ({ passage }) =>
    (audience === 'staff' || passage.audience === 'citizen') &&
    (at === null ||
      ((passage.validFrom === null || passage.validFrom <= at) && (passage.validUntil === null || passage.validUntil >= at))) &&
    (langs === null || langs.includes(passage.lang)) &&
    (office === null || passage.office === office);
}
