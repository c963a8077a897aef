/**
 * Everyday words meet official words: how far a passage says what the question means, in other words.
 * The formula and its first weights: a hand-written lexicon measured on held-out questions (docs/decisions/0005-lexicon.md).
 */
import type { Collection } from '../../indexes/collection.ts';
import { BLOCK_BITS } from '../../indexes/embedded/postings.ts';
import type { QueryConcept, QueryConcepts, QuerySpan } from './query-concepts.ts';
import { mostOf, type SaidPlace, saidPlace } from './said-place.ts';
import type { SaidPart, SaidTable } from './said-table.ts';

/** By row: its place among the passages looked at, from 1 on; 0 = it is none of them. Lent to one question at a time, and so are the others. */
let places = new Uint16Array(1 << 10);
/** By passage: which of the question's own forms it holds, a bit each. */
let owns = new Uint32Array(1 << 8);
/** By thirty-two meanings of the question and passage: which of them it says, a bit each. */
let says = new Uint32Array(1 << 9);
/** By passage: the best concept of one place of the question that it says in other words. */
let best = new Float64Array(1 << 8);
const MOST_OWN = 32;
/** By place of the question: what is kept of it, and by passage its codes, which stand one place after the other. */
let keptPlaces: (SaidPlace | null)[] = [];
let codes = new Uint8Array(1 << 10);

/** By meaning: its place in the question, how surely that place means it, and the number of the citizen's own form; -1 = not looked for. */
let placeOf = new Int32Array(1 << 6);
let sureness = new Float64Array(1 << 6);
let ownOf = new Int32Array(1 << 6);
/** The question's own forms, by number. */
const ownForms = new Int32Array(MOST_OWN);

