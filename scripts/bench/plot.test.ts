import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { drawPlot } from './plot.ts';

test('every point stands where its figures say, higher is more, and the limit is drawn', () => {
  const svg = drawPlot({
    title: 'Costo < 1 & crescita',
    x: 'passaggi',
    y: 'ms',
    logarithmic: true,
    series: [
      { name: 'parole', points: [[1_000, 1], [10_000, 2], [100_000, 4]] }, // biome-ignore format: a table
      { name: 'vettori', points: [[1_000, 2], [100_000, 8]] }, // biome-ignore format: a table
    ],
    limit: { at: 5, says: 'limite 5 ms' },
  });
  const $ = load(svg, { xml: true });
  const dots = $('circle').toArray().map((dot) => [Number($(dot).attr('cx')), Number($(dot).attr('cy'))] as const); // biome-ignore format: one line
  expect(dots).toHaveLength(5);
  const [a, b, c, , e] = dots as [(typeof dots)[0], (typeof dots)[0], (typeof dots)[0], (typeof dots)[0], (typeof dots)[0]];
  // Ten times as many passages are as far apart each time.
  expect(b[0] - a[0]).toBeCloseTo(c[0] - b[0], 0);
  expect(a[1]).toBeGreaterThan(b[1]);
  // Twice the figure is twice as far from the bottom.
  const bottom = 310;
  expect((bottom - e[1]) / (bottom - c[1])).toBeCloseTo(2, 1);
  expect($('.limit')).toHaveLength(1);
  expect($('text').text()).toContain('Costo < 1 & crescita');
});

test('lines that end at the same height keep their names apart, and the steps of the axis are round', () => {
  const points = (last: number): [number, number][] => [[1, 2], [4, last]]; // biome-ignore format: a table
  const series = [8.5, 8.55, 8.6].map((last, i) => ({ name: `serie ${i}`, points: points(last) }));
  const $ = load(drawPlot({ title: 'Costo', x: 'processi', y: 'ms', series }), { xml: true });
  const texts = $('text').toArray().map((one) => ({ words: $(one).text(), y: Number($(one).attr('y')) })); // biome-ignore format: one line
  const heights = texts.filter(({ words }) => words.startsWith('serie')).map(({ y }) => y);
  expect(heights).toHaveLength(3);
  expect(Math.min(...heights.flatMap((one, i) => heights.slice(i + 1).map((other) => Math.abs(one - other))))).toBeGreaterThanOrEqual(16);
  // The highest line stands highest.
  expect(heights[2]).toBeLessThan(heights[0] as number);
  const rows = $('.grid, .axis').toArray().map((one) => $(one).next('text[text-anchor=end]').text()); // biome-ignore format: one line
  expect(rows.filter((words) => words !== '')).toEqual(['0', '2', '4', '6', '8', '10']);
});
