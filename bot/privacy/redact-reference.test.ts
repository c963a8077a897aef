/** S-23: the redactor on a reference of our own, written without a look at its rules and not tuned on: 200 planted values of eight kinds, 300 harmless lines. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { personalSpans, redact } from './redact.ts';

interface Line {
  message: string;
  spans: { type: string; start: number; end: number }[];
}
const lines = readFileSync(path.resolve(import.meta.dirname, '../../eval/datasets/personal-reference.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

test('S-23 structured kinds: at least 98 of 100 are found', () => {
  const kinds: Record<string, { found: number; n: number }> = {};
  for (const { message, spans } of lines)
    for (const { type, start, end } of spans) {
      kinds[type] ??= { found: 0, n: 0 };
      kinds[type].n++;
      // Found is what is masked from its first sign to its last.
      const masked = personalSpans(message);
      if (Array.from({ length: end - start }, (_, i) => start + i).every((at) => masked.some((span) => span.start <= at && at < span.end)))
        kinds[type].found++;
    }
  expect(Object.keys(kinds).sort()).toEqual(['CARD', 'CF', 'DOCUMENT', 'EMAIL', 'IBAN', 'PHONE', 'PLATE', 'VAT']);
  for (const [kind, { found, n }] of Object.entries(kinds)) expect(found / n, `${kind}, n ${n}`).toBeGreaterThanOrEqual(0.98);
});

test('S-23 of 300 harmless lines at most one in a hundred is touched', () => {
  const harmless = lines.filter(({ spans }) => spans.length === 0);
  expect(harmless).toHaveLength(300);
  const touched = harmless.filter(({ message }) => redact(message) !== message).map(({ message }) => message);
  expect(touched.length, touched.join(' | ')).toBeLessThanOrEqual(3);
});
