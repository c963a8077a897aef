/** A question as weighted terms: the last turn's words, earlier turns with decaying weights, a scenario, spelling corrected. */
import { wordsOf } from '../../indexes/analyzer.ts';
import type { Collection } from '../../indexes/collection.ts';
import type { WeightedSlot } from '../../indexes/contract.ts';
import type { WordForms } from '../../lexicon/match.ts';
import type { PastTurn } from '../question.ts';
import { type KnownWord, type KnownWords, knownWords, TERMS, type WordForm } from './known-words.ts';
import { conceptsOf, type QueryConcept, type QueryConcepts } from './query-concepts.ts';
import { createSlotSums, createStrongest, type SlotSums } from './slot-sums.ts';

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
const strongestGrams = createStrongest<WeightedSlot>();

/** Cost grows with the words of the question and its history; spelling only with unknown words. */
export function termsOf(input: TermsInput, collection: Collection): QueryTerms {
  const known = knownWords(input.lang, collection);
  const texts = wordsOf(input.text);
  const said = new Array<KnownWord>(texts.length);
  const words: QueryWord[] = [];
  for (let at = 0; at < texts.length; at++) {
    const word = known.of(texts[at] as string);
    said[at] = word;
    if (word.stop) continue;
    const forms = known.spelt(word);
    addWord(wordSums, forms, word.emphasis);
    if (word.light) continue;
    strongestGrams.add(word.grams);
    words.push({ at, text: word.text, corrected: forms !== word.forms, emphasis: word.emphasis, slots: word.slots });
  }
  const lastTurn = wordSums.take();
  const scenario = input.scenario ? termsIn([input.scenario], known) : NONE;
  const conversation = input.history.length > 0 || Boolean(input.scenario);
  return {
    words,
    weighted: conversation ? withEarlier(said, input, known) : lastTurn,
    lastTurn,
    grams: strongestGrams.take(),
    concepts: conceptsIn(input.lang, said, known, collection),
    scenario,
    conversation,
  };
}

const NONE: WeightedSlot[] = [];

/** The last turn's words, and those of earlier turns and of the scenario. */
function withEarlier(said: KnownWord[], { history, scenario }: TermsInput, known: KnownWords): WeightedSlot[] {
  for (const word of said) if (!word.stop) addWord(wordSums, known.spelt(word), word.emphasis);
  let turnsAgo = 0;
  for (let i = history.length - 1; i >= 0; i--) {
    const turn = history[i] as PastTurn;
    if (turn.role === 'citizen') turnsAgo++;
    const weight = HISTORY.decay ** Math.max(0, turnsAgo - 1) * (turn.role === 'citizen' ? HISTORY.citizen : HISTORY.other);
    for (const word of readEarlier(turn.text, known)) addWord(wordSums, word.forms, weight * word.emphasis);
  }
  if (scenario) for (const word of readEarlier(scenario, known)) addWord(wordSums, word.forms, HISTORY.scenario * word.emphasis);
  return wordSums.take();
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
    earlier: readEarlier(input.scenario ?? citizen.at(-1) ?? '', known).map(({ at, text, forms: [form], emphasis }) => {
      return { at, text, corrected: false, emphasis, slots: form?.slots ?? [] };
    }),
  };
}

function termsIn(texts: (string | undefined)[], known: KnownWords): WeightedSlot[] {
  for (const text of texts) if (text) for (const word of readEarlier(text, known)) addWord(wordSums, word.forms, word.emphasis);
  return wordSums.take();
}

/** Corrected words are read as what they were corrected to. */
function conceptsIn(lang: string, said: KnownWord[], known: KnownWords, collection: Collection): QueryConcepts {
  const words = new Array<WordForms>(said.length);
  const alone = new Array<readonly QueryConcept[] | null>(said.length);
  let slips: boolean[] | null = null;
  for (let at = 0; at < said.length; at++) {
    const word = said[at] as KnownWord;
    words[at] = known.look(word);
    alone[at] = known.meant(word);
    if (known.spelt(word) !== word.forms) slips = said.map((one) => known.spelt(one) !== one.forms);
  }
  const texts = lang === 'de' ? said.map((word) => known.spelt(word)[0]?.text ?? word.text) : NO_TEXTS;
  return conceptsOf({ words, alone, texts, slips, lang }, collection);
}

const NO_TEXTS: string[] = [];

interface EarlierWord {
  /** Place in `wordsOf(text)`. */
  at: number;
  text: string;
  forms: WordForm[];
  emphasis: number;
}

/** The words of an earlier turn as they were written; those that only ask are left out. */
function readEarlier(text: string, known: KnownWords): EarlierWord[] {
  const read: EarlierWord[] = [];
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at++) {
    const { text: word, stop, light, forms, emphasis } = known.of(words[at] as string);
    if (!stop && !light) read.push({ at, text: word, forms, emphasis });
  }
  return read;
}

function addWord(sums: SlotSums, forms: WordForm[], weight: number): void {
  for (let f = 0; f < forms.length; f++) {
    const { slots, share } = forms[f] as WordForm;
    for (let i = 0; i < slots.length; i++) sums.add(slots[i] as number, weight * share * (i === 0 ? 1 : TERMS.foreign));
  }
}
