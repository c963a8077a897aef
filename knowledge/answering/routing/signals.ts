/** Concepts of words: features of the scorer beside the words themselves, so that a word which no example holds still tells something. */
import { remembering } from '../../languages/reading/remembering.ts';
import { foldAccents } from '../../languages/reading/stem.ts';
import type { Concepts } from './concepts/concepts.ts';
import { de } from './concepts/de.ts';
import { en } from './concepts/en.ts';
import { es } from './concepts/es.ts';
import { fr } from './concepts/fr.ts';
import { it } from './concepts/it.ts';

const WORDS_KEPT = 20_000;
/** Shorter beginnings are read as whole words. */
const SHORTEST = 4;

const whole = new Map<string, readonly (keyof Concepts)[]>();
const starts = new Map<string, readonly (keyof Concepts)[]>();
/** Thousands of words have the same few concepts: each such list is there once. */
const lists = new Map<string, readonly (keyof Concepts)[]>();
for (const language of [it, en, de, fr, es]) {
  for (const [concept, list] of Object.entries(language) as [keyof Concepts, string][]) {
    for (const entry of list.split(' ')) {
      const word = foldAccents(entry.replace('=', ''));
      const table = entry.startsWith('=') || word.length < SHORTEST ? whole : starts;
      const known = table.get(word) ?? [];
      if (known.includes(concept)) continue;
      const key = [...known, concept].join(' ');
      const list = lists.get(key) ?? [...known, concept];
      lists.set(key, list);
      table.set(word, list);
    }
  }
}
const longest = Math.max(...[...starts.keys()].map((start) => start.length));

export const conceptNames = (): string[] => Object.keys(it);

/** Concepts of one folded word. O(letters). */
export const conceptsOf = remembering<readonly (keyof Concepts)[]>(concepts, WORDS_KEPT);

function concepts(word: string): (keyof Concepts)[] {
  const found = [...(whole.get(word) ?? [])];
  for (let length = Math.min(word.length, longest); length >= SHORTEST; length--) {
    for (const concept of starts.get(word.slice(0, length)) ?? []) found.push(concept);
  }
  return found;
}
