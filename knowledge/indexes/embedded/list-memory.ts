/**
 * The lists of a collection in one WebAssembly memory, with what their scores are added up in: kernels (sum-kernels.ts) see nothing else. Its size is known
 * before it is made; what is never written to takes room among the addresses and none in the machine.
 */
import { MOST_PAGES, PAGE } from '../collection/vector-column.ts';
import { BLOCK_BITS } from './postings.ts';
import { type TakeRoom, WEIGHTS_NUMBERED } from './weight-column.ts';

/** Kernels take four rows at once; a whole line of the cache leaves nothing in two. */
const ALIGNED = 64;
/** Scores are counted in so many bins: more tell scores apart that are all among the best, and are gone through for nothing. */
export const BINS = 256;
/** Which four bytes go where when some of four numbers are written one after the other: sixteen bytes for each choice, at address 0. */
const CHOICES = 16 * 16;
/** Lists that are added with one call, and bytes that say which: a call takes as long as some postings, and a question has fifty lists. */
export const LISTS_AT_ONCE = 128;
export const LIST_BYTES = 32;
/** Bytes that a row takes in a room for sums: three sums, the filter, a place that was chosen and its score. */
const ROW_BYTES = 12 + 1 + 4 + 8;
/** And a block besides. */
const BLOCK_BYTES = 4 * BINS + LIST_BYTES * LISTS_AT_ONCE;

export interface ListMemory {
  memory: WebAssembly.Memory;
  /** Rows that an array of sums has room for. */
  room: number;
  /** Where those of this thread stand, and those of all others: there each has its own blocks. */
  here: number;
  aside: number;
}

/** Where a shard's own parts stand: three arrays of sums and the filter, by place; places that were chosen, and their scores; how many scores fall into each bin; lists to be added. */
export interface SumRoom {
  sums: [words: number, grams: number, concepts: number];
  admitted: number;
  chosen: number;
  scores: number;
  counts: number;
  lists: number;
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNED) * ALIGNED;

/**
 * `pairs`: postings of each list. `spare`: memory of lists that are no more; it grows, unless it is more than twice what is needed. Collectors do not see what
 * a memory costs, so that one for each change of the collection would stay for long. null: there is no WebAssembly, or not so much memory as one may have.
 */
export function openListMemory(
  rows: number,
  pairs: number[],
  spare: WebAssembly.Memory | null = null,
): { layout: ListMemory; take: TakeRoom } | null {
  const room = aligned(rows);
  const blocks = Math.ceil(rows / (1 << BLOCK_BITS));
  const sums = ROW_BYTES * room + BLOCK_BYTES * blocks;
  const lists = pairs.reduce((bytes, count) => bytes + aligned(2 * count) + aligned(4 * count) + 4 * WEIGHTS_NUMBERED, 0);
  const here = CHOICES + lists;
  const aside = here + sums;
  const memory = memoryOf(Math.ceil((aside + sums) / PAGE), spare);
  if (memory === null) return null;
  new Uint8Array(memory.buffer, 0, CHOICES).set(choices());
  // Whoever had it before may have left something where sums are read in whole groups.
  for (const area of [here, aside]) {
    for (let array = 0; array < 3; array++) new Uint8Array(memory.buffer, area + 4 * (array * room + rows), 4 * (room - rows)).fill(0);
    new Uint8Array(memory.buffer, area + 12 * room + rows, room - rows).fill(0);
  }
  let next = CHOICES;
  return {
    layout: { memory, room, here, aside },
    take(bytes) {
      const at = next;
      next += aligned(bytes);
      if (next > here) throw new RangeError('more postings than were counted');
      return { buffer: memory.buffer, at };
    },
  };
}

/** By choice, a bit for each of four numbers: the bytes of those that are chosen, lowest first. */
function choices(): Uint8Array {
  const bytes = new Uint8Array(CHOICES);
  for (let choice = 0; choice < 16; choice++) {
    const chosen = [0, 1, 2, 3].filter((number) => choice & (1 << number));
    bytes.set(
      chosen.flatMap((number) => [0, 1, 2, 3].map((byte) => 4 * number + byte)),
      16 * choice,
    );
  }
  return bytes;
}

function memoryOf(pages: number, spare: WebAssembly.Memory | null): WebAssembly.Memory | null {
  if (pages > MOST_PAGES) return null;
  try {
    const held = spare ? spare.buffer.byteLength / PAGE : 0;
    if (spare && held <= 2 * pages) {
      if (held < pages) spare.grow(pages - held);
      return spare;
    }
    return new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
  } catch {
    return null;
  }
}

/** Of the shard that begins with this block. */
export function sumRoomOf({ room, here, aside }: ListMemory, fromBlock: number, isAside: boolean): SumRoom {
  const from = isAside ? aside : here;
  const base = fromBlock << BLOCK_BITS;
  const sum = (number: number) => from + 4 * (number * room + base);
  return {
    sums: [sum(0), sum(1), sum(2)],
    admitted: from + 12 * room + base,
    chosen: from + 13 * room + 4 * base,
    scores: from + 17 * room + 8 * base,
    counts: from + ROW_BYTES * room + BLOCK_BYTES * fromBlock,
    lists: from + ROW_BYTES * room + BLOCK_BYTES * fromBlock + 4 * BINS,
  };
}
