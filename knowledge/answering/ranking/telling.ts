/** How rare a passage's words are on the whole: a card made of the words of every other card tells little. */
import type { Entry } from '../../indexes/collection.ts';
import type { IndexHit, KnowledgeIndex } from '../../indexes/contract.ts';
import { idfOf } from '../../indexes/embedded/weights.ts';
import { rowOf, type SaidTable } from './said-table.ts';

/** 0–1. Kept with the table, which is of the collection as it is. O(words of the passage) when first asked. */
export function tellingOf(hit: Pick<IndexHit, 'entry' | 'row'>, index: KnowledgeIndex, table: SaidTable): number {
  const row = rowOf(table, hit);
  const known = row < 0 ? 0 : (table.tellings[row] as number);
  if (known !== 0) return known;
  const telling = read(hit.entry, index);
  if (row >= 0) table.tellings[row] = telling;
  return telling;
}

function read({ text }: Entry, index: KnowledgeIndex): number {
  const rows = index.collection.entries.size;
  const distinct = [...new Set(text)];
  const sum = distinct.reduce((total, slot) => total + idfOf(rows, index.frequency(slot)), 0);
  return sum / Math.max(1, distinct.length) / idfOf(rows, 0);
}
