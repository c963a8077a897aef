import { expect, test } from 'vitest';
import { mulberry } from '../../scripts/bench/corpus.ts';
import { wordsOf } from './analyzer.ts';

/** The rule in one line, for scripts that need no more. */
const byRule = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

test('words of common scripts are what the rule says, whatever stands between them', () => {
  const random = mulberry(7);
  const pool = [...'aàeèéßœñçàÇÖ0123456789²½ªº αβγ Ⅻ① ’\'"«».,;:-–—…€$%&/()[]{}_~^°§\t\n\u00a0\u2028ﬁ'];
  for (let n = 0; n < 500; n++) {
    const text = Array.from({ length: Math.floor(random() * 40) }, () => pool[Math.floor(random() * pool.length)]).join('');
    expect(wordsOf(text), JSON.stringify(text)).toEqual(byRule(text));
  }
});

test('scripts that need more keep their own rules', () => {
  expect(wordsOf("Об'єднання громадян")).toEqual(['обєднання', 'громадян']);
  expect(wordsOf('身份证在哪里办理').length).toBeGreaterThan(1);
  expect(wordsOf("L'ufficio dell’Anagrafe: 2º piano")).toEqual(['l', 'ufficio', 'dell', 'anagrafe', '2º', 'piano']);
});
