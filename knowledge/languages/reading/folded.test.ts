import { expect, test } from 'vitest';
import { foldedWords } from './folded.ts';
import { foldAccents } from './stem.ts';

const PIECES = [
  'Perché',
  'È',
  'carta',
  'D’IDENTITÀ',
  "l'ho",
  ' ',
  '  ',
  '?',
  ' ?',
  '(12)',
  'straße',
  'Œuvre',
  'İstanbul',
  'e\u0301',
  '_',
  'x_y',
  '½',
  'ª',
  'Київ',
  '你好',
  'مرحبا',
  '😀',
  '…',
  '–',
  '\u00a0',
  '\u3000',
  'ș',
  'Þór',
  '3ª',
  '#',
  'ǰ',
  'ŉ',
  '²',
];

test('the words are those that folding the whole text and cutting at all other signs gives', () => {
  let seed = 11;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let i = 0; i < 5_000; i++) {
    const text = Array.from({ length: random(8) }, () => PIECES[random(PIECES.length)]).join(['', ' '][random(2)]);
    const folded = foldAccents(text.toLowerCase());
    expect(foldedWords(text).join(' '), text).toBe(folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim());
    expect(foldedWords(text, true).join(' '), text).toBe(folded.replace(/[^\p{L}\p{N}?]+/gu, ' ').trim());
  }
});
