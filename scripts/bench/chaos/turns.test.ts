/** The short form of the faults that need no second process; `bench -- chaos --quick` runs all of them. */
import { expect, test } from 'vitest';
import { CASES, ELSEWHERE } from '../../bench-chaos.ts';
import { turnCases } from './turns.ts';

test.each(turnCases)('$id $name', async (one) => expect(await one.run({ quick: true, progress() {} })).toMatch(/answered/), 60_000);

test('every case of the list is tried here or named with the command that tries it', () => {
  const tried = new Set([...CASES.map(({ id }) => id.slice(0, 4)), ...Object.keys(ELSEWHERE)]);
  const wanted = Array.from({ length: 20 }, (_, index) => `R-${String(index + 1).padStart(2, '0')}`);
  expect(wanted.filter((id) => !tried.has(id))).toEqual([]);
});
