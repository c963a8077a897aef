/** How the words that a question is about stand among the words of passages: held, in other words, by a cousin, or not. */
import type { Topic } from './question.ts';
import { type HeldWords, numberKnown, wordNumbers } from './word-numbers.ts';

/** How one topic word may stand, a bit each; the highest counts. */
const COUSIN = 1;
const ANOTHER = 2;
const ITSELF = 4;
const BITS = 3;

/** Held 1, by another that means the same .8, by a word that begins alike .5, not at all 0. By the bits of one topic word. */
const WORTH: readonly number[] = [0, 0.5, 0.8, 0.8, 1, 1, 1, 1];

/** So many topic words stand in one small integer; a longer question has one for every ten of its words. */
const IN_ONE = 10;

/** Which ways of standing count, for all words of an integer. */
export type Counted = number;
const ofAll = (bits: number): Counted => Array.from({ length: IN_ONE }, () => bits).reduce((all, one) => (all << BITS) | one, 0);
export const ANY: Counted = ofAll(COUSIN | ANOTHER | ITSELF);
/** Words that mean the same do not count. */
export const OWN_WORDS: Counted = ofAll(COUSIN | ITSELF);
export const EXACT: Counted = ofAll(ITSELF);

/** How a topic stands among some words: the bits of its first words, of the next ones, and so on. */
export type Held = number[];

const ZEROS: Held = Array.from({ length: 64 }, () => 0);

export function noughts(count: number): Held {
  return count <= ZEROS.length ? ZEROS.slice(0, count) : new Array<number>(count).fill(0);
}

/** What one question weighs and is looked for by. */
export interface Sought {
  weights: number[];
  /** Sum of the weights. */
  whole: number;
  /** Integers that hold it. */
  width: number;
}

const SOUGHT = Symbol('sought');
type SoughtTopic = Topic & { [SOUGHT]?: Sought };

/** Read once for each question. */
export function soughtOf(topic: SoughtTopic): Sought {
  let sought = topic[SOUGHT];
  if (sought === undefined) {
    const weights = topic.words.map(({ weight }) => weight);
    let whole = 0;
    for (const weight of weights) whole += weight;
    sought = { weights, whole, width: Math.max(1, Math.ceil(weights.length / IN_ONE)) };
    topic[SOUGHT] = sought;
  }
  return sought;
}

/** Adds to `held`, from place `at` on, how the topic stands among the words from `from` to `to`. O(words). */
export function note(topic: Topic, words: HeldWords, from: number, to: number, held: Held, at: number): void {
  const width = markedBy(topic);
  const meant = sieve;
  for (let w = from; w < to; w++) {
    const word = words[w] as number;
    if ((((meant[word >>> 5] as number) >>> (word & 31)) & 1) !== 0) add(word, held, at, width);
  }
}

/**
 * The same for the parts of some words one after the other: of the first that begins where `ends[0]` says to the last, which `ends` says where it ends. After what is
 * known of the parts, `held` is told how the topic stands in all of them. O(words).
 */
export function noteParts(topic: Topic, words: HeldWords, ends: readonly number[], held: Held, at: number): void {
  const width = markedBy(topic);
  const meant = sieve;
  const all = at + (ends.length - 1) * width;
  const to = ends[ends.length - 1] as number;
  let part = 1;
  for (let w = ends[0] as number; w < to; w++) {
    const word = words[w] as number;
    if ((((meant[word >>> 5] as number) >>> (word & 31)) & 1) === 0) continue;
    while (w >= (ends[part] as number)) part++;
    add(word, held, at + (part - 1) * width, width);
    add(word, held, all, width);
  }
}

/** What a word means to the topic at hand. */
function add(word: number, held: Held, at: number, width: number): void {
  for (let i = 0; i < width; i++) held[at + i] = (held[at + i] as number) | ((marks[i] as Int32Array)[word] as number);
}

/** Weighted share of the topic's words that stand in a way that is counted at one place, or in a way that is counted there at a second one; 0 when the question names no topic. */
export function shareAt(
  { weights, whole, width }: Sought,
  held: Held,
  at: number,
  counted: Counted,
  beside: Held,
  also: number,
  alsoCounted: Counted,
): number {
  let found = 0;
  for (let i = 0; i < width; i++)
    found = addWorth(found, ((held[at + i] as number) & counted) | ((beside[also + i] as number) & alsoCounted), weights, i * IN_ONE);
  return whole === 0 ? 0 : found / whole;
}

