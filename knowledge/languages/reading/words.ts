/**
 * Words as those who read messages share them: a word that was met before is found while a text is cut, without a string made for it, and what one reader knows of
 * it is there the next time (`rememberingWord`). Its text is one string in all messages, so that tables keyed by it need not read its letters again.
 */
import { LATIN_END, MARKS_END, MARKS_START } from './signs.ts';
import { foldAccents } from './stem.ts';
import { LONGEST_SHARED, rememberingText } from './text.ts';

export interface Word {
  /** In small letters, accents as written. */
  readonly text: string;
  /** Without accents; the same word where it has none. */
  readonly folded: Word;
  readonly hash: number;
  /** By number of a reader: what it knows of the word; undefined = nothing yet. */
  readonly made: unknown[];
}

/** Some 200 bytes each. */
const MOST_WORDS = 2_500;
/** A power of two. */
const PLACES = 4_096;
let places = new Array<Word | undefined>(PLACES).fill(undefined);
let kept = 0;

const isLetter = Uint8Array.from({ length: LATIN_END }, (_, code) => (/[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0));
const NINE = 57;

/**
 * Runs of letters and digits, in small letters, in order; null for a text with letters of other scripts than Latin, or with signs that belong to the letter
 * before, and for a long one. O(letters).
 */
export const latinWords = rememberingText((text): readonly Word[] | null =>
  text.length > LONGEST_SHARED ? null : cut(text.toLowerCase()),
);

function cut(lower: string): Word[] | null {
  const words: Word[] = [];
  let from = -1;
  let hash = 0;
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : MARKS_START;
    if (code < LATIN_END && isLetter[code] === 1) {
      if (from < 0) {
        from = at;
        hash = 0;
      }
      hash = (Math.imul(hash, 31) + code) | 0;
      continue;
    }
    if (code >= LATIN_END && (code < MARKS_START || code >= MARKS_END)) return null;
    if (from < 0) continue;
    words.push(wordAt(lower, from, at, hash));
    from = -1;
  }
  return words;
}

function wordAt(lower: string, from: number, to: number, hash: number): Word {
  // Numbers come once each: they would drive out the words.
  if (lower.charCodeAt(from) <= NINE) return made(lower.slice(from, to), hash);
  let place = placeOf(hash);
  for (let word = places[place]; word !== undefined; word = places[place]) {
    if (word.hash === hash && isAt(word.text, lower, from, to)) return word;
    place = (place + 1) & (PLACES - 1);
  }
  const word = made(ownString(lower.slice(from, to)), hash);
  keep(word);
  return word;
}

const placeOf = (hash: number): number => (hash ^ (hash >>> 13)) & (PLACES - 1);

function keep(word: Word): void {
  if (kept >= MOST_WORDS) {
    places = new Array<Word | undefined>(PLACES).fill(undefined);
    kept = 0;
  }
  let place = placeOf(word.hash);
  while (places[place] !== undefined) place = (place + 1) & (PLACES - 1);
  places[place] = word;
  kept++;
}

function isAt(word: string, text: string, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}

function made(text: string, hash: number): Word {
  const folded = foldAccents(text);
  const word = { text, hash, made: [], folded: undefined as unknown as Word };
  word.folded = folded === text ? word : wordOf(folded);
  return word;
}

function wordOf(folded: string): Word {
  let hash = 0;
  for (let at = 0; at < folded.length; at++) hash = (Math.imul(hash, 31) + folded.charCodeAt(at)) | 0;
  return wordAt(folded, 0, folded.length, hash);
}

/** A piece of a text holds the whole text in memory; a name of a property does not, and is the same string wherever it comes from. */
const ownString = (piece: string): string => Object.keys({ [piece]: 0 })[0] as string;

let readers = 0;

/** What a reader knows of a word, worked out once while the word is kept. `compute` depends on nothing but the word and gives no undefined. */
export function rememberingWord<T>(compute: (word: Word) => T): (word: Word) => T {
  const reader = readers++;
  return (word) => {
    const known = word.made[reader];
    if (known !== undefined) return known as T;
    const value = compute(word);
    word.made[reader] = value;
    return value;
  };
}
