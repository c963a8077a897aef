/** Words of one language as the collection met them: numbered once, so that texts are read as numbers. */
import { foldAccents } from '../../languages/reading/stem.ts';
import { type Reading, readingOf } from '../../languages/reading/read.ts';
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { WordForms } from '../../lexicon/match.ts';
import { gramsOf } from '../analyzer.ts';
import type { Arena } from './arena.ts';

export interface VocabularyWord {
  word: string;
  /** Occurrences in the collection. */
  count: number;
  /** Bit per letter, to reject unlike words without comparing them. */
  mask: number;
}

/** What the collection knows of one word in one language; null = a stop word. */
export type Known = { slot: number; grams: Uint32Array; surface: VocabularyWord } | null;

export interface LanguageWords {
  /** Numbers of the words of a text, in order; new words get one. */
  numbersOf(words: string[]): Uint32Array;
  known(number: number): Known;
  /** The words as a lexicon reads them. */
  looked(numbers: Uint32Array): WordForms[];
}

export interface WordsParts {
  lang: string;
  lexicon: Lexicon;
  /** Slots of stems and n-grams, and folded words, of all languages together. */
  stems: Map<string, number>;
  grams: Map<number, number>;
  surface: Map<string, VocabularyWord>;
  arena: Arena;
}

export function createLanguageWords({ lang, lexicon, stems, grams, surface, arena }: WordsParts): LanguageWords {
  const reading = readingOf(lang);
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const all: Known[] = [];
  const forms: (WordForms | undefined)[] = [];

  /** Stems, folds and cuts a word once, however often it comes. */
  function learn(word: string): Known {
    if (isStop(word, reading)) return null;
    const stem = reading.stem(word);
    if (!stem) return null;
    const folded = foldAccents(word);
    const seen = surface.get(folded) ?? { word: folded, count: 0, mask: letterMask(folded) };
    surface.set(folded, seen);
    return { slot: numberIn(stems, stem), grams: Uint32Array.from(gramsOf(word), (code) => numberIn(grams, code)), surface: seen };
  }

  return {
    numbersOf(words) {
      const found = arena.room(words.length);
      for (let i = 0; i < words.length; i++) {
        const word = words[i] as string;
        let number = numbers.get(word);
        if (number === undefined) {
          number = all.length;
          numbers.set(word, number);
          texts.push(word);
          all.push(learn(word));
        }
        found[i] = number;
      }
      return found;
    },
    known: (number) => all[number] as Known,
    looked(found) {
      const words: WordForms[] = new Array(found.length);
      for (let i = 0; i < found.length; i++) {
        const number = found[i] as number;
        words[i] = forms[number] ??= lexicon.look(texts[number] as string, lang);
      }
      return words;
    },
  };
}

const isStop = (word: string, reading: Reading): boolean => reading.stopWords.has(word) && !reading.lightWords.has(word);

/** The key's number, given out in order of first sight. */
function numberIn<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

export function letterMask(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31);
  return mask;
}
