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

  test('what is borrowed from another collection is in no fit whose members share a passage with it', () => {
    const samples = Array.from({ length: 100 }, (_, i) => sample(i, [`p${i % 50}`]));
    const weights = (borrowed: FoldedSample[]) => fitFolds(samples, borrowed).map(({ model }) => model.weights.coverage);
    const alone = weights([]);
    // The wrong way round, so that it shows wherever it is used: it is about the passage of one fold only.
    const lent = Array.from({ length: 60 }, (_, i) => ({ ...sample(i, ['p0']), answerable: i % 2 === 1, weight: 0.5 }));
    const changed = weights(lent).map((weight, fold) => weight !== alone[fold]);
    expect(changed.filter(Boolean)).toHaveLength(4);
    const members = fitFolds(samples, lent)[changed.indexOf(false)]!.members;
    expect(members).toContain(0);
  });

  test('too few questions make no folds', () => {
    expect(fitFolds(Array.from({ length: 30 }, (_, i) => sample(i, [`p${i}`])))).toEqual([]);
  });
});
