/** WebAssembly adds up and chooses what JavaScript does, to the last bit, whatever the lists, the filter and the shares of threads. */
import { afterEach, expect, test, vi } from 'vitest';
import { createEmbedded } from '../embedded.ts';
import { passage } from '../fixtures/passages.ts';
import { FIGURES } from './found-hit.ts';
import { LISTS_AT_ONCE, openListMemory } from './list-memory.ts';
import { buildPostings, type EachWeight, type Storage } from './postings.ts';
import { type Lists, largestOf, type Terms } from './lists.ts';
import { type Found, openShard } from './scoring.ts';
import { type Candidates, openSums } from './sums.ts';

/** Three blocks, the last of them no whole groups of rows. */
const ROWS = 150_003;
const SLOTS = 6;

let state = 3;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** Slot 0 in nearly all rows, slot 5 in none, slot 4 in one row of the last block. */
function pairsOf(rows: number, weightOf: () => number): { each: EachWeight; count: number } {
  const pairs: [number, number, number][] = [];
  for (let row = 0; row < rows; row++)
    for (const [slot, share] of [0.9, 0.3, 0.05, 0.001].entries()) if (random() < share) pairs.push([slot, row, weightOf()]);
  pairs.push([4, rows - 1, weightOf()]);
  const each: EachWeight = (visit) => {
    for (const pair of pairs) visit(...pair);
  };
  return { each, count: pairs.length };
}

function bothWays(rows: number, weightOf: () => number, spare: WebAssembly.Memory | null = null): { script: Lists; lanes: Lists } {
  const [words, grams, concepts] = [1, 2, 3].map(() => pairsOf(rows, weightOf)) as [
    ReturnType<typeof pairsOf>,
    ReturnType<typeof pairsOf>,
    ReturnType<typeof pairsOf>,
  ];
  const memory = openListMemory(
    rows,
    [words, grams, concepts].map(({ count }) => count),
    spare,
  ) as NonNullable<ReturnType<typeof openListMemory>>;
  const lists = (storage?: Storage) => {
    const [one, two, three] = [words, grams, concepts].map(({ each }) => buildPostings(SLOTS, each, undefined, storage));
    return { rows, memory: storage ? memory.layout : null, words: one, grams: two, concepts: three } as Lists;
  };
  return { script: lists(), lanes: lists({ shared: true, take: memory.take }) };
}

const few = () => (1 + Math.floor(random() * 50)) / 23;
const terms: Terms = {
  words: { slots: [0, 2, 4, 5, 99], factors: [0.3, 4.1, 9.7, 1, 1] },
  grams: { slots: [3, 1, 0], factors: [1 / 3, 0.7, 0.011] },
  concepts: { slots: [1, 3], factors: [0.77, 5.9] },
};
const filters: [string, (row: number) => boolean][] = [
  ['most', () => random() < 0.8],
  ['one in a thousand', (row) => row % 1_000 === 17],
  ['none', () => false],
];

/** Wherever they stand. */
const figuresIn = ({ rows, scores, figures, at }: Found) => ({ rows, scores, figures: figures.slice(at, at + rows.length * FIGURES) });

function answersOf(lists: Lists, bounds: number[], filter: Uint8Array, isAside: boolean) {
  const shards = bounds.slice(1).map((to, i) => openShard(lists, bounds[i] as number, to, isAside));
  const rows = Uint32Array.of(3, 65_535, 65_536, 149_999, 150_002).filter((row) => filter[row] === 1);
  const near = { rows, nearness: Float64Array.from(rows, (_, i) => i / 7) };
  const largest = largestOf(shards.map((shard) => shard.add(terms, filter)));
  const [first] = shards;
  return {
    largest,
    sums: ['words', 'grams', 'concepts'].map((name) => first?.[name as 'words'].slice()),
    found: [1, 50, 400].map((limit) => shards.map((shard) => figuresIn(shard.choose(largest, near, limit)))),
  };
}

test.each([
  ['numbered weights', few, true],
  ['spelt weights', () => random() + 0.01, false],
  ['weights that are all alike', () => 1, true],
])('%s', { timeout: 60_000 }, (_, weightOf, numbered) => {
  const { script, lanes } = bothWays(ROWS, weightOf);
  for (const lists of [script, lanes]) expect(lists.grams.weights.codes !== null).toBe(numbered);
  for (const [, admits] of filters) {
    const filter = Uint8Array.from({ length: ROWS }, (_, row) => (admits(row) ? 1 : 0));
    for (const bounds of [
      [0, 3],
      [0, 1, 1, 3],
    ]) {
      const wanted = answersOf(script, bounds, filter, false);
      expect(answersOf(lanes, bounds, filter, false)).toEqual(wanted);
      expect(answersOf(lanes, bounds, filter, true)).toEqual(wanted);
    }
  }
});

test('a small collection, and one of no rows', () => {
  for (const rows of [0, 1, 5, 700]) {
    const { script, lanes } = bothWays(rows, few);
    const filter = new Uint8Array(rows).fill(1);
    expect(answersOf(lanes, [0, 1], filter, false)).toEqual(answersOf(script, [0, 1], filter, false));
  }
});

