import { expect, test } from 'vitest';
import { INTENTS } from './intent.ts';
import { readExamples, trainInPieces, trainScorer } from './scorer.ts';
import { featuresOf, featuresOfWord, readSaid } from './features.ts';

test('a text gets the same shares first and again, in whatever company', () => {
  const scorer = trainScorer(readExamples().filter((_, at) => at % 4 === 0));
  const texts = ['vorrei prenotare un appuntamento', 'banana bananane bananone', 'no no no', 'Привіт, як справи?', ''];
  const first = texts.map((text) => [...scorer.score(text)]);
  expect([...texts].reverse().map((text) => [...scorer.score(text)])).toEqual([...first].reverse());
  for (const shares of first) {
    expect(shares).toHaveLength(INTENTS.length);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  }
});

test('features are each counted once, those of words apart from the others', () => {
  const { words, others } = readSaid('Nuova carta, carta nuova 2026!');
  expect([...words]).toEqual(['nuova', 'carta', '0']);
  expect([...words].flatMap(featuresOfWord).filter((feature) => others.has(feature))).toEqual([]);
  const all = featuresOf('Nuova carta, carta nuova 2026!');
  expect(new Set(all).size).toBe(all.length);
  expect(all).toContain('nuova carta');
  expect(all).toContain('-_car');
});

test('learnt in pieces, each short, it is the same', () => {
  const examples = readExamples().filter((_, at) => at % 8 === 0);
  const training = trainInPieces(examples);
  let pieces = 0;
  let step = training.next();
  for (; !step.done; step = training.next()) pieces++;
  expect(pieces).toBeGreaterThan(20);
  const text = 'vorrei parlare con una persona';
  expect([...step.value.score(text)]).toEqual([...trainScorer(examples).score(text)]);
});
