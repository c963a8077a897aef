import { expect, test } from 'vitest';
import { words, wordsIn } from './words.ts';

test('every language says the same things, and leaves none empty', () => {
  const keys = Object.keys(wordsIn('it')).sort();
  for (const [lang, said] of Object.entries(words)) {
    expect(Object.keys(said).sort(), lang).toEqual(keys);
    for (const [key, text] of Object.entries(said)) expect(text.trim(), `${lang}.${key}`).not.toBe('');
  }
});

test('the rating asks with the wording of criterion C.SI.2.6', () => {
  const { whatWentWrong, reason1, reason2, reason3, reason4, reason5 } = wordsIn('it');
  expect([whatWentWrong, reason1, reason2, reason3, reason4, reason5]).toEqual([
    'Dove hai incontrato le maggiori difficoltà?',
    'A volte le indicazioni non erano chiare',
    'A volte le indicazioni non erano complete',
    'A volte non capivo se stavo procedendo correttamente',
    'Ho avuto problemi tecnici',
    'Altro',
  ]);
});

test('an unknown language falls back to Italian', () => {
  expect(wordsIn('xx')).toBe(wordsIn('it'));
});