test('more lists than are added with one call', () => {
  const { script, lanes } = bothWays(3_000, few);
  const many = (count: number) => ({
    slots: Array.from({ length: count }, (_, i) => i % SLOTS),
    factors: Array.from({ length: count }, (_, i) => 1 / (i + 1)),
  });
  const terms = { words: many(3 * LISTS_AT_ONCE + 1), grams: many(LISTS_AT_ONCE), concepts: many(0) };
  const filter = new Uint8Array(3_000).fill(1);
  const sums = (lists: Lists) => {
    const { add, words, grams, concepts } = openShard(lists, 0, 1);
    return { largest: add(terms, filter), words: [...words], grams: [...grams], concepts: [...concepts] };
  };
  expect(sums(lanes)).toEqual(sums(script));
});

test('what is left to be weighed is a small part of many rows, and holds nothing that no word brought', () => {
  const { lanes } = bothWays(ROWS, few);
  const sums = openSums(lanes, { fromBlock: 0, toBlock: 3, base: 0, length: ROWS }, false);
  const largest = sums.add(terms, new Uint8Array(ROWS).fill(1));
  const candidates = (limit: number) => {
    const { count, places, scores } = sums.candidates(largest, limit) as Candidates;
    return Array.from({ length: count }, (_, i) => ({ place: places[i] as number, score: scores[i] as number }));
  };
  expect(candidates(100).length).toBeGreaterThanOrEqual(100);
  expect(candidates(100).length).toBeLessThan(2_000);
  const said = sums.words.reduce((n, _, i) => n + ((sums.words[i] || sums.grams[i] || sums.concepts[i]) === 0 ? 0 : 1), 0);
  const all = candidates(ROWS);
  expect(all).toHaveLength(said);
  for (const { place, score } of all) {
    const [word, gram, concept] = [sums.words, sums.grams, sums.concepts].map((sum) => sum[place] as number) as [number, number, number];
    expect(score).toBe(word / largest.words + (0.4 * gram) / largest.grams + (0.6 * concept) / largest.concepts);
  }
});

afterEach(() => vi.restoreAllMocks());

test('without lanes, or without memory for them, the answers are the same', async () => {
  const FILTER = { at: '2026-11-25', audience: 'citizen', langs: null, office: null } as const;
  const ask = async (create = createEmbedded) => {
    const index = create();
    await index.put(Array.from({ length: 50 }, (_, i) => passage(`p${i}`, `Tari e rata ${i % 7}, sosta ${i % 3}.`)));
    const words = ['tar', 'rat', 'sost'].map((stem, i) => ({ slot: index.collection.slotOf(stem) ?? 0, weight: 1 / (1 + i) }));
    const grams = Array.from({ length: index.collection.gramSlots() }, (_, slot) => ({ slot, weight: 0.5 + slot / 100 }));
    const hits = index.query({ words, grams: [...grams, { slot: 1_000_000, weight: 1 }], concepts: [], filter: FILTER, limit: 20 });
    if (hits instanceof Promise) throw new Error('nobody else has to be asked');
    return hits.map(({ row, words, grams, concepts, document }) => ({ row, words, grams, concepts, document }));
  };
  const wanted = await ask();
  expect(wanted).toHaveLength(20);
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse() {
    throw new RangeError('could not allocate memory');
  });
  expect(openListMemory(10, [10])).toBeNull();
  expect(await ask()).toEqual(wanted);
  vi.restoreAllMocks();
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  vi.resetModules();
  const { createEmbedded: withoutLanes } = await import('../embedded.ts');
  expect(await ask(withoutLanes)).toEqual(wanted);
});

test('lists that are built anew take the memory of those before, whatever these left in it', () => {
  const before = openListMemory(700, [3_000, 3_000, 3_000]) as NonNullable<ReturnType<typeof openListMemory>>;
  const { memory } = before.layout;
  for (const rows of [701, 40_000, 650]) {
    new Uint8Array(memory.buffer).fill(0xff);
    const { script, lanes } = bothWays(rows, few, memory);
    expect(lanes.memory?.memory === memory).toBe(rows !== 650);
    const filter = new Uint8Array(rows).fill(1);
    expect(answersOf(lanes, [0, 1], filter, false)).toEqual(answersOf(script, [0, 1], filter, false));
  }
});

test('a change of the collection makes no new memory, unless a question is on its way', async () => {
  const FILTER = { at: '2026-11-25', audience: 'citizen', langs: null, office: null } as const;
  const made = vi.spyOn(WebAssembly, 'Memory');
  const index = createEmbedded();
  for (let change = 0; change < 5; change++) {
    await index.put([passage(`p${change}`, `Tari e rata, ${change}.`)]);
    const slot = index.collection.slotOf('tar') ?? -1;
    const hits = await index.query({ words: [{ slot, weight: 1 }], grams: [], concepts: [], filter: FILTER, limit: 20 });
    expect(hits).toHaveLength(change + 1);
  }
  expect(made).toHaveBeenCalledTimes(1);
});

test('more postings than addresses are no lists in one memory', () => {
  expect(openListMemory(1_000, [2 ** 29, 2 ** 29])).toBeNull();
});
