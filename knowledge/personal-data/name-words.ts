/** Where a name ends that begins at a given place. */
import { readingOf } from '../languages/reading/read.ts';
import { AMBIGUOUS_NAMES, GIVEN_NAMES, SURNAMES } from './given-names.ts';
import { isOrdinary } from './not-names.ts';

const LANGUAGES = ['it', 'en', 'de', 'fr', 'es'].map(readingOf);
/** Words that end a name written in small letters, where they are no stop words. */
const ENDS_NAME =
  /^(?:vorrei|volevo|voglio|abito|vivo|risiedo|nata|nato|residente|chiedo|devo|posso|buongiorno|salve|fuori|want|live|need|lost|would|wohne|möchte|brauche|habe|și|codice|cf|tel|cell|cellulare|grazie|chiamo|scrivo|confermo|tutti|così|come|anche|perso|nome|cognome|data)$/iu;
const PARTICLE = /^(?:d[aeiu]|del|della|delle|dei|degli|de|des|du|la|lo|le|van|von|der|den|zu|el|al|ben|bin|dos|das)$/iu;
const MOST_WORDS = 4;
const WORD = /[\p{L}][\p{L}'’-]{0,24}/uy;
/** Scripts that know no capitals have both. */
const CAPITAL = /^(?:\p{Lu}|\p{Lo})/u;

export const isGivenName = (word: string): boolean => GIVEN_NAMES.has(word.toLowerCase());
export const isSurname = (word: string): boolean => SURNAMES.has(word.toLowerCase());
/** A given name that is hardly ever another word. */
export const isClearName = (word: string): boolean => isGivenName(word) && !AMBIGUOUS_NAMES.has(word.toLowerCase());
export const isStopWord = (word: string): boolean => LANGUAGES.some(({ stopWords }) => stopWords.has(word.toLowerCase()));
/** Never part of a name, unless it is one. */
export const isNoName = (word: string): boolean => isOrdinary(word) && !isGivenName(word) && !isSurname(word);

export interface Name {
  end: number;
  words: string[];
}

/** The words from `at` on that can be one person's name; null when there are none. `small`: so many of them may be written in small letters. */
export function nameAt(text: string, at: number, small: 0 | 1 | 2): Name | null {
  const words: string[] = [];
  let end = at;
  for (let place = at; words.length < MOST_WORDS; ) {
    const word = wordAt(text, place);
    if (!word) break;
    const after = place + word.length;
    const next = text[after] === ' ' ? wordAt(text, after + 1) : null;
    if (words.length > 0 && PARTICLE.test(word) && next && CAPITAL.test(next)) words.push(word);
    else if (!isPart(word, words.length, small)) break;
    else {
      words.push(word);
      end = after;
    }
    if (text[after] !== ' ') break;
    place = after + 1;
  }
  // What holds a particle and nothing behind it ends before it.
  while (words.length > 0 && PARTICLE.test(words.at(-1) as string) && words.length > 1) words.pop();
  return end > at + 1 ? { end, words } : null;
}

function isPart(word: string, count: number, small: number): boolean {
  if (ENDS_NAME.test(word)) return false;
  if (CAPITAL.test(word)) return !isNoName(word) && !(count === 0 && isStopWord(word) && !isGivenName(word));
  return count < small && !isStopWord(word) && !isNoName(word);
}

function wordAt(text: string, at: number): string | null {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? null;
}
