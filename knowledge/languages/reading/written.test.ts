import { expect, test } from 'vitest';
import { writtenWords } from './written.ts';

const WORD = /(?<![\p{L}\p{N}])[\p{L}'’-]+(?![\p{L}\p{N}])/gu;

test('what is parted by hand is what the pattern parts', () => {
  const signs = ['a', 'È', 'b', '1', '²', "'", '’', '-', ' ', '?', '–', 'ș', 'ж', '_'];
  let seed = 5;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  let found = 0;
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: random(9) }, () => signs[random(signs.length)]).join('');
    const words = text.match(WORD) ?? [];
    found += words.length;
    expect(writtenWords(text), text).toEqual([...words]);
  }
  expect(found).toBeGreaterThan(10_000);
});

test('a code is no word, and what hangs on a number by a hyphen is one', () => {
  expect(writtenWords("l'ISEE, M4K e il 730-precompilato")).toEqual(["l'ISEE", 'e', 'il', 'precompilato']);
});
