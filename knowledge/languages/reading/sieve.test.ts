import { describe, expect, test } from 'vitest';
import { alternativesOf, beginningsOf } from './beginnings.ts';
import { sieved } from './sieve.ts';

describe('beginnings', () => {
  test.each([
    [String.raw`\b(?:a(?:b|c)d|e[|)]f)\b`, [String.raw`\b(?:a(?:b|c)d)\b`, String.raw`\b(?:e[|)]f)\b`]],
    ['(?<![a-z])(?:ab|cd)(?![a-z])|ef', ['(?<![a-z])(?:ab)(?![a-z])', '(?<![a-z])(?:cd)(?![a-z])', 'ef']],
    ['^(?:a|b) (?:c|d)', ['^(?:a|b) (?:c|d)']],
  ])('alternatives of %s', (source, alternatives) => expect(alternativesOf(source)).toEqual(alternatives));

  test('what is optional may be left out, and after what may be anything nothing is told', () => {
    const texts = beginningsOf(String.raw`\b(?:il )?(?:ga|to)tt\w+ nero`, false)?.map(({ text }) => text);
    expect(texts?.sort()).toEqual(['gatt', 'il gatt', 'il tott', 'tott']);
    expect(beginningsOf(String.raw`\w+ nero`, false)).toBeNull();
  });
});

describe('a sieved pattern', () => {
  const patterns = [
    /\b(?:carta d['’]identità|gatt\w+ (?:\w+ ){0,2}ner[oi]|\w{3}zz)\b/i,
    /(?<![\p{L}\d])(?:tim|118|università|è vero)(?![\p{L}\d])/iu,
    /\b(?:è|a) chi\b/,
    /^(?:no|si) (?=grazie)/,
  ];
  const texts = [
    'La CARTA D’IDENTITÀ',
    "carta d'identita",
    'un gatto tutto nero',
    'gatti e cani',
    'una pizz, e una pozz',
    'TIM',
    'timbro',
    'il 118?',
    '2118',
    'UNIVERSITÀ',
    'è vero',
    'sé è chi',
    'da a chi',
    'no grazie',
    'ah no grazie',
    'ſi grazie',
    'Київ 118',
    '',
  ];

  test('fits what the pattern fits, and nothing else', () => {
    for (const pattern of patterns) {
      const { test: fits, mayFit } = sieved(pattern);
      for (const text of texts) {
        expect([pattern.source, text, fits(text)]).toEqual([pattern.source, text, pattern.test(text)]);
        if (pattern.test(text)) expect(mayFit(text)).toBe(true);
      }
    }
  });

  test('spares most texts the pattern', () => {
    expect(sieved(/\b(?:incendio|aiuto)\b/).mayFit('quanto costa la mensa')).toBe(false);
  });
});
