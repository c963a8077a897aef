/**
 * Everyday words meet official words: how far a passage says what the question means, in other words.
 * The formula and its first weights: a hand-written lexicon measured on held-out questions (docs/decisions/0005-lexicon.md).
 */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { SaidTable } from './said-table.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';

export const WEIGHT = {
  /** Only the Snowball stem agrees with the form. */
  near: 0.4,
  /** A word of asking and acting, useful with any topic. */
  general: 0.6,
  /** The form came from a corrected spelling. */
  corrected: 0.5,
  /** The form begins or ends a compound. */
  compound: 0.6,
  /** What all of a passage's other forms together may add, against the concept's own rarity. */
  most: 2.64,
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

/** A question's concepts, ready to be looked for in many passages. Use it before another question is prepared: its tables are lent. */
export interface Expansion {
  /** Σ over places of the question of the best concept said in other words, for a row of the table. O(concepts of the passage). */
  other(row: number): number;
  /** By place: how far the passage says it, 0–1, in its own or other words. */
  share(row: number): number[];
}

/** Which wanted concept a concept is: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint16Array(1 << 11);
let marked: number[] = [];

/** By row: which of the question's own forms it holds, a bit each. Lent likewise. */
let owns = new Uint32Array(1 << 10);
let ownRows: number[] = [];
const MOST_OWN = 32;

/** O(concepts of the question + passages that hold its own forms). */
export function prepareExpansion(concepts: QueryConcepts, collection: Collection, table: SaidTable): Expansion {
  if (concepts.spans.length === 0) return { other: () => 0, share: () => [] };
  const total = collection.entries.size;
  const frequencies = collection.formFrequencies();
  const numbers = concepts.weighted.map(({ slot }) => slot);
  const most = Float64Array.from(numbers, (concept) => WEIGHT.most * idfOf(total, frequencies.concepts[concept] ?? 0));
  mark(numbers, collection.lexicon.concepts.length);
  const own = [...new Set(concepts.spans.flatMap((span) => span.concepts.map(({ form }) => form)))].slice(0, MOST_OWN);
  markOwn(own, table);
  const said = new Float64Array(numbers.length);
  // What each place may mean, in columns: they are read for every passage.
  const meanings = concepts.spans.flatMap((span, place) => span.concepts.map((meaning) => ({ place, ...meaning })));
  const places = Uint16Array.from(meanings, ({ place }) => place);
  const weights = Float64Array.from(meanings, ({ weight }) => weight);
  const meant = Uint16Array.from(meanings, ({ concept }) => numbers.indexOf(concept));
  /** Bit of the citizen's own form; 0 = not looked for. */
  const ownBits = Uint32Array.from(meanings, ({ form }) => bitOf(own.indexOf(form)));
  const { starts, concepts: saidConcepts, values } = table;

  /** Fills `said`; false when the passage says none of the concepts. */
  function read(row: number): boolean {
    const to = starts[row + 1] as number;
    let any = false;
    for (let i = starts[row] as number; i < to; i++) {
      const at = marks[saidConcepts[i] as number] as number;
      if (at === 0) continue;
      if (!any) said.fill(0);
      any = true;
      said[at - 1] = values[i] as number;
    }
    return any;
  }

  return {
    other(row) {
      if (row < 0 || !read(row)) return 0;
      const owned = owns[row] as number;
      let other = 0;
      let best = 0;
      let before = 0;
      for (let m = 0; m < places.length; m++) {
        const place = places[m] as number;
        if (place !== before) {
          other += best;
          best = 0;
          before = place;
        }
        if ((owned & (ownBits[m] as number)) !== 0) continue;
        const concept = meant[m] as number;
        const value = (weights[m] as number) * Math.min(said[concept] as number, most[concept] as number);
        if (value > best) best = value;
      }
      return other + best;
    },
    share(row) {
      const share: number[] = new Array(concepts.spans.length).fill(0);
      if (row < 0 || !read(row)) return share;
      const owned = owns[row] as number;
      for (let m = 0; m < places.length; m++) {
        if ((said[meant[m] as number] as number) === 0) continue;
        const place = places[m] as number;
        share[place] = Math.max(share[place] as number, (owned & (ownBits[m] as number)) !== 0 ? 1 : (weights[m] as number));
      }
      return share;
    },
  };
}

function bitOf(at: number): number {
  return at < 0 ? 0 : 1 << at;
}

function mark(numbers: number[], concepts: number): void {
  for (const concept of marked) marks[concept] = 0;
  if (marks.length < concepts) marks = new Uint16Array(concepts * 2);
  marked = numbers;
  for (const [i, concept] of numbers.entries()) marks[concept] = i + 1;
}

function markOwn(own: number[], table: SaidTable): void {
  for (const row of ownRows) owns[row] = 0;
  ownRows = [];
  if (owns.length < table.entries.length) owns = new Uint32Array(table.entries.length * 2);
  for (const [k, form] of own.entries()) {
    const to = table.formStarts[form + 1] ?? 0;
    for (let i = table.formStarts[form] ?? to; i < to; i++) {
      const row = table.formRows[i] as number;
      if (owns[row] === 0) ownRows.push(row);
      owns[row] = (owns[row] as number) | (1 << k);
    }
  }
}
