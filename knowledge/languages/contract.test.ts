import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Language } from './contract.ts';
import { createSpeech } from './speak.ts';

const names = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z]{2}\.ts$/.test(file))
  .map((file) => file.slice(0, 2));
const languages = await Promise.all(names.map(async (name) => ((await import(`./${name}.ts`)) as { default(): Language }).default()));
const italian = languages.find((language) => language.code === 'it') as Language;
const marks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(languages.map((language) => [language.code, language] as const))('%s', (code, language) => {
  test('is named as its file and knows how to read', () => {
    expect(names).toContain(code);
    expect(language.stopWords.size).toBeGreaterThan(50);
    expect(language.lightWords.size).toBeGreaterThan(5);
    expect(language.stem('xyz')).toBe('xyz');
  });
  test('says everything that Italian says, with the same marks to fill in', () => {
    expect(Object.keys(language.words).sort()).toEqual(Object.keys(italian.words).sort());
    for (const [key, text] of Object.entries(language.words))
      expect([key, marks(text)]).toEqual([key, marks(italian.words[key] as string)]);
  });
  test('says nothing empty, and leaves no Italian untranslated but the name of the codice fiscale', () => {
    const copied = Object.keys(italian.words).filter(
      (key) =>
        code !== 'it' &&
        key !== 'bookFiscalCode' &&
        language.words[key] === italian.words[key] &&
        /[a-zà]{5,}/i.test(italian.words[key]?.replace(/\{\w+\}/g, '') ?? ''),
    );
    for (const [key, text] of Object.entries(language.words)) expect([key, text.trim().length > 0]).toEqual([key, true]);
    expect(copied).toEqual([]);
  });
  test('greets as an automatic system, first thing', () => {
    expect(language.words['greeting']?.slice(0, 80)).toMatch(/a[vu]tomati?|automá|آلي|自动|автомат/i);
  });
});

test('a language nobody wrote is spoken in the body’s own; marks are filled in', () => {
  const say = createSpeech([italian])('xx');
  expect(say('greeting', { body: 'Comune di Prova' })).toContain('Comune di Prova');
  expect(say('office', { office: 'URP' })).toContain('{address}');
});

test('what is filled into Arabic keeps its own order', () => {
  const say = createSpeech([italian, ...languages])('ar');
  expect(say('office', { phone: '0100 551 0990' })).toContain('\u20680100 551 0990\u2069');
  expect(say('bookDone', { code: 'AB12' })).toContain('**AB12**');
});
