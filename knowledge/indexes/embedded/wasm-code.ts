/** WebAssembly in binary, as far as our kernels need it: instructions as lists of bytes, and a module of one function over a shared memory. */
import { MOST_PAGES } from '../collection/vector-column.ts';

export type Code = number[];

export const I32 = 0x7f;
export const V128 = 0x7b;
const EMPTY = 0x40;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number): Code => [0x21, local];
export const tee = (local: number): Code => [0x22, local];
export const int = (value: number): Code => [0x41, ...signed(value)];
export const add: Code = [0x6a];
export const below: Code = [0x49];
/** Stores a number at an address; both stand on the stack. */
export const store: Code = [0x36, 2, 0];
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

/** A module that takes `of.memory` and gives `scan`, a function of four numbers; `locals`: how many of which type come after those. */
export function moduleOf(locals: [count: number, type: number][], body: Code): Uint8Array<ArrayBuffer> {
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const sized = (content: Code) => [...unsigned(content.length), ...content];
  const section = (id: number, content: Code) => [id, ...sized(content)];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 4, I32, I32, I32, I32, 0]),
    ...section(2, [1, ...name('of'), ...name('memory'), 2, 3, 1, ...unsigned(MOST_PAGES)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('scan'), 0, 0]),
    ...section(10, [1, ...sized([locals.length, ...locals.flat(), ...body, 0x0b])]),
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
