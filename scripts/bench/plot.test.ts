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
