/** BM25 weights of words (over three fields), of n-grams and of whole documents, computed once when postings are built. */
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { Entry } from '../collection.ts';
import type { EachWeight } from './postings.ts';

export const K1 = 1.2;
/** Headings carry much of the signal in procedure pages. */
export const FIELDS = { title: { weight: 3.5, b: 0.3 }, section: { weight: 2.5, b: 0.4 }, text: { weight: 0.8, b: 0.7 } };
const FIELD_NAMES = ['title', 'section', 'text'] as const;
const GRAM_B = 0.6;
/** An n-gram found in more than this share of passages tells nothing and costs most. */
const COMMON_GRAM = 0.2;

/** Frequencies below this have their idf kept. */
const IDF_KEPT = 4_096;
/** By frequency; 0 = not yet computed. Of the numbers of rows that were asked about last: passages and documents of one collection. */
let [idfs, otherIdfs] = [noIdfs(-1), noIdfs(-1)];

function noIdfs(rows: number): { rows: number; values: Float64Array } {
  return { rows, values: new Float64Array(Math.max(0, Math.min(rows + 1, IDF_KEPT))) };
}

/** Inverse document frequency, Qdrant's formula. Kept, since a question asks for a hundred and a logarithm takes longer than all else about a list but its postings. */
export function idfOf(rows: number, df: number): number {
  if (rows !== idfs.rows) {
    [idfs, otherIdfs] = [otherIdfs, idfs];
    if (rows !== idfs.rows) idfs = noIdfs(rows);
  }
  const { values } = idfs;
  if (!(df < values.length)) return logIdf(rows, df);
  const known = values[df] ?? 0;
  if (known !== 0) return known;
  const idf = logIdf(rows, df);
  values[df] = idf;
  return idf;
}

const logIdf = (rows: number, df: number): number => Math.log((rows - df + 0.5) / (df + 0.5) + 1);

/** Mean length of each field over a whole collection. */
export type FieldAverages = Record<keyof typeof FIELDS, number>;

export function averageWords(entries: Entry[]): FieldAverages {
  return {
    title: mean(entries, (entry) => entry.title.length),
    section: mean(entries, (entry) => entry.section.length),
    text: mean(entries, (entry) => entry.text.length),
  };
}

export function averageForms(entries: Entry[]): FieldAverages {
  const sums = { title: 0, section: 0, text: 0 };
  for (const { forms } of entries) for (const field of FIELD_NAMES) sums[field] += forms[field].length;
  const each = Math.max(1, entries.length);
  return { title: sums.title / each, section: sums.section / each, text: sums.text / each };
}

/** `slots`: how many there are, for one array of sums by slot. `average`: of the whole collection, when `entries` are a part of it. */
export function weighWords(entries: Entry[], slots: number, average = averageWords(entries)): EachWeight {
  return (visit) => {
    const tf = new Float64Array(slots);
    const touched: number[] = [];
    for (let row = 0; row < entries.length; row++) {
      const entry = entries[row] as Entry;
      touched.length = 0;
      for (const field of FIELD_NAMES) {
        const slots = entry[field];
        const { weight, b } = FIELDS[field];
        const once = weight / (1 - b + (b * slots.length) / (average[field] || 1));
        for (let i = 0; i < slots.length; i++) {
          const slot = slots[i] as number;
          if (tf[slot] === 0) touched.push(slot);
          tf[slot] = (tf[slot] as number) + once;
        }
      }
      for (const slot of touched) {
        const frequency = tf[slot] as number;
        visit(slot, row, (frequency * (K1 + 1)) / (K1 + frequency));
        tf[slot] = 0;
      }
    }
  };
}

/** In how many entries each word stands. */
export function countWords(entries: Entry[], slots: number): Uint32Array {
  const df = new Uint32Array(slots);
  /** The last entry that counted, so that each counts once. */
  const seen = new Uint32Array(slots);
  for (let row = 0; row < entries.length; row++) {
    const entry = entries[row] as Entry;
    for (const field of FIELD_NAMES) {
      const words = entry[field];
      for (let i = 0; i < words.length; i++) {
        const slot = words[i] as number;
        if (seen[slot] === row + 1) continue;
        seen[slot] = row + 1;
        df[slot] = (df[slot] as number) + 1;
      }
    }
  }
  return df;
}

/** Like words, with concepts in their place: a passage says a concept by any of its forms. */
export function weighConcepts(entries: Entry[], lexicon: Lexicon, average = averageForms(entries)): EachWeight {
  return (visit) => {
    const tf = new Float64Array(lexicon.concepts.length);
    const touched: number[] = [];
    for (let row = 0; row < entries.length; row++) {
      const { forms } = entries[row] as Entry;
      touched.length = 0;
      for (const field of FIELD_NAMES) {
        const { weight, b } = FIELDS[field];
        const once = weight / (1 - b + (b * forms[field].length) / (average[field] || 1));
        for (const form of forms[field]) {
          for (const concept of lexicon.conceptsOf(form)) {
            if (tf[concept] === 0) touched.push(concept);
            tf[concept] = (tf[concept] as number) + once;
          }
        }
      }
      for (const concept of touched) {
        const frequency = tf[concept] as number;
        visit(concept, row, (frequency * (K1 + 1)) / (K1 + frequency));
        tf[concept] = 0;
      }
    }
  };
}

/** Mean n-grams of a passage, and which n-grams are too common to tell anything. */
export interface GramStatistics {
  average: number;
  df: Uint32Array;
  most: number;
}

/** O(n-grams of all entries). */
export function countGrams(entries: Entry[], slots: number): GramStatistics {
  const df = new Uint32Array(slots);
  let all = 0;
  for (const entry of entries) {
    const { slots: held, total } = entry.grams();
    all += total;
    for (let i = 0; i < held.length; i++) {
      const slot = held[i] as number;
      df[slot] = (df[slot] as number) + 1;
    }
  }
  return { average: entries.length === 0 ? 0 : all / entries.length, df, most: Math.max(20, entries.length * COMMON_GRAM) };
}

/** Entries by n-gram, none for those that are too common to tell anything. */
export function tellingGrams({ df, most }: GramStatistics): Uint32Array {
  return df.map((count) => (count > most ? 0 : count));
}

export function weighGrams(entries: Entry[], { average, df, most }: GramStatistics): EachWeight {
  return (visit) => {
    for (let row = 0; row < entries.length; row++) {
      const { slots, counts, total } = (entries[row] as Entry).grams();
      const norm = K1 * (1 - GRAM_B + (GRAM_B * total) / (average || 1));
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] as number;
        if ((df[slot] as number) > most) continue;
        const count = counts[i] as number;
        visit(slot, row, (count * (K1 + 1)) / (count + norm));
      }
    }
  };
}

function mean(entries: Entry[], size: (entry: Entry) => number): number {
  let sum = 0;
  for (const entry of entries) sum += size(entry);
  return entries.length === 0 ? 0 : sum / entries.length;
}
