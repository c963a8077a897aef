/**
 * Everyday words meet official words: how far a passage says what the question means, in other words.
 * The formula and its first weights: a hand-written lexicon measured on held-out questions (docs/decisions/0005-lexicon.md).
 */
import { FIELDS, idfOf, K1 } from '../../indexes/embedded/weights.ts';
import type { Collection, Entry } from '../../indexes/collection.ts';
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
  /** Σ over places of the question of the best concept said in other words. O(forms of the passage). */
  other(entry: Entry): number;
  /** By place: how far the passage says it, 0–1, in its own or other words. */
  share(entry: Entry): number[];
}

/** Which wanted concept a concept is: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint16Array(1 << 11);
let marked: number[] = [];

const FIELD_NAMES = ['title', 'section', 'text'] as const;

/** O(concepts of the question). */
export function prepareExpansion(concepts: QueryConcepts, collection: Collection): Expansion {
  if (concepts.spans.length === 0) return { other: () => 0, share: () => [] };
  const rows = collection.entries.size;
  const frequencies = collection.formFrequencies();
  const numbers = concepts.weighted.map(({ slot }) => slot);
  const most = Float64Array.from(numbers, (concept) => WEIGHT.most * idfOf(rows, frequencies.concepts[concept] ?? 0));
  mark(numbers, collection.lexicon.concepts.length);
  const said = new Float64Array(numbers.length);
  const meanings: Meaning[] = concepts.spans.flatMap((span, place) =>
    span.concepts.map(({ concept, weight, form }) => ({ place, weight, form, concept: numbers.indexOf(concept) })),
  );

  /** Fills `said`; false when the passage says none of the concepts. */
  function read(entry: Entry): boolean {
    const { concepts: held, values } = saidBy(entry, collection);
    let any = false;
    for (let i = 0; i < held.length; i++) {
      const at = marks[held[i] as number] as number;
      if (at === 0) continue;
      if (!any) said.fill(0);
      any = true;
      said[at - 1] = values[i] as number;
    }
    return any;
  }

  return {
    other(entry) {
      if (!read(entry)) return 0;
      let other = 0;
      let best = 0;
      for (let m = 0; m < meanings.length; m++) {
        const { place, concept, weight, form } = meanings[m] as Meaning;
        if (m > 0 && meanings[m - 1]?.place !== place) {
          other += best;
          best = 0;
        }
        const value = weight * Math.min(said[concept] as number, most[concept] as number);
        if (value > best && !holdsForm(entry, form)) best = value;
      }
      return other + best;
    },
    share(entry) {
      const share: number[] = new Array(concepts.spans.length).fill(0);
      if (!read(entry)) return share;
      for (const { place, concept, weight, form } of meanings) {
        if ((said[concept] as number) === 0) continue;
        share[place] = Math.max(share[place] as number, holdsForm(entry, form) ? 1 : weight);
      }
      return share;
    },
  };
}

/** What one place of the question may mean. */
interface Meaning {
  place: number;
  /** Place in the list of the question's concepts. */
  concept: number;
  weight: number;
  /** The citizen's own form. */
  form: number;
}

function mark(numbers: number[], concepts: number): void {
  for (const concept of marked) marks[concept] = 0;
  if (marks.length < concepts) marks = new Uint16Array(concepts * 2);
  marked = numbers;
  for (const [i, concept] of numbers.entries()) marks[concept] = i + 1;
}

function holdsForm({ forms }: Entry, form: number): boolean {
  return isIn(forms.text, form) || isIn(forms.title, form) || isIn(forms.section, form);
}

/** Faster than `includes` on lists this short. */
function isIn(forms: Uint32Array, form: number): boolean {
  for (let i = 0; i < forms.length; i++) if (forms[i] === form) return true;
  return false;
}

/** What a passage says of each of its concepts, whatever is asked. */
interface SaidConcepts {
  revision: number;
  concepts: Uint16Array;
  /** Σ over its forms of rarity × BM25F frequency. */
  values: Float32Array;
}

const saidByEntry = new WeakMap<Entry, SaidConcepts>();

/** Kept until the collection changes. O(forms of the passage) the first time. */
function saidBy(entry: Entry, collection: Collection): SaidConcepts {
  const revision = collection.revision();
  const known = saidByEntry.get(entry);
  if (known?.revision === revision) return known;
  const rows = collection.entries.size;
  const { forms: frequency } = collection.formFrequencies();
  const average = collection.averageLengths();
  const counts = new Map<number, number>();
  for (const field of FIELD_NAMES) {
    const { weight, b } = FIELDS[field];
    const once = weight / (1 - b + (b * entry[field].length) / (average[field] || 1));
    for (const form of entry.forms[field]) counts.set(form, (counts.get(form) ?? 0) + once);
  }
  const sums = new Map<number, number>();
  for (const [form, count] of counts) {
    const listing = collection.lexicon.conceptsOf(form);
    const value = (listing.length ** -0.25 * idfOf(rows, frequency[form] ?? 0) * count * (K1 + 1)) / (K1 + count);
    for (const concept of listing) sums.set(concept, (sums.get(concept) ?? 0) + value);
  }
  const said = { revision, concepts: Uint16Array.from(sums.keys()), values: Float32Array.from(sums.values()) };
  saidByEntry.set(entry, said);
  return said;
}
