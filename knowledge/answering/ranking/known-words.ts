/** What a word is to a question, whatever question holds it. Read once: questions repeat their words, and each of them would be looked up in a dozen places. */
import { gramsOf, stemOf } from '../../indexes/analyzer.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import { type Reading, readingOf } from '../../languages/reading/read.ts';
import { foldAccents } from '../../languages/reading/stem.ts';
import { isNumber, type WordForms } from '../../lexicon/match.ts';
import { conceptsOfWord, type QueryConcept } from './query-concepts.ts';
import { createStrongest } from './slot-sums.ts';
import { correct } from './spelling.ts';

/** A question word of the last turn ("come", "quando"). */
export const TERMS = { light: 0.8, faint: 0.6, foreign: 0.7 };

/** The word, or one that was probably meant. */
export interface WordForm {
  text: string;
  share: number;
  slots: number[];
}

export interface KnownWord {
  text: string;
  light: boolean;
  /** Says nothing by itself; nothing more is known of it then. */
  stop: boolean;
  emphasis: number;
  forms: WordForm[];
  /** Slot of its stem in the question's own language, below 0 when no passage holds it. */
  slot: number;
  /** Its own forms, or those of the words that are spelt nearly alike; null = not looked for. */
  spelt: WordForm[] | null;
  /** Slots of these forms, each once, and of their n-grams with their weights. */
  slots: number[];
  grams: readonly WeightedSlot[];
  /** As the lexicon reads it, or what it was corrected to; null = not looked for. */
  looked: WordForms | null;
  /** What it means by itself, null = nothing; undefined = not looked for. */
  meant: readonly QueryConcept[] | null | undefined;
}

export interface KnownWords {
  of(word: string): KnownWord;
  /** Slot of the word's stem in the question's own language: NO_SLOT when no passage holds it, STOP_WORD when it says nothing by itself. */
  slotOf(word: string): number;
  /** The word's own forms, or, where no passage and no concept holds it, those of the words that are spelt nearly alike: then it is corrected. */
  spelt(word: KnownWord): WordForm[];
  look(word: KnownWord): WordForms;
  /** After `look`. */
  meant(word: KnownWord): readonly QueryConcept[] | null;
}

export const NO_SLOT = -1;
export const STOP_WORD = -2;

const NO_SLOTS: number[] = [];
const NO_GRAMS: readonly WeightedSlot[] = [];
/** Lent to one word at a time. */
const gramsOfWord = createStrongest<WeightedSlot>();

/** At most 1.7 kB each, with what they mean and their n-grams. */
const WORDS_KEPT = 4_000;
const keptBy = new WeakMap<Collection, { revision: number; byLang: Map<string, KnownWords> }>();

/** Words read in a language, and in those of the collection. Forgotten when the collection changes. */
export function knownWords(lang: string, collection: Collection): KnownWords {
  const revision = collection.revision();
  let kept = keptBy.get(collection);
  if (kept?.revision !== revision) {
    kept = { revision, byLang: new Map() };
    keptBy.set(collection, kept);
  }
  let words = kept.byLang.get(lang);
  if (!words) {
    words = createKnownWords(lang, collection);
    kept.byLang.set(lang, words);
  }
  return words;
}

function createKnownWords(lang: string, collection: Collection): KnownWords {
  const words = new Map<string, KnownWord>();
  const own = readingOf(lang);
  /** The question's own language first, then those the collection is written in. */
  const readings = [...new Set([lang, ...collection.languages().slice(0, 3)])].map(readingOf);
  const formOf = (text: string, share: number): WordForm => ({ text, share, slots: slotsOf(text, readings, collection) });

  function read(text: string): KnownWord {
    const light = own.lightWords.has(text);
    const stop = own.stopWords.has(text) && !light;
    const emphasis = light ? TERMS.light : own.faintWords.has(text) ? TERMS.faint : 1;
    const forms = stop ? [] : [formOf(text, 1)];
    const found = { spelt: null, slots: NO_SLOTS, grams: NO_GRAMS, looked: null, meant: undefined };
    return { text, light, stop, emphasis, forms, slot: ownSlotOf(text), ...found };
  }

  function ownSlotOf(text: string): number {
    const stem = stemOf(text, own);
    return stem === null ? STOP_WORD : (collection.slotOf(stem) ?? NO_SLOT);
  }

  function of(text: string): KnownWord {
    let known = words.get(text);
    if (known === undefined) {
      known = read(text);
      // Too many to keep: they would drive out the words.
      if (isNumber(text)) return known;
      if (words.size >= WORDS_KEPT) words.clear();
      words.set(text, known);
    }
    return known;
  }

  function spell({ text, light, stop, forms }: KnownWord): WordForm[] {
    // A number is no misspelling of another.
    const held = stop || light || isNumber(text) || (forms[0] as WordForm).slots.length > 0 || collection.lexicon.knows(text, own.code);
    const nearest = held ? [] : correct(foldAccents(text), collection);
    return nearest.length === 0 ? forms : nearest.map(({ word, share }) => formOf(word, share));
  }

  function spelt(word: KnownWord): WordForm[] {
    if (word.spelt === null) {
      const forms = spell(word);
      word.spelt = forms;
      word.slots = forms.length === 1 ? (forms[0] as WordForm).slots : [...new Set(forms.flatMap(({ slots }) => slots))];
      if (!word.light) word.grams = gramsIn(forms, word.emphasis);
    }
    return word.spelt;
  }

  function gramsIn(forms: WordForm[], emphasis: number): WeightedSlot[] {
    for (const { text, share } of forms)
      gramsOfWord.add(
        gramsOf(text).flatMap((code) => {
          const slot = collection.gramSlotOf(code);
          return slot === undefined ? [] : { slot, weight: share * emphasis };
        }),
      );
    return gramsOfWord.take();
  }

  return {
    of,
    slotOf: (text) => (isNumber(text) ? ownSlotOf(text) : of(text).slot),
    spelt,
    look(word) {
      if (word.looked === null) {
        const forms = spelt(word);
        word.looked = collection.lexicon.look(forms !== word.forms ? (forms[0] as WordForm).text : word.text, lang);
      }
      return word.looked;
    },
    meant(word) {
      if (word.meant === undefined) word.meant = conceptsOfWord(word.looked as WordForms, spelt(word) !== word.forms, collection);
      return word.meant;
    },
  };
}

function slotsOf(word: string, readings: Reading[], collection: Collection): number[] {
  const slots: number[] = [];
  for (const reading of readings) {
    const stem = stemOf(word, reading);
    const slot = stem === null ? undefined : collection.slotOf(stem);
    if (slot !== undefined && !slots.includes(slot)) slots.push(slot);
  }
  return slots;
}
