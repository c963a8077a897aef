/**
 * Vectors of all passages as signed bytes in one memory that grows in place: other threads see it, nothing is copied when the collection changes,
 * and a vector costs its bytes and four more instead of an object with a buffer of its own.
 */

/** What the kernel takes at once. */
export const LANES = 16;
/** Bytes by which a memory is measured and grows. */
export const PAGE = 65_536;
/** Of a memory at most: 4 GB, some 11 million vectors of 384 numbers. It is room that may be taken, none that is. */
export const MOST_PAGES = 65_536;
/** Vectors of a block: as many as make some 1.5 MB, since the memory grows by one block; never fewer than the kernel takes at once. */
const BLOCK_ROWS = 4_096;
const LEAST_ROWS = 4;
const BLOCK_BYTES = 1 << 21;
/** How many products a thread makes before it looks at them: they stay in the nearest cache. */
export const STRETCH = 1_024;
/** The question's vector, what is above 0 of it, what is below. */
const QUERY_PARTS = 3;
/** Threads that can work at once: each has a place for its products. */
export const DESKS = 8;

/** As other threads see it. The question's vector stands at 0, once whole and once for each sign; then the products of each thread; then blocks of vectors, padded to whole lanes, and after those of a block 1 ÷ their lengths. */
export interface VectorMemory {
  memory: WebAssembly.Memory;
  width: number;
  perBlock: number;
  /** Where the first block begins, and what a block takes. */
  first: number;
  blockBytes: number;
}

export interface VectorColumn {
  /** Of the vectors that are held; 0 = there is none yet. */
  dimension(): number;
  /** Absent until a vector has come. */
  layout(): VectorMemory | null;
  /** Places are below this. */
  places(): number;
  /** Vectors that are held. */
  held(): number;
  /** Copies a vector and returns its place; -1 for one of another length than those that are held. Throws RangeError beyond 4 GB. */
  keep(vector: Int8Array): number;
  /** The place may be given to another vector, as soon as no question is on its way. */
  release(place: number): void;
  /** A view of what stands there. */
  at(place: number): Int8Array;
  /** Cosine with a question's vector, in single precision; 0 when it points away. */
  cosine(query: Int8Array, place: number): number;
  /** Between these two, released places keep their vectors. */
  beginQuestion(): void;
  endQuestion(): void;
}

export function createVectorColumn(): VectorColumn {
  let dimension = 0;
  let layout: VectorMemory | null = null;
  let bytes = new Int8Array(0);
  let given = 0;
  let held = 0;
  let asking = 0;
  const free: number[] = [];
  const leaving: number[] = [];

  function open(length: number): VectorMemory {
    const width = Math.ceil(length / LANES) * LANES;
    let perBlock = BLOCK_ROWS;
    while (perBlock > LEAST_ROWS && perBlock * width > BLOCK_BYTES) perBlock /= 2;
    const blockBytes = Math.ceil((perBlock * (width + 4)) / LANES) * LANES;
    const first = deskOf(width, DESKS);
    const memory = new WebAssembly.Memory({ initial: Math.ceil((first + blockBytes) / PAGE), maximum: MOST_PAGES, shared: true });
    bytes = new Int8Array(memory.buffer);
    dimension = length;
    given = 0;
    free.length = 0;
    leaving.length = 0;
    return { memory, width, perBlock, first, blockBytes };
  }

  function reach(end: number, { memory }: VectorMemory): void {
    if (end <= bytes.length) return;
    memory.grow(Math.ceil((end - bytes.length) / PAGE));
    bytes = new Int8Array(memory.buffer);
  }

  function take(its: VectorMemory): number {
    if (asking === 0) while (leaving.length > 0) free.push(leaving.pop() as number);
    const place = free.pop();
    if (place !== undefined) return place;
    reach(its.first + (Math.floor(given / its.perBlock) + 1) * its.blockBytes, its);
    return given++;
  }

  return {
    dimension: () => dimension,
    layout: () => layout,
    places: () => given,
    held: () => held,
    keep(vector) {
      // Another model's vectors come when the last of the one before have gone.
      if (layout === null || (vector.length !== dimension && held === 0)) layout = open(vector.length);
      if (vector.length !== dimension) return -1;
      const place = take(layout);
      held++;
      const at = startOf(layout, place);
      bytes.set(vector, at);
      const inverse = inverseAt(layout, place);
      new Float32Array(layout.memory.buffer, inverse, 1)[0] = 1 / (lengthOf(vector) || Number.POSITIVE_INFINITY);
      return place;
    },
    release(place) {
      held--;
      leaving.push(place);
    },
    at(place) {
      const from = layout ? startOf(layout, place) : 0;
      return bytes.subarray(from, from + dimension);
    },
    cosine(query, place) {
      if (layout === null || query.length !== dimension) return 0;
      const from = startOf(layout, place);
      let dot = 0;
      for (let i = 0; i < query.length; i++) dot += (query[i] as number) * (bytes[from + i] as number);
      const [inverse = 0] = new Float32Array(layout.memory.buffer, inverseAt(layout, place), 1);
      return cosineOf(dot, inverseLength(query), inverse);
    },
    beginQuestion() {
      asking++;
    },
    endQuestion() {
      asking--;
    },
  };
}

/** Where threads agree on who compares which stretch of vectors (embedded/stretches.ts): after the question's vector. */
export const agreedAt = (width: number): number => QUERY_PARTS * width;

/** Where a thread writes its products. */
export function deskOf(width: number, desk: number): number {
  return agreedAt(width) + LANES + desk * STRETCH * 4;
}

/** Where a vector begins. */
export function startOf({ first, perBlock, blockBytes, width }: VectorMemory, place: number): number {
  return first + Math.floor(place / perBlock) * blockBytes + (place % perBlock) * width;
}

function inverseAt({ first, perBlock, blockBytes, width }: VectorMemory, place: number): number {
  return first + Math.floor(place / perBlock) * blockBytes + perBlock * width + (place % perBlock) * 4;
}

/** In single precision, so that it is the same wherever it is worked out. `own`, `inverse`: 1 ÷ length of each vector. */
export function cosineOf(dot: number, own: number, inverse: number): number {
  return dot > 0 ? Math.fround(dot * own * inverse) : 0;
}

export function inverseLength(vector: Int8Array): number {
  return 1 / (lengthOf(vector) || Number.POSITIVE_INFINITY);
}

function lengthOf(vector: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] as number) ** 2;
  return Math.sqrt(sum);
}
