/**
 * What every passage says of one place of a question, all its meanings together. It depends on the word alone, and questions repeat their words: the most common
 * are kept as one list, where each meaning would be a list to go through, and each form that the citizen may have used another.
 */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import { BLOCK_BITS, type RowLists } from '../../indexes/embedded/postings.ts';
import type { QueryConcept, QuerySpan } from './query-concepts.ts';
import type { SaidPart, SaidTable } from './said-table.ts';

/** What all of a passage's other forms together may add, against the concept's own rarity. */
const MOST = 4;

/** The most that a passage can say of a concept. */
export function mostOf(concept: number, table: SaidTable, frequencies: Uint32Array): number {
  return MOST * idfOf(table.entries.length, frequencies[concept] ?? 0);
}

export interface SaidPlace {
  /** Rows that say any of it, ascending. */
  rows: Uint16Array;
  /** By these: the best concept said in other words. */
  others: Float64Array;
  /** By these: how far it is said in any words, 0–1, as a place among `shares`. */
  codes: Uint8Array;
  shares: number[];
}

/** Read when met so often: it takes as long as some ten questions. */
const MET = 8;
const MET_KEPT = 1_000;
const MOST_BYTES = 384 << 10;
const ROW_BYTES = 2 + 8 + 1;
/** Once there is no more room, all are forgotten after so many places: what is asked about changes. */
const FORGOTTEN_AFTER = 200_000;

interface Kept {
  table: SaidTable;
  bytes: number;
  full: number;
  met: Map<readonly QueryConcept[], number>;
  read: Map<readonly QueryConcept[], SaidPlace>;
}

let kept: Kept | null = null;

/** What is kept of a place; null = its meanings are gone through one by one. O(rows that say it) when it is read. */
export function saidPlace({ concepts, shared }: QuerySpan, table: SaidTable, collection: Collection): SaidPlace | null {
  if (!shared || table.entries.length > 1 << BLOCK_BITS) return null;
  if (kept === null || kept.table !== table || kept.full > FORGOTTEN_AFTER)
    kept = { table, bytes: 0, full: 0, met: new Map(), read: new Map() };
  const { read, met } = kept;
  const known = read.get(concepts);
  if (known !== undefined) return known;
  if (kept.full > 0) {
    kept.full++;
    return null;
  }
  const times = (met.get(concepts) ?? 0) + 1;
  if (times < MET) {
    if (met.size >= MET_KEPT) met.clear();
    met.set(concepts, times);
    return null;
  }
  met.delete(concepts);
  const made = readPlace(concepts, table, collection);
  kept.bytes += ROW_BYTES * made.rows.length;
  if (kept.bytes > MOST_BYTES) kept.full = 1;
  else read.set(concepts, made);
  return made;
}

function readPlace(concepts: readonly QueryConcept[], table: SaidTable, collection: Collection): SaidPlace {
  const total = table.entries.length;
  const best = new Float64Array(total);
  const codes = new Uint8Array(total);
  const shares = [0, 1, ...concepts.map(({ weight }) => weight)];
  const { concepts: frequencies } = collection.formFrequencies();
  for (const { from, sayers, holders } of table.parts)
    for (const [c, { slot: concept, weight, form }] of concepts.entries()) {
      const own = new Set(rowsIn(holders, form).rows);
      const most = mostOf(concept, table, frequencies);
      const { rows, at } = rowsIn(sayers, concept);
      for (const [i, row] of rows.entries()) {
        const known = shares[codes[from + row] as number] as number;
        const isOwn = own.has(row);
        if ((isOwn ? 1 : weight) > known) codes[from + row] = isOwn ? 1 : 2 + c;
        if (!isOwn) best[from + row] = Math.max(best[from + row] as number, weight * Math.min(amountAt(sayers, at + i), most));
      }
    }
  const said = Uint16Array.from(codes.keys()).filter((row) => codes[row] !== 0);
  return {
    rows: said,
    others: Float64Array.from(said, (row) => best[row] as number),
    codes: Uint8Array.from(said, (row) => codes[row] as number),
    shares,
  };
}

/** Those of one slot, in the first block, which is all there is. */
function rowsIn({ slots, starts, rows }: RowLists, slot: number): { rows: Uint16Array; at: number } {
  const at = slot < slots ? ((starts[0] as Uint32Array)[slot] as number) : 0;
  return { rows: rows.subarray(at, slot < slots ? (starts[1] as Uint32Array)[slot] : 0), at };
}

function amountAt({ weights: { codes, values } }: SaidPart['sayers'], at: number): number {
  return values[codes ? (codes[at] as number) : at] as number;
}
