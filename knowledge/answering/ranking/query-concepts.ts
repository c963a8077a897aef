/** What a question means, by the lexicon: the concepts that its words and forms may stand for. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import type { WordForms } from '../../lexicon/match.ts';
import { createStrongest } from './slot-sums.ts';

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

/** A concept that a place in the question may mean, and the form that says so most surely. Questions share those of their words. */
export interface QueryConcept extends WeightedSlot {
  readonly slot: number;
  readonly weight: number;
  readonly form: number;
}

/** One place in the question, with the concepts it may mean. */
export interface QuerySpan {
  /** Words of the question, `from` to `to` (exclusive). */
  from: number;
  to: number;
  concepts: readonly QueryConcept[];
  /** It is a word, and its concepts are the same list in whatever question it comes. */
  shared: boolean;
}

export interface QueryConcepts {
  spans: QuerySpan[];
  /** The strongest weight of each concept, for the index. */
  weighted: WeightedSlot[];
}

export interface ConceptsInput {
  /** Words of the question as the lexicon reads them, corrected where they were. */
  words: WordForms[];
  /** What each of them means by itself (conceptsOfWord). */
  alone: (readonly QueryConcept[] | null)[];
  /** The same as texts; empty in a language without compounds. */
  texts: string[];
  /** By place, whether a word was corrected; null = none was. */
  slips: readonly boolean[] | null;
  lang: string;
}

/** Concepts that a question means. O(words). */
export function conceptsOf({ words, alone, texts, slips, lang }: ConceptsInput, collection: Collection): QueryConcepts {
  const { lexicon } = collection;
  const longer = lexicon.matchLonger(words);
  const spans: QuerySpan[] = [];
  for (const { from, to, form, near, loose } of longer) {
    const slip = slips?.slice(from, to).includes(true) ? WEIGHT.corrected : 1;
    const share = (near || loose ? WEIGHT.near : 1) * slip;
    note(conceptsAt(spans, from, to), form, share, collection);
  }
  for (let at = 0; at < words.length; at++) {
    const concepts = alone[at] as readonly QueryConcept[] | null;
    // A longer match hides what stands inside it.
    if (concepts !== null && !(longer.length > 0 && isCovered(at, longer))) spans.push({ from: at, to: at + 1, concepts, shared: true });
  }
  for (let at = 0; at < texts.length; at++) {
    if (isCovered(at, spans)) continue;
    for (const form of lexicon.inCompound(texts[at] as string, lang))
      note(conceptsAt(spans, at, at + 1), form, WEIGHT.compound, collection);
  }
  return { spans, weighted: strongestIn(spans) };
}

/** What a word means by itself; null when it is no form. O(its forms). */
export function conceptsOfWord({ written, alone }: WordForms, corrected: boolean, collection: Collection): readonly QueryConcept[] | null {
  let concepts: QueryConcept[] | null = null;
  const slip = corrected ? WEIGHT.corrected : 1;
  for (const { id, words } of written ?? []) {
    if (words.length > 1) continue;
    concepts ??= [];
    note(concepts, id, slip, collection);
  }
  for (const { form, near, loose } of alone ?? []) {
    concepts ??= [];
    note(concepts, form, (near || loose ? WEIGHT.near : 1) * slip, collection);
  }
  return concepts;
}

function note(concepts: QueryConcept[], form: number, share: number, collection: Collection): void {
  const { lexicon } = collection;
  const listing = lexicon.conceptsOf(form);
  const each = listing.length ** -0.5 * share;
  const rarity = rarityOf(form, collection);
  for (let i = 0; i < listing.length; i++) {
    const concept = listing[i] as number;
    const general = lexicon.concepts[concept]?.general ? WEIGHT.general : 1;
    const weight = each * general * rarity;
    let at = 0;
    while (at < concepts.length && (concepts[at] as QueryConcept).slot !== concept) at++;
    if (at === concepts.length || weight > (concepts[at] as QueryConcept).weight) concepts[at] = { slot: concept, weight, form };
  }
}

function isCovered(at: number, spans: readonly Pick<QuerySpan, 'from' | 'to'>[]): boolean {
  for (let s = 0; s < spans.length; s++) {
    const { from, to } = spans[s] as QuerySpan;
    if (from <= at && at < to) return true;
  }
  return false;
}

/** The concepts of a place, to be added to. */
function conceptsAt(spans: QuerySpan[], from: number, to: number): QueryConcept[] {
  // Only what words mean by themselves is shared, and that stands at no place of these.
  for (const span of spans) if (span.from === from && span.to === to) return span.concepts as QueryConcept[];
  const concepts: QueryConcept[] = [];
  spans.push({ from, to, concepts, shared: false });
  return concepts;
}

/** Lent to one question at a time. */
const strongest = createStrongest<QueryConcept>();

function strongestIn(spans: QuerySpan[]): WeightedSlot[] {
  for (let s = 0; s < spans.length; s++) strongest.add((spans[s] as QuerySpan).concepts);
  return strongest.take();
}

/** A form that the collection says often says little. One it never says counts in full. */
function rarityOf(form: number, collection: Collection): number {
  const df = collection.formFrequencies().forms[form] ?? 0;
  if (df === 0) return 1;
  const rows = collection.entries.size;
  return Math.min(1, idfOf(rows, df) / (0.7 * Math.log(Math.max(2, rows)))) ** 0.7;
}
