/** Text → features of the scorer: concepts, words, pairs of neighbours, pieces of longer words (typing errors leave most of them whole). */
import { foldAccents } from '../../languages/reading/stem.ts';
import { conceptsOf } from './signals.ts';

const LONGEST = 60;
const GRAM = 4;
/** Concepts that say what the sentence does; each is also paired with what it speaks of. */
const FORMS = new Set(['asks', 'impersonal', 'wants', 'requests', 'mine', 'did', 'not', 'day', 'now', 'self']);

/** Lower case, no accents, no punctuation but the question mark, digits as `0`; `ß` and apostrophes as other readers of the house do. */
export function plainWords(text: string): string[] {
  const plain = foldAccents(text.toLowerCase()).replace(/\d+/g, '0');
  return (plain.match(/[\p{L}\p{N}]+|\?/gu) ?? []).slice(0, LONGEST);
}

/** Each feature once, in order of first appearance. O(letters). */
export function featuresOf(text: string): string[] {
  const words = plainWords(text);
  const found = new Set<string>(['*']);
  const forms = new Set<string>();
  const topics = new Set<string>();
  let before = '^';
  for (const word of words) {
    found.add(word);
    found.add(`${before} ${word}`);
    before = word;
    for (const concept of conceptsOf(word)) (FORMS.has(concept) ? forms : topics).add(concept);
    const marked = `_${word}_`;
    if (/[^\x20-\x7e]/.test(word)) for (let i = 0; i < word.length; i++) found.add(`-${word.slice(i, i + 2)}`);
    else for (let i = 0; i + GRAM <= marked.length; i++) found.add(`-${marked.slice(i, i + GRAM)}`);
  }
  found.add(`${before} $`);
  if (topics.size === 0) found.add('#none');
  for (const form of forms) found.add(`#${form}`);
  for (const topic of topics) {
    found.add(`#${topic}`);
    for (const form of forms) found.add(`#${form} ${topic}`);
  }
  if (!topics.has('municipal')) for (const form of forms) found.add(`#${form} -`);
  found.add(words.length <= 2 ? '#1' : words.length <= 5 ? '#3' : words.length <= 12 ? '#6' : '#13');
  return [...found];
}
