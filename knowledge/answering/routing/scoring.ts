/**
 * A message weighed by what was learnt: the same sums as over `featuresOf`, without spelling each feature out. What a word brings with all its pieces is summed
 * up once and kept, and what two words of a message share is taken away again; concepts, turns of phrase and pairs of neighbours go by number.
 */
import { conceptNames, featuresOfWord, FORMS, isOdd, lengthOf, LONGEST, wordsIn } from './features.ts';
import { latinWords, rememberingWord } from '../../languages/reading/words.ts';
import { INTENTS } from './intent.ts';
import { PATTERNS, patternsIn } from './patterns.ts';
import { conceptsOf } from './signals.ts';

const N = INTENTS.length;
/** Share of a feature that no example holds. */
export const UNKNOWN = 0.25;
export const LENGTH = 2;
/** A concept stands for many words that the examples do not hold. */
const CONCEPT = 1.4;
const PAIR = 0.5;
const GRAM = 0.9;
/** Turns of phrase tell more than words. */
const PATTERN = 4;
const HASH = 35;
const MINUS = 45;
const WORDS_KEPT = 20_000;

export function sizeOf(feature: string): number {
  const sign = feature.charCodeAt(0);
  if (sign === MINUS) return GRAM;
  if (sign !== HASH) return 1;
  if (feature.startsWith('#! ')) return PATTERN;
  return feature.includes(' ') ? PAIR : CONCEPT;
}

/** Forms, then topics, by number. */
const forms: string[] = [...FORMS, 'question'];
const topics: string[] = [...conceptNames().filter((name) => !FORMS.has(name)), 'other'];
const QUESTION = forms.indexOf('question');
const OTHER = topics.indexOf('other');
const MUNICIPAL = topics.indexOf('municipal');

/** What a word brings to every text that holds it. */
interface Word {
  /** Where the weights of its features, by their sizes, stand summed up: a number an intent. */
  sums: number;
  /** What its features count. */
  total: number;
  /** Numbers of its pieces, each once: rows of the weights, and from there on those that no example holds. */
  pieces: number[];
  /** Numbers of forms, each once, and of topics. */
  forms: number[];
  topics: number[];
  odd: boolean;
  /** As the first and as the second of a pair that some example holds; −1 = of none. */
  left: number;
  right: number;
  /** Number of the last text that held it. */
  text: number;
}

