/** A passage that was found, its figures in one array with those of the others: a question finds a hundred, and each figure by itself would be an object of its own. */
import type { Entry } from '../collection.ts';
import type { IndexHit } from '../contract.ts';

/** Figures of a hit, in the order in which they stand in the array. */
export const FIGURES = 6;

export class FoundHit implements IndexHit {
  readonly entry: Entry;
  readonly row: number;
  readonly figures: Float64Array;
  readonly at: number;

  /** `figures`: words, grams, concepts, document, dense, cosine, from `at` on. */
  constructor(entry: Entry, row: number, figures: Float64Array, at: number) {
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
    return this.figures[this.at + 4] as number;
  }

  get cosine(): number {
    return this.figures[this.at + 5] as number;
  }
}
