/**
 * Adding up scores and choosing the best of them, in WebAssembly: a posting takes a third of what it takes in JavaScript, and four rows are looked at at once.
 * Sums are the same to the last bit: each is added in double precision and rounded to single, one after another.
 */
import { BINS, LIST_BYTES } from './list-memory.ts';
import {
  add,
  addLanes,
  advance,
  and,
  below,
  call,
  type Code,
  type CodeFunction,
  countOnes,
  either,
  F32,
  F64,
  get,
  I32,
  int,
  load,
  loadInt,
  loadIntAt,
  moduleOf,
  pick,
  repeat,
  set,
  shiftLeft,
  simd,
  store,
  tee,
  V128,
  when,
} from './wasm-code.ts';

/** Bins up to the score 1. The highest score is 2 and some last digits. */
export const BINS_PER_ONE = BINS / 2 - 8;
/** Rows are looked at in so many at once: sums are 0 from the last row to a whole group. */
export const GROUP = 4;

/** All numbers are addresses, in bytes, but those that are said to be others. Ends are exclusive. */
export interface SumKernels {
  /** Writes zeros: the runtime writes to shared memory number by number. */
  clear(at: number, bytes: number): void;
  /** Of lists as LIST_BYTES bytes each, adds what postings weigh times a factor to the sums of their rows. */
  addLists(list: number, end: number): void;
  /** Writes 4 numbers each for words, grams and concepts, of which the largest is the largest sum of admitted rows. */
  findLargest(words: number, end: number, grams: number, concepts: number, admitted: number, out: number): void;
  /** Adds to `counts`, by bin, in how many groups of rows the best score falls there, of those that hold one above this. */
  countScores(...parts: [...ScoreParts, counts: number]): void;
  /** The highest bin with so many scores in it and above, at least, or the first one: where it stands. */
  leastBin(counts: number, end: number, limit: number): number;
  /** Writes the places of rows with a score above this, ascending; returns where they end. */
  writeAbove(...parts: [...ScoreParts, out: number]): number;
  /** Writes the exact scores of places, in double precision: what each sum is multiplied with, then divided by. */
  weighPlaces(place: number, end: number, words: number, grams: number, concepts: number, ...parts: [...Divided, out: number]): void;
}

/** Products and quotients in the order in which JavaScript makes them: products of reciprocals differ in the last digits. */
type Divided = [topWords: number, gramShare: number, topGrams: number, conceptShare: number, topConcepts: number];

/**
 * A list to be added: postings' rows from `row` to `end`, the numbers of their weights so many bytes further (where weights are spelt out: the first of them), the
 * table of weights (0 = they are spelt out), the sums, as 32-bit numbers; then the factor in double precision.
 */
export const LIST = { row: 0, end: 1, codes: 2, values: 3, sums: 4, factor: 3 };

/** Shares, and what a score must be above: single-precision numbers. */
type ScoreParts = [
  ...[words: number, end: number, grams: number, concepts: number, admitted: number],
  ...[wordShare: number, gramShare: number, conceptShare: number, above: number],
];

let module: WebAssembly.Module | null | undefined;
const made = new WeakMap<WebAssembly.Memory, SumKernels>();

/** null where there are no 128-bit lanes. Compiled once a thread. */
export function sumKernelsOver(memory: WebAssembly.Memory): SumKernels | null {
  if (module === undefined) {
    const code = moduleOf([
      addNumbered(),
      addSpelt(),
      addLists(),
      clear(),
      findLargest(),
      countScores(),
      leastBin(),
      writeAbove(),
      weighPlaces(),
    ]);
    module = WebAssembly.validate(code) ? new WebAssembly.Module(code) : null;
  }
  if (module === null) return null;
  const kernels = made.get(memory) ?? (new WebAssembly.Instance(module, { of: { memory } }).exports as unknown as SumKernels);
  made.set(memory, kernels);
  return kernels;
}