/** O(words × (pieces + intents)). `ids`: by feature its row of `weights`, a number an intent. */
export function scoring(weights: Float32Array, ids: ReadonlyMap<string, number>): (message: string) => Float64Array {
  const idOf = (feature: string): number => ids.get(feature) ?? -1;
  const table = (features: string[]): Int32Array => Int32Array.from(features, idOf);
  const every = idOf('*');
  const patternIds = table(PATTERNS.map(([name]) => `#! ${name}`));
  const formIds = table(forms.map((form) => `#${form}`));
  const topicIds = table(topics.map((topic) => `#${topic}`));
  const formTopics = table(forms.flatMap((form) => topics.map((topic) => `#${form} ${topic}`)));
  const topicPairs = table(topics.flatMap((one) => topics.map((other) => (one < other ? `#${one} ${other}` : `#${other} ${one}`))));
  const oddIds = table([1, 2, 3].map((odd) => `#odd${odd}`));
  const oddOther = idOf('#odd other');
  const lengthIds = Array.from({ length: LONGEST + 1 }, (_, words) => idOf(lengthOf(words)));
  const pairs = numberPairs(ids);

  let words = new Map<string, Word>();
  let unknownNumbers = new Map<string, number>();
  let sums = new Float64Array(N << 10);
  /** By number of a piece: the last text that held it. Words share pieces; each counts once in a text. */
  let counted = new Uint32Array(ids.size + (1 << 12));
  let text = 0;

  function read(word: string): Word {
    const concepts = conceptsOf(word);
    const formsOf = new Set(concepts.filter((concept) => FORMS.has(concept)).map((concept) => forms.indexOf(concept)));
    const topicsOf = new Set(concepts.filter((concept) => !FORMS.has(concept)).map((concept) => topics.indexOf(concept)));
    const made: Word = {
      sums: words.size * N,
      total: 0,
      pieces: [],
      forms: [...formsOf],
      topics: [...topicsOf],
      odd: isOdd(word, concepts),
      left: pairs.lefts.get(word) ?? -1,
      right: pairs.rights.get(word) ?? -1,
      text: 0,
    };
    if (made.sums >= sums.length) sums = doubled(sums);
    sums.fill(0, made.sums, made.sums + N);
    for (const feature of featuresOfWord(word)) {
      const id = idOf(feature);
      const size = sizeOf(feature);
      made.total += id < 0 ? size * size * UNKNOWN : size * size;
      if (id >= 0) for (let k = 0; k < N; k++) sums[made.sums + k]! += weights[id * N + k]! * size;
      if (feature !== word) made.pieces.push(id < 0 ? ids.size + unknownNumber(feature) : id);
    }
    return made;
  }

  function unknownNumber(piece: string): number {
    const number = unknownNumbers.get(piece) ?? unknownNumbers.size;
    unknownNumbers.set(piece, number);
    return number;
  }

  function wordOf(word: string): Word {
    let known = words.get(word);
    if (known === undefined) {
      known = read(word);
      words.set(word, known);
    }
    return known;
  }

  let knownAs = rememberingWord(({ text }) => wordOf(text));
  let total = 1;
  let shares = new Float64Array(N);

  function add(id: number, size: number): void {
    if (id < 0) {
      total += size * size * UNKNOWN;
      return;
    }
    total += size * size;
    const start = id * N;
    for (let k = 0; k < N; k++) shares[k]! += weights[start + k]! * size;
  }

  function addPairs(said: readonly Word[]): void {
    for (let i = 0; i < said.length; i++) {
      const { left } = i === 0 ? pairs.begin : said[i - 1]!;
      if (!isRepeated(said, i)) add(pairs.idOf(left, said[i]!.right), 1);
    }
    add(pairs.idOf(said.at(-1)!.left, pairs.end), 1);
  }

  function addConcepts(saidForms: readonly number[], saidTopics: readonly number[]): void {
    for (const form of saidForms) add(formIds[form]!, CONCEPT);
    for (let at = 0; at < saidTopics.length; at++) {
      const topic = saidTopics[at]!;
      add(topicIds[topic]!, CONCEPT);
      for (const form of saidForms) add(formTopics[form * topics.length + topic]!, PAIR);
      for (let next = at + 1; next < saidTopics.length; next++) add(topicPairs[topic * topics.length + saidTopics[next]!]!, PAIR);
    }
  }

  function addWords(said: readonly Word[]): void {
    if (counted.length < ids.size + unknownNumbers.size) counted = new Uint32Array(ids.size + 2 * unknownNumbers.size);
    for (const word of said) {
      if (word.text === text) continue;
      word.text = text;
      total += word.total;
      for (let k = 0; k < N; k++) shares[k]! += sums[word.sums + k]!;
      for (const piece of word.pieces) {
        if (counted[piece] === text) takeAway(piece);
        else counted[piece] = text;
      }
    }
  }

  function takeAway(piece: number): void {
    if (piece >= ids.size) {
      total -= GRAM * GRAM * UNKNOWN;
      return;
    }
    total -= GRAM * GRAM;
    for (let k = 0; k < N; k++) shares[k]! -= weights[piece * N + k]! * GRAM;
  }

  return (message) => {
    if (words.size >= WORDS_KEPT) {
      words = new Map();
      unknownNumbers = new Map();
      knownAs = rememberingWord(({ text }) => wordOf(text));
    }
    text++;
    total = 1;
    shares = new Float64Array(N);
    const { written, cut } = wordsIn(message);
    const said: Word[] = [];
    const shared = latinWords(message);
    for (let at = 0; at < cut.length; at++) {
      const word = cut[at] as string;
      const known = shared?.[at]?.folded;
      said.push(known !== undefined && known.text === word ? knownAs(known) : wordOf(word));
    }
    const saidForms: number[] = [];
    const saidTopics: number[] = [];
    let odd = 0;
    for (const word of said) {
      for (const form of word.forms) if (!saidForms.includes(form)) saidForms.push(form);
      for (const topic of word.topics) if (!saidTopics.includes(topic)) saidTopics.push(topic);
      if (word.odd) odd++;
    }
    if (message.includes('?')) saidForms.push(QUESTION);
    const municipal = saidTopics.includes(MUNICIPAL);
    if (!municipal) saidTopics.push(OTHER);
    add(every, 1);
    addPairs(said);
    for (const place of patternsIn(written)) add(patternIds[place]!, PATTERN);
    addConcepts(saidForms, saidTopics);
    if (odd > 0) add(oddIds[Math.min(odd, 3) - 1]!, CONCEPT);
    if (odd > 0 && !municipal) add(oddOther, PAIR);
    add(lengthIds[said.length]!, CONCEPT);
    addWords(said);
    const norm = LENGTH / Math.sqrt(total);
    for (let k = 0; k < N; k++) shares[k]! *= norm;
    toShares(shares);
    return shares;
  };
}

