import { expect, test } from 'vitest';
import { citizenWords, citizenWordsIn, fill, preferred } from './citizen-words.ts';

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test('every language says the same things with the same values, and leaves none empty', () => {
  const italian = Object.entries(citizenWordsIn('it'));
  expect(Object.keys(citizenWords)).toHaveLength(10);
  for (const [lang, said] of Object.entries(citizenWords)) {
    expect(Object.keys(said).sort(), lang).toEqual(italian.map(([key]) => key).sort());
    for (const [key, text] of italian) {
      const own = (said as Record<string, string>)[key] ?? '';
      expect(own.trim(), `${lang}.${key}`).not.toBe('');
      expect(holes(own), `${lang}.${key}`).toEqual(holes(text));
    }
  }
});

test('a browser that says what it reads is answered in the first language that we speak', () => {
  expect(preferred('pt-BR,de-AT;q=0.8,en;q=0.9')).toBe('en');
  expect(preferred('ar')).toBe('ar');
  expect([preferred('pt'), preferred(undefined), preferred('')]).toEqual(['it', 'it', 'it']);
  expect(fill('a {b} {c}', { b: '{c}' })).toBe('a {c} {c}');
});
