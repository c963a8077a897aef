/** Quantised cosines against exact ones, and the vector kernel against plain sums. */
import { describe, expect, test } from 'vitest';
import { createDenseRows, nearnessOf, quantise } from './dense.ts';
import { openScan } from './dense-scan.ts';

/** Seeded, roughly normal. */
function randomVectors(count: number, dimension: number): Float32Array[] {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => Float32Array.from({ length: dimension }, () => next() + next() + next() - 1.5));
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe.each([1, 3, 16, 17, 96, 384, 1536])('dimension %d', (dimension) => {
  const vectors = randomVectors(60, dimension);
  const bytes = vectors.map(quantise);

  test('the kernel adds up exactly, extremes included', () => {
    const extremes = [new Int8Array(dimension).fill(127), new Int8Array(dimension).fill(-128)];
    const rows = [...bytes, ...extremes, null];
    const scan = openScan(rows, dimension);
    for (const query of [...bytes.slice(0, 3), ...extremes]) {
      const plain = rows.map((row) => (row ? row.reduce((sum, value, i) => sum + value * (query[i] as number), 0) : 0));
      expect([...scan.dots(query)]).toEqual(plain);
    }
  });

  test('all rows at once and a few alone say the same', () => {
    const query = bytes[5] as Int8Array;
    const all = [...createDenseRows(bytes).compare(query)];
    const few = createDenseRows(bytes).compareAmong(query, Uint32Array.of(0, 5, 59));
    for (const row of [0, 5, 59]) expect(few[row]).toBe(all[row]);
    expect(all[5]).toBeCloseTo(1, 5);
  });
});

test('a cosine of bytes is within .005 of the exact one, and the nearest ten of 2,000 are the same but for ties', () => {
  const vectors = randomVectors(2_000, 384);
  const bytes = vectors.map(quantise);
  const rows = createDenseRows(bytes);
  let kept = 0;
  for (let q = 0; q < 20; q++) {
    const exact = vectors.map((vector) => Math.max(0, cosine(vector, vectors[q] as Float32Array)));
    const found = [...rows.compare(bytes[q] as Int8Array)];
    for (const [i, value] of found.entries()) expect(Math.abs(value - (exact[i] as number))).toBeLessThan(0.005);
    const best = (values: number[]) =>
      values
        .map((_, i) => i)
        .sort((a, b) => (values[b] as number) - (values[a] as number))
        .slice(0, 10);
    kept += best(found).filter((row) => best(exact).includes(row)).length;
  }
  expect(kept / 200).toBeGreaterThan(0.95);
});

test('rows without a vector, or with one of another length, are near nothing; no rows are no trouble', () => {
  const rows = createDenseRows([null, Int8Array.of(1, 2), Int8Array.of(1, 2, 3), new Int8Array(3)]);
  expect([...rows.compare(Int8Array.of(1, 2, 3))]).toEqual([0, 0, 1, 0]);
  expect([...createDenseRows([]).compare(Int8Array.of(1))]).toEqual([]);
});

test('nearness falls from the first to the hundredth; beyond and below 0 there is none', () => {
  const top = (scores: Float64Array, limit: number) =>
    [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, limit);
  const many = nearnessOf(
    Float64Array.from({ length: 300 }, (_, i) => 0.9 - i / 1000),
    top,
  );
  expect([many[0], many[99], many[100], many[299]]).toEqual([1, 0, 0, 0]);
  expect(many[50]).toBeCloseTo(49 / 99, 5);
  expect([...nearnessOf(Float64Array.of(0, 0.4), top)]).toEqual([0, 1]);
  expect([...nearnessOf(new Float64Array(3), top)]).toEqual([0, 0, 0]);
});
