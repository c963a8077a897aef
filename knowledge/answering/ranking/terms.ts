/** A question as weighted terms: the last turn's words, earlier turns with decaying weights, a scenario, spelling corrected. */
import { wordsOf } from '../../indexes/analyzer.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import type { PastTurn } from '../question.ts';
import { type KnownWord, type KnownWords, knownWords, TERMS, type WordForm } from './known-words.ts';
import { conceptsOf, type QueryConcepts } from './query-concepts.ts';
import { createSlotSums, type SlotSums } from './slot-sums.ts';

/** Weight of a turn n turns ago: DECAY^n times the side's own weight. */
const HISTORY = { decay: 0.7, citizen: 0.7, other: 0.35, scenario: 1.4 };
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

/** Lent to one question at a time. */
const wordSums = createSlotSums();
const gramSums = createSlotSums();

/** Cost grows with the words of the question and its history; spelling only with unknown words. */
export function termsOf(input: TermsInput, collection: Collection): QueryTerms {
  const known = knownWords(input.lang, collection);
  const said = wordsOf(input.text).map(known.of);
  const words = readLast(said, known);
  for (const word of words) {
    addWord(wordSums, word, word.emphasis);
    if (word.light) continue;
    for (const form of word.forms) for (const slot of known.gramsOf(form)) gramSums.most(slot, form.share * word.emphasis);
  }
  const lastTurn = wordSums.take();
  const scenario = termsIn([input.scenario], known);
  const conversation = input.history.length > 0 || Boolean(input.scenario);
  return {
    words: toWords(words),
    weighted: conversation ? withEarlier(words, input, known) : lastTurn,
    lastTurn,
    grams: gramSums.take(),
    concepts: conceptsIn(input.lang, said, words, known, collection),
    scenario,
    conversation,
  };
}

/** The last turn's words, and those of earlier turns and of the scenario. */
function withEarlier(words: ReadWord[], { history, scenario }: TermsInput, known: KnownWords): WeightedSlot[] {
  for (const word of words) addWord(wordSums, word, word.emphasis);
  let turnsAgo = 0;
  for (let i = history.length - 1; i >= 0; i--) {
    const turn = history[i] as PastTurn;
    if (turn.role === 'citizen') turnsAgo++;
    const weight = HISTORY.decay ** Math.max(0, turnsAgo - 1) * (turn.role === 'citizen' ? HISTORY.citizen : HISTORY.other);
    for (const word of readEarlier(turn.text, known)) addWord(wordSums, word, weight * word.emphasis);
  }
  if (scenario) for (const word of readEarlier(scenario, known)) addWord(wordSums, word, HISTORY.scenario * word.emphasis);
  return wordSums.take();
}

function toWords(words: ReadWord[]): QueryWord[] {
  return words
    .filter((word) => !word.light)
    .map(({ at, text, forms, corrected, emphasis }) => ({
      at,
      text,
      corrected,
      emphasis,
      slots: forms.length === 1 ? (forms[0] as WordForm).slots : [...new Set(forms.flatMap((form) => form.slots))],
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
  const known = knownWords(input.lang, collection);
  const inOrder = (text: string) => readEarlier(text, known).flatMap(({ forms }) => forms[0]?.slots.slice(0, 1) ?? []);
  const citizen = input.history.filter((turn) => turn.role === 'citizen').map((turn) => turn.text);
  const answers = input.history.filter((turn) => turn.role !== 'citizen').map((turn) => turn.text);
  return {
    flat: termsIn([...input.history.map((turn) => turn.text), input.scenario, input.text], known),
    answer: termsIn([answers.at(-1)], known),
    question: termsIn([citizen.at(-1)], known),
    first: termsIn([citizen[0]], known),
    scenario: termsIn([input.scenario], known),
    answers: answers.map((text) => termsIn([text], known)),
    spoken: { last: inOrder(input.text), answers: answers.map(inOrder), questions: citizen.map(inOrder) },
    earlier: toWords(readEarlier(input.scenario ?? citizen.at(-1) ?? '', known)),
  };
}

function termsIn(texts: (string | undefined)[], known: KnownWords): WeightedSlot[] {
  for (const text of texts) if (text) for (const word of readEarlier(text, known)) addWord(wordSums, word, word.emphasis);
  return wordSums.take();
}

const NONE_CORRECTED = new Map<number, string>();

/** Corrected words are read as what they were corrected to. */
function conceptsIn(lang: string, said: KnownWord[], words: ReadWord[], known: KnownWords, collection: Collection): QueryConcepts {
  let corrected = NONE_CORRECTED;
  for (const word of words)
    if (word.corrected && word.forms[0]) {
      if (corrected === NONE_CORRECTED) corrected = new Map();
      corrected.set(word.at, word.forms[0].text);
    }
  const texts = lang === 'de' ? said.map(({ text }, at) => corrected.get(at) ?? text) : [];
  return conceptsOf({ words: said.map(known.look), texts, corrected, lang }, collection);
}

interface ReadWord {
  /** Place in `wordsOf(text)`. */
  at: number;
  text: string;
  corrected: boolean;
  forms: WordForm[];
  light: boolean;
  emphasis: number;
}

/** The words of the last turn, spelling corrected. */
function readLast(said: KnownWord[], known: KnownWords): ReadWord[] {
  const read: ReadWord[] = [];
  for (let at = 0; at < said.length; at++) {
    const word = said[at] as KnownWord;
    if (word.stop) continue;
    const { text, light, emphasis } = word;
    const forms = known.spelt(word);
    read.push({ at, text, corrected: forms !== word.forms, forms, light, emphasis });
  }
  return read;
}

/** The words of an earlier turn as they were written; those that only ask are left out. */
function readEarlier(text: string, known: KnownWords): ReadWord[] {
  const read: ReadWord[] = [];
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at++) {
    const { text: word, stop, light, forms, emphasis } = known.of(words[at] as string);
    if (!stop && !light) read.push({ at, text: word, corrected: false, forms, light, emphasis });
  }
  return read;
}

function addWord(sums: SlotSums, { forms }: ReadWord, weight: number): void {
  for (const { slots, share } of forms)
    for (let i = 0; i < slots.length; i++) sums.add(slots[i] as number, weight * share * (i === 0 ? 1 : TERMS.foreign));
}
