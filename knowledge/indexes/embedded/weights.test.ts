import { expect, test } from 'vitest';
import { idfOf } from './weights.ts';

test('an inverse document frequency is the same whoever asked before, for how many rows', () => {
  const formula = (rows: number, df: number) => Math.log((rows - df + 0.5) / (df + 0.5) + 1);
  for (let round = 0; round < 2; round++)
    for (const [rows, df] of [
      [79, 3],
      [1_094, 3],
      [79, 79],
      [1_094, 0],
      [0, 0],
      [79, 3],
      [120_000, 3],
      [120_000, 4_095],
      [120_000, 4_096],
      [120_000, 119_999],
      [1_094, 2.5],
      [1_094, 3],
    ] as const)
      expect(idfOf(rows, df)).toBe(formula(rows, df));
});
