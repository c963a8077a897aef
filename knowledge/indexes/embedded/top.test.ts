import { expect, test } from 'vitest';
import { selectTop } from './select-top.ts';

let state = 7;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const sorted = (scores: Float64Array, limit: number) =>
  [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b).slice(0, limit);

test.each([1, 10, 120, 400])('the best %d are those of a whole sort, in its order', (limit) => {
  for (const n of [0, 1, 119, 120, 121, 3_000]) {
    const scores = Float64Array.from({ length: n }, () => Math.round(random() * 200) / 70);
    expect(selectTop(scores, limit)).toEqual(sorted(scores, limit));
  }
});

test('many that are equally good are not lost to rounding at the edge of a bin', () => {
  const scores = new Float64Array(150).fill(1.9690274772893808);
  scores[70] = 2.330964319935637;
  expect(selectTop(scores, 120)).toEqual(sorted(scores, 120));
  expect(selectTop(scores, 120)).toHaveLength(120);
});
