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
  const { width } = markedBy(topic);
  for (let i = 0; i < width; i++) {
    const marked = marks[i] as Int32Array;
    let bits = held[at + i] as number;
    for (let w = from; w < to; w++) bits |= marked[words[w] as number] as number;
    held[at + i] = bits;
  }
}

/** How the topic stands in each part of some words, of which `ends` tells where it ends, and after the last part how it stands in all of them: `width` places each. O(words). */
export function heldInParts(topic: Topic, words: HeldWords, ends: readonly number[]): Held {
  const { width } = markedBy(topic);
  const whole = ends.length * width;
  const held = noughts(whole + width);
  for (let i = 0; i < width; i++) {
    const marked = marks[i] as Int32Array;
    let all = 0;
    for (let part = 0, w = 0; part < ends.length; part++) {
      const to = ends[part] as number;
      let bits = 0;
      for (; w < to; w++) bits |= marked[words[w] as number] as number;
      held[part * width + i] = bits;
      all |= bits;
    }
    held[whole + i] = all;
  }
  return held;
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

/** By number of a word: the bits that it stands for. One array for each integer of the longest question; lent to one topic at a time, against which many passages are held. */
let marks: Int32Array[] = [];
let marking: Marking = { topic: null, numbers: 0, known: [], width: 0 };

interface Marking {
  topic: Topic | null;
  /** How many words had a number. */
  numbers: number;
  /** What each of its words is known by; it may have grown since. */
  known: number[][];
  width: number;
}

function markedBy(topic: Topic): Marking {
  const numbers = wordNumbers();
  if (marking.topic === topic && marking.numbers === numbers) return marking;
  marking.known.forEach(unmark);
  const { width } = soughtOf(topic);
  const size = marks[0]?.length ?? 0;
  if (size < numbers) marks = [];
  while (marks.length < width) marks.push(new Int32Array(size < numbers ? Math.ceil(1.5 * numbers) : size));
  const known = topic.words.map((word) => keysOf(word).known);
  known.forEach(mark);
  marking = { topic, numbers, known, width };
  return marking;
}

function mark(known: number[], word: number): void {
  const marked = marks[Math.floor(word / IN_ONE)] as Int32Array;
  const shift = BITS * (word % IN_ONE);
  for (let k = 0; k < known.length; k++) {
    const key = known[k] as number;
    marked[key >> BITS] = (marked[key >> BITS] as number) | ((key & 7) << shift);
  }
}

function unmark(known: number[], word: number): void {
  const marked = marks[Math.floor(word / IN_ONE)] as Int32Array;
  for (let k = 0; k < known.length; k++) marked[(known[k] as number) >> BITS] = 0;
}
