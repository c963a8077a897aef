import { describe, expect, test } from 'vitest';
import { type CalibrationSample, fitCalibration, LEAST_SAMPLES } from './calibrate.ts';
import { EVIDENCE } from './passage-evidence.ts';
import { MODEL, SIGNALS, SIGNS, type Signals } from './calibration.ts';

/** `strength` between 0 and 1 says how well the passages answer; `i` makes each sample differ a little. */
function sample(strength: number, i: number, answerable: boolean, more: Partial<CalibrationSample> = {}): CalibrationSample {
  const noise = ((i * 37) % 11) / 60;
  const signals = Object.fromEntries(SIGNALS.map((name) => [name, 0])) as Signals;
  return { signals: { ...signals, coverage: strength + noise, unknown: 1 - strength, lead: noise }, answerable, ...more };
}

const both = (n: number): CalibrationSample[] =>
  Array.from({ length: n }, (_, i) => (i % 2 === 0 ? sample(0.8, i, true) : sample(0.2, i, false)));

describe('fitCalibration', () => {
  test('nothing is fitted on a handful, or on one kind alone', () => {
    expect(fitCalibration(both(LEAST_SAMPLES - 2))).toBeNull();
    expect(fitCalibration(both(80).filter(({ answerable }) => answerable))).toBeNull();
  });

  test('what tells the two kinds apart is weighed, and never against its sign', () => {
    // Seen the wrong way round: covered questions are those that nothing answers.
    const turned = both(80).map((one) => ({ ...one, answerable: !one.answerable }));
    const fitted = fitCalibration(both(80), { prior: null });
    const wrong = fitCalibration(turned, { prior: null });
    expect(fitted?.weights.coverage).toBeGreaterThan(0.5);
    expect(fitted?.weights.unknown).toBeLessThan(-0.5);
    for (const name of SIGNALS) expect((wrong?.weights[name] ?? 0) * SIGNS[name]).toBeGreaterThanOrEqual(0);
    expect(wrong?.weights.coverage).toBeCloseTo(0, 6);
  });

  test('the weights that ship are on the side that reason gives each, and their bounds in order', () => {
    expect(Object.keys(MODEL.weights).filter((name) => !(SIGNALS as readonly string[]).includes(name))).toEqual([]);
    for (const name of SIGNALS) expect((MODEL.weights[name] ?? 0) * SIGNS[name], name).toBeGreaterThanOrEqual(0);
    expect(MODEL.bands.refuse).toBeLessThan(MODEL.bands.answer);
  });

  test('the same every time; few questions move a prior little', () => {
    const prior = fitCalibration(both(400), { prior: null });
    const few = fitCalibration(both(LEAST_SAMPLES), { prior });
    expect(fitCalibration(both(400), { prior: null })).toEqual(prior);
    expect(few?.weights.coverage).toBeGreaterThan(0);
    expect(Math.abs((few?.weights.coverage ?? 0) - (prior?.weights.coverage ?? 0))).toBeLessThan(2);
  });

  test('borrowed samples move the weights, not the bounds’ shares', () => {
    const own = both(80);
    const borrowed = Array.from({ length: 60 }, (_, i) => sample(0.5, i, true, { weight: 0.2 }));
    const model = fitCalibration([...own, ...borrowed], { prior: null, shares: { refused: 0.01, answered: 0.75 } });
    const p = ({ signals }: CalibrationSample) =>
      1 / (1 + Math.exp(-SIGNALS.reduce((sum, name) => sum + (model?.weights[name] ?? 0) * signals[name], model?.bias ?? 0)));
    const yes = own.filter(({ answerable }) => answerable).map(p);
    expect(yes.filter((value) => value >= (model?.bands.answer ?? 1)).length / yes.length).toBeGreaterThanOrEqual(0.7);
    expect(yes.filter((value) => value < (model?.bands.refuse ?? 1)).length / yes.length).toBeLessThanOrEqual(0.05);
  });

  test('which passages answer is learnt from those that do, and its telling is a signal of the question', () => {
    const row = (meaning: number) => Float64Array.from(EVIDENCE, (name) => (name === 'meaning' ? meaning : 0));
    // Nothing but the passages tells the two kinds apart.
    const told = Array.from({ length: 120 }, (_, i) => {
      const answerable = i % 2 === 0;
      const best = (answerable ? 0.7 : 0.3) + ((i * 37) % 11) / 60;
      const passages = [
        { evidence: row(0.1), answers: false },
        { evidence: row(best), answers: answerable },
      ];
      return sample(0.5, i, answerable, { passages });
    });
    const model = fitCalibration(told, { prior: null });
    expect(model?.passages?.weights.meaning).toBeGreaterThan(1);
    expect(model?.weights.anyAnswers).toBeGreaterThan(0.5);
    expect(fitCalibration(both(80), { prior: null })?.passages).toBeUndefined();
    // One that starts from another tells by what that one has learnt.
    expect(fitCalibration(told, { prior: model })?.passages).toEqual(model?.passages);
  });
});
