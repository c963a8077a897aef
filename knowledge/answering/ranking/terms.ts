/** A question as weighted terms: the last turn's words, earlier turns with decaying weights, a scenario, spelling corrected. */
import { gramsOf, stemOf, wordsOf } from '../../indexes/analyzer.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import { type Reading, readingOf } from '../../languages/reading/read.ts';
import { foldAccents } from '../../languages/reading/stem.ts';
import type { PastTurn } from '../question.ts';
import { conceptsOf, type QueryConcepts } from './expansion.ts';
import { correct } from './spelling.ts';

/** Weight of a turn n turns ago: DECAY^n times the side's own weight. */
const HISTORY = { decay: 0.7, citizen: 0.7, other: 0.35, scenario: 1.4 };
/** A question word of the last turn ("come", "quando"). */
export const TERMS = { light: 0.8, faint: 0.6, foreign: 0.7 };

/** One content word of the last turn, with the slots it may stand for. */
export interface QueryWord {
  /** Place among the words of its text. */
  at: number;
  text: string;
  /** Slots in the collection; empty = no passage holds it. */
  slots: number[];
  corrected: boolean;
  /** Share of its rarity that counts: everyday words count less. */
  emphasis: number;
}

export interface QueryTerms {
  /** Content words of the last turn, in order. */
  words: QueryWord[];
  /** All terms, history included. */
  weighted: WeightedSlot[];
  /** Terms of the last turn alone. */
  lastTurn: WeightedSlot[];
  grams: WeightedSlot[];
  /** What the last turn means, by the lexicon. */
  concepts: QueryConcepts;
  /** What the citizen said of their situation; empty without a scenario. */
  scenario: WeightedSlot[];
  /** True when earlier turns or a scenario added terms. */
  conversation: boolean;
}

export interface TermsInput {
  text: string;
  lang: string;
  history: PastTurn[];
  scenario?: string;
}

/** Cost grows with the words of the question and its history; spelling only with unknown words. */
export function termsOf(input: TermsInput, collection: Collection): QueryTerms {
  const readings = readingsFor(input.lang, collection);
  const words = readWords(input.text, readings, collection);
  const last = new Map<number, number>();
  const grams = new Map<number, number>();
  for (const word of words) {
    addWord(last, word, word.emphasis);
    if (word.light) continue;
    for (const piece of word.forms) {
      for (const code of gramsOf(piece.text)) {
        const slot = collection.gramSlotOf(code);
        if (slot !== undefined) grams.set(slot, Math.max(grams.get(slot) ?? 0, piece.share * word.emphasis));
      }
    }
  }
  const all = new Map(last);
  let turnsAgo = 0;
  for (const turn of [...input.history].reverse()) {
    if (turn.role === 'citizen') turnsAgo++;
    const weight = HISTORY.decay ** Math.max(0, turnsAgo - 1) * (turn.role === 'citizen' ? HISTORY.citizen : HISTORY.other);
    for (const word of readWords(turn.text, readings, collection, false)) addWord(all, word, weight * word.emphasis);
  }
  const scenario = new Map<number, number>();
  for (const word of readWords(input.scenario ?? '', readings, collection, false)) {
    addWord(scenario, word, word.emphasis);
    addWord(all, word, HISTORY.scenario * word.emphasis);
  }
  return {
    words: toWords(words),
    weighted: toList(all),
    lastTurn: toList(last),
    grams: toList(grams),
    concepts: conceptsIn(input, words, collection),
    scenario: toList(scenario),
    conversation: input.history.length > 0 || Boolean(input.scenario),
  };
}

function toWords(words: ReadWord[]): QueryWord[] {
  return words
    .filter((word) => !word.light)
    .map(({ at, text, forms, corrected, emphasis }) => ({
      at,
      text,
      corrected,
      emphasis,
      slots: [...new Set(forms.flatMap((form) => form.slots))],
    }));
}

/** The question seen from other sides: everything said with equal weight, and single turns alone. */
export interface QueryVariants {
  flat: WeightedSlot[];
  answer: WeightedSlot[];
  question: WeightedSlot[];
  first: WeightedSlot[];
  scenario: WeightedSlot[];
  /** Every answer so far, oldest first. */
  answers: WeightedSlot[][];
  /** Content words in the order they were said, each as the first slot it may stand for. */
  spoken: { last: number[]; answers: number[][]; questions: number[][] };
  /** Content words of the scenario, or of the citizen's turn before. */
  earlier: QueryWord[];
}

