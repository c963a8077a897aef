/** Weights of whole documents: a passage of a page that speaks of the question throughout is likelier to answer it. Rows are documents here. */
import type { Entry } from '../collection.ts';
import type { EachWeight } from './postings.ts';
import { K1 } from './weights.ts';

const DOCUMENT_B = 0.75;

/** A passage as its document counts it. */
export type PassageWords = Pick<Entry, 'document' | 'title' | 'section' | 'text'>;

export interface DocumentWeights {
  weigh: EachWeight;
  /** In how many documents each word stands. */
  df: Uint32Array;
  /** Mean length of a document. */
  average: number;
}

/** BM25 over sections and texts of all of a document's passages, its title counted once. `ofAll`: mean length over a whole collection, when `entries` are a part of it. O(words). */
export function readDocuments(entries: PassageWords[], documents: number, slots: number, ofAll?: number): DocumentWeights {
  const byDocument: PassageWords[][] = Array.from({ length: documents }, () => []);
  const lengths = new Float64Array(documents);
  for (const entry of entries) {
    (byDocument[entry.document] as PassageWords[]).push(entry);
    lengths[entry.document] = (lengths[entry.document] as number) + entry.section.length + entry.text.length;
  }
  const titled = byDocument.reduce((sum, its) => sum + (its.length > 0 ? 1 : 0), 0);
  const average = ofAll ?? lengths.reduce((sum, length) => sum + length, 0) / (titled || 1);
  const counts = new Uint32Array(slots);

  /** Calls back with each word of a document and how often it says it. */
  function eachWord(visit: (slot: number, document: number, count: number) => void): void {
    const touched: number[] = [];
    const count = (words: Uint32Array) => {
      for (let i = 0; i < words.length; i++) {
        const slot = words[i] as number;
        if (counts[slot] === 0) touched.push(slot);
        counts[slot] = (counts[slot] as number) + 1;
      }
    };
    for (let document = 0; document < documents; document++) {
      const its = byDocument[document] as PassageWords[];
      for (const { section, text } of its) {
        count(section);
        count(text);
      }
      if (its[0]) count(its[0].title);
      for (const slot of touched) {
        visit(slot, document, counts[slot] as number);
        counts[slot] = 0;
      }
      touched.length = 0;
    }
  }

  const df = new Uint32Array(slots);
  eachWord((slot) => {
    df[slot] = (df[slot] as number) + 1;
  });
  const norms = lengths.map((length) => K1 * (1 - DOCUMENT_B + (DOCUMENT_B * length) / (average || 1)));
  return {
    df,
    average,
    weigh: (visit) =>
      eachWord((slot, document, count) => visit(slot, document, (count * (K1 + 1)) / (count + (norms[document] as number)))),
  };
}
