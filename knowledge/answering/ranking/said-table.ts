/** What every passage says of every concept, whatever is asked, in a few long arrays: questions look at hundreds of passages, and memory is slow where it is scattered. */
import { FIELDS, idfOf, K1 } from '../../indexes/embedded/weights.ts';
import type { Collection, Entry } from '../../indexes/collection.ts';
import type { IndexHit } from '../../indexes/contract.ts';

export interface SaidTable {
  revision: number;
  /** In the order of the collection. */
  entries: readonly Entry[];
  /** By row: number of the document, and of the language in `langs`. */
  documents: Uint32Array;
  langOf: Uint8Array;
  langs: readonly string[];
  /** Rows that say concept c: places starts[c] to starts[c + 1] of sayers. */
  starts: Uint32Array;
  sayers: Uint32Array;
  /** Σ over the concept's forms of rarity × BM25F frequency. */
  values: Float32Array;
  /** Rows that hold form f: places formStarts[f] to formStarts[f + 1] of formRows. */
  formStarts: Uint32Array;
  formRows: Uint32Array;
}

const FIELD_NAMES = ['title', 'section', 'text'] as const;
const tables = new WeakMap<Collection, SaidTable>();

/** Kept until the collection changes. O(forms in the collection). */
export function saidTable(collection: Collection): SaidTable {
  const known = tables.get(collection);
  if (known?.revision === collection.revision()) return known;
  const { lexicon } = collection;
  const { forms: frequency } = collection.formFrequencies();
  const average = collection.averageLengths();
  const entries = [...collection.entries];
  const total = entries.length;
  const langs = [...new Set(entries.map(({ passage }) => passage.lang))];
  const sayers = createPairs();
  const holders = createPairs();
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
      holders.add(form, row, 0);
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
  const bySayer = sayers.sorted(lexicon.concepts.length);
  const byHolder = holders.sorted(lexicon.forms());
  const table = {
    revision: collection.revision(),
    entries,
    documents: Uint32Array.from(entries, ({ document }) => document),
    langOf: Uint8Array.from(entries, ({ passage }) => langs.indexOf(passage.lang)),
    langs,
    starts: bySayer.starts,
    sayers: bySayer.rows,
    values: bySayer.values,
    formStarts: byHolder.starts,
    formRows: byHolder.rows,
  };
  tables.set(collection, table);
  return table;
}

/** Row of a passage that an index found; -1 when it has left the collection meanwhile. */
export function rowOf(table: SaidTable, { entry, row }: Pick<IndexHit, 'entry' | 'row'>): number {
  return table.entries[row] === entry ? row : table.entries.indexOf(entry);
}

/** Forms or concepts, each with a row that holds it, in columns that double as they fill. */
function createPairs() {
  let keys = new Uint32Array(1 << 12);
  let rows = new Uint32Array(1 << 12);
  let values = new Float32Array(1 << 12);
  let length = 0;
  return {
    add(key: number, row: number, value: number): void {
      if (length === keys.length) {
        keys = doubled(keys, new Uint32Array(2 * length));
        rows = doubled(rows, new Uint32Array(2 * length));
        values = doubled(values, new Float32Array(2 * length));
      }
      keys[length] = key;
      rows[length] = row;
      values[length++] = value;
    },
    /** Counting sort by key. */
    sorted(most: number): { starts: Uint32Array; rows: Uint32Array; values: Float32Array } {
      const starts = new Uint32Array(most + 1);
      for (let i = 0; i < length; i++) starts[(keys[i] as number) + 1] = (starts[(keys[i] as number) + 1] as number) + 1;
      for (let key = 0; key < most; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
      const next = starts.slice();
      const sorted = { starts, rows: new Uint32Array(length), values: new Float32Array(length) };
      for (let i = 0; i < length; i++) {
        const at = next[keys[i] as number] as number;
        sorted.rows[at] = rows[i] as number;
        sorted.values[at] = values[i] as number;
        next[keys[i] as number] = at + 1;
      }
      return sorted;
    },
  };
}

function doubled<A extends Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(full: A, larger: A): A {
  larger.set(full);
  return larger;
}
