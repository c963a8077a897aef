/**
 * The first stage over a range of rows: in this thread or, its own range, in another. Term at a time, block by block of 65,536 rows: their scores fit in the
 * second cache, where those of a million rows would miss it with every posting. What it finds is the same to the last bit however rows are shared out.
 */
import type { Nearness } from './dense.ts';
import { FIGURES, figuresFor } from './found-hit.ts';
import type { Asked, Largest, Lists, Terms } from './lists.ts';
import { addScoresAmong, BLOCK_BITS } from './postings.ts';
import { chooseBest, gatherTop } from './select-top.ts';
import { type Candidates, CONCEPT_SHARE, GRAM_SHARE, openSums } from './sums.ts';

/** Share of vectors, where an embedder makes them. */
export const DENSE_SHARE = 0.8;

/** Rows that were found, best first, in columns: a question finds a hundred, and an object for each would cost more than choosing them. */
export interface Found {
  rows: number[];
  scores: number[];
  /** From `at` on, by row FIGURES numbers (found-hit.ts), of which words, grams and concepts are known here. */
  figures: Float32Array;
  at: number;
}

export interface Shard {
  /** The row that stands at place 0. */
  base: number;
  /** Sums of what was added last, by place. */
  words: Float32Array;
  grams: Float32Array;
  concepts: Float32Array;
  /** `admitted`: by row of the lists, 1 where the filter admits it; what stands in it stays so. */
  add(terms: Terms, admitted: Uint8Array): Largest;
  /** The same for a question over all there is; null = add its terms. */
  addAsked(asked: Asked, admitted: Uint8Array): Largest | null;
  /** The same for a few rows, ascending. */
  addAmong(terms: Terms, admitted: Uint8Array, among: Uint32Array): Largest;
  /** Of what was added last the best, by row of the lists; equal scores by row. `largest`: over all shards. `near`: admitted rows. */
  choose(largest: Largest, near: Nearness, limit: number): Found;
  /** The same without vectors, best first, lent until the next choice; null = this range has to be chosen from row by row. */
  best(largest: Largest, limit: number): Candidates | null;
}

/** So few rows are weighed at once; among more, most are not worth the divisions. */
const FEW_ROWS = 4_096;
/** Places that are weighed, and what they come to. Lent to one choice at a time. */
let weighed = roomFor(FEW_ROWS);

