/** What is added up for a question: inverted lists, the question's slots in them, and the largest sums that they came to. */
import type { IndexQuery } from '../contract.ts';
import type { ListMemory } from './list-memory.ts';
import { BLOCK_BITS, type Postings } from './postings.ts';

/** Inverted lists over the same rows. */
export interface Lists {
  rows: number;
  /** Where their postings stand; null: in arrays of their own. */
  memory: ListMemory | null;
  words: Postings;
  grams: Postings;
  concepts: Postings;
}

/** Slots of a question and what their weights are multiplied with, in the order in which they are added. */
export interface Factors {
  slots: number[];
  factors: number[];
}

export type Terms = Record<'words' | 'grams' | 'concepts', Factors>;

/** Slots of a question as they come. */
export type Asked = Pick<IndexQuery, 'words' | 'grams' | 'concepts'>;

/** The largest sum of each signal among admitted rows. */
export interface Largest {
  words: number;
  grams: number;
  concepts: number;
}

export function largestOf(parts: Largest[]): Largest {
  return {
    words: Math.max(...parts.map(({ words }) => words)),
    grams: Math.max(...parts.map(({ grams }) => grams)),
    concepts: Math.max(...parts.map(({ concepts }) => concepts)),
  };
}

export const blocksOf = ({ rows }: Lists): number => Math.ceil(rows / (1 << BLOCK_BITS));

/** Bytes in their memory that are written to, which the runtime counts among nobody's arrays. */
export function bytesInMemory({ memory, words, grams, concepts }: Lists): number {
  if (memory === null) return 0;
  return [words, grams, concepts].reduce(
    (bytes, { rows, weights }) => bytes + rows.byteLength + (weights.codes?.byteLength ?? 0) + weights.values.byteLength,
    17 * memory.room,
  );
}
