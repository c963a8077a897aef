/** What every passage says of every concept, whatever is asked, in a few long arrays: questions look at hundreds of passages, and memory is slow where it is scattered. */
import { FIELDS, idfOf, K1 } from '../../indexes/embedded/weights.ts';
import type { Collection, Entry } from '../../indexes/collection.ts';
import { countForms } from '../../indexes/collection/form-frequencies.ts';
import type { IndexHit } from '../../indexes/contract.ts';
import { openLists, openPostings, type Postings, type RowLists } from '../../indexes/embedded/postings.ts';
import { type PackedWords, packedWords } from './packed-words.ts';

export interface SaidTable {
  revision: number;
  epoch: number;
  /** In the order of the collection's rows. */
  entries: readonly Entry[];
  /** By row: number of the document, and of the language in `langs`. */
  documents: Uint32Array;
  langOf: Uint8Array;
  langs: readonly string[];
  /** By row: how its passage opens (form.ts); 0 = not yet read. */
  openings: Uint8Array;
  /** By row: how rare its words are on the whole (telling.ts); 0 = not yet read. */
  tellings: Float64Array;
  words: PackedWords;
  /** Of the rows that stood when the epoch began and, where some came since, of those. */
  parts: SaidPart[];
}

/** Some rows: those from `from` on. */
export interface SaidPart {
  from: number;
  /** Rows, counted from the first, that say a concept; the weight: Σ over the concept's forms of rarity × BM25F frequency. */
  sayers: Postings;
  /** Rows, counted likewise, that hold a form. */
  holders: RowLists;
}

const FIELD_NAMES = ['title', 'section', 'text'] as const;
const tables = new WeakMap<Collection, SaidTable>();

/** Kept until the collection changes; what rows say that stay (collection/rows.ts) is kept longer. O(forms in the collection), then of the rows that came. */
export function saidTable(collection: Collection): SaidTable {
  const known = tables.get(collection);
  if (known?.revision === collection.revision()) return known;
  const { epoch, settled, entries } = collection.rows();
  const same = known?.epoch === epoch ? known : null;
  if (!same) tables.delete(collection);
  const parts = [same?.parts[0] ?? readSaid(entries.slice(0, settled), 0, collection)];
  if (entries.length > settled) parts.push(readSaid(entries.slice(settled), settled, collection));
  const langs = [...(same?.langs ?? [])];
  const documents = new Uint32Array(entries.length);
  const langOf = new Uint8Array(entries.length);
  const openings = new Uint8Array(entries.length);
  if (same) {
    documents.set(same.documents.subarray(0, settled));
    langOf.set(same.langOf.subarray(0, settled));
    openings.set(same.openings);
  }
  for (let row = same ? settled : 0; row < entries.length; row++) {
    const { document, passage } = entries[row] as Entry;
    if (!langs.includes(passage.lang)) langs.push(passage.lang);
    documents[row] = document;
    langOf[row] = langs.indexOf(passage.lang);
  }
  const tellings = new Float64Array(entries.length);
  const words = packedWords(entries.length);
  const table = { revision: collection.revision(), epoch, entries, documents, langOf, langs, openings, tellings, words, parts };
  tables.set(collection, table);
  return table;
}

function readSaid(entries: readonly Entry[], from: number, collection: Collection): SaidPart {
  const { lexicon } = collection;
  const { forms: frequency } = collection.formFrequencies();
  const average = collection.averageLengths();
  const total = collection.entries.size;
  // Of these very passages: a collection with a draft in it has the frequencies of the one in force.
  const own = countForms(entries, lexicon);
  const sayers = openPostings(lexicon.concepts.length, own.concepts);
  const holders = openLists(lexicon.forms(), own.forms);
  // Sums by form and by concept, emptied after each passage: a map for each would cost more than all the rest.
  const counts = new Float64Array(lexicon.forms());
  const sums = new Float64Array(lexicon.concepts.length);
  const held: number[] = [];
  const said: number[] = [];
  for (let row = 0; row < entries.length; row++) {
    const entry = entries[row] as Entry;
    const { forms } = entry;
    for (const field of FIELD_NAMES) {
      const { weight, b } = FIELDS[field];
      const once = weight / (1 - b + (b * entry[field].length) / (average[field] || 1));
      for (const form of forms[field]) {
        if (counts[form] === 0) held.push(form);
        counts[form] = (counts[form] as number) + once;
      }
    }
    for (const form of held) {
      holders.add(form, row);
      const count = counts[form] as number;
      counts[form] = 0;
      const listing = lexicon.conceptsOf(form);
      const value = (listing.length ** -0.25 * idfOf(total, frequency[form] ?? 0) * count * (K1 + 1)) / (K1 + count);
      for (const concept of listing) {
        // An idf is never 0 or less, so a sum of 0 is one that has not begun.
        if (sums[concept] === 0) said.push(concept);
        sums[concept] = (sums[concept] as number) + value;
      }
    }
    for (const concept of said) {
      sayers.add(concept, row, sums[concept] as number);
      sums[concept] = 0;
    }
    held.length = 0;
    said.length = 0;
  }
  return { from, sayers: spellOut(sayers.done()), holders: holders.done() };
}

/** Where so many weights differ, their numbers save little room, and looking each up is a leap through a table that fills the cache. */
const MANY_DIFFER = 1 / 4;

function spellOut({ slots, starts, rows, weights: { codes, values } }: Postings): Postings {
  const differ = codes !== null && values.length >= rows.length * MANY_DIFFER;
  return {
    slots,
    starts,
    rows,
    weights: differ ? { codes: null, values: Float32Array.from(codes, (code) => values[code] as number) } : { codes, values },
  };
}

/** Row of a passage that an index found; -1 when it has left the collection meanwhile. */
export function rowOf(table: SaidTable, { entry, row }: Pick<IndexHit, 'entry' | 'row'>): number {
  return table.entries[row] === entry ? row : table.entries.indexOf(entry);
}