/** The same for one place alone. */
export function shareIn({ weights, whole, width }: Sought, held: Held, at: number, counted: Counted): number {
  let found = 0;
  for (let i = 0; i < width; i++) found = addWorth(found, (held[at + i] as number) & counted, weights, i * IN_ONE);
  return whole === 0 ? 0 : found / whole;
}

/** Adds what the words that some bits stand for are worth; the bits of the first word, number `from`, are the lowest. */
function addWorth(sum: number, bits: number, weights: number[], from: number): number {
  let found = sum;
  for (let left = bits, w = from; left !== 0; w++, left >>>= BITS) {
    const worth = WORTH[left & 7] as number;
    if (worth !== 0) found += (weights[w] as number) * worth;
  }
  return found;
}

/** How one word of the topic stands at place `at`, 0–1. */
export function worthOf(word: number, held: Held, at = 0): number {
  return WORTH[((held[at + Math.floor(word / IN_ONE)] as number) >> (BITS * (word % IN_ONE))) & 7] as number;
}

/** By what a topic word is looked for: numbers of words with the bit of each, and what no passage that was read has held so far. */
interface Keys {
  /** How many words had a number when it was made. */
  numbers: number;
  /** Number times 8, and the bit. */
  known: number[];
  unknown: string[];
  unknownBits: number[];
}

/** On the word itself: a weak map of so many short-lived words costs each collection of garbage more than all look-ups in it. */
const KEYS = Symbol('keys');
type SoughtWord = Topic['words'][number] & { [KEYS]?: Keys };

function keysOf(word: SoughtWord): Keys {
  let keys = word[KEYS];
  if (keys === undefined) {
    const { stems, cousins, near } = word;
    const bits = [...stems.map(() => ITSELF), ...cousins.map(() => ANOTHER), ...near.map(() => COUSIN)];
    keys = { numbers: -1, known: [], unknown: [...stems, ...cousins, ...near], unknownBits: bits };
    word[KEYS] = keys;
  }
  if (keys.numbers !== wordNumbers()) seek(keys);
  return keys;
}

/** Passages have brought more words. */
function seek(keys: Keys): void {
  const { unknown, unknownBits, known } = keys;
  let left = 0;
  for (let i = 0; i < unknown.length; i++) {
    const word = unknown[i] as string;
    const bit = unknownBits[i] as number;
    const number = numberKnown(word);
    if (number === undefined) {
      unknown[left] = word;
      unknownBits[left++] = bit;
    } else known.push((number << BITS) | bit);
  }
  unknown.length = left;
  unknownBits.length = left;
  keys.numbers = wordNumbers();
}

/**
 * By number of a word: whether it means anything to the topic at hand, a bit each, and what, one array for each integer of the longest question; what stands there for
 * a word that means nothing is of another. Lent to one topic at a time, against which many passages are held: most of their words mean nothing, and so much of the
 * table as tells that stays near the processor.
 */
let sieve = new Uint32Array(0);
let marks: Int32Array[] = [];
let marking: Marking = { topic: null, numbers: 0, width: 0 };

interface Marking {
  topic: Topic | null;
  /** How many words had a number. */
  numbers: number;
  width: number;
}

/** Gives the integers that hold the topic. */
function markedBy(topic: Topic): number {
  const numbers = wordNumbers();
  if (marking.topic === topic && marking.numbers === numbers) return marking.width;
  const { width } = soughtOf(topic);
  if (sieve.length << 5 < numbers) {
    sieve = new Uint32Array(Math.ceil((1.5 * numbers) / 32));
    marks = [];
  } else sieve.fill(0);
  while (marks.length < width) marks.push(new Int32Array(sieve.length << 5));
  const { words } = topic;
  for (let w = 0; w < words.length; w++) mark(keysOf(words[w] as SoughtWord).known, w, width);
  marking = { topic, numbers, width };
  return width;
}

function mark(known: number[], word: number, width: number): void {
  const marked = marks[Math.floor(word / IN_ONE)] as Int32Array;
  const shift = BITS * (word % IN_ONE);
  for (let k = 0; k < known.length; k++) {
    const key = known[k] as number;
    const number = key >> BITS;
    const bit = 1 << (number & 31);
    const others = sieve[number >>> 5] as number;
    if ((others & bit) === 0) {
      sieve[number >>> 5] = others | bit;
      for (let i = 0; i < width; i++) (marks[i] as Int32Array)[number] = 0;
    }
    marked[number] = (marked[number] as number) | ((key & 7) << shift);
  }
}