const row: Code = [0x2f, 1, 0];
const nextRow: Code = [0x2f, 1, 2];
const single: Code = [0x2a, 2, 0];
const storeSingle: Code = [0x38, 2, 0];
const promote: Code = [0xbb];
const demote: Code = [0xb6];
const multiply: Code = [0xa2];
const divide: Code = [0xa3];
const sum: Code = [0xa0];
const loadDouble = (further: number): Code => [0x2b, 3, further];
const storeDouble: Code = [0x39, 3, 0];
/** A single-precision number from an address on the stack: the first lane of a vector, or the second of one that stands on the stack above it. */
const firstLane: Code = simd(0x5c, 2, 0);
const secondLane: Code = simd(0x56, 2, 0, 1);
const promoteLow: Code = simd(0x5f);
const times4: Code = [...int(2), ...shiftLeft];
const times16: Code = [...int(4), ...shiftLeft];

/** Two postings at a time, and the last one. `on`: what moves on by so many bytes with each. */
function overPostings([ROW, END]: [number, number], one: Code, pair: Code, on: [local: number, bytes: number][]): Code {
  const forward = (count: number): Code => on.flatMap(([local, bytes]) => advance(local, count * bytes));
  const two = [...get(ROW), ...int(2), ...add, ...get(END), ...below];
  return [...when(two, repeat(...pair, ...forward(2), ...two)), ...when([...get(ROW), ...get(END), ...below], [...one, ...forward(1)])];
}

/** Two sums at once: rows of a list differ, so that neither waits for the other. `weights`: two of them, as the lower lanes of a vector. */
function addPair(SUMS: number, [AT, NEXT, FACTORS, BOTH]: [number, number, number, number], ROW: number, weights: Code): Code {
  const address = (number: Code, local: number): Code => [...get(ROW), ...number, ...times4, ...get(SUMS), ...add, ...set(local)];
  const sums = [...get(NEXT), ...get(AT), ...firstLane, ...secondLane, ...promoteLow];
  return [
    ...[...address(row, AT), ...address(nextRow, NEXT)],
    ...[...sums, ...get(FACTORS), ...weights, ...promoteLow, ...simd(0xf2), ...simd(0xf0), ...simd(0x5e), ...set(BOTH)],
    ...[...get(AT), ...get(BOTH), ...simd(0x5a, 2, 0, 0), ...get(NEXT), ...get(BOTH), ...simd(0x5a, 2, 0, 1)],
  ];
}

function clear(): CodeFunction {
  return { name: 'clear', parameters: [I32, I32], locals: [], body: [...get(0), ...int(0), ...get(1), 0xfc, 11, 0] };
}

function addNumbered(): CodeFunction {
  const [ROW, END, CODES, VALUES, SUMS, FACTOR, AT, NEXT, FACTORS, BOTH] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
  const value = (number: Code): Code => [...get(ROW), ...get(CODES), ...add, ...number, ...times4, ...get(VALUES), ...add];
  const one = [
    ...[...get(ROW), ...row, ...times4, ...get(SUMS), ...add, ...tee(AT), ...get(AT), ...single, ...promote],
    ...[...get(FACTOR), ...value(row), ...single, ...promote, ...multiply, ...sum, ...demote, ...storeSingle],
  ];
  const weights = [...value(nextRow), ...value(row), ...firstLane, ...secondLane];
  const pair = addPair(SUMS, [AT, NEXT, FACTORS, BOTH], ROW, weights);
  return {
    ...{ name: 'addNumbered', parameters: [I32, I32, I32, I32, I32, F64] },
    locals: [
      [2, I32],
      [2, V128],
    ],
    body: [...get(FACTOR), ...simd(0x14), ...set(FACTORS), ...overPostings([ROW, END], one, pair, [[ROW, 2]])],
  };
}

