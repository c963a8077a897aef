import { describe, expect, test } from 'vitest';
import { beginningsOf, quick } from './quick.ts';

describe('what a pattern may begin with', () => {
  test.each([
    [/\b(?:stato|sta)\b/, ['stat', 'sta']],
    [/^(?:e |ma )*(?:come|do)\b/, ['e ', 'ma ', 'come', 'do']],
    [/\b(?:lo )?stato/, ['lo s', 'stat']],
    [/\bmi[ao]\b/, ['mia', 'mio']],
    [/\bs ?\d/, ['s ', 's']],
    [/\b(?:un )+(?:altro)/, ['un ']],
    [/\b(?:a|\w+b)c/, null],
    [/(?:^| )come/, null],
    [/come/, null],
    [/\b(?:come|取消)/, null],
    [/\b[^a]b/, null],
    [/\b(?:ab?|a.c)d/, ['abd', 'a']],
    [/\b(?!non )(?:va|vo)\b/, ['va', 'vo']],
    [/\bpre(?:nota)?\w+/, ['pren', 'pre']],
  ])('%s', (pattern, expected) => {
    const begun = beginningsOf(pattern.source);
    expect(begun && [...begun].sort()).toEqual(expected && [...expected].sort());
  });
});

describe('a quick pattern answers what the pattern answers', () => {
  const patterns = [
    /\b(?:stato|a che punto)\b.{0,10}?\bmi[ao]\b/u,
    /^(?:(?:e|ma) )*(?:come|dove)\b/,
    /\b(?:prenot(?!at[oaie])\w+|fissar\w+)\b/,
    /\bs ?\d{1,3}\b/,
    /(?:^| )отм\p{L}*/u,
    /\b(?:x|y z)?b\b/,
  ];
  const asked = patterns.map(quick);
  const words = 'stato mia mio a che punto e ma come dove prenoto prenotato fissare s 12 s12 отмена b x y z xb ab b_ è'.split(' ');
  test('for thousands of texts, each asked in any order', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    let fitted = 0;
    let texts = ['', ''];
    for (let i = 0; i < 5_000; i++) {
      texts = [
        texts[1] ?? '',
        Array.from({ length: 1 + random(6) }, () => words[random(words.length)]).join([' ', ' ', '?', ''][random(4)]),
      ];
      const text = texts[random(2)] ?? '';
      const at = random(patterns.length);
      const fits = patterns[at]?.test(text);
      if (fits) fitted++;
      expect(asked[at]?.test(text), `${patterns[at]} ${text}`).toBe(fits);
    }
    expect(fitted).toBeGreaterThan(200);
  });

  test('also one that is made after the text was looked at', () => {
    asked[0]?.test('dove siete');
    expect(quick(/\bdove\b/).test('dove siete')).toBe(true);
  });

  test('none that remembers where it was', () => {
    expect(() => quick(/a/g)).toThrow(/remembers/);
  });
});
