/** Gaps in clusters, against 300 labelled questions that nothing was set on. */
import { expect, test } from 'vitest';
import { bCubed } from './b-cubed.ts';
import { clusterQuestions } from './clusters.ts';
import { labelledGaps } from './fixtures/labelled-gaps.ts';
import { weekOf } from './gap-list.ts';

test('300 questions: B-cubed F1 from .75 on, with at most half as many clusters again as there are', () => {
  const { labels, questions } = labelledGaps();
  expect(questions).toHaveLength(300);
  const clusters = clusterQuestions(questions);
  const { f1 } = bCubed(clusters, (id) => labels.get(id) ?? '');
  expect(f1).toBeGreaterThanOrEqual(0.75);
  expect(clusters.length).toBeLessThanOrEqual(1.5 * new Set(labels.values()).size);
  expect(clusters.flat().sort()).toEqual(questions.map(({ id }) => id).sort());
});

test('B-cubed of perfect and of merged clusters, worked out by hand', () => {
  const label = (id: string) => id[0] ?? '';
  expect(bCubed([['a1', 'a2'], ['b1']], label)).toEqual({ precision: 1, recall: 1, f1: 1 });
  const { precision, recall } = bCubed([['a1', 'a2', 'b1']], label);
  expect(precision).toBeCloseTo(5 / 9);
  expect(recall).toBe(1);
});

test('weeks begin on Monday, and the first of a year may be the last of the one before', () => {
  expect([weekOf('2026-11-25T10:00:00.000Z'), weekOf('2027-01-01T00:00:00.000Z'), weekOf('2026-01-01T00:00:00.000Z')]).toEqual([
    '2026-W48',
    '2026-W53',
    '2026-W01',
  ]);
});
