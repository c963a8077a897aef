import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { resampledInterval } from '../metrics.ts';
import suite, { routingFigures } from './routing.ts';
import { readExamples } from '../../knowledge/answering/routing/scorer.ts';

const run = (utterances: string, out: (line: Record<string, unknown>) => void = () => {}) =>
  suite.run({ values: { utterances }, flags: new Set(), progress: () => {}, out });

test('precision, recall and F1 of each label, and what is taken for what', () => {
  const figures = routingFigures([
    { wanted: 'book', got: 'book' },
    { wanted: 'book', got: 'answer' },
    { wanted: 'answer', got: 'answer' },
    { wanted: 'answer', got: 'answer' },
  ]);
  expect(figures).toMatchObject({
    n: 4,
    accuracy: 0.75,
    macroF1: 0.7333,
    perIntent: { book: { precision: 1, recall: 0.5, f1: 0.6667, n: 2 }, answer: { precision: 0.6667, recall: 1, f1: 0.8, n: 2 } },
    confusions: { book: { answer: 1 } },
  });
  expect(figures['macroF1Interval']).toMatchObject({ low: expect.any(Number), high: 1 });
});

test('an interval holds the figure and narrows with more cases', () => {
  const share = (cases: number[]) => cases.reduce((sum, value) => sum + value, 0) / cases.length;
  const few = resampledInterval([1, 1, 0, 1], share);
  const many = resampledInterval(
    Array.from({ length: 400 }, (_, at) => (at % 4 === 0 ? 0 : 1)),
    share,
  );
  expect(few.low).toBeLessThan(0.75);
  expect(many.high - many.low).toBeLessThan(few.high - few.low);
  expect(many.low).toBeLessThan(0.75);
  expect(many.high).toBeGreaterThan(0.75);
});

test('one line each with --out; a file is needed', async () => {
  const lines: Record<string, unknown>[] = [];
  const file = new URL('../datasets/routing.jsonl', import.meta.url).pathname;
  const result = await run(file, (line) => lines.push(line));
  expect(result['n']).toBe(260);
  expect(lines).toHaveLength(260);
  expect(Object.keys(lines[0] as object)).toEqual(['id', 'intent']);
  await expect(run('')).rejects.toThrow('--utterances');
});

const CITIZEN = path.resolve(import.meta.dirname, '../../../shared/data/intents/citizen.jsonl');
test.skipIf(!existsSync(CITIZEN))('development messages (skipped without ../shared)', async () => {
  expect((await run(CITIZEN))['macroF1']).toBeGreaterThan(0.9);
});

const DATA = path.resolve(import.meta.dirname, '../datasets');
const SHARED = path.resolve(import.meta.dirname, '../../../shared/data');
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
const textsOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => plain((JSON.parse(line) as { text: string }).text));
const wordCount = (text: string) => text.split(' ').length;

/** Those of `lines` that are a measured message word for word (four words or more), or stand in one whole (six or more). */
function heardBefore(lines: string[], measured: string[]): string[] {
  const whole = new Set(measured);
  // One text to look in: the sets are too large for every pair.
  const all = measured.map((one) => ` ${one} `).join('|');
  return lines.filter((line) => (wordCount(line) >= 4 && whole.has(line)) || (wordCount(line) >= 6 && all.includes(` ${line} `)));
}

test('what looks for copies finds them', () => {
  expect(heardBefore(['a b c d', 'a b c', 'b c d e f g', 'x y z w'], ['a b c d', 'a b c d e f g', 'a b c'])).toEqual([
    'a b c d',
    'b c d e f g',
  ]);
});

test.each(['routing', 'routing-everyday', 'demo-questions', 'demo-unanswerable', 'further-questions'])(
  'neither the router’s examples nor its development messages hold a message of %s.jsonl, which measures',
  (name) => {
    const gated = textsOf(path.join(DATA, `${name}.jsonl`));
    expect(heardBefore(examplesSaid(), gated)).toEqual([]);
    for (const own of ['development-routing', 'development-routing-everyday'])
      expect(heardBefore(textsOf(path.join(DATA, `${own}.jsonl`)), gated)).toEqual([]);
  },
);

test.each(['demo-questions', 'demo-unanswerable', 'further-questions', 'routing'])(
  'no plain development question is a message of %s.jsonl, which gates',
  (name) => {
    const gated = textsOf(path.join(DATA, `${name}.jsonl`));
    expect(heardBefore(textsOf(path.join(DATA, 'development-plain.jsonl')), gated)).toEqual([]);
  },
);

test.skipIf(!existsSync(SHARED)).each(['intents/citizen.jsonl', 'noanswer-it/queries.jsonl', 'colloq-it/queries.jsonl'])(
  'the router’s examples hold no message of %s (skipped without ../shared)',
  (name) => expect(heardBefore(examplesSaid(), textsOf(path.join(SHARED, name)))).toEqual([]),
);

function examplesSaid(): string[] {
  return readExamples().map(({ text }) => plain(text));
}
