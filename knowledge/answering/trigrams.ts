/** Which language a text in Latin letters looks like, by its triples of letters. Learnt from the words we say ourselves, so it knows what offices talk about. */
import type { Language } from '../languages/contract.ts';

/** A table holds so many triples, by their hash: 64 kB a language. */
const SIZE = 16_384;
/** Count of a triple never met. */
const UNSEEN = 0.1;

/** Log-likelihood of a text in each language; a difference is in natural logarithms. O(letters × languages). */
export type Likeness = (text: string) => Map<string, number>;

/** Some 50 ms for seven languages. */
export function learnLikeness(languages: Pick<Language, 'code' | 'words' | 'stopWords' | 'faintWords'>[]): Likeness {
  const tables = languages.map(({ code, words, stopWords, faintWords }) => {
    const table = new Float32Array(SIZE).fill(UNSEEN);
    let all = SIZE * UNSEEN;
    const count = (at: number) => {
      table[at]! += 1;
      all += 1;
    };
    forTriples([...Object.values(words), ...stopWords, ...faintWords].join(' ').replace(/\{\w+\}|\]\([^)]*\)/g, ' '), count);
    for (let at = 0; at < SIZE; at++) table[at] = Math.log((table[at] as number) / all);
    return [code, table] as const;
  });
  // Side by side: what a triple is worth in every language is read from one place.
  const width = tables.length;
  const together = new Float32Array(SIZE * width);
  for (const [i, [, table]] of tables.entries()) for (let at = 0; at < SIZE; at++) together[at * width + i] = table[at] as number;
  const codes = tables.map(([code]) => code);
  return (text) => {
    const sums = new Float64Array(width);
    forTriples(text, (at) => {
      const from = at * width;
      for (let i = 0; i < width; i++) sums[i]! += together[from + i] as number;
    });
    return new Map(codes.map((code, i) => [code, sums[i] as number]));
  };
}

/** Small letters, one blank between words: as it should be already. */
const PLAIN = /^[a-zß-öø-ÿ]+(?: [a-zß-öø-ÿ]+)*$/;

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

function forTriples(text: string, take: (at: number) => void): void {
  const letters = PLAIN.test(text) ? ` ${text} ` : ` ${plain(text)} `;
  let [before, last] = [letters.charCodeAt(0), letters.charCodeAt(1)];
  for (let i = 2; i < letters.length; i++) {
    const next = letters.charCodeAt(i);
    take(hash(before, last, next));
    before = last;
    last = next;
  }
}

function hash(a: number, b: number, c: number): number {
  let mixed = (a * 31 + b) * 31 + c;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 12)) & (SIZE - 1);
}
