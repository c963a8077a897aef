/** Plug: the index in this process. Postings are typed arrays built from the collection's forward lists when something has changed. */
import { createCollection, type Entry } from './collection.ts';
import type { IndexHit, IndexQuery, KnowledgeIndex } from './contract.ts';
import { type AsideVector, forgetAside, nearAside, nextNumber, scoreAside, VECTORS_ASIDE } from './embedded/aside.ts';
import { admittedPlaces, admittedRows } from './embedded/admit.ts';
import { type Admitted, build, type Built, follow, frequencyOf, SHARED_FROM, termsOf } from './embedded/built.ts';
import { NEAREST, type Nearness, nearnessOf } from './embedded/dense.ts';
import { addDocuments, bestOf, foundIn, hitsHere, hitsOf, shardOf, sinceOf } from './embedded/found.ts';
import { keepBest, lay, type Near, nearestIn, NOTHING_NEAR } from './embedded/nearest.ts';
import { blocksOf, bytesInMemory, type Largest, largestOf } from './embedded/lists.ts';
import { openShard } from './embedded/scoring.ts';
import type { Threads } from './embedded/threads.ts';

/** From so many passages on, words alone are worth another thread: below, a question takes some milliseconds (docs/decisions/0010-embedders-and-size.md). */
const WORDS_ASIDE = 150_000;

interface Sums {
  turn: number;
  largest: Largest;
}

/** The index in process, which also scores what another index proposed. */
export interface EmbeddedIndex extends KnowledgeIndex {
  /** Like `query`, among these entries alone. O(entries × slots of the query × log df), whatever the size of the collection. */
  score(query: IndexQuery, among: Iterable<Entry>): IndexHit[];
  /** Bytes of lists outside of the runtime's arrays; those of vectors are not among them. */
  bytesInMemory(): number;
}

export default function open(): KnowledgeIndex {
  return createEmbedded();
}

export interface EmbeddedParts {
  /** From so many passages on other threads score. */
  asideFrom?: number;
  /** From so many bytes of vectors on other threads compare them, and this one no more than those. */
  vectorsAside?: number;
  /** Others than those of this process. */
  threads?: Threads;
  /** From so many passages on a change costs what has changed. */
  steadyFrom?: number;
}

export function createEmbedded(parts: EmbeddedParts = {}): EmbeddedIndex {
  const { asideFrom = WORDS_ASIDE, vectorsAside = VECTORS_ASIDE, threads, steadyFrom } = parts;
  const collection = createCollection(undefined, steadyFrom);
  const { vectors } = collection;
  const column = nextNumber();
  let number = 0;
  let built: Built | null = null;
  /** Questions on their way to other threads and back. */
  let waiting = 0;
  /** How often sums of this thread's shards were made: those of a question that waits may be another's by then. */
  let turn = 0;

  /** Paid by the first query after a change. */
  function current(): Built {
    if (built?.revision === collection.revision()) return built;
    if (built && built.rows.epoch === collection.rows().epoch) {
      built = follow(built, collection);
      return built;
    }
    // The old lists make room for the new ones; a question that is still on its way holds on to its own.
    if (built?.shared) forgetAside(threads);
    const spare = waiting === 0 ? (built?.lists.memory?.memory ?? null) : null;
    built = null;
    built = build(collection, Math.min(SHARED_FROM, asideFrom), spare);
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

  function addHere(index: Built, query: IndexQuery, admitted: Admitted): Sums {
    turn++;
    const shard = shardOf(index);
    const since = sinceOf(index);
    const asked = since ? null : shard.addAsked(query, admitted.rows);
    if (asked) return { turn, largest: asked };
    const terms = termsOf(index, query);
    const largest = shard.add(terms, admitted.rows);
    return { turn, largest: since ? largestOf([largest, since.add(terms, admitted.since)]) : largest };
  }

  function queryHere(index: Built, query: IndexQuery, admitted: Admitted): IndexHit[] {
    const { largest } = addHere(index, query, admitted);
    const hits = hitsHere(index, query, largest);
    if (hits) return hits;
    return chooseHere(index, query, largest, query.dense ? nearnessOf(nearHere(index, admitted, query.dense)) : null);
  }

  /** Words in this thread while others compare vectors. */
  async function queryBoth(index: Built, query: IndexQuery, admitted: Admitted): Promise<IndexHit[] | null> {
    const dense = vectorsFor(index, query, admitted);
    if (dense === null) return null;
    vectors.beginQuestion();
    try {
      const sums: Sums[] = [];
      const near = await nearAside(dense, () => sums.push(addHere(index, query, admitted)), vectorsAside, threads);
      if (near === null) return null;
      const [done] = sums;
      const { largest } = done?.turn === turn ? done : addHere(index, query, admitted);
      return chooseHere(index, query, largest, nearnessOf(near));
    } finally {
      vectors.endQuestion();
    }
  }

  async function queryWith(ask: typeof queryAside, index: Built, query: IndexQuery, admitted: Admitted): Promise<IndexHit[]> {
    waiting++;
    try {
      return (await ask(index, query, admitted)) ?? queryHere(index, query, admitted);
    } finally {
      waiting--;
    }
  }

  function vectorsFor(index: Built, { dense }: IndexQuery, admitted: Admitted): AsideVector | null {
    if (!dense || !vectors.layout() || dense.length !== vectors.dimension()) return null;
    return { query: dense, column: vectors, number: column, places: admittedPlaces(index, admitted, collection) };
  }

  /** Of what was added last. */
  function chooseHere(index: Built, query: IndexQuery, largest: Largest, nearness: Nearness | null): IndexHit[] {
    const found = foundIn(shardOf(index), 0, largest, nearness, query.limit);
    const since = sinceOf(index);
    const all = since ? bestOf([found, foundIn(since, index.lists.rows, largest, nearness, query.limit)], query.limit) : found;
    return hitsOf(index, query, all, nearness, vectors);
  }

  async function queryAside(index: Built, query: IndexQuery, admitted: Admitted): Promise<IndexHit[] | null> {
    const terms = termsOf(index, query);
    const dense = vectorsFor(index, query, admitted);
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
    query(query) {
      const index = current();
      const admitted = admittedRows(index, query.filter);
      const { size } = collection.entries;
      const compared = query.dense ? size * query.dense.length : 0;
      const ask = size >= asideFrom ? queryAside : compared >= vectorsAside ? queryBoth : null;
      return ask ? queryWith(ask, index, query, admitted) : queryHere(index, query, admitted);
    },
    score(query, among) {
      const index = current();
      const { settled, entries } = index.rows;
      const rows: number[] = [];
      for (const entry of among) if (entries[entry.row] === entry) rows.push(entry.row);
      const sorted = Uint32Array.from(rows).sort();
      const admitted = admittedRows(index, query.filter);
      const terms = termsOf(index, query);
      turn++;
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
    bytesInMemory: () => (built ? bytesInMemory(built.lists) : 0),
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
