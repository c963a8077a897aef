import { expect, test } from 'vitest';
import { type Free, type Group, merge } from './free-slots.ts';

test('a start is named once a place with the seats of all its counters, whether or not their hours meet', () => {
  const apart: Group[] = [
    { place: 'municipio', starts: [1, 2, 3], left: [1, 0, 2] },
    { place: 'delegazione', starts: [1, 3, 4], left: [1, 1, 0] },
  ];
  expect(merge(apart)).toEqual([
    { place: 'delegazione', start: 1, left: 1 },
    { place: 'municipio', start: 1, left: 1 },
    { place: 'delegazione', start: 3, left: 1 },
    { place: 'municipio', start: 3, left: 2 },
  ]);
  expect(merge([...apart, { place: 'municipio', starts: [2, 3], left: [4, 0] }])).toEqual([
    { place: 'delegazione', start: 1, left: 1 },
    { place: 'municipio', start: 1, left: 1 },
    { place: 'municipio', start: 2, left: 4 },
    { place: 'delegazione', start: 3, left: 1 },
    { place: 'municipio', start: 3, left: 2 },
  ]);
  expect(merge([{ place: 'municipio', starts: [2, 1, 2], left: [1, 1, 1] }])).toEqual([
    { place: 'municipio', start: 1, left: 1 },
    { place: 'municipio', start: 2, left: 2 },
  ]);
  expect(merge([])).toEqual([]);
});

test('of many offices the same as adding up each start by itself', () => {
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed % below;
  };
  for (let round = 0; round < 300; round++) {
    const groups = Array.from({ length: next(5) }, (): Group => {
      let at = next(3);
      const starts = Array.from({ length: next(6) }, () => {
        at += next(8) - (round % 2);
        return at;
      });
      return { place: 'abc'[next(3)] as string, starts, left: starts.map(() => next(3)) };
    });
    const sums: Free[] = [];
    for (const { place, starts, left } of groups)
      for (const [i, start] of starts.entries()) {
        const known = sums.find((one) => one.place === place && one.start === start);
        if (known) known.left += left[i] as number;
        else if (left[i] !== 0) sums.push({ place, start, left: left[i] as number });
      }
    expect(merge(groups)).toEqual(sums.sort((a, b) => a.start - b.start || a.place.localeCompare(b.place)));
  }
});
