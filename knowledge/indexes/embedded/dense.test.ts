/** Quantised cosines against exact ones, and the vector kernel against plain sums. */
import { describe, expect, test } from 'vitest';
import { createVectorColumn, MOST_PAGES, type VectorMemory } from '../collection/vector-column.ts';
import { nearnessOf, quantise } from './dense.ts';
import { scansOver } from './dense-scan.ts';
import { keepBest, lay, mergeNear, NO_ROW, nearestIn } from './nearest.ts';

/** Cosines of all rows by the kernel, 0 for a row without a vector or pointing away. */
function compare(vectors: (Int8Array | null)[], query: Int8Array, parts = 1): number[] {
  const column = createVectorColumn();
  const places: number[] = [];
  for (const [row, vector] of vectors.entries()) {
    const place = vector ? column.keep(vector) : -1;
    if (place >= 0) places[place] = row;
  }
  const layout = column.layout() as VectorMemory;
  lay(layout, query);
  const rows = Uint32Array.from({ length: column.places() }, (_, place) => places[place] ?? NO_ROW);
  const limit = vectors.length;
  const share = (part: number) => Math.floor((rows.length * part) / parts);
  const found = Array.from({ length: parts }, (_, part) =>
    nearestIn({ layout, query, rows, fromPlace: share(part), toPlace: share(part + 1), desk: part, limit }),
  );
  const all = mergeNear(found, limit);
  const cosines = vectors.map(() => 0);
  for (const [i, row] of all.rows.entries()) cosines[row] = all.cosines[i] as number;
  return cosines;
}

/** The same by plain sums. */
function plain(a: Int8Array, b: Int8Array): number {
  const dot = (x: Int8Array, y: Int8Array) => x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  const length = (x: Int8Array) => 1 / (Math.sqrt(dot(x, x)) || Number.POSITIVE_INFINITY);
  return Math.fround(Math.max(0, dot(a, b)) * length(a) * Math.fround(length(b)));
}

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

  test.each([1, 3])('the kernel adds up exactly, extremes included, in %d parts', (parts) => {
    const extremes = [new Int8Array(dimension).fill(127), new Int8Array(dimension).fill(-128)];
    const rows = [...bytes, ...extremes, null];
    for (const query of [...bytes.slice(0, 3), ...extremes])
      expect(compare(rows, query, parts)).toEqual(rows.map((row) => (row ? plain(query, row) : 0)));
  });

  test('all rows at once and one alone say the same', () => {
    const query = bytes[5] as Int8Array;
    const all = compare(bytes, query);
    const column = createVectorColumn();
    const places = bytes.map((vector) => column.keep(vector));
    for (const row of [0, 5, 59]) expect(column.cosine(query, places[row] as number)).toBe(all[row]);
    expect(all[5]).toBeCloseTo(1, 5);
  });
});

// Widths of which the steps are written out whole, in parts, and one by one.
test.each([16, 384, 400, 1552])('width %d: the relaxed product is the plain one, where the processor has it', (width) => {
  const memory = new WebAssembly.Memory({ initial: 4, maximum: MOST_PAGES, shared: true });
  const layout = { memory, width, perBlock: 8, first: 0, blockBytes: 0 };
  const { plain, relaxed } = scansOver(memory, width);
  // The runtime that comes with the project has it; an older one does without.
  expect(relaxed !== null).toBe(Number(process.versions.node.split('.')[0]) >= 22);
  const rows = new Int8Array(memory.buffer, 8_192, 8 * width);
  const queries = [randomVectors(1, width).map(quantise)[0] as Int8Array, new Int8Array(width).fill(127), new Int8Array(width).fill(-127)];
  for (const extreme of [-128, 127, 0, 1]) {
    for (const [row, vector] of randomVectors(8, width).map(quantise).entries())
      rows.set(row % 2 ? vector : vector.fill(extreme), row * width);
    for (const query of queries) {
      lay(layout, query);
      const products = [plain, relaxed ?? plain].map((scan, i) => {
        const out = 128 * 1024 + i * 64;
        scan(8_192, 8_192 + 8 * width, width, out);
        return [...new Int32Array(memory.buffer, out, 8)];
      });
      expect(products[1]).toEqual(products[0]);
      expect(products[0]?.[1]).toBe(rows.subarray(width, 2 * width).reduce((sum, value, i) => sum + value * (query[i] as number), 0));
    }
  }
});

test('a cosine of bytes is within .005 of the exact one, and the nearest ten of 2,000 are the same but for ties', () => {
  const vectors = randomVectors(2_000, 384);
  const bytes = vectors.map(quantise);
  let kept = 0;
  for (let q = 0; q < 20; q++) {
    const exact = vectors.map((vector) => Math.max(0, cosine(vector, vectors[q] as Float32Array)));
    const found = compare(bytes, bytes[q] as Int8Array);
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

test('rows without a vector, or with one of another length, are near nothing', () => {
  const query = Int8Array.of(1, 2, 3);
  expect(compare([null, query, Int8Array.of(1, 2), new Int8Array(3), Int8Array.of(-1, -2, -3)], query)).toEqual([0, 1, 0, 0, 0]);
});

test('the memory grows under vectors that stay, and a released place is given again only between questions', () => {
  const column = createVectorColumn();
  const vectors = randomVectors(5_000, 384).map(quantise);
  const places = vectors.map((vector) => column.keep(vector));
  expect(places).toEqual(vectors.map((_, i) => i));
  for (const i of [0, 4_095, 4_096, 4_999]) expect([...column.at(i)]).toEqual([...(vectors[i] as Int8Array)]);
  column.beginQuestion();
  column.release(7);
  expect(column.keep(vectors[0] as Int8Array)).toBe(5_000);
  expect([...column.at(7)]).toEqual([...(vectors[7] as Int8Array)]);
  column.endQuestion();
  expect(column.keep(vectors[1] as Int8Array)).toBe(7);
  expect([column.places(), column.held()]).toEqual([5_001, 5_001]);
});

test('vectors of another length are left aside while one is held, and taken when none is', () => {
  const column = createVectorColumn();
  const place = column.keep(Int8Array.of(1, 2, 3));
  expect(column.keep(Int8Array.of(1, 2))).toBe(-1);
  column.release(place);
  expect(column.keep(Int8Array.of(1, 2))).toBe(0);
  expect(column.dimension()).toBe(2);
});

test('of many the best are kept, equal ones by row', () => {
  const best = keepBest(3);
  for (let row = 50; row > 0; row--) best.add(row, row % 5 === 0 ? 0.5 : row === 33 ? 0.75 : 0.25);
  const { rows, cosines } = best.done();
  expect([[...rows], [...cosines]]).toEqual([
    [33, 5, 10],
    [0.75, 0.5, 0.5],
  ]);
});

test('nearness falls from the first to the hundredth; rows come back ascending', () => {
  const rows = Uint32Array.from({ length: 100 }, (_, i) => 500 - i);
  const { rows: sorted, nearness } = nearnessOf({ rows, cosines: Float32Array.from({ length: 100 }, (_, i) => 0.9 - i / 1000) });
  expect([sorted[0], sorted[99], nearness[99], nearness[0]]).toEqual([401, 500, 1, 0]);
  expect(nearness[49]).toBeCloseTo(49 / 99, 5);
  expect([...nearnessOf({ rows: Uint32Array.of(8), cosines: Float32Array.of(0.4) }).nearness]).toEqual([1]);
  expect(nearnessOf({ rows: new Uint32Array(0), cosines: new Float32Array(0) }).rows).toHaveLength(0);
});
