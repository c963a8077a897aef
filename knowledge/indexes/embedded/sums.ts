/**
 * The sums of a question over a range of rows: added up, and which of them may be among the best. Two ways to the same, to the last bit: in WebAssembly, where the
 * lists stand in one memory, and in JavaScript, where there are no 128-bit lanes or the lists are small.
 */
import type { WeightedSlot } from '../contract.ts';
import { BINS, LIST_BYTES, LISTS_AT_ONCE, sumRoomOf } from './list-memory.ts';
import { addScoresIn, BLOCK_BITS, type Postings } from './postings.ts';
import type { Asked, Factors, Largest, Lists, Terms } from './lists.ts';
import { BINS_PER_ONE, LIST, type SumKernels, sumKernelsOver } from './sum-kernels.ts';
import { idfOf } from './weights.ts';

export interface Sums {
  /** What was added last, by place. */
  words: Float32Array;
  grams: Float32Array;
  concepts: Float32Array;
  /** Rows are those of the lists. `admitted`: what stands in it stays so. */
  add(terms: Terms, admitted: Uint8Array): Largest;
  /** The same for a question over all there is, its slots weighed as they are noted; null = this range does not hold all there is in one block. */
  addAsked(asked: Asked, admitted: Uint8Array): Largest | null;
  /** Admitted rows, among them the `limit` best, but none whose sums are all 0; null = any row may be. Lent until the next call. */
  candidates(tops: Largest, limit: number): Candidates | null;
}

/** Some places, ascending, and what they come to: the first `count` of each. */
export interface Candidates {
  count: number;
  places: Uint32Array;
  scores: Float64Array;
}

/** Share of n-grams beside words in the first stage. */
export const GRAM_SHARE = 0.4;
/** Share of concepts: what brings a passage that says it in other words, or in another language. */
export const CONCEPT_SHARE = 0.6;

/** Rows of a range: the first, and how many. */
export interface RowRange {
  fromBlock: number;
  toBlock: number;
  base: number;
  length: number;
}

/** `isAside`: of a thread that has these blocks for itself. */
export function openSums(lists: Lists, range: RowRange, isAside: boolean): Sums {
  return sumsInLanes(lists, range, isAside) ?? sumsInScript(lists, range);
}

