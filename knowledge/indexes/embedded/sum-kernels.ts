/**
 * Adding up scores and choosing the best of them, in WebAssembly: a posting takes a third of what it takes in JavaScript, and four rows are looked at at once.
 * Sums are the same to the last bit: each is added in double precision and rounded to single, one after another.
 */
import { BINS } from './list-memory.ts';
import {
  add,
  advance,
  and,
  below,
  type Code,
  type CodeFunction,
  F32,
  F64,
  get,
  I32,
  int,
  load,
  loadInt,
  moduleOf,
  pick,
  repeat,
  set,
  shiftLeft,
  simd,
  store,
  subtract,
  tee,
  trailingZeros,
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
  /** Postings' rows from `row` to `end`; `codes`: how much further the numbers of their weights stand. */
  addNumbered(row: number, end: number, codes: number, values: number, sums: number, factor: number): void;
  /** `weights`: of the first posting. */
  addSpelt(row: number, end: number, weights: number, sums: number, factor: number): void;
  /** Writes 4 numbers each for words, grams and concepts, of which the largest is the largest sum of admitted rows. */
  findLargest(words: number, end: number, grams: number, concepts: number, admitted: number, out: number): void;
  /** Adds to `counts`, by bin, in how many groups of rows the best score falls there, of those that hold one above this. */
  countScores(...parts: [...ScoreParts, counts: number]): void;
  /** Writes the places of rows with a score above this, ascending; returns where they end. */
  writeAbove(...parts: [...ScoreParts, out: number]): number;
}

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
    const code = moduleOf([clear(), addNumbered(), addSpelt(), findLargest(), countScores(), writeAbove()]);
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
const nextSingle: Code = [0x2a, 2, 4];
const storeSingle: Code = [0x38, 2, 0];
const promote: Code = [0xbb];
const demote: Code = [0xb6];
const multiply: Code = [0xa2];
const sum: Code = [0xa0];
const times4: Code = [...int(2), ...shiftLeft];

/** Two postings at a time, and the last one. `step`: one posting; `on`: what moves on by so many bytes with each. */
function overPostings([ROW, END]: [number, number], step: (second: boolean) => Code, on: [local: number, bytes: number][]): Code {
  const forward = (count: number): Code => on.flatMap(([local, bytes]) => advance(local, count * bytes));
  const two = [...get(ROW), ...int(2), ...add, ...get(END), ...below];
  return [
    ...when(two, repeat(...step(false), ...step(true), ...forward(2), ...two)),
    ...when([...get(ROW), ...get(END), ...below], [...step(false), ...forward(1)]),
  ];
}

function clear(): CodeFunction {
  return { name: 'clear', parameters: [I32, I32], locals: [], body: [...get(0), ...int(0), ...get(1), 0xfc, 11, 0] };
}

function addNumbered(): CodeFunction {
  const [ROW, END, CODES, VALUES, SUMS, FACTOR, AT] = [0, 1, 2, 3, 4, 5, 6] as const;
  const step = (second: boolean): Code => [
    ...[...get(ROW), ...(second ? nextRow : row), ...times4, ...get(SUMS), ...add, ...tee(AT), ...get(AT), ...single, ...promote],
    ...[...get(FACTOR), ...get(ROW), ...get(CODES), ...add, ...(second ? nextRow : row), ...times4],
    ...[...get(VALUES), ...add, ...single, ...promote, ...multiply, ...sum, ...demote, ...storeSingle],
  ];
  const body = overPostings([ROW, END], step, [[ROW, 2]]);
  return { name: 'addNumbered', parameters: [I32, I32, I32, I32, I32, F64], locals: [[1, I32]], body };
}

function addSpelt(): CodeFunction {
  const [ROW, END, WEIGHTS, SUMS, FACTOR, AT] = [0, 1, 2, 3, 4, 5] as const;
  const step = (second: boolean): Code => [
    ...[...get(ROW), ...(second ? nextRow : row), ...times4, ...get(SUMS), ...add, ...tee(AT), ...get(AT), ...single, ...promote],
    ...[...get(FACTOR), ...get(WEIGHTS), ...(second ? nextSingle : single), ...promote, ...multiply, ...sum, ...demote, ...storeSingle],
  ];
  const on: [number, number][] = [
    [ROW, 2],
    [WEIGHTS, 4],
  ];
  return { name: 'addSpelt', parameters: [I32, I32, I32, I32, F64], locals: [[1, I32]], body: overPostings([ROW, END], step, on) };
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

function writeAbove(): CodeFunction {
  const [OUT, PLACE, BITS] = [9, 10, 11] as const;
  const write = [
    ...[...get(OUT), ...get(PLACE), ...get(BITS), ...trailingZeros, ...add, ...store, ...advance(OUT, 4)],
    ...[...get(BITS), ...get(BITS), ...int(1), ...subtract, ...and, ...tee(BITS)],
  ];
  const group = [...when([...scores, ...whichAbove, ...tee(BITS)], repeat(...write)), ...advance(PLACE, GROUP)];
  const body = [...overGroups(group), ...get(OUT)];
  return { name: 'writeAbove', parameters: [...SCORE_PARTS, I32], results: [I32], locals: [[2, I32]], body };
}
