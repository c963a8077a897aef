/** Latent semantic analysis of a collection: passages and questions as directions in a space of few dimensions, where words that keep the same company lie close together. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import { type Vector, vectorsOf } from './kinship.ts';
import { randomFrom } from './listwise.ts';

const DIMENSIONS = 64;
/** With fewer passages a dimension, every passage would be a topic of its own. */
const PASSAGES_A_DIMENSION = 8;
/** More passages change the directions little and the time much. */
const LEARNT_FROM = 4_000;
const ROUNDS = 3;

export interface LatentSpace {
  /** Directions of length 1, or 0 where nothing is known of the words. O(words × dimensions). */
  ofPassages(vectors: Vector[]): Float64Array[];
  ofWords(words: WeightedSlot[]): Float64Array;
}

const spaces = new WeakMap<Collection, { revision: number; space: LatentSpace }>();

/** Kept until the collection changes; only trained rankings ask for it. Deterministic. O(words of 4,000 passages × dimensions). */
export function latentSpace(index: KnowledgeIndex): LatentSpace {
  const { collection } = index;
  const known = spaces.get(collection);
  if (known?.revision === collection.revision()) return known.space;
  const space = createSpace(index);
  spaces.set(collection, { revision: collection.revision(), space });
  return space;
}

function createSpace(index: KnowledgeIndex): LatentSpace {
  const rows = index.collection.entries.size;
  const step = Math.ceil(rows / LEARNT_FROM);
  const vectors = vectorsOf(
    [...index.collection.entries].filter((_, i) => i % step === 0),
    index,
  );
  const size = Math.max(1, Math.min(DIMENSIONS, Math.floor(vectors.length / PASSAGES_A_DIMENSION)));
  const basis = basisOf(vectors, index.collection.slots(), size);
  const place = (slots: number[], weightOf: (k: number) => number) => {
    const made = new Float64Array(size);
    for (let k = 0; k < slots.length; k++) {
      const at = (slots[k] as number) * size;
      // A word that came while this question was on its way has no place yet.
      if (at >= basis.length) continue;
      const weight = weightOf(k);
      for (let d = 0; d < size; d++) made[d] = (made[d] as number) + weight * (basis[at + d] as number);
    }
    return toLengthOne(made);
  };
  return {
    ofPassages: (passages) => passages.map(({ slots, values }) => place(slots, (k) => values[k] as number)),
    ofWords: (words) =>
      place(
        words.map(({ slot }) => slot),
        (k) => {
          const { slot, weight } = words[k] as WeightedSlot;
          return weight * idfOf(rows, index.frequency(slot));
        },
      ),
  };
}

/** Subspace iteration on passages × passages. Cosines do not change when the space is turned, so single vectors need not be told apart. `size` numbers a slot. */
function basisOf(vectors: Vector[], slots: number, size: number): Float32Array {
  const random = randomFrom(1);
  let ofPassages = Float64Array.from({ length: vectors.length * size }, () => random() - 0.5);
  const ofSlots = new Float64Array(slots * size);
  for (let round = 0; ; round++) {
    orthogonalise(ofPassages, size);
    ofSlots.fill(0);
    eachWord(vectors, (passage, slot, value) => {
      for (let d = 0; d < size; d++)
        ofSlots[slot * size + d] = (ofSlots[slot * size + d] as number) + value * (ofPassages[passage * size + d] as number);
    });
    if (round === ROUNDS) break;
    const next = new Float64Array(ofPassages.length);
    eachWord(vectors, (passage, slot, value) => {
      for (let d = 0; d < size; d++)
        next[passage * size + d] = (next[passage * size + d] as number) + value * (ofSlots[slot * size + d] as number);
    });
    ofPassages = next;
  }
  orthogonalise(ofSlots, size);
  return Float32Array.from(ofSlots);
}

function eachWord(vectors: Vector[], visit: (passage: number, slot: number, value: number) => void): void {
  for (let passage = 0; passage < vectors.length; passage++) {
    const { slots, values } = vectors[passage] as Vector;
    for (let k = 0; k < slots.length; k++) visit(passage, slots[k] as number, values[k] as number);
  }
}

/** Makes the columns of a matrix, `size` numbers a row, orthogonal and of length 1 by way of their products (Cholesky); a column that others explain becomes 0. O(rows × size²). */
function orthogonalise(matrix: Float64Array, size: number): void {
  const products = new Float64Array(size * size);
  for (let row = 0; row < matrix.length; row += size)
    for (let a = 0; a < size; a++) {
      const value = matrix[row + a] as number;
      if (value === 0) continue;
      for (let b = 0; b <= a; b++) products[a * size + b] = (products[a * size + b] as number) + value * (matrix[row + b] as number);
    }
  const largest = Math.max(...Array.from({ length: size }, (_, a) => products[a * size + a] as number), 1e-300);
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      let sum = products[a * size + b] as number;
      for (let c = 0; c < b; c++) sum -= (products[a * size + c] as number) * (products[b * size + c] as number);
      const pivot = products[b * size + b] as number;
      if (a === b) products[a * size + a] = sum > largest * 1e-10 ? Math.sqrt(sum) : 0;
      else products[a * size + b] = pivot === 0 ? 0 : sum / pivot;
    }
  for (let row = 0; row < matrix.length; row += size)
    for (let a = 0; a < size; a++) {
      let value = matrix[row + a] as number;
      for (let b = 0; b < a; b++) value -= (products[a * size + b] as number) * (matrix[row + b] as number);
      const pivot = products[a * size + a] as number;
      matrix[row + a] = pivot === 0 ? 0 : value / pivot;
    }
}

/** In place. */
export function toLengthOne(vector: Float64Array): Float64Array {
  let squares = 0;
  for (let d = 0; d < vector.length; d++) squares += (vector[d] as number) ** 2;
  const norm = Math.sqrt(squares) || 1;
  for (let d = 0; d < vector.length; d++) vector[d] = (vector[d] as number) / norm;
  return vector;
}

/** Cosine, −1 to 1. */
export function cosineOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}
