/** WebAssembly in binary, as far as our kernels need it: instructions as lists of bytes, and a module of functions over a shared memory. */
import { MOST_PAGES } from '../collection/vector-column.ts';

export type Code = number[];

export const I32 = 0x7f;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;
const EMPTY = 0x40;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number): Code => [0x21, local];
export const tee = (local: number): Code => [0x22, local];
export const int = (value: number): Code => [0x41, ...signed(value)];
export const add: Code = [0x6a];
export const and: Code = [0x71];
export const shiftLeft: Code = [0x74];
export const below: Code = [0x49];
/** Moves a pointer on. */
export const advance = (local: number, bytes: number): Code => [...get(local), ...int(bytes), ...add, ...set(local)];
/** Loads a number from an address on the stack. */
export const loadInt: Code = [0x28, 2, 0];
/** The same a little further. */
export const loadIntAt = (further: number): Code => [0x28, 2, ...unsigned(further)];
/** Stores a number at an address; both stand on the stack. */
export const store: Code = [0x36, 2, 0];
/** How many bits are 1. */
export const countOnes: Code = [0x69];
/** A function of the same module, by its number. */
export const call = (number: number): Code => [0x10, ...unsigned(number)];
export const simd = (operation: number, ...rest: number[]): Code => [0xfd, ...unsigned(operation), ...rest];
export const zeros: Code = simd(0x0c, ...new Array<number>(16).fill(0));
/** Sixteen bytes from an address on the stack and so many bytes further. */
export const load = (further = 0): Code => simd(0x00, 0, ...unsigned(further));
/** Four of the eight 32-bit lanes of two vectors on the stack. */
export const pick = (...lanes: number[]): Code => simd(0x0d, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)));
export const addLanes: Code = simd(0xae);
export const subtractLanes: Code = simd(0xb1);
/** Once, and again while what `body` leaves on the stack is not 0. */
export const repeat = (...body: Code): Code => [0x03, EMPTY, ...body, 0x0d, 0, 0x0b];
export const when = (condition: Code, body: Code): Code => [...condition, 0x04, EMPTY, ...body, 0x0b];
export const either = (condition: Code, one: Code, other: Code): Code => [...condition, 0x04, EMPTY, ...one, 0x05, ...other, 0x0b];

/** A function that a module gives: `locals`, how many of which type, are numbered on from its parameters. */
export interface CodeFunction {
  name: string;
  parameters: number[];
  results?: number[];
  locals: [count: number, type: number][];
  body: Code;
}

/** A module that takes `of.memory` and gives these functions. */
export function moduleOf(functions: CodeFunction[]): Uint8Array<ArrayBuffer> {
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const sized = (content: Code) => [...unsigned(content.length), ...content];
  const section = (id: number, content: Code) => [id, ...sized(content)];
  const each = (codeOf: (one: CodeFunction, number: number) => Code) => [functions.length, ...functions.flatMap(codeOf)];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      each(({ parameters, results = [] }) => [0x60, parameters.length, ...parameters, results.length, ...results]),
    ),
    ...section(2, [1, ...name('of'), ...name('memory'), 2, 3, 1, ...unsigned(MOST_PAGES)]),
    ...section(
      3,
      each((_, number) => [number]),
    ),
    ...section(
      7,
      each((one, number) => [...name(one.name), 0, number]),
    ),
    ...section(
      10,
      each(({ locals, body }) => sized([locals.length, ...locals.flat(), ...body, 0x0b])),
    ),
  ]);
}

/** LEB128, as the format writes lengths. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same with a sign, as it writes constants. */
function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
