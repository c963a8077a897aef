/**
 * The first stage over a range of rows: in this thread or, its own range, in another. Term at a time, block by block of 65,536 rows: their scores fit in the
 * second cache, where those of a million rows would miss it with every posting. What it finds is the same to the last bit however rows are shared out.
 */
import type { Nearness } from './dense.ts';
import { addScoresAmong, addScoresIn, BLOCK_BITS, type Postings } from './postings.ts';
import { gatherTop } from './select-top.ts';

/** Share of n-grams beside words in the first stage. */
export const GRAM_SHARE = 0.4;
/** Share of concepts: what brings a passage that says it in other words, or in another language. */
export const CONCEPT_SHARE = 0.6;
/** Share of vectors, where an embedder makes them. */
export const DENSE_SHARE = 0.8;

/** Inverted lists over the same rows. */
export interface Lists {
  rows: number;
  words: Postings;
  grams: Postings;
  concepts: Postings;
}

/** Slots of a question and what their weights are multiplied with, in the order in which they are added. */
export interface Factors {
  slots: number[];
  factors: number[];
}

export type Terms = Record<'words' | 'grams' | 'concepts', Factors>;

/** The largest sum of each signal among admitted rows. */
export interface Largest {
  words: number;
  grams: number;
  concepts: number;
}

export interface Placed {
  place: number;
  score: number;
}

export interface Shard {
  /** The row that stands at place 0. */
  base: number;
  /** Sums of what was added last, by place. */
  words: Float32Array;
  grams: Float32Array;
  concepts: Float32Array;
  /** `admitted`: by row of the lists, 1 where the filter admits it. */
  add(terms: Terms, admitted: Uint8Array): Largest;
  /** The same for a few rows, ascending. */
  addAmong(terms: Terms, admitted: Uint8Array, among: Uint32Array): Largest;
  /** Of what was added last the best, best first, equal scores by place. `largest`: over all shards. `near`: admitted rows. */
  choose(largest: Largest, near: Nearness, limit: number): Placed[];
}

/** `fromBlock` to `toBlock`: of rows of the lists. */
export function openShard(lists: Lists, fromBlock: number, toBlock: number): Shard {
  const base = fromBlock << BLOCK_BITS;
  const length = Math.max(0, Math.min(lists.rows, toBlock << BLOCK_BITS) - base);
  const words = new Float32Array(length);
  const grams = new Float32Array(length);
  const concepts = new Float32Array(length);
  let admitted: Uint8Array = new Uint8Array(0);
  /** Rows that were added last; null = all. */
  let few: Uint32Array | null = null;

  function addAll(postings: Postings, { slots, factors }: Factors, block: number, scores: Float32Array): void {
    for (let i = 0; i < slots.length; i++) addScoresIn(postings, slots[i] as number, block, factors[i] as number, scores, base);
  }

  return {
    base,
    words,
    grams,
    concepts,
    add(terms, filter) {
      admitted = filter;
      few = null;
      words.fill(0);
      grams.fill(0);
      concepts.fill(0);
      const largest = { words: 0, grams: 0, concepts: 0 };
      for (let block = fromBlock; block < toBlock; block++) {
        addAll(lists.words, terms.words, block, words);
        addAll(lists.grams, terms.grams, block, grams);
        addAll(lists.concepts, terms.concepts, block, concepts);
        const from = (block << BLOCK_BITS) - base;
        const to = Math.min(length, from + (1 << BLOCK_BITS));
        let [topWords, topGrams, topConcepts] = [largest.words, largest.grams, largest.concepts];
        for (let i = from; i < to; i++) {
          if (filter[base + i] === 0) continue;
          const word = words[i] as number;
          const gram = grams[i] as number;
          const concept = concepts[i] as number;
          if (word > topWords) topWords = word;
          if (gram > topGrams) topGrams = gram;
          if (concept > topConcepts) topConcepts = concept;
        }
        largest.words = topWords;
        largest.grams = topGrams;
        largest.concepts = topConcepts;
      }
      return largest;
    },
    addAmong(terms, filter, among) {
      admitted = filter;
      few = among;
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
      const topWords = largest.words || 1;
      const topGrams = largest.grams || 1;
      const topConcepts = largest.concepts || 1;
      const wordShare = 1 / topWords;
      const gramShare = GRAM_SHARE / topGrams;
      const conceptShare = CONCEPT_SHARE / topConcepts;
      let bound = Number.NEGATIVE_INFINITY;
      const top = gatherTop(limit, 1 + GRAM_SHARE + CONCEPT_SHARE + DENSE_SHARE);
      let n = 0;
      while (n < near.rows.length && (near.rows[n] as number) < base) n++;
      let nextNear = (near.rows[n] ?? -1) - base;
      const count = few ? few.length : length;
      for (let at = 0; at < count; at++) {
        const i = few ? (few[at] as number) - base : at;
        const word = words[i] as number;
        const gram = grams[i] as number;
        const concept = concepts[i] as number;
        let close = 0;
        if (i === nextNear) {
          close = DENSE_SHARE * (near.nearness[n++] as number);
          nextNear = (near.rows[n] ?? -1) - base;
        } else if (word + gram + concept === 0) continue;
        // Products instead of quotients differ in the last digits only: enough to see that nearly all rows are far from the best.
        if (word * wordShare + gram * gramShare + concept * conceptShare + close < bound || admitted[base + i] === 0) continue;
        bound = top.add(i, word / topWords + (GRAM_SHARE * gram) / topGrams + (CONCEPT_SHARE * concept) / topConcepts + close);
      }
      // A row that is near and says nothing may come to 0: it is no candidate.
      return top.best().filter(({ score }) => score > 0);
    },
  };
}

export function largestOf(parts: Largest[]): Largest {
  return {
    words: Math.max(...parts.map(({ words }) => words)),
    grams: Math.max(...parts.map(({ grams }) => grams)),
    concepts: Math.max(...parts.map(({ concepts }) => concepts)),
  };
}

export const blocksOf = ({ rows }: Lists): number => Math.ceil(rows / (1 << BLOCK_BITS));
