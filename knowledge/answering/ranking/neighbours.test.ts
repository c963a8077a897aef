import { expect, test } from 'vitest';
import type { Vector } from './kinship.ts';
import { LENT, NEIGHBOURLY, readNeighbours } from './neighbours.ts';

function vector(weights: Record<number, number>): Vector {
  const slots = Object.keys(weights).map(Number);
  const norm = Math.hypot(...Object.values(weights));
  return { slots, values: slots.map((slot) => (weights[slot] as number) / norm) };
}

// Two near copies, then seven passages that share no word with them: more than are lent from.
const copy = vector({ 0: 1, 1: 1, 2: 1 });
const longer = vector({ 0: 1, 1: 1, 2: 1, 3: 0.5 });
const others = Array.from({ length: 7 }, (_, i) => vector({ [10 + i]: 1, 20: 0.2 }));
const vectors = [copy, longer, ...others];
const prior = vectors.map((_, i) => (i === 0 ? 1 : i === 1 ? 0 : 0.2));

function read(name: string): number[] {
  const lent = LENT.map(() => prior);
  const columns = readNeighbours(vectors, lent, prior, [3, 4, ...others.map(() => 2)], 32);
  expect(columns).toHaveLength(NEIGHBOURLY.length);
  return columns[NEIGHBOURLY.indexOf(name)] as number[];
}

test('a near copy of the best is lent its score, and one walks to it; what shares no word with it is not', () => {
  expect(read('neighbours: prior')[1]).toBeCloseTo(1, 5);
  expect(read('neighbours: prior')[0]).toBeCloseTo(0, 5);
  expect(read('neighbours: prior')[2]).toBeCloseTo(0.2, 5);
  const walked = read('walked to');
  expect(walked[0]).toBe(1);
  expect(walked[1]).toBeGreaterThan(walked[2] as number);
});

test('copies are counted and compared by length', () => {
  const likeness = 3 / Math.sqrt(3 * 3.25);
  expect(read('nearest copy')[0]).toBeCloseTo(likeness, 5);
  expect(read('near copies').slice(0, 3)).toEqual([1 / 9, 1 / 9, 0]);
  expect(read('longer than its copies').slice(0, 3)).toEqual([-1 / 9, 1 / 9, 0]);
});

test('a single candidate has no neighbours and gets no wild numbers', () => {
  const columns = readNeighbours(
    [copy],
    LENT.map(() => [1]),
    [1],
    [3],
    32,
  );
  for (const [value] of columns) expect(Number.isFinite(value) && Math.abs(value as number) <= 1).toBe(true);
});
