/** S-23: the redactor on two sets. Names, addresses and health in free words: our own, half of it never looked into while the rules were made. Structured kinds: a reference of our own, written without a look at its rules and not tuned on: 200 planted values of eight kinds, 300 harmless lines. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { personalSpans, redact } from './redact.ts';

interface Line {
  set?: string;
  message: string;
  spans: { type: string; start: number; end: number }[];
}
const linesOf = (name: string): Line[] =>
  readFileSync(path.resolve(import.meta.dirname, `../../eval/datasets/${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const lines = linesOf('personal-reference');
const freeText = linesOf('personal-free-text');

/** Found is what is masked from its first sign to its last. */
function recall(of: Line[]): Record<string, { found: number; n: number }> {
  const kinds: Record<string, { found: number; n: number }> = {};
  for (const { message, spans } of of)
    for (const { type, start, end } of spans) {
      kinds[type] ??= { found: 0, n: 0 };
      kinds[type].n++;
      const masked = personalSpans(message);
      if (Array.from({ length: end - start }, (_, i) => start + i).every((at) => masked.some((span) => span.start <= at && at < span.end)))
        kinds[type].found++;
    }
  return kinds;
}
const touchedOf = (of: Line[]): string[] =>
  of.filter(({ message, spans }) => spans.length === 0 && redact(message) !== message).map(({ message }) => message);

test('S-23 structured kinds: at least 98 of 100 are found', () => {
  const kinds = recall(lines);
  expect(Object.keys(kinds).sort()).toEqual(['CARD', 'CF', 'DOCUMENT', 'EMAIL', 'IBAN', 'PHONE', 'PLATE', 'VAT']);
  for (const [kind, { found, n }] of Object.entries(kinds)) expect(found / n, `${kind}, n ${n}`).toBeGreaterThanOrEqual(0.98);
});

test('S-23 names, addresses and health in free words, the half that no rule was made from: seven of eight are found', () => {
  const kinds = recall(freeText.filter(({ set }) => set === 'held-out'));
  for (const kind of ['NAME', 'ADDRESS', 'HEALTH']) {
    const { found, n } = kinds[kind] ?? { found: 0, n: 0 };
    expect(n, kind).toBeGreaterThanOrEqual(30);
    expect(found / n, `${kind}, n ${n}`).toBeGreaterThanOrEqual(0.875);
  }
});

test('S-23 of 331 harmless lines with streets, saints, offices and surnames that are words, at most one in a hundred is touched', () => {
  expect(freeText.filter(({ spans }) => spans.length === 0)).toHaveLength(331);
  expect(touchedOf(freeText).length).toBeLessThanOrEqual(3);
});

test('S-23 of 300 harmless lines at most one in a hundred is touched', () => {
  const harmless = lines.filter(({ spans }) => spans.length === 0);
  expect(harmless).toHaveLength(300);
  const touched = touchedOf(lines);
  expect(touched.length, touched.join(' | ')).toBeLessThanOrEqual(3);
});
