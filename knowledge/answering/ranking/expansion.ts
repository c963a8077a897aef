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

/** What some passages say of a question's concepts, by their place in the list that was given: how far each place of the question is said, 0–1, in its own or other words. */
export type SharesSaid = (passage: number) => number[];

/** By row: its place among the passages looked at, from 1 on; 0 = it is none of them. Lent to one question at a time. */
let places = new Uint16Array(1 << 10);
const MOST_OWN = 32;

/** What each place of the question may mean, in columns: they are read for every passage. */
interface Meanings {
  places: number[];
  weights: number[];
  /** Number among the question's concepts. */
  concepts: number[];
  /** Bit of the citizen's own form; 0 = not looked for. */
  ownBits: number[];
}

/**
 * Fills `others` with Σ over places of the question of the best concept said in other words. `rows`: passages to look at, by row of the table; below 0 = it
 * says nothing. O(passages that say a concept of the question or hold one of its forms + passages looked at × concepts).
 */
export function prepareExpansion(
  concepts: QueryConcepts,
  collection: Collection,
  table: SaidTable,
  rows: Int32Array,
  others: Float64Array,
): SharesSaid {
  const { spans, weighted } = concepts;
  const count = spans.length;
  if (count === 0) {
    others.fill(0, 0, rows.length);
    return () => [];
  }
  const total = table.entries.length;
  const frequencies = collection.formFrequencies();
  const numbers: number[] = [];
  const most: number[] = [];
  for (const { slot } of weighted) {
    numbers.push(slot);
    most.push(WEIGHT.most * idfOf(total, frequencies.concepts[slot] ?? 0));
  }
  const own: number[] = [];
  for (const span of spans) for (const { form } of span.concepts) if (own.length < MOST_OWN && !own.includes(form)) own.push(form);
  if (places.length < total) places = new Uint16Array(total * 2);
  for (let i = 0; i < rows.length; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = i + 1;
  const said = saidBy(rows.length, numbers, table);
  const owns = heldBy(rows.length, own, table);
  for (let i = 0; i < rows.length; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = 0;
  const meanings: Meanings = { places: [], weights: [], concepts: [], ownBits: [] };
  for (let place = 0; place < count; place++) {
    for (const { concept, weight, form } of (spans[place] as QuerySpan).concepts) {
      meanings.places.push(place);
      meanings.weights.push(weight);
      meanings.concepts.push(numbers.indexOf(concept));
      meanings.ownBits.push(bitOf(own.indexOf(form)));
    }
  }
  sayOthers(rows.length, numbers.length, meanings, said, owns, most, others);
  return (passage) => sharesOf(count, meanings, said, passage * numbers.length, owns[passage] as number);
}

function sayOthers(
  passages: number,
  concepts: number,
  meanings: Meanings,
  said: Float32Array,
  owns: Uint32Array,
  most: number[],
  others: Float64Array,
): void {
  const { places: placeOf, weights, concepts: meant, ownBits } = meanings;
  for (let passage = 0; passage < passages; passage++) {
    const owned = owns[passage] as number;
    const from = passage * concepts;
    let other = 0;
    let best = 0;
    let before = 0;
    for (let m = 0; m < placeOf.length; m++) {
      const place = placeOf[m] as number;
      if (place !== before) {
        other += best;
        best = 0;
        before = place;
      }
      const concept = meant[m] as number;
      const amount = said[from + concept] as number;
      if (amount === 0 || (owned & (ownBits[m] as number)) !== 0) continue;
      const value = (weights[m] as number) * Math.min(amount, most[concept] as number);
      if (value > best) best = value;
    }
    others[passage] = other + best;
  }
}

/** Fractions, so that none of its copies must be made anew when the first share is written. */
const NOUGHTS: number[] = Array.from({ length: 32 }, () => 0.5).fill(0);

function sharesOf(count: number, meanings: Meanings, said: Float32Array, from: number, owned: number): number[] {
  const { places: placeOf, weights, concepts: meant, ownBits } = meanings;
  const share = count <= NOUGHTS.length ? NOUGHTS.slice(0, count) : new Array<number>(count).fill(0);
  for (let m = 0; m < placeOf.length; m++) {
    if (said[from + (meant[m] as number)] === 0) continue;
    const place = placeOf[m] as number;
    const value = (owned & (ownBits[m] as number)) !== 0 ? 1 : (weights[m] as number);
    if (value > (share[place] as number)) share[place] = value;
  }
  return share;
}

/** By passage and concept, and by passage. Lent to one question at a time. */
let lentSaid = new Float32Array(1 << 11);
let lentOwns = new Uint32Array(1 << 8);

/** By passage and concept: how much of it is said. */
function saidBy(passages: number, numbers: number[], { parts }: SaidTable): Float32Array {
  const width = numbers.length;
  if (lentSaid.length < passages * width) lentSaid = new Float32Array(2 * passages * width);
  const said = lentSaid.fill(0, 0, passages * width);
  const looked = places;
  for (let p = 0; p < parts.length; p++) {
    const { from, sayers } = parts[p] as SaidPart;
    const { slots, starts, rows, weights } = sayers;
    const { codes, values } = weights;
    for (let n = 0; n < width; n++) {
      const concept = numbers[n] as number;
      if (concept >= slots) continue;
      for (let block = 0; block + 1 < starts.length; block++) {
        const base = from + (block << BLOCK_BITS);
        const to = (starts[block + 1] as Uint32Array)[concept] as number;
        for (let i = (starts[block] as Uint32Array)[concept] as number; i < to; i++) {
          const place = looked[base + (rows[i] as number)] as number;
          if (place !== 0) said[(place - 1) * width + n] = values[codes ? (codes[i] as number) : i] as number;
        }
      }
    }
  }
  return said;
}

/** By passage: which of the question's own forms it holds, a bit each. */
function heldBy(passages: number, own: number[], { parts }: SaidTable): Uint32Array {
  if (lentOwns.length < passages) lentOwns = new Uint32Array(2 * passages);
  const owns = lentOwns.fill(0, 0, passages);
  const looked = places;
  for (let p = 0; p < parts.length; p++) {
    const { from, holders } = parts[p] as SaidPart;
    const { slots, starts, rows } = holders;
    for (let k = 0; k < own.length; k++) {
      const form = own[k] as number;
      if (form >= slots) continue;
      const bit = bitOf(k);
      for (let block = 0; block + 1 < starts.length; block++) {
        const base = from + (block << BLOCK_BITS);
        const to = (starts[block + 1] as Uint32Array)[form] as number;
        for (let i = (starts[block] as Uint32Array)[form] as number; i < to; i++) {
          const place = looked[base + (rows[i] as number)] as number;
          if (place !== 0) owns[place - 1] = (owns[place - 1] as number) | bit;
        }
      }
    }
  }
  return owns;
}

function bitOf(at: number): number {
  return at < 0 ? 0 : 1 << at;
}
