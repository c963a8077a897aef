/** Inverted lists give back what was put in, also beyond the rows and weights that two bytes can name. */
import { expect, test } from 'vitest';
import { addScores, addScoresAmong, buildPostings, countIn, type EachWeight, openLists, rangesOf } from './postings.ts';
import { createWeightColumn } from './weight-column.ts';

/** Three blocks of rows; the second slot has none in the middle one, the third none at all. */
const ROWS = 150_000;
const pairs = (weightOf: (row: number) => number): EachWeight => {
  return (visit) => {
    for (let row = 0; row < ROWS; row += 2) {
      visit(0, row, weightOf(row));
      if (row < 60_000 || row > 140_000) visit(1, row, weightOf(row + 1));
    }
  };
};
const few = (row: number) => 1 / (1 + (row % 100));
const many = (row: number) => 1 / (3 + row);

/** What plain arrays would hold. */
function expected(weightOf: (row: number) => number, slot: number, factor: number): Float32Array {
  const scores = new Float32Array(ROWS);
  pairs(weightOf)((at, row, weight) => {
    if (at === slot) scores[row] = factor * Math.fround(weight);
  });
  return scores;
}

test.each([
  ['few weights', few, true],
  ['more weights than two bytes can number', many, false],
])('%s: every score is the one of plain arrays, to the last bit', (_, weightOf, coded) => {
  const postings = buildPostings(3, pairs(weightOf));
  expect(postings.weights.codes !== null).toBe(coded);
  for (const slot of [0, 1, 2, 9]) {
    const scores = new Float32Array(ROWS);
    addScores(postings, slot, 0.37, scores);
    const wanted = expected(weightOf, slot, 0.37);
    expect(scores.every((score, row) => score === wanted[row])).toBe(true);
    expect(countIn(postings, slot)).toBe(wanted.reduce((sum, score) => sum + (score > 0 ? 1 : 0), 0));
  }
});

test('scores of a few rows are those of all rows', () => {
  const postings = buildPostings(3, pairs(few));
  const among = Uint32Array.of(0, 7, 8, 65_534, 65_541, 100_002, 131_068, 131_075, 140_007, 149_996);
  for (const slot of [0, 1, 2]) {
    const all = new Float32Array(ROWS);
    const some = new Float32Array(ROWS);
    addScores(postings, slot, 2, all);
    addScoresAmong(postings, slot, 2, some, among);
    expect([...among].map((row) => some[row])).toEqual([...among].map((row) => all[row]));
  }
});

test('blocks without rows leave nothing between', () => {
  const lists = openLists(2, [3, 1]);
  for (const [slot, row] of [
    [0, 5],
    [0, 200_000],
    [1, 200_000],
    [0, 400_001],
  ] as const)
    lists.add(slot, row);
  const done = lists.done();
  const rowsOf = (slot: number) =>
    rangesOf(done, slot).flatMap(({ base, from, to }) => [...done.rows.subarray(from, to)].map((row) => base + row));
  expect(rowsOf(0)).toEqual([5, 200_000, 400_001]);
  expect(rowsOf(1)).toEqual([200_000]);
});

test('65,536 weights have numbers; the next one has all of them spelt out', () => {
  const column = createWeightColumn(65_537);
  for (let place = 0; place < 65_536; place++) column.set(place, place / 8);
  expect(column.done().codes).not.toBeNull();
  column.set(65_536, 0.1);
  const { codes, values } = column.done();
  expect(codes).toBeNull();
  expect(values.every((value, place) => value === (place === 65_536 ? Math.fround(0.1) : place / 8))).toBe(true);
});
