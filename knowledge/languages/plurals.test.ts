/** Words that go with a number agree with it, by the language's own rules. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Language } from './contract.ts';
import { createSpeech } from './speak.ts';

const codes = readdirSync(import.meta.dirname)
  .map((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1])
  .filter((code): code is string => code !== undefined);
const languages = await Promise.all(
  codes.map(async (code) => ((await import(join(import.meta.dirname, `${code}.ts`))) as { default: () => Language }).default()),
);

test('one person, two people; one minute, five minutes', () => {
  const speech = createSpeech(languages);
  const ahead = (lang: string, count: number) => speech(lang)('ticketPlace', { ticket: 'A12', ahead: String(count), serving: 'A9' });
  expect([0, 1, 2].map((count) => ahead('it', count))).toEqual([
    'Il numero A12 ha davanti 0 persone; ora serviamo A9.',
    'Il numero A12 ha davanti 1 persona; ora serviamo A9.',
    'Il numero A12 ha davanti 2 persone; ora serviamo A9.',
  ]);
  // French counts nothing as one.
  expect([0, 1, 2].map((count) => /\d+ personnes?/.exec(ahead('fr', count))?.[0])).toEqual(['0 personne', '1 personne', '2 personnes']);
  const minutes = (lang: string, count: number) => speech(lang)('payTooManyTries', { minutes: String(count) });
  expect(minutes('en', 1)).toContain('in 1 minute,');
  expect(minutes('en', 5)).toContain('in 5 minutes,');
  expect(minutes('ar', 5)).toContain('5 دقائق');
  expect(minutes('ar', 15)).toContain('15 دقيقة');
});

test('in every language every form is written for categories that the language has, and `other` always', () => {
  for (const { code, words } of languages) {
    const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories as string[];
    for (const [key, text] of Object.entries(words))
      for (const [, forms = ''] of text.matchAll(/\{\w+, ([^{}]+)\}/g)) {
        const named = forms.split(', ').map((one) => one.split(' ')[0] ?? '');
        expect(named, `${code} ${key}`).toContain('other');
        for (const name of named) expect(categories, `${code} ${key}`).toContain(name);
      }
  }
});