function doubled(sums: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * sums.length);
  more.set(sums);
  return more;
}

/** Whether the same two words stood side by side before. */
function isRepeated(said: readonly Word[], at: number): boolean {
  if (at === 0) return false;
  for (let i = 1; i < at; i++) if (said[i] === said[at] && said[i - 1] === said[at - 1]) return true;
  return false;
}

interface PairNumbers {
  lefts: ReadonlyMap<string, number>;
  rights: ReadonlyMap<string, number>;
  begin: { left: number };
  end: number;
  /** Row of a pair's feature; −1 = no example holds it. */
  idOf(left: number, right: number): number;
}

/** Pairs of neighbours have a blank between them, and no sign of another kind of feature before it. */
function numberPairs(ids: ReadonlyMap<string, number>): PairNumbers {
  const lefts = new Map<string, number>();
  const rights = new Map<string, number>();
  const numberIn = (numbers: Map<string, number>, word: string): number => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  };
  const found: [left: number, right: number, id: number][] = [];
  for (const [feature, id] of ids) {
    const blank = feature.indexOf(' ');
    if (blank < 0 || feature.charCodeAt(0) === HASH) continue;
    found.push([numberIn(lefts, feature.slice(0, blank)), numberIn(rights, feature.slice(blank + 1)), id]);
  }
  const width = rights.size;
  const byPair = tableOf(found.map(([left, right, id]) => [left * width + right, id] as const));
  return {
    lefts,
    rights,
    begin: { left: lefts.get('^') ?? -1 },
    end: rights.get('$') ?? -1,
    idOf: (left, right) => (left < 0 || right < 0 ? -1 : byPair(left * width + right)),
  };
}

/** Whole numbers below 2³¹ → numbers, −1 where there is none: a message asks for as many pairs as it has words, most of which no example holds. */
function tableOf(entries: readonly (readonly [key: number, value: number])[]): (key: number) => number {
  const bits = Math.ceil(Math.log2(2 * entries.length + 1));
  const keys = new Int32Array(2 ** bits).fill(-1);
  const values = new Int32Array(2 ** bits).fill(-1);
  const mask = keys.length - 1;
  /** Where the key stands, or where it would. */
  const placeOf = (key: number): number => {
    let place = Math.imul(key, 0x9e3779b1) >>> (32 - bits);
    while (keys[place] !== -1 && keys[place] !== key) place = (place + 1) & mask;
    return place;
  };
  for (const [key, value] of entries) {
    const place = placeOf(key);
    keys[place] = key;
    values[place] = value;
  }
  return (key) => values[placeOf(key)] as number;
}

export function toShares(into: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < N; k++) if (into[k]! > top) top = into[k]!;
  let total = 0;
  for (let k = 0; k < N; k++) {
    into[k] = Math.exp(into[k]! - top);
    total += into[k]!;
  }
  for (let k = 0; k < N; k++) into[k]! /= total;
}
