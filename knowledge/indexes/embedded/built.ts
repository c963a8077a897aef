/**
 * What questions are scored with: inverted lists over the rows of a collection. While rows stay (collection/rows.ts) so do the lists, and passages that have come since
 * have small lists of their own, weighed by the mean lengths of the large ones: a change costs what has changed.
 */
import { countForms } from '../collection/form-frequencies.ts';
import type { Rows } from '../collection/rows.ts';
import type { Collection, Entry } from '../collection.ts';
import type { IndexQuery, WeightedSlot } from '../contract.ts';
import { readDocuments } from './documents.ts';
import { openListMemory } from './list-memory.ts';
import { buildPostings, countIn, type Postings } from './postings.ts';
import type { Factors, Lists, Terms } from './lists.ts';
import type { Shard } from './scoring.ts';
import { takeAnew } from './weight-column.ts';
import {
  averageForms,
  averageWords,
  countGrams,
  countWords,
  type FieldAverages,
  type GramStatistics,
  idfOf,
  tellingGrams,
  weighConcepts,
  weighGrams,
  weighWords,
} from './weights.ts';

/** From so many rows on other threads may be asked, so that what they need is where they see it. */
export const SHARED_FROM = 20_000;

export interface Built {
  revision: number;
  rows: Rows<Entry>;
  /** Of the rows that stood when the epoch began. */
  lists: Lists;
  documents: Postings;
  /** By settled row: the number of its document. */
  documentNumbers: Uint32Array | Uint16Array;
  averages: { words: FieldAverages; forms: FieldAverages; grams: GramStatistics; documents: number };
  shared: boolean;
  /** Sums of all settled rows in this thread, made when first needed. */
  shard?: Shard;
  /** null = nothing has changed since. */
  since: Since | null;
  /** How many there are: the collection may change while a question waits. */
  documentCount: number;
  /** By document; lent to one question at a time. */
  documentScores: Float32Array;
  /** By filter: what it admits. Asked day after day by everybody, so a few are kept. */
  admitted: Map<string, Admitted>;
  /** The one asked last, of those that name neither language nor office. */
  last?: { at: string | null; audience: string; admitted: Admitted };
}

export interface Admitted {
  /** As of which change of the collection. */
  revision: number;
  /** By settled row: 1 where the filter admits it. */
  rows: Uint8Array;
  /** The same for rows that came since, counted from the first of them. */
  since: Uint8Array;
  /** By place of a vector: the admitted row whose vector it is, else NO_ROW; as far as vectors had come. */
  places?: { vectors: number; rows: Uint32Array };
}

/** What has changed since the epoch began. */
export interface Since {
  /** Of the rows that came, counted from the first of them. */
  lists: Lists;
  shard: Shard | null;
  /** In how many of the passages that left each slot stood; of the documents as they were before. */
  left: Record<'words' | 'grams' | 'concepts' | 'documents', Uint32Array>;
  /** Documents with passages that came or left, whose old scores count no more, and their postings as they are now. */
  changed: Uint32Array;
  documents: Postings;
}

/** Cost grows with the text of the whole collection (some 20 ms at 2,000 passages). `spare`: memory of lists that nobody looks at any more. */
export function build(collection: Collection, sharedFrom = SHARED_FROM, spare: WebAssembly.Memory | null = null): Built {
  const rows = collection.rows();
  const entries = rows.entries.slice(0, rows.settled);
  const shared = entries.length >= sharedFrom;
  const slots = collection.slots();
  const averages = {
    words: averageWords(entries),
    forms: averageForms(entries),
    grams: countGrams(entries, collection.gramSlots()),
  };
  const documents = readDocuments(entries, collection.documentNumbers(), slots);
  const df = {
    words: countWords(entries, slots),
    grams: tellingGrams(averages.grams),
    concepts: collection.formFrequencies().concepts,
  };
  const memory = openListMemory(entries.length, Object.values(df).map(sumOf), spare);
  const storage = { shared, take: memory?.take ?? takeAnew(shared) };
  const { lexicon } = collection;
  const lists = {
    rows: entries.length,
    memory: memory?.layout ?? null,
    words: buildPostings(slots, weighWords(entries, slots, averages.words), df.words, storage),
    grams: buildPostings(collection.gramSlots(), weighGrams(entries, averages.grams), df.grams, storage),
    concepts: buildPostings(lexicon.concepts.length, weighConcepts(entries, lexicon, averages.forms), df.concepts, storage),
  };
  return {
    revision: collection.revision(),
    rows,
    lists,
    documents: buildPostings(slots, documents.weigh, documents.df),
    documentNumbers: documentNumbersOf(entries, collection.documentNumbers()),
    averages: { ...averages, documents: documents.average },
    shared,
    since: null,
    documentCount: collection.documents(),
    documentScores: new Float32Array(collection.documentNumbers()),
    admitted: new Map(),
  };
}

