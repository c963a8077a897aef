/** Many small lists in a few large arrays: a hundred thousand passages would else be a million buffers for the collector to look after. */

/** 64 kB: some hundred passages, which is what one that stays may hold back. */
const CHUNK = 1 << 14;

export interface Arena {
  /** Copies the first `length` values: they stand in `chunk`, from the place that is returned on. A view would cost more than most lists. */
  keep(values: ArrayLike<number>, length: number): number;
  /** The array that the last list went into. */
  chunk(): Uint32Array;
}

export function createArena(): Arena {
  let chunk = new Uint32Array(CHUNK);
  let used = 0;
  let last = chunk;

  function room(length: number): number {
    if (length > CHUNK / 8) {
      last = new Uint32Array(length);
      return 0;
    }
    if (used + length > CHUNK) {
      chunk = new Uint32Array(CHUNK);
      used = 0;
    }
    last = chunk;
    used += length;
    return used - length;
  }

  return {
    keep(values, length) {
      const at = room(length);
      for (let i = 0; i < length; i++) last[at + i] = values[i] as number;
      return at;
    },
    chunk: () => last,
  };
}
