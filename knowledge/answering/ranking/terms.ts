/** A question as weighted terms: the last turn's words, earlier turns with decaying weights, a scenario, spelling corrected. */
import { gramsOf, stemOf, wordsOf } from '../../indexes/analyzer.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import { type Reading, readingOf } from '../../languages/reading/read.ts';
import { foldAccents } from '../../languages/reading/stem.ts';
import type { PastTurn } from '../question.ts';
import { correct } from './spelling.ts';

/** Weight of a turn n turns ago: DECAY^n times the side's own weight. */
const HISTORY = { decay: 0.7, citizen: 0.7, other: 0.35, scenario: 0.9 };
/** A question word of the last turn ("come", "quando"). */
const LIGHT = 0.8;
/** An everyday word that stands in any question ("trovare", "solo"). */
const FAINT = 0.5;
/** A word read as another language than its own counts less. */
const FOREIGN = 0.7;

/** One content word of the last turn, with the slots it may stand for. */
export interface QueryWord {
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
  if (input.scenario)
    for (const word of readWords(input.scenario, readings, collection, false)) addWord(all, word, HISTORY.scenario * word.emphasis);
  return {
    words: words
      .filter((word) => !word.light)
      .map(({ text, forms, corrected, emphasis }) => ({
        text,
        corrected,
        emphasis,
        slots: [...new Set(forms.flatMap((form) => form.slots))],
      })),
    weighted: toList(all),
    lastTurn: toList(last),
    grams: toList(grams),
    conversation: input.history.length > 0 || Boolean(input.scenario),
  };
}

interface ReadWord {
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
  for (const word of wordsOf(text)) {
    const light = own.lightWords.has(word);
    if ((own.stopWords.has(word) && !light) || (light && !spelling)) continue;
    const slots = slotsOf(word, readings, collection);
    let forms = [{ text: word, share: 1, slots }];
    let corrected = false;
    if (slots.length === 0 && spelling && !light) {
      const nearest = correct(foldAccents(word), collection);
      if (nearest.length > 0) {
        corrected = true;
        forms = nearest.map((form) => ({ text: form.word, share: form.share, slots: slotsOf(form.word, readings, collection) }));
      }
    }
    read.push({ text: word, corrected, forms, light, emphasis: light ? LIGHT : own.faintWords.has(word) ? FAINT : 1 });
  }
  return read;
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

function addWord(terms: Map<number, number>, word: ReadWord, weight: number): void {
  for (const form of word.forms)
    for (const [i, slot] of form.slots.entries()) terms.set(slot, (terms.get(slot) ?? 0) + weight * form.share * (i === 0 ? 1 : FOREIGN));
}

/** A word said again and again counts more, but ever less so. */
function toList(terms: Map<number, number>): WeightedSlot[] {
  return [...terms].map(([slot, weight]) => ({ slot, weight: weight > 1 ? 1 + Math.log(weight) : weight }));
}
