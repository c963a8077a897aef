/** From sums to rows that were found, and the scores of their documents. */
import type { Entry } from '../collection.ts';
import type { IndexQuery, WeightedSlot } from '../contract.ts';
import { type Built, factorsOf } from './built.ts';
import type { Nearness } from './dense.ts';
import { addScores, addScoresAmong, countIn } from './postings.ts';
import { blocksOf, type Factors, type Largest, openShard, type Shard } from './scoring.ts';
import { selectTop } from './select-top.ts';

/** From so many documents on, the few that were found are looked up instead of scoring all. */
const FEW_DOCUMENTS = 5_000;
const NONE_NEAR: Nearness = { rows: new Uint32Array(0), nearness: new Float64Array(0) };

/** A row and what it comes to, before its document is looked at. */
export interface Found {
  row: number;
  score: number;
  words: number;
  grams: number;
  concepts: number;
}

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
export function foundIn(
  { words, grams, concepts, choose }: Shard,
  offset: number,
  largest: Largest,
  nearness: Nearness | null,
  limit: number,
): Found[] {
  return choose(largest, nearness ? laterThan(nearness, offset) : NONE_NEAR, limit).map(({ place, score }) => ({
    row: offset + place,
    score,
    words: words[place] as number,
    grams: grams[place] as number,
    concepts: concepts[place] as number,
  }));
}

function laterThan({ rows, nearness }: Nearness, offset: number): Nearness {
  if (offset === 0) return { rows, nearness };
  const from = rows.findIndex((row) => row >= offset);
  return from < 0 ? NONE_NEAR : { rows: rows.subarray(from).map((row) => row - offset), nearness: nearness.subarray(from) };
}

/** `found`: in groups of ascending rows, each best first and equal ones by row. */
export function bestOf(found: Found[], limit: number): Found[] {
  const scores = Float64Array.from(found, ({ score }) => score);
  return selectTop(scores, limit).map((i) => found[i] as Found);
}

/** Adds the scores of all documents, by number. O(Σ df). */
export function addDocuments(index: Built, words: WeightedSlot[], scores: Float32Array): void {
  const { slots, factors } = documentFactors(index, words);
  for (let i = 0; i < slots.length; i++) addScores(index.documents, slots[i] as number, factors[i] as number, scores);
  if (!index.since) return;
  for (const number of index.since.changed) if (number < scores.length) scores[number] = 0;
  for (let i = 0; i < slots.length; i++) addScores(index.since.documents, slots[i] as number, factors[i] as number, scores);
}

function documentFactors({ documents, since, documentCount }: Built, words: WeightedSlot[]): Factors {
  const frequency = (slot: number): number => {
    const before = countIn(documents, slot);
    return since ? Math.max(0, before + countIn(since.documents, slot) - (since.left.documents[slot] ?? 0)) : before;
  };
  return factorsOf(words, documentCount, frequency);
}

/** Scores of the documents of what was found, by number; other places hold anything. */
export function documentScoresOf(index: Built, query: IndexQuery, found: Found[]): Float32Array {
  const { documents, documentScores, since } = index;
  if (documentScores.length < FEW_DOCUMENTS) {
    documentScores.fill(0);
    addDocuments(index, query.words, documentScores);
    return documentScores;
  }
  const numbers = Uint32Array.from(new Set(found.map(({ row }) => (index.rows.entries[row] as Entry).document))).sort();
  const changed = since ? new Set(since.changed) : null;
  const { slots, factors } = documentFactors(index, query.words);
  const add = (postings: Built['documents'], among: Uint32Array): void => {
    for (let i = 0; i < slots.length; i++) addScoresAmong(postings, slots[i] as number, factors[i] as number, documentScores, among);
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
