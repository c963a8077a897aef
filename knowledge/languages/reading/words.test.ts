import { expect, test } from 'vitest';
import { foldedWords } from './folded.ts';
import { latinWords, rememberingWord } from './words.ts';

const TEXTS = [
  'Quanto costa la carta d’identità? (900)',
  "L'ISEE è già scaduto: perché?",
  'Straße, Œuvre, łódź e þing',
  'SPID... CIE/CNS 2026-11-27 a0b',
  '',
  '  ?!  ',
];

test('a text is cut as it is without shared words, with accents and without', () => {
  for (const text of TEXTS) {
    const words = latinWords(text);
    expect(words?.map((word) => word.text)).toEqual(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    expect(words?.map((word) => word.folded.text)).toEqual(foldedWords(text));
  }
});

test('texts of other scripts, with signs that belong to the letter before, and long ones are left to others', () => {
  for (const text of ['де паспорт', '身份证', 'بطاقة', 'e\u0301 gia', 'İstanbul', 'carta '.repeat(200)])
    expect(latinWords(text)).toBeNull();
});

test('the same word is one object in all texts, its folded form as well; numbers are not kept', () => {
  const [first] = latinWords('Già detto') ?? [];
  const [, second, third] = latinWords('ho GIÀ gia') ?? [];
  expect(second).toBe(first);
  expect(third).toBe(first?.folded);
  expect(third?.folded).toBe(third);
  expect(latinWords('numero 12')?.[1]).not.toBe(latinWords('il numero 12')?.[2]);
});

test('what is known of a word is worked out once, also when there are more words than are kept', () => {
  let times = 0;
  const length = rememberingWord(({ text }) => {
    times++;
    return text.length;
  });
  const [word] = latinWords('anagrafe uno') ?? [];
  if (!word) throw new Error('no word');
  expect([length(word), length(word)]).toEqual([8, 8]);
  expect(times).toBe(1);
  for (let at = 0; at < 6_000; at++) {
    const text = `x${at.toString(36).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string)}y zè${at}`;
    expect(latinWords(text)?.map((one) => one.folded.text)).toEqual(foldedWords(text));
  }
  expect(latinWords('anagrafe due')?.[0]?.text).toBe('anagrafe');
});
