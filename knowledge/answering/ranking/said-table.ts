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
  /** Concepts of row r: places starts[r] to starts[r + 1]. */
  starts: Uint32Array;
  concepts: Uint16Array;
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
  const starts = new Uint32Array(total + 1);
  const concepts: number[] = [];
  const values: number[] = [];
  const holders: [form: number, row: number][] = [];
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
      concepts.push(concept);
      values.push(value);
    }
    starts[row + 1] = concepts.length;
  }
  const table = {
    revision: collection.revision(),
    entries,
    documents: Uint32Array.from(entries, ({ document }) => document),
    langOf: Uint8Array.from(entries, ({ passage }) => langs.indexOf(passage.lang)),
    langs,
    starts,
    concepts: Uint16Array.from(concepts),
    values: Float32Array.from(values),
    ...byForm(holders, lexicon.forms()),
  };
  tables.set(collection, table);
  return table;
}

/** Row of a passage that an index found; -1 when it has left the collection meanwhile. */
export function rowOf(table: SaidTable, { entry, row }: Pick<IndexHit, 'entry' | 'row'>): number {
  return table.entries[row] === entry ? row : table.entries.indexOf(entry);
}

/** Counting sort of (form, row) pairs. */
function byForm(holders: [form: number, row: number][], forms: number): Pick<SaidTable, 'formStarts' | 'formRows'> {
  const formStarts = new Uint32Array(forms + 1);
  for (const [form] of holders) formStarts[form + 1] = (formStarts[form + 1] as number) + 1;
  for (let form = 0; form < forms; form++) formStarts[form + 1] = (formStarts[form + 1] as number) + (formStarts[form] as number);
  const next = formStarts.slice();
  const formRows = new Uint32Array(holders.length);
  for (const [form, row] of holders) {
    const at = next[form] as number;
    formRows[at] = row;
    next[form] = at + 1;
  }
  return { formStarts, formRows };
}
