/** How much of a question stands together: in the best stretch of a passage, and in unbroken pairs of words. */
import type { Entry } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';

/** Content words of two or three sentences. */
const STRETCH = 24;
/** Content words of a clause. */
const CLAUSE = 10;

/** By slot; lent to one question at a time. */
let weightOf = new Float64Array(1024);
let seen = new Uint16Array(1024);

/** Largest weighted share, 0–1, of the words within one stretch of text; words of the headings count everywhere. `weights`: rarity times weight. O(words of the passages). */
export function shareInStretch(entries: Entry[], words: WeightedSlot[], slots: number): number[] {
  return shares(entries, words, slots, STRETCH, (entry) => ({ everywhere: [entry.title, entry.section], line: [entry.text] }));
}

/** The same within one clause, where headings are only the words that stand before the text. */
export function shareInClause(entries: Entry[], words: WeightedSlot[], slots: number): number[] {
  return shares(entries, words, slots, CLAUSE, (entry) => ({ everywhere: [], line: [entry.title, entry.section, entry.text] }));
}

/** What counts in every stretch, and what a stretch moves along. */
type Layout = (entry: Entry) => { everywhere: Uint32Array[]; line: Uint32Array[] };

function shares(entries: Entry[], words: WeightedSlot[], slots: number, width: number, layout: Layout): number[] {
  if (weightOf.length < slots) {
    weightOf = new Float64Array(slots * 2);
    seen = new Uint16Array(slots * 2);
  }
  let total = 0;
  for (const { slot, weight } of words) {
    weightOf[slot] = weight;
    total += weight;
  }
  const found = entries.map((entry) => {
    let held = 0;
    const enter = (slot: number) => {
      if (weightOf[slot] === 0) return;
      if (seen[slot] === 0) held += weightOf[slot] as number;
      seen[slot] = (seen[slot] as number) + 1;
    };
    const leave = (slot: number) => {
      if (weightOf[slot] === 0) return;
      seen[slot] = (seen[slot] as number) - 1;
      if (seen[slot] === 0) held -= weightOf[slot] as number;
    };
    const { everywhere, line } = layout(entry);
    for (const field of everywhere) for (const slot of field) enter(slot);
    let most = held;
    const moving = lineUp(line);
    for (let i = 0; i < moving.length; i++) {
      enter(moving[i] as number);
      if (i >= width) leave(moving[i - width] as number);
      if (held > most) most = held;
    }
    for (const field of [entry.title, entry.section, entry.text]) for (const slot of field) seen[slot] = 0;
    return total === 0 ? 0 : most / total;
  });
  for (const { slot } of words) weightOf[slot] = 0;
  return found;
}

/** Lent to one passage at a time. */
let row = new Uint32Array(1024);

function lineUp(fields: Uint32Array[]): Uint32Array {
  const length = fields.reduce((sum, field) => sum + field.length, 0);
  if (row.length < length) row = new Uint32Array(length * 2);
  let at = 0;
  for (const field of fields) {
    row.set(field, at);
    at += field.length;
  }
  return row.subarray(0, length);
}

/** Share, 0–1, of these pairs of neighbouring words that stand side by side in each passage. O(words of the passages). */
export function sharePairs(entries: Entry[], pairs: ReadonlySet<number>, slots: number): number[] {
  if (pairs.size === 0) return entries.map(() => 0);
  return entries.map(({ text }) => {
    const found = new Set<number>();
    for (let i = 1; i < text.length; i++) {
      const pair = (text[i - 1] as number) * slots + (text[i] as number);
      if (pairs.has(pair)) found.add(pair);
    }
    return found.size / pairs.size;
  });
}

/** Pairs of neighbouring words, as numbers. */
export function pairsOf(slots: number[], size: number): Set<number> {
  const pairs = new Set<number>();
  for (let i = 1; i < slots.length; i++) if (slots[i] !== slots[i - 1]) pairs.add((slots[i - 1] as number) * size + (slots[i] as number));
  return pairs;
}
