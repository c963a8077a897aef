/** Plug: the index in this process. Postings are typed arrays built from the collection's forward lists when something has changed. */
import { createCollection, type Entry } from './collection.ts';
import type { IndexHit, IndexQuery, KnowledgeIndex } from './contract.ts';
import { forgetAside, nextNumber, scoreAside, worthAside } from './embedded/aside.ts';
import { admittedPlaces, admittedRows } from './embedded/admit.ts';
import { type Admitted, build, type Built, follow, frequencyOf, SHARED_FROM, termsOf } from './embedded/built.ts';
import { NEAREST, type Nearness, nearnessOf } from './embedded/dense.ts';
import { addDocuments, bestOf, foundIn, hitsOf, shardOf, sinceOf } from './embedded/found.ts';
import { keepBest, lay, type Near, nearestIn, NOTHING_NEAR } from './embedded/nearest.ts';
import { blocksOf, type Largest, largestOf, openShard, type Terms } from './embedded/scoring.ts';
import type { Threads } from './embedded/threads.ts';

/** From so many passages on, words alone are worth another thread: below, a question takes some milliseconds (docs/decisions/0010-embedders-and-size.md). */
const WORDS_ASIDE = 150_000;

/** The index in process, which also scores what another index proposed. */
export interface EmbeddedIndex extends KnowledgeIndex {
  /** Like `query`, among these entries alone. O(entries × slots of the query × log df), whatever the size of the collection. */
  score(query: IndexQuery, among: Iterable<Entry>): IndexHit[];
}

export default function open(): KnowledgeIndex {
  return createEmbedded();
}

export interface EmbeddedParts {
  /** From so many passages on other threads score. */
  asideFrom?: number;
  /** Others than those of this process. */
  threads?: Threads;
  /** From so many passages on a change costs what has changed. */
  steadyFrom?: number;
}

export function createEmbedded({ asideFrom = WORDS_ASIDE, threads, steadyFrom }: EmbeddedParts = {}): EmbeddedIndex {
  const collection = createCollection(undefined, steadyFrom);
  const { vectors } = collection;
  const column = nextNumber();
  let number = 0;
  let built: Built | null = null;

  /** Paid by the first query after a change. */
  function current(): Built {
    if (built?.revision === collection.revision()) return built;
    if (built && built.rows.epoch === collection.rows().epoch) {
      built = follow(built, collection);
      return built;
    }
    // The old lists make room for the new ones; a question that is still on its way holds on to its own.
    if (built?.shared) forgetAside(threads);
    built = null;
    built = build(collection, Math.min(SHARED_FROM, asideFrom));
    number = nextNumber();
    return built;
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
    const since = sinceOf(index);
    const all = since ? largestOf([largest, since.add(terms, admitted.since)]) : largest;
    return chooseHere(index, query, all, query.dense ? nearnessOf(nearHere(index, admitted, query.dense)) : null);
  }

  /** Of what was added last. */
  function chooseHere(index: Built, query: IndexQuery, largest: Largest, nearness: Nearness | null): IndexHit[] {
    const found = foundIn(shardOf(index), 0, largest, nearness, query.limit);
    const since = sinceOf(index);
    const all = since ? bestOf([found, foundIn(since, index.lists.rows, largest, nearness, query.limit)], query.limit) : found;
    return hitsOf(index, query, all, nearness, vectors);
  }

  async function queryAside(index: Built, query: IndexQuery, terms: Terms, admitted: Admitted): Promise<IndexHit[] | null> {
    const dense =
      query.dense && vectors.layout() && query.dense.length === vectors.dimension()
        ? { query: query.dense, column: vectors, number: column, places: admittedPlaces(index, admitted, collection) }
        : null;
    // Few rows: a shard of its own, since another question may come meanwhile.
    const since = index.since && openShard(index.since.lists, 0, blocksOf(index.since.lists));
    const besides = since ? [since.add(terms, admitted.since)] : [];
    vectors.beginQuestion();
    try {
      const asked = { index: number, lists: index.lists, terms, admitted: admitted.rows, besides, dense, limit: query.limit };
      const answer = await scoreAside(asked, threads);
      if (!answer) return null;
      const { parts, largest, nearness } = answer;
      if (since) parts.push(foundIn(since, index.lists.rows, largest, nearness, query.limit));
      return hitsOf(index, query, bestOf(parts, query.limit), nearness, vectors);
    } finally {
      vectors.endQuestion();
    }
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
      const { size } = collection.entries;
      const aside = size >= asideFrom || (query.dense && worthAside(size, query.dense.length));
      return (aside && (await queryAside(index, query, terms, admitted))) || queryHere(index, query, terms, admitted);
    },
    score(query, among) {
      const index = current();
      const { settled, entries } = index.rows;
      const rows: number[] = [];
      for (const entry of among) if (entries[entry.row] === entry) rows.push(entry.row);
      const sorted = Uint32Array.from(rows).sort();
      const admitted = admittedRows(index, query.filter);
      const terms = termsOf(index, query);
      const largest = [
        shardOf(index).addAmong(
          terms,
          admitted.rows,
          sorted.filter((row) => row < settled),
        ),
      ];
      const later = sorted.filter((row) => row >= settled).map((row) => row - settled);
      const since = sinceOf(index);
      if (since) largest.push(since.addAmong(terms, admitted.since, later));
      return chooseHere(index, query, largestOf(largest), query.dense ? nearnessOf(nearAmong(index, query.dense, sorted, admitted)) : null);
    },
    scoreDocuments(words) {
      const index = current();
      const scores = new Float32Array(index.documentScores.length);
      addDocuments(index, words, scores);
      return scores;
    },
    frequency: (slot) => frequencyOf(current(), 'words', slot),
    state: () => 'up',
    async settle() {},
    async close() {
      built = null;
      forgetAside(threads);
    },
  };

  function nearAmong({ rows: { entries, settled } }: Built, query: Int8Array, among: Uint32Array, admitted: Admitted): Near {
    const best = keepBest(NEAREST);
    for (const row of among) {
      const { place } = entries[row] as Entry;
      const admits = row < settled ? admitted.rows[row] : admitted.since[row - settled];
      const cosine = place >= 0 && admits === 1 ? collection.vectors.cosine(query, place) : 0;
      if (cosine > 0) best.add(row, cosine);
    }
    return best.done();
  }
}
