/** What a question is about, apart from what it asks of it: "quanto costa la carta d'identità" is about carta, identità. */
import { stemOf, wordsOf } from '../indexes/analyzer.ts';
import { createGenerations, type Generations } from '../languages/reading/generations.ts';
import { readingOf } from '../languages/reading/read.ts';
import { remembering } from '../languages/reading/remembering.ts';
import type { Topic } from './question.ts';

/** Words that ask or help along in five languages; they name no topic. */
const HELPING =
  /^(?:cost\p{L}*|pag(?:o|a|are|hi|ano|hiamo|ato|amento)|prezz\p{L}*|tariff\p{L}*|import[oi]|quant\p{L}*|spend\p{L}*|soldi|euro|gratis|orari\p{L}*|apert\p{L}*|apr[eo]\p{L}*|chiu\p{L}*|quand\p{L}*|scad\p{L}*|termin\p{L}*|entro|giorn[oi]|mes[ei]|ann[oi]|temp[oi]|or[ae]|serv(?:e|ono|iva|irebbe)|document[oi]|bisogn\p{L}*|port(?:o|are)|far[eò]?|(?:far|aver|dar)(?:lo|la|li|le|ne)|fatt[oai]|fann?o?|facci\p{L}*|dev\p{L}*|dobb\p{L}*|poss\p{L}*|puo|può|vogl\p{L}*|vorr\p{L}*|chied\p{L}*|richied\p{L}*|otten\p{L}*|dove|sapere|info\p{L}*|dire|dimmi|grazie|ciao|salve|buongiorno|danno|dann\p{L}*|mio|mia|cosa|come|funzion\p{L}*|pass[ao]|passano|trov\p{L}*|numero|telefono|mail|email|indirizzo|avviene|avere|mett(?:e|ono|ete|iamo)|vuol\p{L}*|vogliono|impieg(?:a|ano|ate)|succed\p{L}*|how|much|many|does|cost|costs|price|fees?|when|where|what|which|need|have|get|open\p{L}*|clos\p{L}*|hours?|time|documents?|long|pay|due|kost\p{L}*|viel|wann|wie|wo|brauch\p{L}*|unterlagen|gebühr\p{L}*|öffn\p{L}*|muss|kann|bekomm\p{L}*|combien|coût\p{L}*|quand|faut|horaires?|documents|payer|cuánto|cuesta\p{L}*|cuándo|dónde|necesito|horario|pagar)$/iu;

/** For whom, and the act of asking for it: "come iscrivo mio figlio al nido" is about the nursery. */
const FAINT =
  /^(?:figli[oaei]?|bambin[oaei]|bimb[oaei]|marito|moglie|compagn[oa]|mamma|madre|papà|padre|nonn[oaie]|genitor[ei]|sorella|fratello|iscriv(?:o|ere|iamo|ermi|erlo|erla)|prenot(?:o|are|iamo|armi)|present(?:o|are|iamo)|ritir(?:o|are|iamo)|compil(?:o|are|iamo)|scaric(?:o|are)|invi(?:o|are)|mand(?:o|are)|us(?:o|are)|prend(?:o|ere|iamo)|son|daughter|child(?:ren)?|kids?|husband|wife|mother|father|sohn|tochter|kind(?:er)?|mann|frau|mutter|vater|fils|fille|enfants?|mari|femme|hij[oa]s?|niñ[oa]s?|marido|esposa)$/iu;
const FAINT_WEIGHT = 0.4;

const WORDS_KEPT = 10_000;
const naming = new Map<string, Generations<boolean>>();

/** Whether a word names a topic. Kept, since questions repeat their words and the pattern is long. */
function namingIn(lang: string): (word: string) => boolean {
  let known = naming.get(lang);
  if (known === undefined) {
    known = createGenerations(WORDS_KEPT);
    naming.set(lang, known);
  }
  const { get, set } = known;
  const { stopWords } = readingOf(lang);
  return (word) => {
    let names = get(word);
    if (names === undefined) {
      names = !stopWords.has(word) && !HELPING.test(word) && (word.length > 2 || /\d/.test(word));
      set(word, names);
    }
    return names;
  };
}

/** What was asked in the last turns of the conversations in hand is read again with each question. */
const TEXTS_KEPT = 2_000;
const readers = new Map<string, (text: string) => readonly string[]>();

/** Words of a text that name a topic, in order. */
export function topicWords(text: string, lang: string): readonly string[] {
  let read = readers.get(lang);
  if (!read) {
    const names = namingIn(lang);
    read = remembering((said) => wordsOf(said).filter(names), TEXTS_KEPT);
    readers.set(lang, read);
  }
  return read(text);
}