function sumsInScript(lists: Lists, { fromBlock, toBlock, base, length }: RowRange): Sums {
  const [words, grams, concepts] = [new Float32Array(length), new Float32Array(length), new Float32Array(length)];

  function addAll(postings: Postings, { slots, factors }: Factors, block: number, scores: Float32Array): void {
    for (let i = 0; i < slots.length; i++) addScoresIn(postings, slots[i] as number, block, factors[i] as number, scores, base);
  }

  return {
    words,
    grams,
    concepts,
    add(terms, filter) {
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
        let topWords = largest.words;
        let topGrams = largest.grams;
        let topConcepts = largest.concepts;
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
    addAsked: () => null,
    candidates: () => null,
  };
}

/** What scores in single precision may differ by from those in double; thousandths of a bin. */
const NEARLY = 1e-5;
/** Rows that are counted before there is a bound, and how many times as many before the next. */
const FIRST_ROWS = 4_096;
const MORE = 8;

function sumsInLanes(lists: Lists, { fromBlock, toBlock, base, length }: RowRange, isAside: boolean): Sums | null {
  const memory = lists.memory?.memory;
  const kernels = memory ? sumKernelsOver(memory) : null;
  if (!lists.memory || !memory || !kernels || length === 0) return null;
  const room = sumRoomOf(lists.memory, fromBlock, isAside);
  const [words, grams, concepts] = room.sums.map((at) => new Float32Array(memory.buffer, at, length)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const admitted = new Uint8Array(memory.buffer, room.admitted, length);
  const chosen = new Uint32Array(memory.buffer, room.chosen, length);
  const scores = new Float64Array(memory.buffer, room.scores, length);
  /** Where the kernels' numbers for words, grams and concepts go before anything is counted. */
  const most = new Float32Array(memory.buffer, room.counts, 12);
  const end = room.sums[0] + 4 * length;
  const adder = createAdder(kernels, memory, room.lists);
  /** Asked by one question after the other. */
  let filtered: Uint8Array | null = null;

  const clear = (filter: Uint8Array): void => {
    if (filter !== filtered) admitted.set(filter.subarray(base, base + length));
    filtered = filter;
    for (let i = 0; i < 3; i++) kernels.clear(room.sums[i] as number, 4 * length);
  };

  const largest = (): Largest => {
    kernels.findLargest(room.sums[0], end, room.sums[1], room.sums[2], room.admitted, room.counts);
    const of = (at: number) => Math.max(most[at] as number, most[at + 1] as number, most[at + 2] as number, most[at + 3] as number);
    return { words: of(0), grams: of(4), concepts: of(8) };
  };

  return {
    words,
    grams,
    concepts,
    add(terms, filter) {
      clear(filter);
      for (let block = fromBlock; block < toBlock; block++) {
        const first = 4 * ((block << BLOCK_BITS) - base);
        adder.note(lists.words, terms.words, block, room.sums[0] + first);
        adder.note(lists.grams, terms.grams, block, room.sums[1] + first);
        adder.note(lists.concepts, terms.concepts, block, room.sums[2] + first);
        adder.add();
      }
      return largest();
    },
    addAsked(asked, filter) {
      if (length !== lists.rows || length > 1 << BLOCK_BITS) return null;
      clear(filter);
      adder.noteAsked(lists.words, asked.words, length, room.sums[0]);
      adder.noteAsked(lists.grams, asked.grams, length, room.sums[1]);
      adder.noteAsked(lists.concepts, asked.concepts, length, room.sums[2]);
      adder.add();
      return largest();
    },
    candidates(tops, limit) {
      const [first, grams, concepts] = room.sums;
      const [word, gram, concept] = [1 / tops.words, GRAM_SHARE / tops.grams, CONCEPT_SHARE / tops.concepts];
      kernels.clear(room.counts, 4 * BINS);
      let above = 0;
      // What the best of some rows come to leaves most of the next uncounted.
      for (let from = 0, to = FIRST_ROWS; from < length; from = to, to *= MORE) {
        const last = first + 4 * Math.min(to, length);
        const at = 4 * from;
        kernels.countScores(first + at, last, grams + at, concepts + at, room.admitted + from, word, gram, concept, above, room.counts);
        const bin = (kernels.leastBin(room.counts, room.counts + 4 * BINS, limit) - room.counts) / 4;
        above = Math.max(0, bin / BINS_PER_ONE - NEARLY);
      }
      const last = kernels.writeAbove(first, end, grams, concepts, room.admitted, word, gram, concept, above, room.chosen);
      const { words: topWords, grams: topGrams, concepts: topConcepts } = tops;
      kernels.weighPlaces(
        ...([room.chosen, last, first, grams, concepts] as const),
        ...([topWords, GRAM_SHARE, topGrams, CONCEPT_SHARE, topConcepts, room.scores] as const),
      );
      return { count: (last - room.chosen) / 4, places: chosen, scores };
    },
  };
}

/** Gathers lists and adds them with as few calls as there is room for. `at`: where they are written. */
function createAdder(kernels: SumKernels, memory: WebAssembly.Memory, at: number) {
  const numbers = new Uint32Array(memory.buffer, at, (LISTS_AT_ONCE * LIST_BYTES) / 4);
  const factors = new Float64Array(memory.buffer, at, (LISTS_AT_ONCE * LIST_BYTES) / 8);
  let count = 0;

  function add(): void {
    kernels.addLists(at, at + LIST_BYTES * count);
    count = 0;
  }

  function write({ rows, weights }: Postings, from: number, to: number, sums: number, factor: number): void {
    const { codes, values } = weights;
    if (count === LISTS_AT_ONCE) add();
    const number = (count * LIST_BYTES) / 4;
    numbers[number + LIST.row] = rows.byteOffset + 2 * from;
    numbers[number + LIST.end] = rows.byteOffset + 2 * to;
    numbers[number + LIST.codes] = codes ? codes.byteOffset - rows.byteOffset : values.byteOffset + 4 * from;
    numbers[number + LIST.values] = codes ? values.byteOffset : 0;
    numbers[number + LIST.sums] = sums;
    factors[(count * LIST_BYTES) / 8 + LIST.factor] = factor;
    count++;
  }

  return {
    add,
    /** `sums`: of the block's first row. */
    note(postings: Postings, terms: Factors, block: number, sums: number): void {
      const { starts } = postings;
      if (block + 1 >= starts.length) return;
      const [first, last] = [starts[block] as Uint32Array, starts[block + 1] as Uint32Array];
      for (let i = 0; i < terms.slots.length; i++) {
        const slot = terms.slots[i] as number;
        if (slot >= postings.slots) continue;
        const from = first[slot] as number;
        const to = last[slot] as number;
        if (from < to) write(postings, from, to, sums, terms.factors[i] as number);
      }
    },
    /** The same where there is one block, of all `rows`: a list ends where the next one begins, and its length is its slot's frequency. */
    noteAsked(postings: Postings, asked: readonly WeightedSlot[], rows: number, sums: number): void {
      const first = postings.starts[0] as Uint32Array;
      for (let i = 0; i < asked.length; i++) {
        const { slot, weight } = asked[i] as WeightedSlot;
        if (slot >= postings.slots) continue;
        const from = first[slot] as number;
        const to = first[slot + 1] as number;
        if (from < to) write(postings, from, to, sums, weight * idfOf(rows, to - from));
      }
    },
  };
}