/** What some passages say of a question's concepts, by their place in the list that was given. Lent until the next question. */
export interface Said {
  passages: number;
  /** Places of the question, and what those of which nothing is kept may mean all together. */
  count: number;
  meanings: number;
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
  const total = table.entries.length;
  keptPlaces = [];
  for (let s = 0; s < spans.length; s++) keptPlaces.push(saidPlace(spans[s] as QuerySpan, table, collection));
  const meanings = makeRoom(total, passages, spans);
  for (let i = 0; i < passages; i++) if ((rows[i] as number) >= 0) places[rows[i] as number] = i + 1;
  const own = numberMeanings(spans);
  for (let k = 0; k < own; k++) noteHolders(ownForms[k] as number, k, table);
  const { concepts: frequencies } = collection.formFrequencies();
  let meaning = 0;
  for (let place = 0; place < spans.length; place++) {
    const known = keptPlaces[place] as SaidPlace | null;
    if (known !== null) {
      addPlace(known, place * passages, others);
      continue;
    }
    const { concepts } = spans[place] as QuerySpan;
    for (let c = 0; c < concepts.length; c++) {
      const { slot: concept } = concepts[c] as QueryConcept;
      noteSayers(meaning++, concept, mostOf(concept, table, frequencies), passages, table);
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
  for (let place = 0; place < count; place++) {
    const known = keptPlaces[place] as SaidPlace | null;
    if (known !== null) shares[place] = known.shares[codes[place * passages + passage] as number] as number;
  }
  const owned = owns[passage] as number;
  for (let meaning = 0; meaning < meanings; meaning++) {
    if (((says[(meaning >>> 5) * passages + passage] as number) & (1 << (meaning & 31))) === 0) continue;
    const place = placeOf[meaning] as number;
    const own = ownOf[meaning] as number;
    const value = own >= 0 && (owned & (1 << own)) !== 0 ? 1 : (sureness[meaning] as number);
    if (value > (shares[place] as number)) shares[place] = value;
  }
  return shares;
}

/** Returns how many meanings there are. */
function makeRoom(rows: number, passages: number, spans: QuerySpan[]): number {
  if (places.length < rows) places = new Uint16Array(rows * 2);
  if (best.length < passages) {
    owns = new Uint32Array(2 * passages);
    best = new Float64Array(2 * passages);
  }
  owns.fill(0, 0, passages);
  if (codes.length < passages * spans.length) codes = new Uint8Array(2 * passages * spans.length);
  codes.fill(0, 0, passages * spans.length);
  let meanings = 0;
  for (let s = 0; s < spans.length; s++) if (keptPlaces[s] === null) meanings += (spans[s] as QuerySpan).concepts.length;
  if (placeOf.length < meanings) {
    placeOf = new Int32Array(2 * meanings);
    sureness = new Float64Array(2 * meanings);
    ownOf = new Int32Array(2 * meanings);
  }
  const room = passages * ((meanings + 31) >>> 5);
  if (says.length < room) says = new Uint32Array(2 * room);
  says.fill(0, 0, room);
  return meanings;
}

/** Writes what is known of each meaning, and the question's own forms. Returns how many of these there are. */
function numberMeanings(spans: QuerySpan[]): number {
  let [meaning, own] = [0, 0];
  for (let place = 0; place < spans.length; place++) {
    if (keptPlaces[place] !== null) continue;
    const { concepts } = spans[place] as QuerySpan;
    for (let c = 0; c < concepts.length; c++, meaning++) {
      const { weight, form } = concepts[c] as QueryConcept;
      let k = 0;
      while (k < own && ownForms[k] !== form) k++;
      if (k === own && own < MOST_OWN) ownForms[own++] = form;
      placeOf[meaning] = place;
      sureness[meaning] = weight;
      ownOf[meaning] = k < own ? k : -1;
    }
  }
  return own;
}

/**
 * Postings are read in stretches: first those of passages looked at are gathered, then they are weighed. Whether one is looked at cannot be foreseen, nor whether
 * it holds the citizen's own form: a processor that guesses wrong loses more time than a product or an addition for nothing takes.
 */
const STRETCH = 256;
const gathered = new Uint8Array(STRETCH);
const gatheredPlaces = new Uint16Array(STRETCH);

/** Writes which of the postings from `from` to `to` (at most STRETCH) are of passages looked at, counted from `from`, and the places of these. Returns how many. */
function gather(looked: Uint16Array, base: number, rows: Uint16Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const place = looked[base + (rows[i] as number)] as number;
    gathered[count] = i - from;
    gatheredPlaces[count] = place;
    // 1 for a place, 0 for none.
    count += -place >>> 31;
  }
  return count;
}

/** Adds what is kept of a place. `from`: where its codes begin. */
function addPlace({ rows, others: amounts, codes: own }: SaidPlace, from: number, others: Float64Array): void {
  const looked = places;
  const written = codes;
  for (let first = 0; first < rows.length; first += STRETCH) {
    const count = gather(looked, 0, rows, first, Math.min(rows.length, first + STRETCH));
    for (let n = 0; n < count; n++) {
      const i = first + (gathered[n] as number);
      const at = (gatheredPlaces[n] as number) - 1;
      others[at] = (others[at] as number) + (amounts[i] as number);
      written[from + at] = own[i] as number;
    }
  }
}

/** What is said in other words counts; by whether the citizen's own form is held. */
const UNLESS_OWN = Float64Array.of(1, 0);
const IN_ANY_CASE = Float64Array.of(1, 1);

/** Notes which passages say the concept, and raises the best of its place. `most`: the most that a passage can say of it. */
function noteSayers(meaning: number, concept: number, most: number, passages: number, { parts }: SaidTable): void {
  const weight = sureness[meaning] as number;
  const own = ownOf[meaning] as number;
  const looked = places;
  const owned = owns;
  const bests = best;
  const said = says;
  const counts = own < 0 ? IN_ANY_CASE : UNLESS_OWN;
  const saidFrom = (meaning >>> 5) * passages;
  const bit = 1 << (meaning & 31);
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
          const at = (gatheredPlaces[n] as number) - 1;
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
          const at = (gatheredPlaces[n] as number) - 1;
          owned[at] = (owned[at] as number) | bit;
        }
      }
    }
  }
}
