/**
 * Content words of the passages that are read closely, side by side in two bytes each: the collection's own lists lie wherever a passage came to lie, and getting to
 * one takes longer than reading it.
 */
import type { Entry } from '../../indexes/collection.ts';

/** 512 kB; some four thousand passages. */
const MOST_WORDS = 1 << 18;
const SLOTS_PACKED = 1 << 16;
/** Lengths of title, section and text, which follow in this order. */
export const LENGTHS = 3;

export interface PackedWords {
  list: Uint16Array;
  /** By row: where its lengths stand in `list`, from 1 on; 0 = not packed. */
  places: Uint32Array;
  used: number;
}

export function packedWords(rows: number): PackedWords {
  return { list: new Uint16Array(1 << 12), places: new Uint32Array(rows), used: 0 };
}

/**
 * Where the lengths of a row's words stand in the list, which another call may replace; -1 when they cannot be packed. `slots`: of the collection.
 * O(words of the passage) when first asked.
 */
export function placeIn(packed: PackedWords, row: number, entry: Entry, slots: number): number {
  const known = packed.places[row] as number;
  return known > 0 ? known - 1 : slots > SLOTS_PACKED ? -1 : pack(packed, row, entry);
}

function pack(packed: PackedWords, row: number, entry: Entry): number {
  const { title } = entry;
  const { list, section, text, end } = entry.span();
  const length = LENGTHS + title.length + end - section;
  if (length > SLOTS_PACKED) return -1;
  if (packed.used + length > MOST_WORDS) {
    packed.places.fill(0);
    packed.used = 0;
  }
  if (packed.used + length > packed.list.length) {
    const larger = new Uint16Array(Math.min(MOST_WORDS, Math.max(2 * packed.list.length, packed.used + length)));
    larger.set(packed.list.subarray(0, packed.used));
    packed.list = larger;
  }
  const at = packed.used;
  packed.list.set([title.length, text - section, end - text], at);
  packed.list.set(title, at + LENGTHS);
  packed.list.set(list.subarray(section, end), at + LENGTHS + title.length);
  packed.used += length;
  packed.places[row] = at + 1;
  return at;
}
