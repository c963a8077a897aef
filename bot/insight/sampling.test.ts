/** The sample on both engines, and the measure of agreement against a table worked out by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { plant } from './fixtures/plant.ts';
import { cohenKappa } from './kappa.ts';
import { periodOf } from './period.ts';
import { checked, draw, evaluationQuestions, judge, listSample } from './sampling.ts';
import { weekOf } from './sampling-routes.ts';

test('kappa: 20 both yes, 15 both no, 5 and 10 apart: (0.7 − 0.5) / (1 − 0.5)', () => {
  const pairs = (n: number, a: string, b: string) => Array.from({ length: n }, (): [string, string] => [a, b]);
  expect(
    cohenKappa([
      ...pairs(20, 'right', 'right'),
      ...pairs(5, 'right', 'wrong'),
      ...pairs(10, 'wrong', 'right'),
      ...pairs(15, 'wrong', 'wrong'),
    ]),
  ).toEqual({ n: 50, observed: 0.7, kappa: 0.4 });
  expect(cohenKappa(pairs(4, 'right', 'right'))).toEqual({ n: 4, observed: 1, kappa: null });
  expect(cohenKappa([])).toEqual({ n: 0, observed: null, kappa: null });
});

test('weeks are those of ISO 8601', () => {
  expect(weekOf('2026-11-25')).toEqual({ week: '2026-W48', from: '2026-11-23', to: '2026-11-29' });
  expect(weekOf('2027-01-01').week).toBe('2026-W53');
  expect(weekOf('2027-01-04').week).toBe('2027-W01');
});

describe.each(engines)('a sample on $title', (engine) => {
  let database: Database;
  const period = periodOf('2026-11-16', '2026-11-22');
  const now = new Date('2026-11-24T10:00:00Z');
  beforeAll(async () => {
    if (engine.why) return;
    await engine.start();
    database = await engine.open(await engine.place());
    await plant(
      database,
      Array.from({ length: 40 }, (_, i) => ({
        id: `c${i}`,
        at: `2026-11-${16 + (i % 7)}T10:${String(i).padStart(2, '0')}:00.000Z`,
        answers: [i % 4 === 0 ? { outcome: 'refused', reason: 'emergency' } : { outcome: 'answered', documentId: `d${i}` }],
      })),
    );
  });
  afterAll(async () => {
    await database?.close();
    await engine.stop();
  });

  test.skipIf(engine.why !== null)('is drawn once to its size, judged by two who do not see each other, and no more', async () => {
    expect(await draw(database, '2026-W47', period, 12, now)).toBe(12);
    expect(await draw(database, '2026-W47', period, 12, now)).toBe(0);
    expect(await draw(database, '2026-W47', period, 100, now)).toBe(18);
    const sample = await listSample(database, 'anna', '2026-W47');
    expect(sample).toHaveLength(30);
    expect(
      sample.every(({ outcome, mine, other, verdicts }) => outcome === 'answered' && mine === null && other === null && verdicts === 0),
    ).toBe(true);
    expect(await listSample(database, 'anna', '2026-W46')).toEqual([]);

    const [one, two, three] = sample.map(({ id }) => id) as [string, string, string];
    await judge(database, one, 'anna', 'wrong', null, now);
    await judge(database, one, 'anna', 'right', null, now);
    const seen = async (who: string) => (await listSample(database, who, null)).find(({ id }) => id === one);
    expect(await seen('bruno')).toMatchObject({ mine: null, other: null, verdicts: 1 });
    await judge(database, one, 'bruno', 'right', null, now);
    expect(await seen('bruno')).toMatchObject({ mine: 'right', other: 'right', verdicts: 2 });
    await expect(judge(database, one, 'carla', 'wrong', null, now)).rejects.toMatchObject({ status: 409 });
    await expect(judge(database, 'nessuna', 'carla', 'wrong', null, now)).rejects.toMatchObject({ status: 404 });
    // Three at once on one answer: two are kept.
    const all = await Promise.allSettled(['anna', 'bruno', 'carla'].map((who) => judge(database, two, who, 'wrong', null, now)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await judge(database, three, 'anna', 'right', null, now);
    await judge(database, three, 'bruno', 'partly', null, now);
    expect(await checked(database, period)).toMatchObject({ drawn: 30, n: 3, right: 1, partly: 1, wrong: 1, observed: 0.667 });
  });
  test.skipIf(engine.why !== null)('where both agree it becomes evaluation questions; what has been erased is gone', async () => {
    const questions = await evaluationQuestions(database);
    expect(questions.map(({ verdict }) => verdict).sort()).toEqual(['right', 'wrong']);
    await database.write((tx) => tx.updateTable('answer').set({ question: '', json: '{}' }).execute());
    expect(await evaluationQuestions(database)).toEqual([]);
    expect(await listSample(database, 'anna', null)).toEqual([]);
    expect(await checked(database, period)).toMatchObject({ n: 3 });
  });
});
