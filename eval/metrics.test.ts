import { expect, test } from 'vitest';
import { mean, percentile, retrievalFigures } from './metrics.ts';

test('one relevant passage at rank 3', () => {
  expect(retrievalFigures(['a', 'b', 'x', 'c'], ['x'])).toEqual({
    recall1: 0,
    recall5: 1,
    recall10: 1,
    mrr10: 1 / 3,
    ndcg10: 1 / Math.log2(4),
  });
});
test('two of three found: the ideal is over all three', () => {
  const figures = retrievalFigures(['x', 'a', 'y'], ['x', 'y', 'z']);
  expect(figures.recall10).toBeCloseTo(2 / 3);
  expect(figures.ndcg10).toBeCloseTo((1 + 1 / Math.log2(4)) / (1 + 1 / Math.log2(3) + 1 / Math.log2(4)));
});
test('more than ten relevant: the ideal is over ten', () => {
  const ids = Array.from({ length: 12 }, (_, i) => String(i));
  expect(retrievalFigures(ids.slice(0, 10), ids).ndcg10).toBeCloseTo(1);
});
test('nothing found', () => {
  expect(retrievalFigures([], ['x'])).toEqual({ recall1: 0, recall5: 0, recall10: 0, mrr10: 0, ndcg10: 0 });
});
test('percentiles and means', () => {
  expect([percentile([5, 1, 3, 2, 4], 0.5), percentile([], 0.5), mean([1, 2, 6]), mean([])]).toEqual([3, 0, 3, 0]);
});
