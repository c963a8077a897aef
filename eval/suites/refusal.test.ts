import { describe, expect, test } from 'vitest';
import { SIGNALS, type Signals } from '../../knowledge/answering/calibration.ts';
import { fitFolds, type FoldedSample } from './refusal/folds.ts';

function sample(i: number, about: string[]): FoldedSample {
  const answerable = i % 2 === 0;
  const signals = Object.fromEntries(SIGNALS.map((name) => [name, 0])) as Signals;
  return { signals: { ...signals, coverage: (answerable ? 0.8 : 0.2) + (i % 7) / 50 }, answerable, about };
}

describe('folds', () => {
  test('every question is left out once, and never by a fit that saw one about the same passage', () => {
    // 60 passages, two questions each, and a chain that joins three of the passages.
    const samples = Array.from({ length: 120 }, (_, i) => sample(i, [`p${i % 60}`]));
    samples[0]!.about.push('p1');
    samples[1]!.about.push('p2');
    const folds = fitFolds(samples);
    expect(folds).toHaveLength(5);
    expect(folds.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...samples.keys()]);
    const foldOf = (at: number) => folds.findIndex(({ members }) => members.includes(at));
    for (let i = 0; i < 60; i++) expect(foldOf(i)).toBe(foldOf(i + 60));
    expect(foldOf(0)).toBe(foldOf(1));
    expect(foldOf(1)).toBe(foldOf(2));
    for (const { model } of folds) expect(model.weights.coverage).toBeGreaterThan(0);
  });

  test('too few questions make no folds', () => {
    expect(fitFolds(Array.from({ length: 30 }, (_, i) => sample(i, [`p${i}`])))).toEqual([]);
  });
});
