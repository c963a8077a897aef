/** Text → features of the scorer: concepts, turns of phrase, words, pairs of neighbours, pieces of words (typing errors leave most of them whole). */
import { readingOf } from '../../languages/reading/read.ts';
import { remembering } from '../../languages/reading/remembering.ts';
import { fold } from './certain/fold.ts';
import type { Concepts } from './concepts/concepts.ts';
import { PATTERNS } from './patterns.ts';
import { conceptsOf } from './signals.ts';

const LONGEST = 60;
const WORDS_KEPT = 20_000;
const GRAM = 4;
/** What the sentence does; each is also paired with what it speaks of. */
const FORMS = new Set<keyof Concepts>(['asks', 'impersonal', 'wants', 'requests', 'mine', 'did', 'not', 'day', 'now', 'self']);
const readings = ['it', 'en', 'de', 'fr', 'es'].map(readingOf);
const BEYOND_ASCII = /[^\x20-\x7e]/;

/** Each feature once, in order of first appearance: `#` concepts and turns of phrase, `-` pieces, else words. O(letters). */
export function featuresOf(text: string): string[] {
  const said = fold(text).replace(/\d+/g, '0');
  const words = said.split(' ').slice(0, LONGEST);
  const found = new Set<string>(['*']);
  const forms = new Set<string>();
  const topics = new Set<string>();
  let odd = 0;
  let before = '^';
  for (const word of words) {
    found.add(word);
    found.add(`${before} ${word}`);
    before = word;
    const concepts = conceptsOf(word);
    for (const concept of concepts) (FORMS.has(concept) ? forms : topics).add(concept);
    if (concepts.every((concept) => concept === 'elsewhere') && isContent(word)) odd++;
    for (const piece of piecesOf(word)) found.add(piece);
  }
  found.add(`${before} $`);
  if (text.includes('?')) forms.add('question');
  for (const [name, pattern] of PATTERNS) if (pattern.test(said)) found.add(`#! ${name}`);
  for (const form of forms) found.add(`#${form}`);
  const about = [...topics, ...(topics.has('municipal') ? [] : ['other'])];
  for (const [at, topic] of about.entries()) {
    found.add(`#${topic}`);
    for (const form of forms) found.add(`#${form} ${topic}`);
    for (const second of about.slice(at + 1)) found.add(topic < second ? `#${topic} ${second}` : `#${second} ${topic}`);
  }
  if (odd > 0) found.add(`#odd${Math.min(odd, 3)}`);
  if (odd > 0 && !topics.has('municipal')) found.add('#odd other');
  found.add(words.length <= 2 ? '#short' : words.length <= 5 ? '#few' : words.length <= 12 ? '#some' : '#many');
  return [...found];
}

const piecesOf = remembering((word): readonly string[] => {
  const found: string[] = [];
  if (BEYOND_ASCII.test(word)) {
    for (let at = 0; at < word.length; at++) found.push(`-${word.slice(at, at + 2)}`);
    return found;
  }
  const marked = `_${word}_`;
  for (let at = 0; at + GRAM <= marked.length; at++) found.push(`-${marked.slice(at, at + GRAM)}`);
  return found;
}, WORDS_KEPT);

const isContent = remembering(
  (word) =>
    word.length > 3 &&
    !readings.some(({ stopWords, lightWords, faintWords }) => stopWords.has(word) || lightWords.has(word) || faintWords.has(word)),
  WORDS_KEPT,
);
