/**
 * Everyday words meet official words: how far a passage says what the question means, in other words.
 * The formula and its first weights: a hand-written lexicon measured on held-out questions (docs/decisions/0005-lexicon.md).
 */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WordForms } from '../../lexicon/match.ts';
import { BLOCK_BITS } from '../../indexes/embedded/postings.ts';
import type { SaidPart, SaidTable } from './said-table.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';

export const WEIGHT = {
  /** Only the Snowball stem agrees with the form. */
  near: 0.6,
  /** A word of asking and acting, useful with any topic. */
  general: 0.6,
  /** The form came from a corrected spelling. */
  corrected: 0.5,
  /** The form begins or ends a compound. */
  compound: 0.6,
  /** What all of a passage's other forms together may add, against the concept's own rarity. */
  most: 4,
};

/** One place in the question, with the concepts it may mean. */
export interface QuerySpan {
  /** Words of the question, `from` to `to` (exclusive). */
  from: number;
  to: number;
  concepts: { concept: number; weight: number; form: number }[];
}

export interface QueryConcepts {
  spans: QuerySpan[];
  /** The strongest weight of each concept, for the index. */
  weighted: WeightedSlot[];
}

export interface ConceptsInput {
  /** Words of the question as the lexicon reads them, corrected where they were. */
  words: WordForms[];
  /** The same as texts; empty in a language without compounds. */
  texts: string[];
  /** Words that were corrected, by place, with what they were corrected to. */
  corrected: ReadonlyMap<number, string>;
  lang: string;
}

/** Concepts that a question means. O(words). */
export function conceptsOf({ words, texts, corrected, lang }: ConceptsInput, collection: Collection): QueryConcepts {
  const { lexicon } = collection;
  const spans: QuerySpan[] = [];
  const note = (from: number, to: number, form: number, share: number) => {
    let span = spans.find((one) => one.from === from && one.to === to);
    if (span === undefined) {
      span = { from, to, concepts: [] };
      spans.push(span);
    }
    const listing = lexicon.conceptsOf(form);
    const each = listing.length ** -0.5 * share;
    const rarity = rarityOf(form, collection);
    for (const concept of listing) {
      const known = span.concepts.find((one) => one.concept === concept);
      const general = lexicon.concepts[concept]?.general ? WEIGHT.general : 1;
      const weight = each * general * rarity;
      if (!known) span.concepts.push({ concept, weight, form });
      else if (weight > known.weight) {
        known.weight = weight;
        known.form = form;
      }
    }
  };
  for (const { from, to, form, near, loose } of lexicon.matchLooked(words)) {
    const slip = corrected.size > 0 && someIn(from, to, (at) => corrected.has(at));
    note(from, to, form, (near || loose ? WEIGHT.near : 1) * (slip ? WEIGHT.corrected : 1));
  }
  for (let at = 0; at < texts.length; at++) {
    if (spans.some(({ from, to }) => from <= at && at < to)) continue;
    for (const form of lexicon.inCompound(texts[at] as string, lang)) note(at, at + 1, form, WEIGHT.compound);
  }
  const weighted: WeightedSlot[] = [];
  for (const span of spans)
    for (const { concept, weight } of span.concepts) {
      const known = weighted.find(({ slot }) => slot === concept);
      if (!known) weighted.push({ slot: concept, weight });
      else if (weight > known.weight) known.weight = weight;
    }
  return { spans, weighted };
}

/** A form that the collection says often says little. One it never says counts in full. */
function rarityOf(form: number, collection: Collection): number {
  const df = collection.formFrequencies().forms[form] ?? 0;
  if (df === 0) return 1;
  const rows = collection.entries.size;
  return Math.min(1, idfOf(rows, df) / (0.7 * Math.log(Math.max(2, rows)))) ** 0.7;
}

function someIn(from: number, to: number, test: (at: number) => boolean): boolean {
  for (let at = from; at < to; at++) if (test(at)) return true;
  return false;
}

/** By row: its place among the passages looked at, from 1 on; 0 = it is none of them. Lent to one question at a time, and so are the others. */
let places = new Uint16Array(1 << 10);
/** By passage: which of the question's own forms it holds, a bit each. */
let owns = new Uint32Array(1 << 8);
/** By passage: the best concept of one place of the question that it says in other words. */
let best = new Float64Array(1 << 8);
/** By place of the question and passage: how far it is said. */
let shares = new Float64Array(1 << 11);
const MOST_OWN = 32;

/** What some passages say of a question's concepts, by their place in the list that was given. Lent until the next question. */
export interface Said {
  /** Passages that were looked at. */
  passages: number;
  /** Places of the question. */
  count: number;
  /** By place of the question and passage: how far it is said, 0–1, in its own or other words. */
  shares: Float64Array;
}

