import { expect, test } from 'vitest';
import suite, { judge } from './dates.ts';

const phrase = (date: string | null, time: string | null, ambiguous = false) => ({
  id: 'x',
  text: '',
  lang: 'it',
  expect: { date, time, part: null, ambiguous },
  also_ok: { date: ['2026-12-02'] },
});
const got = (date: string | null, time: string | null, asked: boolean) => ({ date, time, part: null, asked });

test('right, asked and wrong', () => {
  const certain = phrase('2026-12-03', '10:00');
  expect(judge(certain, got('2026-12-03', '10:00', false))).toBe('right');
  expect(judge(certain, got('2026-12-02', '10:00', false))).toBe('right');
  expect(judge(certain, got(null, '10:00', true))).toBe('asked');
  expect(judge(certain, got(null, '11:00', true))).toBe('wrong');
  expect(judge(certain, got('2026-12-03', null, false))).toBe('wrong');
  expect(judge(phrase(null, '10:00', true), got(null, '10:00', true))).toBe('right');
  expect(judge(phrase(null, '10:00', true), got(null, null, true))).toBe('wrong');
  expect(judge(phrase(null, '10:00', true), got('2026-12-05', '10:00', false))).toBe('wrong');
});

test('our own phrases through the suite, one line each', async () => {
  const lines: unknown[] = [];
  const file = new URL('../datasets/dates.jsonl', import.meta.url).pathname;
  const result = await suite.run({ values: { phrases: file }, flags: new Set(), progress: () => {}, out: (line) => void lines.push(line) });
  expect(result).toMatchObject({ n: 150, wrong: 0 });
  expect(lines).toHaveLength(150);
  expect(Object.keys(lines[0] as object).sort()).toEqual(['asked', 'date', 'id', 'part', 'time']);
  await expect(suite.run({ values: { phrases: file, now: 'ieri' }, flags: new Set(), progress: () => {}, out: () => {} })).rejects.toThrow(
    '--now',
  );
});
