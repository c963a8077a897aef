import type { Passage } from '../../answering/question.ts';
import type { Forms } from './fields.ts';
import type { Grams } from './tally.ts';

/** A list that holds the section's slots from `section` to `text`, and the text's from there to `end`. */
export interface Span {
  list: Uint32Array;
  section: number;
  text: number;
  end: number;
}

/** One passage as the second stage reads it. Slots stand in text order; each look at a list may cost a view of it, so loops take it once. */
export interface Entry {
  passage: Passage;
  /** Its number among the rows of its collection (rows.ts); -1 = it has none, or has left. */
  row: number;
  /** Number of the document version it belongs to. */
  document: number;
  readonly title: Uint32Array;
  readonly section: Uint32Array;
  readonly text: Uint32Array;
  /** Where section and text stand, without making views of them. */
  span(): Span;
  /** Forms of the lexicon, in text order. */
  readonly forms: Forms;
  /** Dense vector, quantised (embedded/dense.ts), as a view that stays the same until it gets another one; null until an embedder has made it. */
  dense: Int8Array | null;
  /** Where the vector stands in the collection's column; -1 = it has none. */
  readonly place: number;
  /** Its n-grams, counted from its words: held for every passage they would take more room than all its other lists. Lent until the next call for any passage. */
  grams(): Grams;
}
