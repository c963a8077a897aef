import { createRequire } from 'node:module';
import { keptStem } from './kept-stems.ts';

/** Not imported: of a package of the older kind that is imported, its source (0.9 MB) stays in memory twice. */
const stemmers: { newStemmer(language: string): { stem(word: string): string } } = createRequire(import.meta.url)('snowball-stemmers');

const LETTERS_WITHOUT_DECOMPOSITION: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const BEYOND_ASCII = /[^\x20-\x7e]/;

/** Lower-case letters without their accents: `così` → `cosi`, `straße` → `strasse`. */
export function foldAccents(word: string): string {
  // Most words have none, and the question is asked millions of times while a large collection is read.
  if (!BEYOND_ASCII.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßłøæœđðþı]/g, (letter) => LETTERS_WITHOUT_DECOMPOSITION[letter] ?? letter);
}

/**
 * A stemmer of the Snowball family, accents folded after stemming (its rules need them). Numbers and codes come back as they are.
 * @param algorithm Snowball's English name of the language, e.g. `italian`
 */
export function snowball(algorithm: string): (word: string) => string {
  const stemmer = stemmers.newStemmer(algorithm);
  const make = (word: string) => foldAccents(stemmer.stem(word));
  return (word) => (/\d/.test(word) ? foldAccents(word) : keptStem(algorithm, word, make));
}

/** Stop words from blank-separated lists, each also in its folded form. */
export function stopList(...lists: string[]): ReadonlySet<string> {
  const words = lists.flatMap((list) => list.trim().split(/\s+/));
  return new Set([...words, ...words.map(foldAccents)]);
}
