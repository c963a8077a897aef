/** Text → features of the scorer: concepts, turns of phrase, words, pairs of neighbours, pieces of words (typing errors leave most of them whole). */
import { readingOf } from '../../languages/reading/read.ts';
import { remembering } from '../../languages/reading/remembering.ts';
import { fold, folded } from './certain/fold.ts';
import type { Concepts } from './concepts/concepts.ts';
import { PATTERNS, patternsIn } from './patterns.ts';
import { conceptsOf } from './signals.ts';

export { conceptNames } from './signals.ts';

/** Words of a message that are read. */
export const LONGEST = 60;
const WORDS_KEPT = 20_000;
const GRAM = 4;
const ZERO = 48;
const NINE = 57;
/** What the sentence does; each is also paired with what it speaks of. */
export const FORMS: ReadonlySet<string> = new Set<keyof Concepts>([
  'asks',
  'impersonal',
  'wants',
  'requests',
  'mine',
  'did',
  'not',
  'day',
  'now',
  'self',
]);
const readings = ['it', 'en', 'de', 'fr', 'es'].map(readingOf);
const BEYOND_ASCII = /[^\x20-\x7e]/;
/** A text without words has an empty one. */
const NO_WORD = [''];

/** What a text holds: its words, each once, which bring their pieces with them, and everything else. */
export interface Said {
  words: ReadonlySet<string>;
  /** Pairs of neighbours, `#` concepts and turns of phrase, each once. */
  others: ReadonlySet<string>;
}

/** Folded, numbers as 0; and the words that count. */
export function wordsIn(text: string): { written: string; cut: readonly string[] } {
  const said = fold(text);
  if (said === '') return { written: said, cut: NO_WORD };
  const words = folded(text);
  let cut: readonly string[] = words;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (!holdsDigit(word)) continue;
    if (cut === words) cut = words.slice();
    (cut as string[])[at] = word.replace(/\d+/g, '0');
  }
  return { written: cut === words ? said : cut.join(' '), cut: cut.length > LONGEST ? cut.slice(0, LONGEST) : cut };
}

/** Signs are compared one by one: an expression costs more than all the letters of a word. */
function holdsDigit(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code >= ZERO && code <= NINE) return true;
  }
  return false;
}

/** A content word that tells nothing of a town. */
export function isOdd(word: string, concepts: readonly string[]): boolean {
  return concepts.every((concept) => concept === 'elsewhere') && isContent(word);
}

export function lengthOf(words: number): string {
  return words <= 2 ? '#short' : words <= 5 ? '#few' : words <= 12 ? '#some' : '#many';
}

/** O(letters). */
export function readSaid(text: string): Said {
  const { written: said, cut: read } = wordsIn(text);
  const words = new Set<string>();
  const others = new Set<string>(['*']);
  const forms = new Set<string>();
  const topics = new Set<string>();
  let odd = 0;
  let before = '^';
  for (const word of read) {
    words.add(word);
    others.add(`${before} ${word}`);
    before = word;
    const concepts = conceptsOf(word);
    for (const concept of concepts) (FORMS.has(concept) ? forms : topics).add(concept);
    if (isOdd(word, concepts)) odd++;
  }
  others.add(`${before} $`);
  if (text.includes('?')) forms.add('question');
  for (const place of patternsIn(said)) others.add(`#! ${PATTERNS[place]?.[0]}`);
  for (const form of forms) others.add(`#${form}`);
  const about = [...topics, ...(topics.has('municipal') ? [] : ['other'])];
  for (const [at, topic] of about.entries()) {
    others.add(`#${topic}`);
    for (const form of forms) others.add(`#${form} ${topic}`);
    for (const second of about.slice(at + 1)) others.add(topic < second ? `#${topic} ${second}` : `#${second} ${topic}`);
  }
  if (odd > 0) others.add(`#odd${Math.min(odd, 3)}`);
  if (odd > 0 && !topics.has('municipal')) others.add('#odd other');
  others.add(lengthOf(read.length));
  return { words, others };
}

/** Features of one folded word: itself and its pieces. */
export const featuresOfWord = remembering((word): readonly string[] => [...new Set([word, ...piecesOf(word)])], WORDS_KEPT);

/** Each feature once: `#` concepts and turns of phrase, `-` pieces, else words. O(letters). */
export function featuresOf(text: string): string[] {
  const { words, others } = readSaid(text);
  return [...new Set([...others, ...[...words].flatMap(featuresOfWord)])];
}

function piecesOf(word: string): string[] {
  const found: string[] = [];
  if (BEYOND_ASCII.test(word)) {
    for (let at = 0; at < word.length; at++) found.push(`-${word.slice(at, at + 2)}`);
    return found;
  }
  const marked = `_${word}_`;
  for (let at = 0; at + GRAM <= marked.length; at++) found.push(`-${marked.slice(at, at + GRAM)}`);
  return found;
}

const isContent = remembering(
  (word) =>
    word.length > 3 &&
    !readings.some(({ stopWords, lightWords, faintWords }) => stopWords.has(word) || lightWords.has(word) || faintWords.has(word)),
  WORDS_KEPT,
);
