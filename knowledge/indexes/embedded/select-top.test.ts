/** However the scores come, the best are those that sorting all of them would give. */
import { expect, test } from 'vitest';
import { gatherTop, selectTop } from './select-top.ts';

/** Few different values: ties decide. */
const tied = Array.from({ length: 5_000 }, (_, i) => ((i * 7_919) % 97) / 50);
const shapes: [string, number[]][] = [
  ['rising', Array.from({ length: 5_000 }, (_, i) => (2.8 * i) / 5_001)],
  ['falling', Array.from({ length: 5_000 }, (_, i) => 2 - i / 5_000)],
  ['tied', tied],
  ['all alike', Array.from({ length: 700 }, () => 1.3)],
  ['nothing', Array.from({ length: 700 }, () => 0)],
  ['crowded in one bin', Array.from({ length: 3_000 }, (_, i) => 1.5 + ((i * 31) % 3_000) / 1e9)],
];

test.each(shapes)('%s', (_, scores) => {
  for (const limit of [1, 10, 120, 900, 6_000]) {
    const sorted = scores.map((_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
    const wanted = sorted.slice(0, limit);
    const top = gatherTop(limit, 2.8);
    let bound = Number.NEGATIVE_INFINITY;
    for (const [place, score] of scores.entries()) if (score >= bound) bound = top.add(place, score);
    expect(top.best().map(({ place }) => place)).toEqual(wanted);
    expect(selectTop(Float64Array.from(scores), limit)).toEqual(wanted);
  }
});

test('the bound leaves most of many scores aside', () => {
  const top = gatherTop(10, 2.8);
  let bound = Number.NEGATIVE_INFINITY;
  let added = 0;
  for (const [place, score] of tied.entries()) {
    if (score < bound) continue;
    bound = top.add(place, score);
    added++;
  }
  expect(added).toBeLessThan(tied.length / 5);
});
