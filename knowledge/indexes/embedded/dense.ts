/**
 * Dense vectors as signed bytes: a quarter of the memory, and a cosine that is off by less than .005 (dense.test.ts). All of them are compared with a
 * question's in one pass, exactly: at the sizes of a public body that takes less time than an approximate graph would take care.
 */
import { openScan, type Scan } from './dense-scan.ts';
import { type AsideScan, openAside, worthAside } from './scan-aside.ts';

/** How many passages a vector may propose. */
export const NEAREST = 100;

/** Scaled so that the largest number becomes ±127; a cosine does not see the scale. */
export function quantise(vector: Float32Array): Int8Array {
  let most = 0;
  for (const number of vector) most = Math.max(most, Math.abs(number));
  return Int8Array.from(vector, (number) => Math.round((number * 127) / (most || 1)));
}

export interface DenseRows {
  /** Cosine of every row with the question's vector, 0 for a row without one or pointing away. The array is lent until the next call. O(rows × dimension). */
  compare(query: Int8Array): Float32Array;
  /** The same, by other threads where there are many rows; an array of its own. */
  compareAside(query: Int8Array): Promise<Float32Array>;
  /** The same for a few rows. */
  compareAmong(query: Int8Array, among: Uint32Array): Float32Array;
}

/** Rows of one length; those of another (of an earlier model) count as missing. Costs one copy. */
export function createDenseRows(vectors: (Int8Array | null)[]): DenseRows {
  const cosines = new Float32Array(vectors.length);
  let inverse: { dimension: number; lengths: Float32Array } | null = null;
  let scan: Scan | null = null;
  let aside: AsideScan | null = null;

  /** 1 ÷ length of each row's vector, 0 for a row that has none of this dimension: in one array, since the vectors themselves lie scattered. */
  function inverseLengths(dimension: number): Float32Array {
    if (inverse?.dimension !== dimension)
      inverse = {
        dimension,
        lengths: Float32Array.from(vectors, (vector) =>
          vector?.length === dimension ? 1 / (lengthOf(vector) || Number.POSITIVE_INFINITY) : 0,
        ),
      };
    return inverse.lengths;
  }

  function cosinesOf(query: Int8Array, dots: Int32Array, into: Float32Array): Float32Array {
    const lengths = inverseLengths(query.length);
    const own = 1 / (lengthOf(query) || Number.POSITIVE_INFINITY);
    for (let row = 0; row < into.length; row++) into[row] = cosineOf(dots[row] as number, own, lengths[row] as number);
    return into;
  }

  function dotsHere(query: Int8Array): Int32Array {
    if (scan?.dimension !== query.length) scan = openScan(vectors, query.length);
    return scan.dots(query);
  }

  return {
    compare: (query) => cosinesOf(query, dotsHere(query), cosines),
    async compareAside(query) {
      const fresh = new Float32Array(vectors.length);
      if (!worthAside(vectors.length, query.length)) return cosinesOf(query, dotsHere(query), fresh);
      if (aside?.dimension !== query.length) aside = openAside(vectors, query.length);
      await aside.scan(query, (dots) => void cosinesOf(query, dots, fresh));
      return fresh;
    },
    compareAmong(query, among) {
      const lengths = inverseLengths(query.length);
      const own = 1 / (lengthOf(query) || Number.POSITIVE_INFINITY);
      for (const row of among) {
        const vector = vectors[row];
        cosines[row] = vector?.length === query.length ? cosineOf(dotOf(vector, query), own, lengths[row] as number) : 0;
      }
      return cosines;
    },
  };
}

function cosineOf(dot: number, own: number, length: number): number {
  return dot > 0 ? dot * own * length : 0;
}

/**
 * Cosines of one model crowd together (.7 to .9 with some), so nearness is measured from the hundredth of those admitted: 0, to the first: 1.
 * Values by place in `cosines`; 0 for the others.
 */
export function nearnessOf(cosines: Float64Array, top: (scores: Float64Array, limit: number) => number[]): Float64Array {
  const nearness = new Float64Array(cosines.length);
  const nearest = top(cosines, NEAREST).filter((place) => (cosines[place] as number) > 0);
  if (nearest.length === 0) return nearness;
  const most = cosines[nearest[0] as number] as number;
  const least = cosines[nearest.at(-1) as number] as number;
  for (const place of nearest) nearness[place] = most > least ? ((cosines[place] as number) - least) / (most - least) : 1;
  return nearness;
}

function dotOf(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function lengthOf(vector: Int8Array): number {
  return Math.sqrt(dotOf(vector, vector));
}
