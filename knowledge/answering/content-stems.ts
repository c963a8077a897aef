/** The content words of a question as stems, each once. */
import { metWords, numberOfStem } from './topic.ts';

let last: { text: string; lang: string; stems: ReadonlySet<string> } = { text: '', lang: '', stems: new Set() };

/** Kept for the last question: weighing what it finds and naming an office both ask. O(words). */
export function contentStems(text: string, lang: string): ReadonlySet<string> {
  if (last.text === text && last.lang === lang) return last.stems;
  const stems = new Set<string>();
  for (const { stem } of metWords(text, lang)) if (stem) stems.add(stem);
  last = { text, lang, stems };
  return stems;
}

export interface ContentNumbers {
  /** Of the stems that some passage holds (word-numbers.ts). */
  numbers: number[];
  /** How many stems there are. */
  size: number;
}

/** The same as numbers. O(words). */
export function contentNumbers(text: string, lang: string): ContentNumbers {
  const numbers: number[] = [];
  const unheld: string[] = [];
  for (const word of metWords(text, lang)) {
    if (!word.stem) continue;
    const number = numberOfStem(word);
    if (number < 0) {
      if (!unheld.includes(word.stem)) unheld.push(word.stem);
    } else if (!numbers.includes(number)) numbers.push(number);
  }
  return { numbers, size: numbers.length + unheld.length };
}