function addSpelt(): CodeFunction {
  const [ROW, END, WEIGHTS, SUMS, FACTOR, AT, NEXT, FACTORS, BOTH] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const one = [
    ...[...get(ROW), ...row, ...times4, ...get(SUMS), ...add, ...tee(AT), ...get(AT), ...single, ...promote],
    ...[...get(FACTOR), ...get(WEIGHTS), ...single, ...promote, ...multiply, ...sum, ...demote, ...storeSingle],
  ];
  const pair = addPair(SUMS, [AT, NEXT, FACTORS, BOTH], ROW, [...get(WEIGHTS), ...simd(0x5d, 2, 0)]);
  const on: [number, number][] = [
    [ROW, 2],
    [WEIGHTS, 4],
  ];
  return {
    ...{ name: 'addSpelt', parameters: [I32, I32, I32, I32, F64] },
    locals: [
      [2, I32],
      [2, V128],
    ],
    body: [...get(FACTOR), ...simd(0x14), ...set(FACTORS), ...overPostings([ROW, END], one, pair, on)],
  };
}

/** Numbers of the two functions before in the module. */
const NUMBERED = 0;
const SPELT = 1;

function addLists(): CodeFunction {
  const [AT, END_AT] = [0, 1] as const;
  const part = (number: number): Code => [...get(AT), ...loadIntAt(4 * number)];
  const factor: Code = [...get(AT), ...loadDouble(8 * LIST.factor)];
  const rows = [...part(LIST.row), ...part(LIST.end), ...part(LIST.codes)];
  const numbered = [...rows, ...part(LIST.values), ...part(LIST.sums), ...factor, ...call(NUMBERED)];
  const spelt = [...rows, ...part(LIST.sums), ...factor, ...call(SPELT)];
  const left = [...get(AT), ...get(END_AT), ...below];
  const body = when(left, repeat(...either(part(LIST.values), numbered, spelt), ...advance(AT, LIST_BYTES), ...left));
  return { name: 'addLists', parameters: [I32, I32], locals: [], body };
}

const [WORDS, END, GRAMS, CONCEPTS, ADMITTED] = [0, 1, 2, 3, 4] as const;
const larger: Code = simd(0xeb);
const both: Code = simd(0x4e);

/** Four bytes of 0 or 1 as lanes of no bits or all. */
const mask: Code = [...get(ADMITTED), ...simd(0x5c, 2, 0), ...simd(0x89), ...simd(0xa9), ...simd(0xa1)];

/** `body` for each group of rows. */
const overGroups = (body: Code): Code => {
  const left = [...get(WORDS), ...get(END), ...below];
  const forward = [WORDS, GRAMS, CONCEPTS].flatMap((local) => advance(local, 4 * GROUP));
  return when(left, repeat(...body, ...forward, ...advance(ADMITTED, GROUP), ...left));
};

function findLargest(): CodeFunction {
  const [OUT, MASK, MOST] = [5, 6, 7] as const;
  const all = [WORDS, GRAMS, CONCEPTS];
  const keep = (local: number, i: number): Code => [
    ...[...get(MOST + i), ...get(local), ...load(), ...get(MASK), ...both, ...larger, ...set(MOST + i)],
  ];
  const body = [
    ...overGroups([...mask, ...set(MASK), ...all.flatMap(keep)]),
    ...all.flatMap((_, i) => [...get(OUT), ...get(MOST + i), ...simd(0x0b, 2, 16 * i)]),
  ];
  return { name: 'findLargest', parameters: [I32, I32, I32, I32, I32, I32], locals: [[4, V128]], body };
}

const SHARES = 5;
const ABOVE = 8;
const SCORE_PARTS = [I32, I32, I32, I32, I32, F32, F32, F32, F32];

/** Of four rows, 0 for those that the filter does not admit. */
const scores: Code = [
  ...[WORDS, GRAMS, CONCEPTS].flatMap((local, i) => [...get(local), ...load(), ...get(SHARES + i), ...simd(0x13), ...simd(0xe6)]),
  ...[...simd(0xe4), ...simd(0xe4), ...mask, ...both],
];

/** Which of four scores on the stack are above, a bit for each. */
const whichAbove: Code = [...get(ABOVE), ...simd(0x13), ...simd(0x44), ...simd(0xa4)];

