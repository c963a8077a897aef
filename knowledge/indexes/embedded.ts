/** Plug: the index in this process. Postings are typed arrays built from the collection's forward lists when something has changed. */
import { createCollection, type Entry } from './collection.ts';
import type { IndexHit, IndexQuery, KnowledgeIndex } from './contract.ts';
import { forgetAside, nextNumber, scoreAside, worthAside } from './embedded/aside.ts';
import { type Admitted, admittedPlaces, admittedRows, build, type Built, factorsOf, SHARED_FROM } from './embedded/built.ts';
import { NEAREST, type Nearness, nearnessOf } from './embedded/dense.ts';
import { keepBest, lay, type Near, nearestIn, NOTHING_NEAR } from './embedded/nearest.ts';
import { addScores, addScoresAmong, BLOCK_BITS, countIn } from './embedded/postings.ts';
import { type Largest, openShard, type Shard, type Terms } from './embedded/scoring.ts';
import { selectTop } from './embedded/select-top.ts';
import type { Threads } from './embedded/threads.ts';

/** From so many passages on, words alone are worth another thread: below, a question takes some milliseconds (docs/decisions/0010-embedders-and-size.md). */
const WORDS_ASIDE = 150_000;
/** From so many documents on, the few that were found are looked up instead of scoring all. */
const FEW_DOCUMENTS = 5_000;

/** The index in process, which also scores what another index proposed. */
export interface EmbeddedIndex extends KnowledgeIndex {
  /** Like `query`, among these entries alone. O(entries × slots of the query × log df), whatever the size of the collection. */
  score(query: IndexQuery, among: Iterable<Entry>): IndexHit[];
}

export default function open(): KnowledgeIndex {
  return createEmbedded();
}

/** A row and what it comes to, before its document is looked at. */
interface Found {
  row: number;
  words: number;
  grams: number;
  concepts: number;
}

export interface EmbeddedParts {
  /** From so many passages on other threads score. */
  asideFrom?: number;
  /** Others than those of this process. */
  threads?: Threads;
}

