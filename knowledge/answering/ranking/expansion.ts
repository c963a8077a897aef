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
/** By thirty-two meanings of the question and passage: which of them it says, a bit each. */
let says = new Uint32Array(1 << 9);
/** By passage: the best concept of one place of the question that it says in other words. */
let best = new Float64Array(1 << 8);
const MOST_OWN = 32;

/** What some passages say of a question's concepts, by their place in the list that was given. Lent until the next question. */
export interface Said {
  passages: number;
  /** Places of the question. */
  count: number;
  meanings: Meaning[];
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
  const own = ownForms(spans);
  const total = table.entries.length;
  makeRoom(total, passages, spans);
  for (let i = 0; i < passages; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = i + 1;
  for (let k = 0; k < own.length; k++) noteHolders(own[k] as number, k, table);
  const { concepts: frequencies } = collection.formFrequencies();
  const meanings: Meaning[] = [];
  for (let place = 0; place < spans.length; place++) {
    for (const { concept, weight, form } of (spans[place] as QuerySpan).concepts) {
      const most = WEIGHT.most * idfOf(total, frequencies[concept] ?? 0);
      const meaning: Meaning = { number: meanings.length, place, concept, weight, most, own: own.indexOf(form) };
      noteSayers(meaning, passages, table);
      meanings.push(meaning);
    }
    for (let i = 0; i < passages; i++) {
      others[i] = (others[i] as number) + (best[i] as number);
      best[i] = 0;
    }
  }
  for (let i = 0; i < passages; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = 0;
  return { passages, count: spans.length, meanings };
}

/** Fractions, so that none of its copies must be made anew when the first share is written. */
const NOUGHTS: number[] = Array.from({ length: 32 }, () => 0.5).fill(0);

/** By place of the question: how far a passage says it, 0–1, in its own or other words. */
export function sharesIn({ passages, count, meanings }: Said, passage: number): number[] {
  const shares = count <= NOUGHTS.length ? NOUGHTS.slice(0, count) : new Array<number>(count).fill(0);
  const owned = owns[passage] as number;
  for (let number = 0; number < meanings.length; number++) {
    if (((says[(number >>> 5) * passages + passage] as number) & (1 << (number & 31))) === 0) continue;
    const { place, weight, own } = meanings[number] as Meaning;
    const value = own >= 0 && (owned & (1 << own)) !== 0 ? 1 : weight;
    if (value > (shares[place] as number)) shares[place] = value;
  }
  return shares;
}

function makeRoom(rows: number, passages: number, spans: QuerySpan[]): void {
  if (places.length < rows) places = new Uint16Array(rows * 2);
  if (best.length < passages) {
    owns = new Uint32Array(2 * passages);
    best = new Float64Array(2 * passages);
  }
  owns.fill(0, 0, passages);
  let meanings = 0;
  for (const { concepts } of spans) meanings += concepts.length;
  const room = passages * ((meanings + 31) >>> 5);
  if (says.length < room) says = new Uint32Array(2 * room);
  says.fill(0, 0, room);
}

function ownForms(spans: QuerySpan[]): number[] {
  const own: number[] = [];
  for (const { concepts } of spans) for (const { form } of concepts) if (own.length < MOST_OWN && !own.includes(form)) own.push(form);
  return own;
}

/** One thing that a place of the question may mean. */
interface Meaning {
  /** Among all of the question's. */
  number: number;
  place: number;
  concept: number;
  weight: number;
  /** The most that a passage can say of it. */
  most: number;
  /** Number of the citizen's own form; -1 = not looked for. */
  own: number;
}

/**
 * Postings are read in stretches: first those of passages looked at are gathered, then they are weighed. Whether one is looked at cannot be foreseen, nor whether
 * it holds the citizen's own form: a processor that guesses wrong loses more time than a product or an addition for nothing takes.
 */
const STRETCH = 256;
const gathered = new Uint8Array(STRETCH);

/** Writes which of the postings from `from` to `to` (at most STRETCH) are of passages looked at, counted from `from`. Returns how many. */
function gather(looked: Uint16Array, base: number, rows: Uint16Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    gathered[count] = i - from;
    // 1 for a place, 0 for none.
    count += -(looked[base + (rows[i] as number)] as number) >>> 31;
  }
  return count;
}

/** What is said in other words counts; by whether the citizen's own form is held. */
const UNLESS_OWN = Float64Array.of(1, 0);
const IN_ANY_CASE = Float64Array.of(1, 1);

/** Notes which passages say the concept, and raises the best of its place. */
function noteSayers({ number, concept, weight, most, own }: Meaning, passages: number, { parts }: SaidTable): void {
  const looked = places;
  const owned = owns;
  const bests = best;
  const said = says;
  const counts = own < 0 ? IN_ANY_CASE : UNLESS_OWN;
  const saidFrom = (number >>> 5) * passages;
  const bit = 1 << (number & 31);
  for (let p = 0; p < parts.length; p++) {
    const { from: first, sayers } = parts[p] as SaidPart;
    const { slots, starts, rows, weights } = sayers;
    const { codes, values } = weights;
    if (concept >= slots) continue;
    for (let block = 0; block + 1 < starts.length; block++) {
      const base = first + (block << BLOCK_BITS);
      const end = (starts[block + 1] as Uint32Array)[concept] as number;
      for (let from = (starts[block] as Uint32Array)[concept] as number; from < end; from += STRETCH) {
        const count = gather(looked, base, rows, from, Math.min(end, from + STRETCH));
        for (let n = 0; n < count; n++) {
          const i = from + (gathered[n] as number);
          const at = (looked[base + (rows[i] as number)] as number) - 1;
          said[saidFrom + at] = (said[saidFrom + at] as number) | bit;
          const amount = Math.min(values[codes ? (codes[i] as number) : i] as number, most);
          const value = weight * amount * (counts[((owned[at] as number) >>> own) & 1] as number);
          if (value > (bests[at] as number)) bests[at] = value;
        }
      }
    }
  }
}

/** Notes which passages hold the question's own form number `own`. */
function noteHolders(form: number, own: number, { parts }: SaidTable): void {
  const looked = places;
  const owned = owns;
  const bit = 1 << own;
  for (let p = 0; p < parts.length; p++) {
    const { from: first, holders } = parts[p] as SaidPart;
    const { slots, starts, rows } = holders;
    if (form >= slots) continue;
    for (let block = 0; block + 1 < starts.length; block++) {
      const base = first + (block << BLOCK_BITS);
      const end = (starts[block + 1] as Uint32Array)[form] as number;
      for (let from = (starts[block] as Uint32Array)[form] as number; from < end; from += STRETCH) {
        const count = gather(looked, base, rows, from, Math.min(end, from + STRETCH));
        for (let n = 0; n < count; n++) {
          const at = (looked[base + (rows[from + (gathered[n] as number)] as number)] as number) - 1;
          owned[at] = (owned[at] as number) | bit;
        }
      }
    }
  }
}