function countScores(): CodeFunction {
  const [COUNTS, AT, SCORES] = [9, 10, 11] as const;
  const withOthers = (...lanes: number[]): Code => [...tee(SCORES), ...get(SCORES), ...get(SCORES), ...pick(...lanes), ...larger];
  const scale = [0x43, ...new Uint8Array(Float32Array.of(BINS_PER_ONE).buffer)];
  const bin = [...simd(0x1f, 0), ...scale, 0x94, 0xfc, 0x01, ...int(BINS - 1), ...and];
  const count = [
    ...[...get(SCORES), ...withOthers(2, 3, 0, 1), ...withOthers(1, 0, 3, 2), ...bin],
    ...[...times4, ...get(COUNTS), ...add, ...tee(AT), ...get(AT), ...loadInt, ...int(1), ...add, ...store],
  ];
  return {
    ...{ name: 'countScores', parameters: [...SCORE_PARTS, I32] },
    locals: [
      [1, I32],
      [1, V128],
    ],
    body: overGroups(when([...scores, ...tee(SCORES), ...whichAbove], count)),
  };
}

function leastBin(): CodeFunction {
  const [FIRST, BIN, LIMIT, SCORES] = [0, 1, 2, 3] as const;
  const next = [...get(BIN), ...int(-4), ...add, ...tee(BIN), ...loadInt, ...get(SCORES), ...add, ...tee(SCORES)];
  const body = [...repeat(...next, ...get(LIMIT), ...below, ...get(FIRST), ...get(BIN), ...below, ...and), ...get(BIN)];
  return { name: 'leastBin', parameters: [I32, I32, I32], results: [I32], locals: [[1, I32]], body };
}

function writeAbove(): CodeFunction {
  const [OUT, BITS, PLACES] = [9, 10, 11] as const;
  const four = (place: number): Code => simd(0x0c, ...new Uint8Array(Int32Array.of(place, place + 1, place + 2, place + 3).buffer));
  const step = simd(0x0c, ...new Uint8Array(Int32Array.of(GROUP, GROUP, GROUP, GROUP).buffer));
  // All four are written, those that are chosen first, and the next ones over the others: no branch that cannot be foreseen.
  const write = [
    ...[...get(OUT), ...get(PLACES), ...get(BITS), ...times16, ...load(), ...simd(0x0e), ...simd(0x0b, 2, 0)],
    ...[...get(OUT), ...get(BITS), ...countOnes, ...times4, ...add, ...set(OUT)],
  ];
  const group = [...scores, ...whichAbove, ...set(BITS), ...write, ...get(PLACES), ...step, ...addLanes, ...set(PLACES)];
  const body = [...four(0), ...set(PLACES), ...overGroups(group), ...get(OUT)];
  const locals: CodeFunction['locals'] = [
    [1, I32],
    [1, V128],
  ];
  return { name: 'writeAbove', parameters: [...SCORE_PARTS, I32], results: [I32], locals, body };
}

function weighPlaces(): CodeFunction {
  const [PLACE, LAST, ...others] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
  const [FIRST_WORDS, FIRST_GRAMS, FIRST_CONCEPTS, TOP_WORDS, GRAM_SHARE, TOP_GRAMS, CONCEPT_SHARE, TOP_CONCEPTS, OUT, AT] = others;
  const sumAt = (local: number): Code => [...get(local), ...get(AT), ...add, ...single, ...promote];
  const left = [...get(PLACE), ...get(LAST), ...below];
  const weigh = [
    ...[...get(PLACE), ...loadInt, ...times4, ...set(AT)],
    ...[...get(OUT), ...sumAt(FIRST_WORDS), ...get(TOP_WORDS), ...divide],
    ...[...get(GRAM_SHARE), ...sumAt(FIRST_GRAMS), ...multiply, ...get(TOP_GRAMS), ...divide, ...sum],
    ...[...get(CONCEPT_SHARE), ...sumAt(FIRST_CONCEPTS), ...multiply, ...get(TOP_CONCEPTS), ...divide, ...sum, ...storeDouble],
  ];
  return {
    ...{ name: 'weighPlaces', parameters: [I32, I32, I32, I32, I32, F64, F64, F64, F64, F64, I32] },
    locals: [[1, I32]],
    body: when(left, repeat(...weigh, ...advance(PLACE, 4), ...advance(OUT, 8), ...left)),
  };
}
