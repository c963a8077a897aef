/** BM25 weights of words (over three fields), of n-grams and of whole documents, computed once when postings are built. */
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { Entry } from '../collection.ts';
import type { EachWeight } from './postings.ts';

export const K1 = 1.2;
/** Headings carry much of the signal in procedure pages. */
export const FIELDS = { title: { weight: 3.5, b: 0.3 }, section: { weight: 2.5, b: 0.4 }, text: { weight: 0.8, b: 0.7 } };
const GRAM_B = 0.6;
/** An n-gram found in more than this share of passages tells nothing and costs most. */
const COMMON_GRAM = 0.2;
const DOCUMENT_B = 0.75;

/** Inverse document frequency, Qdrant's formula. */
export function idfOf(rows: number, df: number): number {
  return Math.log((rows - df + 0.5) / (df + 0.5) + 1);
}

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
  return {
    title: mean(entries, ({ forms }) => forms.title.length),
    section: mean(entries, ({ forms }) => forms.section.length),
    text: mean(entries, ({ forms }) => forms.text.length),
  };
}

/** `slots`: how many there are, for one array of sums by slot. `average`: of the whole collection, when `entries` are a part of it. */
export function weighWords(entries: Entry[], slots: number, average = averageWords(entries)): EachWeight {
  return (visit) => {
    const tf = new Float64Array(slots);
    const touched: number[] = [];
    for (let row = 0; row < entries.length; row++) {
      const entry = entries[row] as Entry;
      touched.length = 0;
      for (const field of ['title', 'section', 'text'] as const) {
        const slots = entry[field];
        const { weight, b } = FIELDS[field];
        const once = weight / (1 - b + (b * slots.length) / (average[field] || 1));
        for (const slot of slots) {
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

/** Like words, with concepts in their place: a passage says a concept by any of its forms. */
export function weighConcepts(entries: Entry[], lexicon: Lexicon, average = averageForms(entries)): EachWeight {
  return (visit) => {
    const tf = new Float64Array(lexicon.concepts.length);
    const touched: number[] = [];
    for (let row = 0; row < entries.length; row++) {
      const { forms } = entries[row] as Entry;
      touched.length = 0;
      for (const field of ['title', 'section', 'text'] as const) {
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
  for (const { grams } of entries) for (let i = 0; i < grams.length; i++) df[grams[i] as number] = (df[grams[i] as number] as number) + 1;
  return { average: mean(entries, (entry) => entry.gramTotal), df, most: Math.max(20, entries.length * COMMON_GRAM) };
}

export function weighGrams(entries: Entry[], slots: number, { average, df, most } = countGrams(entries, slots)): EachWeight {
  return (visit) => {
    for (let row = 0; row < entries.length; row++) {
      const entry = entries[row] as Entry;
      const norm = K1 * (1 - GRAM_B + (GRAM_B * entry.gramTotal) / (average || 1));
      for (let i = 0; i < entry.grams.length; i++) {
        const slot = entry.grams[i] as number;
        if ((df[slot] as number) > most) continue;
        const count = entry.gramCounts[i] as number;
        visit(slot, row, (count * (K1 + 1)) / (count + norm));
      }
    }
  };
}

/** `ofAll`: mean length over a whole collection, when `entries` are a part of it. Rows are documents here: a passage of a page that speaks of the question throughout is likelier to answer it. */
export function weighDocuments(entries: Entry[], documents: number, ofAll?: number): EachWeight {
  const tf: Map<number, number>[] = Array.from({ length: documents }, () => new Map());
  const lengths = new Float64Array(documents);
  for (const entry of entries) {
    const counts = tf[entry.document] as Map<number, number>;
    for (const field of ['section', 'text'] as const) for (const slot of entry[field]) counts.set(slot, (counts.get(slot) ?? 0) + 1);
    lengths[entry.document] = (lengths[entry.document] as number) + entry.section.length + entry.text.length;
  }
  const titled = new Set<number>();
  for (const entry of entries) {
    if (titled.has(entry.document)) continue;
    titled.add(entry.document);
    for (const slot of entry.title)
      (tf[entry.document] as Map<number, number>).set(slot, ((tf[entry.document] as Map<number, number>).get(slot) ?? 0) + 1);
  }
  const average = ofAll ?? lengths.reduce((sum, length) => sum + length, 0) / (titled.size || 1);
  return (visit) => {
    for (let document = 0; document < documents; document++) {
      const norm = K1 * (1 - DOCUMENT_B + (DOCUMENT_B * (lengths[document] as number)) / (average || 1));
      for (const [slot, count] of tf[document] as Map<number, number>) visit(slot, document, (count * (K1 + 1)) / (count + norm));
    }
  };
}

function mean(entries: Entry[], size: (entry: Entry) => number): number {
  let sum = 0;
  for (const entry of entries) sum += size(entry);
  return entries.length === 0 ? 0 : sum / entries.length;
}
