/** Many small arrays cut from a few large ones: a hundred thousand passages would else be a million buffers for the collector to look after. */

/** 64 kB: some forty passages, which is what one that stays may hold back. */
const CHUNK = 1 << 14;

export interface Arena {
  /** An array of its own, filled from the first `length` values. */
  words(values: ArrayLike<number>, length?: number): Uint32Array;
  /** One to be filled. */
  room(length: number): Uint32Array;
  bytes(length: number): Uint8Array;
}

export function createArena(): Arena {
  let chunk = new Uint32Array(CHUNK);
  let used = 0;

  function room(length: number): Uint32Array {
    if (length > CHUNK / 8) return new Uint32Array(length);
    if (used + length > CHUNK) {
      chunk = new Uint32Array(CHUNK);
      used = 0;
    }
    const cut = chunk.subarray(used, used + length);
    used += length;
    return cut;
  }

  return {
    room,
    words(values, length = values.length) {
      const cut = room(length);
      for (let i = 0; i < length; i++) cut[i] = values[i] as number;
      return cut;
    },
    bytes(length) {
      const { buffer, byteOffset } = room(Math.ceil(length / 4));
      return new Uint8Array(buffer, byteOffset, length);
    },
  };
}
