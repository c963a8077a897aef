/** From sums to rows that were found, and what is known of each. */
import type { VectorColumn } from '../collection/vector-column.ts';
import type { Entry } from '../collection.ts';
import type { IndexHit, IndexQuery, WeightedSlot } from '../contract.ts';
import type { Built } from './built.ts';
import type { Nearness } from './dense.ts';
import { FIGURES, FoundHit, figuresFor, NearHit } from './found-hit.ts';
import { addScores, addScoresAmong, countIn, type Postings } from './postings.ts';
import { blocksOf, type Largest } from './lists.ts';
import { type Found, openShard, type Shard } from './scoring.ts';
import { selectTop } from './select-top.ts';
import { idfOf } from './weights.ts';

/** From so many documents on, the few that were found are looked up instead of scoring all. */
const FEW_DOCUMENTS = 5_000;
const NONE_NEAR: Nearness = { rows: new Uint32Array(0), nearness: new Float64Array(0) };

/** All settled rows in this thread. */
export function shardOf(index: Built): Shard {
  index.shard ??= openShard(index.lists, 0, blocksOf(index.lists));
  return index.shard;
}

/** Rows that came since, in this thread. */
export function sinceOf({ since }: Built): Shard | null {
  if (since) since.shard ??= openShard(since.lists, 0, blocksOf(since.lists));
  return since?.shard ?? null;
}

/** The best of what a shard added last. `offset`: the row that its first one is in the collection. */
export function foundIn(shard: Shard, offset: number, largest: Largest, nearness: Nearness | null, limit: number): Found {
  const found = shard.choose(largest, nearness ? laterThan(nearness, offset) : NONE_NEAR, limit);
  const { rows } = found;
  if (offset > 0) for (let i = 0; i < rows.length; i++) rows[i] = (rows[i] as number) + offset;
  return found;
}

function laterThan({ rows, nearness }: Nearness, offset: number): Nearness {
  if (offset === 0) return { rows, nearness };
  const from = rows.findIndex((row) => row >= offset);
  return from < 0 ? NONE_NEAR : { rows: rows.subarray(from).map((row) => row - offset), nearness: nearness.subarray(from) };
}

/** `parts`: of ascending rows, each best first and equal ones by row. */
export function bestOf(parts: Found[], limit: number): Found {
  const all = parts.flatMap(({ rows, scores, figures, at }) =>
    rows.map((row, i) => ({ row, score: scores[i] as number, figures, at: at + i * FIGURES })),
  );
  const best = selectTop(
    Float64Array.from(all, ({ score }) => score),
    limit,
  ).map((i) => all[i] as (typeof all)[number]);
  const { figures, at } = figuresFor(best.length);
  best.forEach((one, i) => {
    figures.set(one.figures.subarray(one.at, one.at + FIGURES), at + i * FIGURES);
  });
  return { rows: best.map(({ row }) => row), scores: best.map(({ score }) => score), figures, at };
}

/** The best of what this thread added last, where that is all there is and the question has no vector; null = choose them as of several parts. */
export function hitsHere(index: Built, query: IndexQuery, largest: Largest): IndexHit[] | null {
  const { shard, since, documentNumbers, rows } = index;
  const best = shard && !since && !query.dense ? shard.best(largest, query.limit) : null;
  if (!shard || !best) return null;
  const { count, places } = best;
  const documents = documentScoresOf(index, query, places.subarray(0, count));
  const { words, grams, concepts } = shard;
  const { figures, at: first } = figuresFor(count);
  const hits = new Array<IndexHit>(count);
  for (let i = 0, at = first; i < count; i++, at += FIGURES) {
    const row = places[i] as number;
    figures[at] = words[row] as number;
    figures[at + 1] = grams[row] as number;
    figures[at + 2] = concepts[row] as number;
    figures[at + 3] = documents[documentNumbers[row] as number] as number;
    hits[i] = new FoundHit(rows.entries[row] as Entry, row, figures, at);
  }
  return hits;
}

/** What was found, best first; its figures are completed in place. */
export function hitsOf(index: Built, query: IndexQuery, found: Found, nearness: Nearness | null, vectors: VectorColumn): IndexHit[] {
  const { entries } = index.rows;
  const { rows, figures } = found;
  const documents = documentScoresOf(index, query, rows);
  const near = nearness && new Map(Array.from(nearness.rows, (row, i) => [row, nearness.nearness[i] as number]));
  const hits = new Array<IndexHit>(rows.length);
  for (let i = 0, at = found.at; i < rows.length; i++, at += FIGURES) {
    const row = rows[i] as number;
    const entry = entries[row] as Entry;
    figures[at + 3] = documents[documentOf(index, row)] as number;
    if (!query.dense) hits[i] = new FoundHit(entry, row, figures, at);
    else {
      const cosine = entry.place >= 0 ? vectors.cosine(query.dense, entry.place) : 0;
      hits[i] = new NearHit(entry, row, figures, at, near?.get(row) ?? 0, cosine);
    }
  }
  return hits;
}

/** Without looking at the passage: those that nobody reads stay out of the nearest memory. */
function documentOf({ documentNumbers, rows }: Built, row: number): number {
  return row < documentNumbers.length ? (documentNumbers[row] as number) : (rows.entries[row] as Entry).document;
}

/** Adds the scores of all documents, by number. O(Σ df). */
export function addDocuments(index: Built, words: readonly WeightedSlot[], scores: Float32Array): void {
  for (let i = 0; i < words.length; i++) {
    const { slot, weight } = words[i] as WeightedSlot;
    addScores(index.documents, slot, weight * rarityOf(index, slot), scores);
  }
  if (!index.since) return;
  for (const number of index.since.changed) if (number < scores.length) scores[number] = 0;
  for (const { slot, weight } of words) addScores(index.since.documents, slot, weight * rarityOf(index, slot), scores);
}

/** Of a word among documents. */
function rarityOf({ documents, since, documentCount }: Built, slot: number): number {
  const before = countIn(documents, slot);
  if (!since) return idfOf(documentCount, before);
  return idfOf(documentCount, Math.max(0, before + countIn(since.documents, slot) - (since.left.documents[slot] ?? 0)));
}

/** Scores of the documents of what was found, by number; other places hold anything. */
function documentScoresOf(index: Built, { words }: IndexQuery, rows: number[] | Uint32Array): Float32Array {
  const { documents, documentScores, since } = index;
  if (documentScores.length < FEW_DOCUMENTS) {
    documentScores.fill(0);
    addDocuments(index, words, documentScores);
    return documentScores;
  }
  const numbers = Uint32Array.from(new Set(Array.from(rows, (row) => documentOf(index, row)))).sort();
  const changed = since ? new Set(since.changed) : null;
  const add = (postings: Postings, among: Uint32Array): void => {
    for (const { slot, weight } of words) addScoresAmong(postings, slot, weight * rarityOf(index, slot), documentScores, among);
  };
  for (const number of numbers) documentScores[number] = 0;
  add(documents, changed ? numbers.filter((number) => !changed.has(number)) : numbers);
  if (since && changed)
    add(
      since.documents,
      numbers.filter((number) => changed.has(number)),
    );
  return documentScores;
}
