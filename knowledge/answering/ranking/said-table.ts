/** What every passage says of every concept, whatever is asked, in a few long arrays: questions look at hundreds of passages, and memory is slow where it is scattered. */
import { FIELDS, idfOf, K1 } from '../../indexes/embedded/weights.ts';
import type { Collection, Entry } from '../../indexes/collection.ts';
import { countForms } from '../../indexes/collection/form-frequencies.ts';
import type { IndexHit } from '../../indexes/contract.ts';
import { openLists, openPostings, type Postings, type RowLists } from '../../indexes/embedded/postings.ts';

export interface SaidTable {
  revision: number;
  /** In the order of the collection. */
  entries: readonly Entry[];
  /** By row: number of the document, and of the language in `langs`. */
  documents: Uint32Array;
  langOf: Uint8Array;
  langs: readonly string[];
  /** By row: how its passage opens (form.ts); 0 = not yet read. */
  openings: Uint8Array;
  /** Rows that say a concept; the weight: Σ over the concept's forms of rarity × BM25F frequency. */
  sayers: Postings;
  /** Rows that hold a form. */
  holders: RowLists;
}

const FIELD_NAMES = ['title', 'section', 'text'] as const;
const tables = new WeakMap<Collection, SaidTable>();

/** Kept until the collection changes. O(forms in the collection). */
export function saidTable(collection: Collection): SaidTable {
  const known = tables.get(collection);
  if (known?.revision === collection.revision()) return known;
  const { lexicon } = collection;
  tables.delete(collection);
  const { forms: frequency } = collection.formFrequencies();
  const average = collection.averageLengths();
  const entries = [...collection.entries];
  const total = entries.length;
  const langs = [...new Set(entries.map(({ passage }) => passage.lang))];
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
  const table = {
    revision: collection.revision(),
    entries,
    documents: Uint32Array.from(entries, ({ document }) => document),
    langOf: Uint8Array.from(entries, ({ passage }) => langs.indexOf(passage.lang)),
    langs,
    openings: new Uint8Array(total),
    sayers: sayers.done(),
    holders: holders.done(),
  };
  tables.set(collection, table);
  return table;
}

/** Row of a passage that an index found; -1 when it has left the collection meanwhile. */
export function rowOf(table: SaidTable, { entry, row }: Pick<IndexHit, 'entry' | 'row'>): number {
  return table.entries[row] === entry ? row : table.entries.indexOf(entry);
}
