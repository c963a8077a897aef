/**
 * Everyday words meet official words: how far a passage says what the question means, in other words.
 * The formula and its first weights: a hand-written lexicon measured on held-out questions (docs/decisions/0005-lexicon.md).
 */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import { rangesOf } from '../../indexes/embedded/postings.ts';
import type { SaidTable } from './said-table.ts';
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
  /** Lower-case words of the question. */
  words: string[];
  /** Words that were corrected, by place, with what they were corrected to. */
  corrected: ReadonlyMap<number, string>;
  /** Languages to read the question in; the first is its own. */
  langs: string[];
}

/** Concepts that a question means. O(words). */
export function conceptsOf(input: ConceptsInput, collection: Collection): QueryConcepts {
  const { lexicon } = collection;
  const words = input.words.map((word, i) => input.corrected.get(i) ?? word);
  const spans = new Map<string, QuerySpan>();
  const note = (from: number, to: number, form: number, share: number) => {
    const key = `${from} ${to}`;
    const span = spans.get(key) ?? { from, to, concepts: [] };
    spans.set(key, span);
    const listing = lexicon.conceptsOf(form);
    for (const concept of listing) {
      const known = span.concepts.find((one) => one.concept === concept);
      const general = lexicon.concepts[concept]?.general ? WEIGHT.general : 1;
      const weight = listing.length ** -0.5 * share * general * rarityOf(form, collection);
      if (!known) span.concepts.push({ concept, weight, form });
      else if (weight > known.weight) Object.assign(known, { weight, form });
    }
  };
  const lang = input.langs[0] ?? 'it';
  for (const match of lexicon.match(words, lang)) {
    const corrected = someIn(match.from, match.to, (at) => input.corrected.has(at));
    note(match.from, match.to, match.form, (match.near || match.loose ? WEIGHT.near : 1) * (corrected ? WEIGHT.corrected : 1));
  }
  for (const [at, word] of words.entries()) {
    if ([...spans.values()].some(({ from, to }) => from <= at && at < to)) continue;
    if (lang === 'de') for (const form of lexicon.inCompound(word, lang)) note(at, at + 1, form, WEIGHT.compound);
  }
  const strongest = new Map<number, number>();
  for (const span of spans.values())
    for (const { concept, weight } of span.concepts) strongest.set(concept, Math.max(strongest.get(concept) ?? 0, weight));
  return { spans: [...spans.values()], weighted: [...strongest].map(([slot, weight]) => ({ slot, weight })) };
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

/** What some passages say of a question's concepts, by their place in the list that was given. */
export interface Expansion {
  /** Σ over places of the question of the best concept said in other words. O(concepts of the question). */
  other(passage: number): number;
  /** By place of the question: how far the passage says it, 0–1, in its own or other words. */
  share(passage: number): number[];
}

/** By row: its place among the passages looked at, from 1 on; 0 = it is none of them. Lent to one question at a time. */
let places = new Uint16Array(1 << 10);
const MOST_OWN = 32;

/** `rows`: passages to look at, by row of the table; below 0 = it says nothing. O(passages that say a concept of the question or hold one of its forms). */
export function prepareExpansion(concepts: QueryConcepts, collection: Collection, table: SaidTable, rows: Int32Array): Expansion {
  if (concepts.spans.length === 0) return { other: () => 0, share: () => [] };
  const total = table.entries.length;
  const frequencies = collection.formFrequencies();
  const numbers = concepts.weighted.map(({ slot }) => slot);
  const most = numbers.map((concept) => WEIGHT.most * idfOf(total, frequencies.concepts[concept] ?? 0));
  const own = [...new Set(concepts.spans.flatMap((span) => span.concepts.map(({ form }) => form)))].slice(0, MOST_OWN);
  if (places.length < total) places = new Uint16Array(total * 2);
  for (let i = 0; i < rows.length; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = i + 1;
  const said = saidBy(rows.length, numbers, table);
  const owns = heldBy(rows.length, own, table);
  for (const row of rows) if (row >= 0) places[row] = 0;
  // What each place of the question may mean, in columns: they are read for every passage.
  const placeOf: number[] = [];
  const weights: number[] = [];
  const meant: number[] = [];
  /** Bit of the citizen's own form; 0 = not looked for. */
  const ownBits: number[] = [];
  for (let place = 0; place < concepts.spans.length; place++) {
    for (const { concept, weight, form } of (concepts.spans[place] as QuerySpan).concepts) {
      placeOf.push(place);
      weights.push(weight);
      meant.push(numbers.indexOf(concept));
      ownBits.push(bitOf(own.indexOf(form)));
    }
  }

  return {
    other(passage) {
      const owned = owns[passage] as number;
      const from = passage * numbers.length;
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
        if ((owned & (ownBits[m] as number)) !== 0) continue;
        const concept = meant[m] as number;
        const value = (weights[m] as number) * Math.min(said[from + concept] as number, most[concept] as number);
        if (value > best) best = value;
      }
      return other + best;
    },
    share(passage) {
      const share: number[] = new Array(concepts.spans.length).fill(0);
      const owned = owns[passage] as number;
      const from = passage * numbers.length;
      for (let m = 0; m < placeOf.length; m++) {
        if (said[from + (meant[m] as number)] === 0) continue;
        const place = placeOf[m] as number;
        share[place] = Math.max(share[place] as number, (owned & (ownBits[m] as number)) !== 0 ? 1 : (weights[m] as number));
      }
      return share;
    },
  };
}

/** By passage and concept: how much of it is said. */
function saidBy(passages: number, numbers: number[], { parts }: SaidTable): Float32Array {
  const said = new Float32Array(passages * numbers.length);
  for (const { from: first, sayers } of parts) {
    const { rows, weights } = sayers;
    const { codes, values } = weights;
    for (let n = 0; n < numbers.length; n++) {
      for (const { base, from, to } of rangesOf(sayers, numbers[n] as number)) {
        for (let i = from; i < to; i++) {
          const place = places[first + base + (rows[i] as number)] as number;
          if (place !== 0) said[(place - 1) * numbers.length + n] = values[codes ? (codes[i] as number) : i] as number;
        }
      }
    }
  }
  return said;
}

/** By passage: which of the question's own forms it holds, a bit each. */
function heldBy(passages: number, own: number[], { parts }: SaidTable): Uint32Array {
  const owns = new Uint32Array(passages);
  for (const { from: first, holders } of parts) {
    const { rows } = holders;
    for (let k = 0; k < own.length; k++) {
      for (const { base, from, to } of rangesOf(holders, own[k] as number)) {
        for (let i = from; i < to; i++) {
          const place = places[first + base + (rows[i] as number)] as number;
          if (place !== 0) owns[place - 1] = (owns[place - 1] as number) | (1 << k);
        }
      }
    }
  }
  return owns;
}

function bitOf(at: number): number {
  return at < 0 ? 0 : 1 << at;
}