/** Two bytes a row where there are few documents: the fewer lines of memory a question meets the better. */
function documentNumbersOf(entries: Entry[], documents: number): Uint32Array | Uint16Array {
  const numbers = documents <= 1 << 16 ? new Uint16Array(entries.length) : new Uint32Array(entries.length);
  for (let row = 0; row < entries.length; row++) numbers[row] = (entries[row] as Entry).document;
  return numbers;
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] as number;
  return sum;
}

/** The same lists after some passages have come or left. A question on its way keeps what it has. O(what has changed since the epoch began). */
export function follow(built: Built, collection: Collection): Built {
  const rows = collection.rows();
  const entries = rows.entries.slice(rows.settled);
  const slots = collection.slots();
  const { words, forms, grams, documents: average } = built.averages;
  const lists = {
    rows: entries.length,
    memory: null,
    words: buildPostings(slots, weighWords(entries, slots, words)),
    grams: buildPostings(collection.gramSlots(), weighGrams(entries, grams)),
    concepts: buildPostings(collection.lexicon.concepts.length, weighConcepts(entries, collection.lexicon, forms)),
  };
  const changed = new Set(entries.map(({ document }) => document));
  const gone = Array.from(rows.gone, (row) => rows.entries[row] as Entry);
  for (const { document } of gone) changed.add(document);
  const now = [...changed].flatMap((number) => collection.passagesOf(number));
  const stood = now.filter(({ row }) => row < rows.settled);
  const before = [...[...rows.gone].filter((row) => row < rows.settled).map((row) => rows.entries[row] as Entry), ...stood];
  const left = {
    documents: readDocuments(before, collection.documentNumbers(), slots, average).df,
    words: countWords(gone, slots),
    grams: countGrams(gone, collection.gramSlots()).df,
    concepts: countForms(gone, collection.lexicon).concepts,
  };
  const documents = readDocuments(now, collection.documentNumbers(), slots, average);
  return {
    ...built,
    revision: collection.revision(),
    rows,
    since: { lists, shard: null, left, changed: Uint32Array.from(changed), documents: buildPostings(slots, documents.weigh, documents.df) },
    documentCount: collection.documents(),
    documentScores: new Float32Array(collection.documentNumbers()),
    admitted: new Map(built.admitted),
  };
}

/** Passages that hold a slot. */
export function frequencyOf({ lists, since }: Built, name: 'words' | 'grams' | 'concepts', slot: number): number {
  const before = countIn(lists[name], slot);
  return since ? Math.max(0, before + countIn(since.lists[name], slot) - (since.left[name][slot] ?? 0)) : before;
}

/** Passages that there are. */
export function sizeOf({ lists, since, rows }: Built): number {
  return since ? lists.rows + since.lists.rows - rows.gone.size : lists.rows;
}

/** Slots of a question, and what their postings' weights are multiplied with. */
export function termsOf(built: Built, { words, grams, concepts }: IndexQuery): Terms {
  const rows = sizeOf(built);
  return {
    words: factorsOf(built, 'words', words, rows),
    grams: factorsOf(built, 'grams', grams, rows),
    concepts: factorsOf(built, 'concepts', concepts, rows),
  };
}

function factorsOf(built: Built, name: keyof Terms, weighted: readonly WeightedSlot[], rows: number): Factors {
  const slots = new Array<number>(weighted.length);
  const factors = new Array<number>(weighted.length);
  for (let i = 0; i < weighted.length; i++) {
    const { slot, weight } = weighted[i] as WeightedSlot;
    slots[i] = slot;
    factors[i] = weight * idfOf(rows, frequencyOf(built, name, slot));
  }
  return { slots, factors };
}
