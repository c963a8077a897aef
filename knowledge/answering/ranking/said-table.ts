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
  const sayers: Pair[] = [];
  const values: number[] = [];
  const holders: Pair[] = [];
  for (const [row, entry] of entries.entries()) {
    const counts = new Map<number, number>();
    for (const field of FIELD_NAMES) {
      const { weight, b } = FIELDS[field];
      const once = weight / (1 - b + (b * entry[field].length) / (average[field] || 1));
      for (const form of entry.forms[field]) counts.set(form, (counts.get(form) ?? 0) + once);
    }
    const sums = new Map<number, number>();
    for (const [form, count] of counts) {
      holders.push([form, row]);
      const listing = lexicon.conceptsOf(form);
      const value = (listing.length ** -0.25 * idfOf(total, frequency[form] ?? 0) * count * (K1 + 1)) / (K1 + count);
      for (const concept of listing) sums.set(concept, (sums.get(concept) ?? 0) + value);
    }
    for (const [concept, value] of sums) {
      sayers.push([concept, row]);
      values.push(value);
    }
  }
  const said = sortPairs(sayers, lexicon.concepts.length);
  const held = sortPairs(holders, lexicon.forms());
  const table = {
    revision: collection.revision(),
    entries,
    documents: Uint32Array.from(entries, ({ document }) => document),
    langOf: Uint8Array.from(entries, ({ passage }) => langs.indexOf(passage.lang)),
    langs,
    starts: said.starts,
    sayers: said.rows,
    values: Float32Array.from(said.from, (at) => values[at] as number),
    formStarts: held.starts,
    formRows: held.rows,
  };
  tables.set(collection, table);
  return table;
}

/** Row of a passage that an index found; -1 when it has left the collection meanwhile. */
export function rowOf(table: SaidTable, { entry, row }: Pick<IndexHit, 'entry' | 'row'>): number {
  return table.entries[row] === entry ? row : table.entries.indexOf(entry);
}

/** A form or a concept, and a row that holds it. */
type Pair = [key: number, row: number];

/** Counting sort by key; `from`: where each pair stood before. */
function sortPairs(pairs: Pair[], keys: number): { starts: Uint32Array; rows: Uint32Array; from: Uint32Array } {
  const starts = new Uint32Array(keys + 1);
  for (const [key] of pairs) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const next = starts.slice();
  const rows = new Uint32Array(pairs.length);
  const from = new Uint32Array(pairs.length);
  for (const [i, [key, row]] of pairs.entries()) {
    const at = next[key] as number;
    rows[at] = row;
    from[at] = i;
    next[key] = at + 1;
  }
  return { starts, rows, from };
}