/** Their stems in one language, numbers left out. */
export function topicStems(text: string, lang: string): Set<string> {
  const reading = readingOf(lang);
  return new Set(topicWords(text, lang).flatMap((word) => (/\d/.test(word) ? [] : (stemOf(word, reading) ?? []))));
}

/** A word that no passage holds may be a slip or a name that matters: it weighs less than the rarest known one. */
const UNKNOWN = 0.7;

export interface TopicParts {
  /** Language of the question, then those of the collection. */
  languages: string[];
  /** Inverse document frequency of a stem in the collection, or null for one it does not hold. */
  rarity(stem: string): number | null;
  /** The highest there is. */
  rarest: number;
  /** Stems of words that mean the same, from the lexicon. */
  cousins(word: string): string[];
}

/** One topic word, weighed. It depends on nothing but the word while the collection stays as it is. */
export function topicWord(text: string, { languages, rarity, rarest, cousins }: TopicParts): Topic['words'][number] {
  const readings = [...new Set(languages)].map(readingOf);
  const stems = [...new Set(readings.map((reading) => stemOf(text, reading)).filter((stem) => stem !== null))];
  const known = stems.map(rarity).filter((value) => value !== null);
  return {
    text,
    stems,
    near: stems.filter((stem) => stem.length >= BEGINNING).map(beginningOf),
    cousins: cousins(text),
    weight: (FAINT.test(text) ? FAINT_WEIGHT : 1) * (known.length > 0 ? Math.max(...known) : UNKNOWN * rarest),
  };
}

/** Words to be looked for: stems, and for the longer ones their beginnings, marked so that no stem is one. */
export type Holder = ReadonlySet<string>;

/** The same as numbers, each once. */
export type HeldWords = Uint32Array;

/** Stems that share this many first letters are cousins. */
const BEGINNING = 6;

/** Numbers of the words that passages hold, given out as passages are read: grows with their vocabulary. */
const numbers = new Map<string, number>();
const wordsByNumber: string[] = [];

/** How many there are; every number is below it. */
export function wordNumbers(): number {
  return wordsByNumber.length;
}

export function heldWords(stems: string[]): HeldWords {
  const held = new Set<number>();
  for (const stem of stems) {
    held.add(numberOf(stem));
    if (stem.length >= BEGINNING) held.add(numberOf(beginningOf(stem)));
  }
  return Uint32Array.from(held);
}

export function holderOf(words: HeldWords): Holder {
  return new Set(Array.from(words, (word) => wordsByNumber[word] as string));
}

/** Stems alone, without the beginnings that make cousins. */
export function heldStems(stems: Iterable<string>): HeldWords {
  return Uint32Array.from(new Set(Array.from(stems, numberOf)));
}

function numberOf(word: string): number {
  const known = numbers.get(word);
  if (known !== undefined) return known;
  numbers.set(word, wordsByNumber.length);
  return wordsByNumber.push(word) - 1;
}

function beginningOf(stem: string): string {
  return `^${stem.slice(0, BEGINNING)}`;
}

/** A word that means the same. */
const SAME = 0.8;
/** A word that begins alike. */
const COUSIN = 0.5;

/** How each topic word stands among some words: 1 held, .8 another that means the same is, .5 a cousin is, 0 not. */
export type Held = number[];

/** Copied, not filled: made of fractions, so that none of its copies must be made anew when the first share is written. */
const ZEROS: Held = Array.from({ length: 32 }, () => SAME).fill(0);

function noughts(count: number): Held {
  return count <= ZEROS.length ? ZEROS.slice(0, count) : new Array<number>(count).fill(0);
}

/** `ownWords`: words that mean the same do not count. `from`, `to`: the part of the words that is looked at. */
export function heldOf(topic: Topic, words: HeldWords, ownWords = false, from = 0, to = words.length): Held {
  const held = noughts(topic.words.length);
  note(soughtBy(topic), words, ownWords, from, to, held);
  return held;
}

function note(found: Sought, words: HeldWords, ownWords: boolean, from: number, to: number, held: Held): void {
  const marked = marks;
  const { next, worth, word } = found;
  for (let i = from; i < to; i++) {
    const number = words[i] as number;
    if (number >= marked.length) continue;
    for (let at = marked[number] as number; at !== 0; at = next[at] as number) {
      const value = worth[at] as number;
      const place = word[at] as number;
      if (value > (held[place] as number) && !(ownWords && value === SAME)) held[place] = value;
    }
  }
}

/** Shares of the topic that each piece holds, by itself and with its headings. Lent until the next call. */
let lent = { alone: new Float64Array(64), headed: new Float64Array(64) };