export function variantsOf(input: TermsInput, collection: Collection): QueryVariants {
  const readings = readingsFor(input.lang, collection);
  const termsIn = (texts: (string | undefined)[]) => {
    const terms = new Map<number, number>();
    for (const text of texts) for (const word of readWords(text ?? '', readings, collection, false)) addWord(terms, word, word.emphasis);
    return toList(terms);
  };
  const inOrder = (text: string) => readWords(text, readings, collection, false).flatMap(({ forms }) => forms[0]?.slots.slice(0, 1) ?? []);
  const citizen = input.history.filter((turn) => turn.role === 'citizen').map((turn) => turn.text);
  const answers = input.history.filter((turn) => turn.role !== 'citizen').map((turn) => turn.text);
  return {
    flat: termsIn([...input.history.map((turn) => turn.text), input.scenario, input.text]),
    answer: termsIn([answers.at(-1)]),
    question: termsIn([citizen.at(-1)]),
    first: termsIn([citizen[0]]),
    scenario: termsIn([input.scenario]),
    answers: answers.map((text) => termsIn([text])),
    spoken: { last: inOrder(input.text), answers: answers.map(inOrder), questions: citizen.map(inOrder) },
    earlier: toWords(readWords(input.scenario ?? citizen.at(-1) ?? '', readings, collection, false)),
  };
}

/** Corrected words are read as what they were corrected to. */
function conceptsIn(input: TermsInput, words: ReadWord[], collection: Collection): QueryConcepts {
  const corrected = new Map<number, string>();
  for (const word of words) if (word.corrected && word.forms[0]) corrected.set(word.at, word.forms[0].text);
  return conceptsOf({ words: wordsOf(input.text), corrected, langs: [input.lang] }, collection);
}

interface ReadWord {
  /** Place in `wordsOf(text)`. */
  at: number;
  text: string;
  corrected: boolean;
  forms: { text: string; share: number; slots: number[] }[];
  light: boolean;
  emphasis: number;
}

/** The question's own language first, then those the collection is written in. */
function readingsFor(lang: string, collection: Collection): Reading[] {
  return [...new Set([lang, ...collection.languages().slice(0, 3)])].map(readingOf);
}

function readWords(text: string, readings: Reading[], collection: Collection, spelling = true): ReadWord[] {
  const read: ReadWord[] = [];
  const own = readings[0] as Reading;
  for (const [at, word] of wordsOf(text).entries()) {
    const light = own.lightWords.has(word);
    if ((own.stopWords.has(word) && !light) || (light && !spelling)) continue;
    const slots = slotsOf(word, readings, collection);
    let forms = [{ text: word, share: 1, slots }];
    let corrected = false;
    if (slots.length === 0 && spelling && !light && !collection.lexicon.knows(word, own.code)) {
      const nearest = correct(foldAccents(word), collection);
      if (nearest.length > 0) {
        corrected = true;
        forms = nearest.map((form) => ({ text: form.word, share: form.share, slots: slotsOf(form.word, readings, collection) }));
      }
    }
    read.push({ at, text: word, corrected, forms, light, emphasis: light ? TERMS.light : own.faintWords.has(word) ? TERMS.faint : 1 });
  }
  return read;
}

/** Slots of words met before: questions repeat their words. Forgotten when the collection changes. */
const slotsKept = new WeakMap<Collection, { revision: number; byLang: Map<string, Map<string, number[]>> }>();
const WORDS_KEPT = 20_000;

function slotsOf(word: string, readings: Reading[], collection: Collection): number[] {
  const revision = collection.revision();
  let kept = slotsKept.get(collection);
  if (kept?.revision !== revision) {
    kept = { revision, byLang: new Map() };
    slotsKept.set(collection, kept);
  }
  const lang = (readings[0] as Reading).code;
  let words = kept.byLang.get(lang);
  if (!words || words.size >= WORDS_KEPT) {
    words = new Map();
    kept.byLang.set(lang, words);
  }
  const known = words.get(word);
  if (known) return known;
  const slots: number[] = [];
  for (const reading of readings) {
    const stem = stemOf(word, reading);
    const slot = stem === null ? undefined : collection.slotOf(stem);
    if (slot !== undefined && !slots.includes(slot)) slots.push(slot);
  }
  words.set(word, slots);
  return slots;
}

function addWord(terms: Map<number, number>, word: ReadWord, weight: number): void {
  for (const form of word.forms)
    for (const [i, slot] of form.slots.entries())
      terms.set(slot, (terms.get(slot) ?? 0) + weight * form.share * (i === 0 ? 1 : TERMS.foreign));
}

/** A word said again and again counts more, but ever less so. */
function toList(terms: Map<number, number>): WeightedSlot[] {
  return [...terms].map(([slot, weight]) => ({ slot, weight: weight > 1 ? 1 + Math.log(weight) : weight }));
}
