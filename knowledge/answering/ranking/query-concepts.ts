/** What a question means, by the lexicon: the concepts that its words and forms may stand for. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import type { WordForms } from '../../lexicon/match.ts';

const WEIGHT = {
  /** Only the Snowball stem agrees with the form. */
  near: 0.6,
  /** A word of asking and acting, useful with any topic. */
  general: 0.6,
  /** The form came from a corrected spelling. */
  corrected: 0.5,
  /** The form begins or ends a compound. */
  compound: 0.6,
};

/** A concept that a place in the question may mean, and the form that says so most surely. */
export interface QueryConcept {
  concept: number;
  weight: number;
  form: number;
}

/** One place in the question, with the concepts it may mean. */
export interface QuerySpan {
  /** Words of the question, `from` to `to` (exclusive). */
  from: number;
  to: number;
  concepts: QueryConcept[];
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
    const { concepts } = spanOf(spans, from, to);
    const listing = lexicon.conceptsOf(form);
    const each = listing.length ** -0.5 * share;
    const rarity = rarityOf(form, collection);
    for (let i = 0; i < listing.length; i++) {
      const concept = listing[i] as number;
      const general = lexicon.concepts[concept]?.general ? WEIGHT.general : 1;
      const weight = each * general * rarity;
      let at = 0;
      while (at < concepts.length && (concepts[at] as QueryConcept).concept !== concept) at++;
      if (at === concepts.length || weight > (concepts[at] as QueryConcept).weight) concepts[at] = { concept, weight, form };
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
  return { spans, weighted: strongestIn(spans) };
}

function spanOf(spans: QuerySpan[], from: number, to: number): QuerySpan {
  for (let s = 0; s < spans.length; s++) {
    const span = spans[s] as QuerySpan;
    if (span.from === from && span.to === to) return span;
  }
  const span = { from, to, concepts: [] };
  spans.push(span);
  return span;
}

function strongestIn(spans: QuerySpan[]): WeightedSlot[] {
  const weighted: WeightedSlot[] = [];
  for (const { concepts } of spans)
    for (let c = 0; c < concepts.length; c++) {
      const { concept, weight } = concepts[c] as QueryConcept;
      let at = 0;
      while (at < weighted.length && (weighted[at] as WeightedSlot).slot !== concept) at++;
      if (at === weighted.length || weight > (weighted[at] as WeightedSlot).weight) weighted[at] = { slot: concept, weight };
    }
  return weighted;
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