export function createEmbedded({ asideFrom = WORDS_ASIDE, threads }: EmbeddedParts = {}): EmbeddedIndex {
  const collection = createCollection();
  const column = nextNumber();
  let number = 0;
  let built: Built | null = null;

  /** Paid by the first query after a change. */
  function current(): Built {
    if (built?.revision === collection.revision()) return built;
    // The old lists make room for the new ones; a question that is still on its way holds on to its own.
    if (built?.shared) forgetAside(threads);
    built = null;
    built = build(collection, Math.min(SHARED_FROM, asideFrom));
    number = nextNumber();
    return built;
  }

  function termsOf({ lists }: Built, query: IndexQuery): Terms {
    return {
      words: factorsOf(lists.words, query.words, lists.rows),
      grams: factorsOf(lists.grams, query.grams, lists.rows),
      concepts: factorsOf(lists.concepts, query.concepts, lists.rows),
    };
  }

  function nearHere(index: Built, admitted: Admitted, query: Int8Array): Near {
    const layout = collection.vectors.layout();
    if (layout === null || query.length !== collection.vectors.dimension()) return NOTHING_NEAR;
    const rows = admittedPlaces(index, admitted, collection);
    lay(layout, query);
    return nearestIn({ layout, query, rows, fromPlace: 0, toPlace: rows.length, desk: 0, limit: NEAREST });
  }

  function queryHere(index: Built, query: IndexQuery, terms: Terms, admitted: Admitted): IndexHit[] {
    const largest = shardOf(index).add(terms, admitted.rows);
    return chooseHere(index, query, largest, query.dense ? nearnessOf(nearHere(index, admitted, query.dense)) : null);
  }

  function chooseHere(index: Built, query: IndexQuery, largest: Largest, nearness: Nearness | null): IndexHit[] {
    const { words, grams, concepts, choose } = shardOf(index);
    const found = choose(largest, nearness ?? NONE_NEAR, query.limit).map(({ place: row }) => ({
      row,
      words: words[row] as number,
      grams: grams[row] as number,
      concepts: concepts[row] as number,
    }));
    return hitsOf(index, query, found, nearness);
  }

  async function queryAside(index: Built, query: IndexQuery, terms: Terms, admitted: Admitted): Promise<IndexHit[] | null> {
    const { vectors } = collection;
    const dense =
      query.dense && vectors.layout() && query.dense.length === vectors.dimension()
        ? { query: query.dense, column: vectors, number: column, places: admittedPlaces(index, admitted, collection) }
        : null;
    vectors.beginQuestion();
    try {
      const asked = { index: number, lists: index.lists, terms, admitted: admitted.rows, dense, limit: query.limit };
      const answer = await scoreAside(asked, threads);
      if (!answer) return null;
      const all = answer.parts.flatMap(({ rows, scores, words, grams, concepts }) =>
        Array.from(rows, (row, i) => ({
          ...{ row, score: scores[i] as number },
          ...{ words: words[i] as number, grams: grams[i] as number, concepts: concepts[i] as number },
        })),
      );
      const best = selectTop(
        Float64Array.from(all, ({ score }) => score),
        query.limit,
      );
      return hitsOf(
        index,
        query,
        best.map((i) => all[i] as Found),
        answer.nearness,
      );
    } finally {
      vectors.endQuestion();
    }
  }

  /** Rows that were found, best first, with what is known of each. */
  function hitsOf(index: Built, query: IndexQuery, found: Found[], nearness: Nearness | null): IndexHit[] {
    const documents = documentScoresOf(index, query, found);
    const near = nearness && new Map(Array.from(nearness.rows, (row, i) => [row, nearness.nearness[i] as number]));
    return found.map(({ row, words, grams, concepts }) => {
      const entry = index.entries[row] as Entry;
      return {
        entry,
        row,
        words,
        grams,
        concepts,
        document: documents[index.documentOf[row] as number] as number,
        dense: near?.get(row) ?? 0,
        cosine: query.dense && entry.place >= 0 ? collection.vectors.cosine(query.dense, entry.place) : 0,
      };
    });
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
      const terms = termsOf(index, query);
      const admitted = admittedRows(index, query.filter);
      const aside = index.entries.length >= asideFrom || (query.dense && worthAside(index.entries.length, query.dense.length));
      return (aside && (await queryAside(index, query, terms, admitted))) || queryHere(index, query, terms, admitted);
    },
    score(query, among) {
      const index = current();
      index.rows ??= new Map(index.entries.map((entry, row) => [entry, row]));
      const rows: number[] = [];
      for (const entry of among) {
        const row = index.rows.get(entry);
        if (row !== undefined) rows.push(row);
      }
      const sorted = Uint32Array.from(rows).sort();
      const admitted = admittedRows(index, query.filter);
      const largest = shardOf(index).addAmong(termsOf(index, query), admitted.rows, sorted);
      return chooseHere(index, query, largest, query.dense ? nearnessOf(nearAmong(index, query.dense, sorted, admitted.rows)) : null);
    },
    scoreDocuments(words) {
      const index = current();
      const scores = new Float32Array(index.documentScores.length);
      addDocuments(index, words, scores);
      return scores;
    },
    frequency: (slot) => countIn(current().lists.words, slot),
    state: () => 'up',
    async settle() {},
    async close() {
      built = null;
      forgetAside(threads);
    },
  };

  function nearAmong(index: Built, query: Int8Array, among: Uint32Array, admitted: Uint8Array): Near {
    const best = keepBest(NEAREST);
    for (const row of among) {
      const { place } = index.entries[row] as Entry;
      const cosine = place >= 0 && admitted[row] === 1 ? collection.vectors.cosine(query, place) : 0;
      if (cosine > 0) best.add(row, cosine);
    }
    return best.done();
  }
}

const NONE_NEAR: Nearness = { rows: new Uint32Array(0), nearness: new Float64Array(0) };

function shardOf(index: Built): Shard {
  index.shard ??= openShard(index.lists, 0, Math.ceil(index.lists.rows / (1 << BLOCK_BITS)));
  return index.shard;
}

function addDocuments({ documents, documentCount }: Built, words: IndexQuery['words'], scores: Float32Array): void {
  const { slots, factors } = factorsOf(documents, words, documentCount);
  for (let i = 0; i < slots.length; i++) addScores(documents, slots[i] as number, factors[i] as number, scores);
}

/** Scores of the documents of what was found, by number of the document; other places hold anything. */
function documentScoresOf(index: Built, query: IndexQuery, found: Found[]): Float32Array {
  const { documents, documentCount, documentOf, documentScores } = index;
  if (documentScores.length < FEW_DOCUMENTS) {
    documentScores.fill(0);
    addDocuments(index, query.words, documentScores);
  } else {
    const numbers = Uint32Array.from(new Set(found.map(({ row }) => documentOf[row] as number))).sort();
    for (const number of numbers) documentScores[number] = 0;
    const { slots, factors } = factorsOf(documents, query.words, documentCount);
    for (let i = 0; i < slots.length; i++) addScoresAmong(documents, slots[i] as number, factors[i] as number, documentScores, numbers);
  }
  return documentScores;
}
