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
    note(match.from, match.to, match.form, (match.near ? WEIGHT.near : 1) * (corrected ? WEIGHT.corrected : 1));
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

export interface Expansion {
  /** Σ over places of the question of the best concept said in other words. */
  other: number;
  /** By span: how far the passage says it, 0–1, in its own or other words. */
  share: number[];
}

/** Which wanted form a form is: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint16Array(1 << 14);

/** A form that says one of the question's concepts. */
interface WantedForm {
  form: number;
  value: number;
  /** Places in the list of wanted concepts. */
  concepts: number[];
}

/** Reads the forms of some passages for one question. O(forms of those passages). */
export function expand(entries: Entry[], concepts: QueryConcepts, collection: Collection): Expansion[] {
  if (concepts.spans.length === 0) return entries.map(() => ({ other: 0, share: [] }));
  const rows = collection.entries.size;
  const frequencies = collection.formFrequencies();
  const numbers = concepts.weighted.map(({ slot }) => slot);
  const most = numbers.map((concept) => WEIGHT.most * idfOf(rows, frequencies.concepts[concept] ?? 0));
  const wanted = wantedForms(numbers, collection);
  const placeOf = new Map(wanted.map(({ form }, i) => [form, i]));
  const spans = concepts.spans.map((span) =>
    span.concepts.map(({ concept, weight, form }) => ({ place: numbers.indexOf(concept), weight, own: placeOf.get(form) })),
  );
  if (marks.length < collection.lexicon.forms()) marks = new Uint16Array(collection.lexicon.forms() * 2);
  for (const [i, { form }] of wanted.entries()) marks[form] = i + 1;
  const counts = new Float64Array(wanted.length);
  const said = new Float64Array(numbers.length);
  const average = collection.averageLengths();
  const read = entries.map((entry): Expansion => {
    counts.fill(0);
    said.fill(0);
    for (const field of FIELD_NAMES) {
      const { weight, b } = FIELDS[field];
      const once = weight / (1 - b + (b * entry[field].length) / (average[field] || 1));
      for (const form of entry.forms[field]) {
        const mark = marks[form] as number;
        if (mark !== 0) counts[mark - 1] = (counts[mark - 1] as number) + once;
      }
    }
    for (const [i, { value, concepts: places }] of wanted.entries()) {
      const count = counts[i] as number;
      if (count > 0) for (const place of places) said[place] = (said[place] as number) + (value * count * (K1 + 1)) / (K1 + count);
    }
    let other = 0;
    const share = spans.map((span) => {
      let best = 0;
      let held = 0;
      for (const { place, weight, own } of span) {
        const owned = own !== undefined && (counts[own] as number) > 0;
        const value = said[place] as number;
        if (value > 0) held = Math.max(held, owned ? 1 : weight);
        if (!owned) best = Math.max(best, weight * Math.min(value, most[place] as number));
      }
      other += best;
      return held;
    });
    return { other, share };
  });
  for (const { form } of wanted) marks[form] = 0;
  return read;
}

const FIELD_NAMES = ['title', 'section', 'text'] as const;

/** Forms of the concepts that the collection holds at all. */
function wantedForms(numbers: number[], { lexicon, entries, formFrequencies }: Collection): WantedForm[] {
  const rows = entries.size;
  const { forms: frequency } = formFrequencies();
  const wanted = new Map<number, WantedForm>();
  for (const [place, number] of numbers.entries()) {
    for (const form of lexicon.concepts[number]?.forms ?? []) {
      const df = frequency[form] ?? 0;
      if (df === 0) continue;
      const known = wanted.get(form) ?? { form, value: lexicon.conceptsOf(form).length ** -0.25 * idfOf(rows, df), concepts: [] };
      known.concepts.push(place);
      wanted.set(form, known);
    }
  }
  return [...wanted.values()];
}