/** `words`: of all pieces, one after the other, up to `ends`. `heading`: how the topic stands in the headings. `ownWords`: words that mean the same do not count. O(words). */
export function sharesByPiece(
  topic: Topic,
  words: HeldWords,
  ends: readonly number[],
  heading: Held,
  ownWords = true,
): Readonly<typeof lent> {
  const pieces = ends.length;
  if (lent.alone.length < pieces) lent = { alone: new Float64Array(2 * pieces), headed: new Float64Array(2 * pieces) };
  const { alone, headed } = lent;
  const found = soughtBy(topic);
  const held = noughts(topic.words.length);
  let from = 0;
  for (let p = 0; p < pieces; p++) {
    for (let w = 0; w < held.length; w++) held[w] = 0;
    note(found, words, ownWords, from, ends[p] as number, held);
    alone[p] = shareOf(topic, held);
    headed[p] = shareOf(topic, held, heading);
    from = ends[p] as number;
  }
  return lent;
}

/** What a topic is looked for by, in columns from place 1 on: a word may stand for several words of the topic. */
interface Sought {
  topic: Topic | null;
  /** How many words had a number when it was made. */
  known: number;
  keys: number[];
  word: number[];
  worth: number[];
  /** Place of the next entry of the same key, 0 = none. */
  next: number[];
}

interface Key {
  number: number;
  worth: number;
}

/** By what numbers a topic word is looked for, and what no passage that was read has held so far. */
interface Keys {
  /** How many words had a number when it was made. */
  numbers: number;
  known: Key[];
  unknown: { key: string; worth: number }[];
}

/** On the word itself: a weak map of so many short-lived words costs each collection of garbage more than all look-ups in it. */
const KEYS = Symbol('keys');
type SoughtWord = Topic['words'][number] & { [KEYS]?: Keys };

function keysOf(word: SoughtWord): Keys {
  let keys = word[KEYS];
  if (keys === undefined) {
    keys = { numbers: -1, known: [], unknown: [] };
    for (const key of word.stems) keys.unknown.push({ key, worth: 1 });
    for (const key of word.cousins) keys.unknown.push({ key, worth: SAME });
    for (const key of word.near) keys.unknown.push({ key, worth: COUSIN });
    word[KEYS] = keys;
  }
  if (keys.numbers !== numbers.size) seek(keys);
  return keys;
}

/** Passages have brought more words. */
function seek(keys: Keys): void {
  let left = 0;
  for (const one of keys.unknown) {
    const number = numbers.get(one.key);
    if (number === undefined) keys.unknown[left++] = one;
    else keys.known.push({ number, worth: one.worth });
  }
  keys.unknown.length = left;
  keys.numbers = numbers.size;
}

/** By number of a word: its first place in `sought`. Lent to one topic at a time: many pieces are held against it. */
let marks = new Uint16Array(1 << 12);
let sought: Sought = { topic: null, known: 0, keys: [], word: [0], worth: [0], next: [0] };

function soughtBy(topic: Topic): Sought {
  if (sought.topic === topic && sought.known === numbers.size) return sought;
  for (const key of sought.keys) marks[key] = 0;
  if (marks.length < numbers.size) marks = new Uint16Array(numbers.size * 2);
  const made: Sought = { topic, known: numbers.size, keys: [], word: [0], worth: [0], next: [0] };
  for (let w = 0; w < topic.words.length; w++) {
    const { known } = keysOf(topic.words[w] as Topic['words'][number]);
    for (let k = 0; k < known.length; k++) {
      const { number, worth } = known[k] as Key;
      made.keys.push(number);
      made.next.push(marks[number] as number);
      made.word.push(w);
      marks[number] = made.worth.push(worth) - 1;
    }
  }
  sought = made;
  return made;
}

/** Weighted share of the topic's words that are held in the one or the other; 0 when the question names no topic. */
export function shareOf(topic: Topic, held: Held, other?: Held): number {
  let all = 0;
  let found = 0;
  for (let i = 0; i < held.length; i++) {
    const { weight } = topic.words[i] as Topic['words'][number];
    all += weight;
    found += weight * Math.max(held[i] as number, other?.[i] ?? 0);
  }
  return all === 0 ? 0 : found / all;
}

/** How much of the topic a title names in the citizen's own words, by weight, 0–1. `title`: numbers of its stems. */
export function namedShare(topic: Topic, title: HeldWords): number {
  const held = heldOf(topic, title);
  let all = 0;
  let named = 0;
  for (let i = 0; i < held.length; i++) {
    const { weight } = topic.words[i] as Topic['words'][number];
    all += weight;
    if (held[i] === 1) named += weight;
  }
  return all === 0 ? 0 : named / all;
}