/**
 * Fills `others` with Σ over places of the question of the best concept said in other words. `rows`: the `passages` to look at, by row of the table; below 0 = it
 * says nothing. O(passages that say a concept of the question or hold one of its forms + passages looked at × places).
 */
export function prepareExpansion(
  { spans }: QueryConcepts,
  collection: Collection,
  table: SaidTable,
  rows: Int32Array,
  passages: number,
  others: Float64Array,
): Said {
  others.fill(0, 0, passages);
  const count = spans.length;
  if (count === 0) return { passages, count, shares };
  const total = table.entries.length;
  makeRoom(total, passages, count);
  for (let i = 0; i < passages; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = i + 1;
  const own = ownForms(spans);
  for (let k = 0; k < own.length; k++) noteHolders(own[k] as number, bitOf(k), table);
  const { concepts: frequencies } = collection.formFrequencies();
  for (let place = 0; place < count; place++) {
    for (const { concept, weight, form } of (spans[place] as QuerySpan).concepts) {
      const most = WEIGHT.most * idfOf(total, frequencies[concept] ?? 0);
      noteSayers({ concept, weight, most, bit: bitOf(own.indexOf(form)) }, place * passages, table);
    }
    for (let i = 0; i < passages; i++) {
      others[i] = (others[i] as number) + (best[i] as number);
      best[i] = 0;
    }
  }
  for (let i = 0; i < passages; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = 0;
  return { passages, count, shares };
}

/** Fractions, so that none of its copies must be made anew when the first share is written. */
const NOUGHTS: number[] = Array.from({ length: 32 }, () => 0.5).fill(0);

/** By place of the question: how far a passage says it. */
export function sharesIn({ passages, count, shares }: Said, passage: number): number[] {
  const own = count <= NOUGHTS.length ? NOUGHTS.slice(0, count) : new Array<number>(count).fill(0);
  for (let place = 0; place < count; place++) own[place] = shares[place * passages + passage] as number;
  return own;
}

function makeRoom(rows: number, passages: number, count: number): void {
  if (places.length < rows) places = new Uint16Array(rows * 2);
  if (best.length < passages) {
    owns = new Uint32Array(2 * passages);
    best = new Float64Array(2 * passages);
  }
  if (shares.length < passages * count) shares = new Float64Array(2 * passages * count);
  owns.fill(0, 0, passages);
  shares.fill(0, 0, passages * count);
}

function ownForms(spans: QuerySpan[]): number[] {
  const own: number[] = [];
  for (const { concepts } of spans) for (const { form } of concepts) if (own.length < MOST_OWN && !own.includes(form)) own.push(form);
  return own;
}

/** One thing that a place of the question may mean. */
interface Meaning {
  concept: number;
  weight: number;
  /** The most that a passage can say of it. */
  most: number;
  /** Of the citizen's own form; 0 = not looked for. */
  bit: number;
}

/** Raises, by passage that says the concept, the best of the place and how far it is said. `from`: where the shares of the place begin. */
function noteSayers({ concept, weight, most, bit }: Meaning, from: number, { parts }: SaidTable): void {
  const looked = places;
  const owned = owns;
  for (let p = 0; p < parts.length; p++) {
    const { from: first, sayers } = parts[p] as SaidPart;
    const { slots, starts, rows, weights } = sayers;
    const { codes, values } = weights;
    if (concept >= slots) continue;
    for (let block = 0; block + 1 < starts.length; block++) {
      const base = first + (block << BLOCK_BITS);
      const to = (starts[block + 1] as Uint32Array)[concept] as number;
      for (let i = (starts[block] as Uint32Array)[concept] as number; i < to; i++) {
        const at = (looked[base + (rows[i] as number)] as number) - 1;
        if (at < 0) continue;
        let share = 1;
        if (((owned[at] as number) & bit) === 0) {
          share = weight;
          const value = weight * Math.min(values[codes ? (codes[i] as number) : i] as number, most);
          if (value > (best[at] as number)) best[at] = value;
        }
        if (share > (shares[from + at] as number)) shares[from + at] = share;
      }
    }
  }
}

function noteHolders(form: number, bit: number, { parts }: SaidTable): void {
  const looked = places;
  for (let p = 0; p < parts.length; p++) {
    const { from: first, holders } = parts[p] as SaidPart;
    const { slots, starts, rows } = holders;
    if (form >= slots) continue;
    for (let block = 0; block + 1 < starts.length; block++) {
      const base = first + (block << BLOCK_BITS);
      const to = (starts[block + 1] as Uint32Array)[form] as number;
      for (let i = (starts[block] as Uint32Array)[form] as number; i < to; i++) {
        const at = (looked[base + (rows[i] as number)] as number) - 1;
        if (at >= 0) owns[at] = (owns[at] as number) | bit;
      }
    }
  }
}

function bitOf(at: number): number {
  return at < 0 ? 0 : 1 << at;
}
