/** Weights of postings: single-precision numbers, of which even a large collection has few different ones. */

/** Memory for a column. `shared`: other threads may see it. */
export function roomFor(bytes: number, shared: boolean): ArrayBuffer | SharedArrayBuffer {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

export interface Weights {
  /** By place: number of the weight in `values`; null = `values` are by place. */
  codes: Uint16Array | null;
  values: Float32Array;
}

export interface WeightColumn {
  set(place: number, weight: number): void;
  done(): Weights;
}

const MOST = 1 << 16;
/** Twice as many as there can be codes, so that a free one is near. */
const BUCKETS = 2 * MOST;

/** Two bytes a weight while there are at most 65,536 different ones, four from then on; the weights are the same to the last bit. */
export function createWeightColumn(length: number, shared = false): WeightColumn {
  let codes: Uint16Array | null = new Uint16Array(roomFor(2 * length, shared));
  let values = new Float32Array(roomFor(4 * MOST, shared));
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
    if (known === MOST) return -1;
    values[known++] = rounded;
    buckets[bucket] = known;
    return known - 1;
  }

  function spellOut(written: Uint16Array): void {
    const spelt = new Float32Array(roomFor(4 * length, shared));
    for (let i = 0; i < length; i++) spelt[i] = values[written[i] as number] as number;
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
    done: () => ({ codes, values: codes && !shared ? values.slice(0, known) : values }),
  };
}