/** `fromBlock` to `toBlock`: of rows of the lists. `isAside`: for a thread other than the first, which has these blocks for itself. */
export function openShard(lists: Lists, fromBlock: number, toBlock: number, isAside = false): Shard {
  const base = fromBlock << BLOCK_BITS;
  const length = Math.max(0, Math.min(lists.rows, toBlock << BLOCK_BITS) - base);
  const sums = openSums(lists, { fromBlock, toBlock, base, length }, isAside);
  const { words, grams, concepts } = sums;
  let admitted: Uint8Array = new Uint8Array(0);
  /** Places that were added last; null = all. */
  let few: Uint32Array | null = null;

  return {
    base,
    words,
    grams,
    concepts,
    add(terms, filter) {
      admitted = filter;
      few = null;
      return sums.add(terms, filter);
    },
    addAsked(asked, filter) {
      admitted = filter;
      few = null;
      return sums.addAsked(asked, filter);
    },
    addAmong(terms, filter, among) {
      admitted = filter;
      few = base === 0 ? among : among.map((row) => row - base);
      const largest = { words: 0, grams: 0, concepts: 0 };
      for (const name of ['words', 'grams', 'concepts'] as const) {
        const scores = { words, grams, concepts }[name];
        const { slots, factors } = terms[name];
        for (const row of among) scores[row - base] = 0;
        for (let i = 0; i < slots.length; i++) addScoresAmong(lists[name], slots[i] as number, factors[i] as number, scores, among);
        for (const row of among) if (filter[row] === 1) largest[name] = Math.max(largest[name], scores[row - base] as number);
      }
      return largest;
    },
    choose(largest, near, limit) {
      const tops = topsOf(largest);
      const { words: topWords, grams: topGrams, concepts: topConcepts } = tops;
      const wordShare = 1 / topWords;
      const gramShare = GRAM_SHARE / topGrams;
      const conceptShare = CONCEPT_SHARE / topConcepts;
      let n = 0;
      while (n < near.rows.length && (near.rows[n] as number) < base) n++;
      const best = few === null ? sums.candidates(tops, limit) : null;
      if (best !== null && n === near.rows.length) return chosenOf(best, limit);
      const some = few ?? (best === null ? null : withNear(best, near.rows, n));
      const count = some ? some.length : length;
      const top = some || count <= FEW_ROWS ? null : gatherTop(limit, 1 + GRAM_SHARE + CONCEPT_SHARE + DENSE_SHARE);
      if (!top && count > weighed.places.length) weighed = roomFor(2 * count);
      const { places, scores } = weighed;
      let bound = Number.NEGATIVE_INFINITY;
      let nextNear = n < near.rows.length ? (near.rows[n] as number) - base : -1;
      let found = 0;
      for (let at = 0; at < count; at++) {
        const i = some ? (some[at] as number) : at;
        const word = words[i] as number;
        const gram = grams[i] as number;
        const concept = concepts[i] as number;
        let close = 0;
        if (i === nextNear) {
          close = DENSE_SHARE * (near.nearness[n++] as number);
          nextNear = n < near.rows.length ? (near.rows[n] as number) - base : -1;
        } else if (word + gram + concept === 0) continue;
        if (admitted[base + i] === 0) continue;
        // Products instead of quotients differ in the last digits only: enough to see that nearly all rows are far from the best.
        if (top !== null && word * wordShare + gram * gramShare + concept * conceptShare + close < bound) continue;
        const score = word / topWords + (GRAM_SHARE * gram) / topGrams + (CONCEPT_SHARE * concept) / topConcepts + close;
        if (top !== null) bound = top.add(i, score);
        else {
          places[found] = i;
          scores[found++] = score;
        }
      }
      return top ? laidOut(top.best()) : chosenOf({ count: found, places, scores }, limit);
    },
    best(largest, limit) {
      const found = few === null ? sums.candidates(topsOf(largest), limit) : null;
      return found && bestOf(found, limit);
    },
  };

  function topsOf(largest: Largest): Largest {
    return { words: largest.words || 1, grams: largest.grams || 1, concepts: largest.concepts || 1 };
  }

  /** Best first. */
  function bestOf(candidates: Candidates, limit: number): Candidates {
    const best = chooseBest(candidates.scores, limit, candidates.count);
    // A row that is near and says nothing may come to 0: it is no candidate, nor is any after it.
    let count = best.count;
    while (count > 0 && !((best.scores[count - 1] as number) > 0)) count--;
    best.count = count;
    for (let c = 0; c < count; c++) best.places[c] = candidates.places[best.places[c] as number] as number;
    return best;
  }

  /** Candidates and places of near rows of this shard, from the n-th on, ascending. */
  function withNear(candidates: Candidates, near: Uint32Array, n: number): Uint32Array {
    const places = candidates.places.subarray(0, candidates.count);
    const all = new Uint32Array(places.length + near.length - n);
    let count = 0;
    let next = 0;
    for (; n < near.length; n++) {
      const place = (near[n] as number) - base;
      if (place >= length) break;
      while (next < places.length && (places[next] as number) < place) all[count++] = places[next++] as number;
      if (places[next] !== place) all[count++] = place;
    }
    all.set(places.subarray(next), count);
    return all.subarray(0, count + places.length - next);
  }

  function chosenOf(candidates: Candidates, limit: number): Found {
    const best = bestOf(candidates, limit);
    const { count } = best;
    const rows = new Array<number>(count);
    const scores = new Array<number>(count);
    const { figures, at } = figuresFor(count);
    for (let c = 0; c < count; c++) {
      scores[c] = best.scores[c] as number;
      rows[c] = write(best.places[c] as number, figures, at + c * FIGURES);
    }
    return { rows, scores, figures, at };
  }

  function laidOut(best: { place: number; score: number }[]): Found {
    const some = best.filter(({ score }) => score > 0);
    const { figures, at } = figuresFor(some.length);
    return {
      rows: some.map(({ place }, i) => write(place, figures, at + i * FIGURES)),
      scores: some.map(({ score }) => score),
      figures,
      at,
    };
  }

  /** Returns the row. */
  function write(place: number, figures: Float32Array, at: number): number {
    figures[at] = words[place] as number;
    figures[at + 1] = grams[place] as number;
    figures[at + 2] = concepts[place] as number;
    return base + place;
  }
}

function roomFor(rows: number): Candidates {
  return { count: rows, places: new Uint32Array(rows), scores: new Float64Array(rows) };
}
