/** Words of one language as the collection met them: numbered once, so that texts are read as numbers. */
import { foldAccents } from '../../languages/reading/stem.ts';
import { type Reading, readingOf } from '../../languages/reading/read.ts';
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { WordForms } from '../../lexicon/match.ts';
import { gramsOf } from '../analyzer.ts';
import { createColumn } from './column.ts';
import { ownText } from './own-text.ts';
import type { Tally } from './tally.ts';

export interface VocabularyWord {
  word: string;
  /** Occurrences in the collection. */
  count: number;
  /** Bit per letter, to reject unlike words without comparing them. */
  mask: number;
}

export interface LanguageWords {
  /** Writes the numbers of the words of a text, in order, from a place of the list on; new words get one. */
  number(words: readonly string[], into: Uint32Array, from: number): void;
  /** Slot of the word's stem; -1 = a stop word. */
  slotOf(number: number): number;
  /** One more occurrence of a word that is none of the stop words. */
  count(number: number): void;
  /** Adds the word's n-grams to a tally. */
  tallyGrams(number: number, tally: Tally): void;
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
}

export function createLanguageWords({ lang, lexicon, stems, grams, surface }: WordsParts): LanguageWords {
  const reading = readingOf(lang);
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  /** By number: slot + 1, 0 for a stop word; the word as spelt; its n-grams, from one start to the next. */
  const slots = createColumn();
  const spelt: (VocabularyWord | null)[] = [];
  const starts = createColumn();
  const ownGrams = createColumn();
  const forms: (WordForms | undefined)[] = [];
  starts.push(0);

  /** Stems, folds and cuts a word once, however often it comes. */
  function learn(word: string): void {
    const stem = isStop(word, reading) ? '' : reading.stem(word);
    if (stem) {
      const folded = foldAccents(word);
      const seen = surface.get(folded) ?? { word: folded, count: 0, mask: letterMask(folded) };
      surface.set(folded, seen);
      spelt.push(seen);
      slots.push(numberIn(stems, stem) + 1);
      for (const code of gramsOf(word)) ownGrams.push(numberIn(grams, code));
    } else {
      spelt.push(null);
      slots.push(0);
    }
    starts.push(ownGrams.length());
  }

  function numberNew(word: string): number {
    const number = texts.length;
    numbers.set(word, number);
    texts.push(word);
    learn(word);
    return number;
  }

  return {
    number(words, into, from) {
      for (let i = 0; i < words.length; i++) {
        const word = words[i] as string;
        into[from + i] = numbers.get(word) ?? numberNew(ownText(word));
      }
    },
    slotOf: (number) => slots.at(number) - 1,
    count(number) {
      const seen = spelt[number];
      if (seen) seen.count++;
    },
    tallyGrams(number, tally) {
      const to = starts.at(number + 1);
      for (let i = starts.at(number); i < to; i++) tally.add(ownGrams.at(i));
    },
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
