/**
 * Everyday words meet official words: how far a passage says what the question means, in other words.
 * The formula and its first weights: a hand-written lexicon measured on held-out questions (docs/decisions/0005-lexicon.md).
 */
import { FIELDS, idfOf, K1 } from '../../indexes/embedded/weights.ts';
import type { Collection, Entry } from '../../indexes/collection.ts';
import type { FormFrequencies } from '../../indexes/collection/form-frequencies.ts';
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

/** Which wanted form a form is: 0 = none, else its number + 1. Lent to one question at a time. */
let marks = new Uint16Array(1 << 14);
let marked: number[] = [];

/** A form that says one of the question's concepts. */
interface WantedForm {
  form: number;
  value: number;
  /** Places in the list of wanted concepts. */
  concepts: number[];
}

const FIELD_NAMES = ['title', 'section', 'text'] as const;

/** O(forms of the question's concepts). */
export function prepareExpansion(concepts: QueryConcepts, collection: Collection): Expansion {
  if (concepts.spans.length === 0) return { other: () => 0, share: () => [] };
  const rows = collection.entries.size;
  const frequencies = collection.formFrequencies();
  const numbers = concepts.weighted.map(({ slot }) => slot);
  const most = Float64Array.from(numbers, (concept) => WEIGHT.most * idfOf(rows, frequencies.concepts[concept] ?? 0));
  const wanted = wantedForms(numbers, collection);
  mark(wanted, collection.lexicon.forms());
  const values = Float64Array.from(wanted, ({ value }) => value);
  const counts = new Float64Array(wanted.length + 1);
  const touched = new Uint16Array(wanted.length);
  const said = new Float64Array(numbers.length);
  const average = collection.averageLengths();
  const meanings = concepts.spans.flatMap((span, place) => span.concepts.map((one) => ({ ...one, place })));
  const spanOf = Uint16Array.from(meanings, ({ place }) => place);
  const conceptOf = Uint16Array.from(meanings, ({ concept }) => numbers.indexOf(concept));
  const weightOf = Float64Array.from(meanings, ({ weight }) => weight);
  // The last count is never raised: a form that no passage holds is nobody's own.
  const ownOf = Uint16Array.from(meanings, ({ form }) => {
    const at = wanted.findIndex((one) => one.form === form);
    return at < 0 ? wanted.length : at;
  });

  /** Fills `counts` and `said`; gives how many forms were touched. */
  function read(entry: Entry): number {
    let held = 0;
    for (const field of FIELD_NAMES) {
      const forms = entry.forms[field];
      if (forms.length === 0) continue;
      const { weight, b } = FIELDS[field];
      const once = weight / (1 - b + (b * entry[field].length) / (average[field] || 1));
      for (let i = 0; i < forms.length; i++) {
        const at = marks[forms[i] as number] as number;
        if (at === 0) continue;
        if (counts[at - 1] === 0) touched[held++] = at - 1;
        counts[at - 1] = (counts[at - 1] as number) + once;
      }
    }
    if (held > 0) said.fill(0);
    for (let t = 0; t < held; t++) {
      const i = touched[t] as number;
      const count = counts[i] as number;
      const value = ((values[i] as number) * count * (K1 + 1)) / (K1 + count);
      for (const place of (wanted[i] as WantedForm).concepts) said[place] = (said[place] as number) + value;
    }
    return held;
  }

  function forget(held: number): void {
    for (let t = 0; t < held; t++) counts[touched[t] as number] = 0;
  }

  return {
    other(entry) {
      const held = read(entry);
      if (held === 0) return 0;
      let other = 0;
      let best = 0;
      for (let m = 0; m < spanOf.length; m++) {
        if (m > 0 && spanOf[m] !== spanOf[m - 1]) {
          other += best;
          best = 0;
        }
        const place = conceptOf[m] as number;
        if ((counts[ownOf[m] as number] as number) > 0) continue;
        const value = (weightOf[m] as number) * Math.min(said[place] as number, most[place] as number);
        if (value > best) best = value;
      }
      forget(held);
      return other + best;
    },
    share(entry) {
      const share: number[] = new Array(concepts.spans.length).fill(0);
      const held = read(entry);
      if (held === 0) return share;
      for (let m = 0; m < spanOf.length; m++) {
        if ((said[conceptOf[m] as number] as number) === 0) continue;
        const sure = (counts[ownOf[m] as number] as number) > 0 ? 1 : (weightOf[m] as number);
        const span = spanOf[m] as number;
        if (sure > (share[span] as number)) share[span] = sure;
      }
      forget(held);
      return share;
    },
  };
}

function mark(wanted: WantedForm[], forms: number): void {
  for (const form of marked) marks[form] = 0;
  if (marks.length < forms) marks = new Uint16Array(forms * 2);
  marked = wanted.map(({ form }) => form);
  for (const [i, form] of marked.entries()) marks[form] = i + 1;
}

/** Forms of the concepts that the collection holds at all. */
function wantedForms(numbers: number[], collection: Collection): WantedForm[] {
  const wanted = new Map<number, WantedForm>();
  for (const [place, number] of numbers.entries()) {
    for (const { form, value } of heldForms(number, collection)) {
      const known = wanted.get(form);
      if (known) known.concepts.push(place);
      else wanted.set(form, { form, value, concepts: [place] });
    }
  }
  return [...wanted.values()];
}

interface HeldForm {
  form: number;
  /** What one mention is worth. */
  value: number;
}

const heldByFrequencies = new WeakMap<FormFrequencies, Map<number, HeldForm[]>>();

/** Kept until the collection changes: questions repeat their concepts. */
function heldForms(concept: number, { lexicon, entries, formFrequencies }: Collection): HeldForm[] {
  const frequencies = formFrequencies();
  let byConcept = heldByFrequencies.get(frequencies);
  if (!byConcept) {
    byConcept = new Map();
    heldByFrequencies.set(frequencies, byConcept);
  }
  let held = byConcept.get(concept);
  if (!held) {
    held = [];
    for (const form of lexicon.concepts[concept]?.forms ?? []) {
      const df = frequencies.forms[form] ?? 0;
      if (df > 0) held.push({ form, value: lexicon.conceptsOf(form).length ** -0.25 * idfOf(entries.size, df) });
    }
    byConcept.set(concept, held);
  }
  return held;
}
