/** A passage that was found, its figures in one array with those of the others: a question finds a hundred, and each figure by itself would be an object of its own. */
import type { Entry } from '../collection.ts';
import type { IndexHit } from '../contract.ts';

/** Figures of a hit, in the order in which they stand in the array: words, grams, concepts, document. */
export const FIGURES = 4;

/** Room for the hits of some thirty questions: an array for each would take longer to be made than to be filled. It lives as long as one of them does. */
const CHUNK = 1 << 14;
let chunk = new Float32Array(0);
let used = 0;

/** Room for the figures of so many hits, of which nobody else knows: from `at` on. */
export function figuresFor(hits: number): { figures: Float32Array; at: number } {
  const length = hits * FIGURES;
  if (used + length > chunk.length) {
    chunk = new Float32Array(Math.max(CHUNK, length));
    used = 0;
  }
  const at = used;
  used += length;
  return { figures: chunk, at };
}

export class FoundHit implements IndexHit {
  readonly entry: Entry;
  readonly row: number;
  readonly figures: Float32Array;
  readonly at: number;

  constructor(entry: Entry, row: number, figures: Float32Array, at: number) {
    this.entry = entry;
    this.row = row;
    this.figures = figures;
    this.at = at;
  }

  get words(): number {
    return this.figures[this.at] as number;
  }

  get grams(): number {
    return this.figures[this.at + 1] as number;
  }

  get concepts(): number {
    return this.figures[this.at + 2] as number;
  }

  get document(): number {
    return this.figures[this.at + 3] as number;
  }

  get dense(): number {
    return 0;
  }

  get cosine(): number {
    return 0;
  }
}

/** One of a question that has a vector. */
export class NearHit extends FoundHit {
  readonly #dense: number;
  readonly #cosine: number;

  constructor(entry: Entry, row: number, figures: Float32Array, at: number, dense: number, cosine: number) {
    super(entry, row, figures, at);
    this.#dense = dense;
    this.#cosine = cosine;
  }

  override get dense(): number {
    return this.#dense;
  }

  override get cosine(): number {
    return this.#cosine;
  }
}
