/** Weights of postings: single-precision numbers, of which even a large collection has few different ones. */

/** Memory for a column. `shared`: other threads may see it. */
export function roomFor(bytes: number, shared: boolean): ArrayBuffer | SharedArrayBuffer {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** Part of a memory. */
export interface Room {
  buffer: ArrayBufferLike;
  at: number;
}

/** Room in a memory that was made for so much, bytes of 0. */
export type TakeRoom = (bytes: number) => Room;

export const takeAnew =
  (shared: boolean): TakeRoom =>
  (bytes) => ({ buffer: roomFor(bytes, shared), at: 0 });

export interface Weights {
  /** By place: number of the weight in `values`; null = `values` are by place. */
  codes: Uint16Array | null;
  values: Float32Array;
}

export interface WeightColumn {
  set(place: number, weight: number): void;
  done(): Weights;
}

/** Different weights that have a number. */
export const WEIGHTS_NUMBERED = 1 << 16;
/** Twice as many as there can be codes, so that a free one is near. */
const BUCKETS = 2 * WEIGHTS_NUMBERED;

/**
 * Two bytes a weight while there are at most 65,536 different ones, four from then on; the weights are the same to the last bit. `take`: asked for room of four bytes
 * a weight, of which half may never be written to.
 */
export function createWeightColumn(length: number, take?: TakeRoom): WeightColumn {
  const room = take?.(4 * length) ?? { buffer: new ArrayBuffer(2 * length), at: 0 };
  const table = (take ?? takeAnew(false))(4 * WEIGHTS_NUMBERED);
  let codes: Uint16Array | null = new Uint16Array(room.buffer, room.at, length);
  let values = new Float32Array(table.buffer, table.at, WEIGHTS_NUMBERED);
  let known = 0;
  /** Code + 1 by hash; 0 = free. */
  const buckets = new Int32Array(BUCKETS);
  const number = new Float32Array(1);
  const bits = new Int32Array(number.buffer);

  /** -1 = there is no number left for it. */
  function codeOf(weight: number): number {
    number[0] = weight;
    const rounded = number[0];
    let bucket = Math.imul(bits[0] as number, 0x9e3779b1) >>> 15;
    for (;;) {
      const code = (buckets[bucket] as number) - 1;
      if (code < 0) break;
      if (values[code] === rounded) return code;
      bucket = (bucket + 1) & (BUCKETS - 1);
    }
    if (known === WEIGHTS_NUMBERED) return -1;
    values[known++] = rounded;
    buckets[bucket] = known;
    return known - 1;
  }

  function spellOut(written: Uint16Array): void {
    const spelt = take ? new Float32Array(room.buffer, room.at, length) : new Float32Array(length);
    // From behind: where both stand in one place, a weight is written over numbers that were read before.
    for (let i = length - 1; i >= 0; i--) spelt[i] = values[written[i] as number] as number;
    values = spelt;
    codes = null;
  }

  return {
    set(place, weight) {
      if (codes) {
        const code = codeOf(weight);
        if (code >= 0) {
          codes[place] = code;
          return;
        }
        spellOut(codes);
      }
      values[place] = weight;
    },
    done() {
      if (codes) commonestFirst(codes, values.subarray(0, known));
      return { codes, values: codes && !take ? values.slice(0, known) : values };
    },
  };
}

/** Numbers weights anew, the commonest first: a question meets few others, and those stand together in the nearest memory. O(codes + weights log weights). */
function commonestFirst(codes: Uint16Array, values: Float32Array): void {
  const counts = new Uint32Array(values.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i] as number] = (counts[codes[i] as number] as number) + 1;
  const order = Uint32Array.from(counts, (_, code) => code).sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const before = values.slice();
  const numbers = new Uint16Array(values.length);
  for (let number = 0; number < order.length; number++) {
    const code = order[number] as number;
    numbers[code] = number;
    values[number] = before[code] as number;
  }
  for (let i = 0; i < codes.length; i++) codes[i] = numbers[codes[i] as number] as number;
}
