import { describe, expect, test } from 'vitest';
import { crossValidate, orderBy } from './learn.ts';
import type { TrainingExample } from './listwise.ts';
import { createReranker, trainReranker } from './reranker.ts';

/** The answer is the candidate whose second figure is high while its third is low: no single figure shows it. */
function examples(count: number, seed: number): (TrainingExample & { groups: string[] })[] {
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: count }, (_, i) => {
    const features = Array.from({ length: 12 }, () => Float32Array.from([random(), random(), random()]));
    const value = (row: Float32Array) => (row[1] as number) - (row[2] as number);
    const best = features.reduce((top, row, at) => (value(row) > value(features[top] as Float32Array) ? at : top), 0);
    return { features, relevant: features.map((_row, at) => at === best), groups: [`doc-${i % 17}`] };
  });
}

function firstRight(scored: { scores: Float64Array; relevant: boolean[] }[]): number {
  return scored.filter(({ scores, relevant }) => relevant[orderBy(scores)[0] as number]).length / scored.length;
}

describe('a re-ranker fitted on questions', () => {
  test('puts the answer first on questions it never saw', () => {
    const model = trainReranker(examples(150, 7));
    const reranker = createReranker(JSON.parse(JSON.stringify(model)));
    const unseen = examples(100, 99);
    expect(firstRight(unseen.map(({ features, relevant }) => ({ scores: reranker.score(features), relevant })))).toBeGreaterThan(0.85);
  });

  test('is the same each time', () => {
    expect(trainReranker(examples(20, 3))).toEqual(trainReranker(examples(20, 3)));
  });

  test('folds never learn from the group they are tested on, and say what is gained', () => {
    const all = examples(120, 11);
    const { scores } = crossValidate(all, 4);
    expect(scores).toHaveLength(all.length);
    expect(firstRight(all.map(({ relevant }, i) => ({ scores: scores[i] as Float64Array, relevant })))).toBeGreaterThan(0.8);
  });
});
