/** The words of a question: met once, weighed once for each collection, told as stems and as numbers alike. */
import { expect, test } from 'vitest';
import { stemsOf } from '../indexes/analyzer.ts';
import { contentNumbers, contentStems } from './content-stems.ts';
import { topicOf, type TopicParts, topicWord, topicWords } from './topic.ts';
import { heldWords } from './word-numbers.ts';

const partsOf = (rare: number): TopicParts => ({
  mark: {},
  languages: ['it', 'it', 'de'],
  rarity: (stem) => (stem.length > 4 ? rare : null),
  rarest: 9,
  cousins: (word) => (word === 'tassa' ? ['tribut'] : []),
});
const QUESTIONS = ['Quanto costa la tassa sui rifiuti se ho già pagato il 730? (1234567)', 'Come si paga la tassa rifiuti', '12 12', ''];

test.each(QUESTIONS)('a topic is its words, each weighed by itself: %s', (text) => {
  const few = partsOf(2);
  const many = partsOf(5);
  const told = (parts: TopicParts) => topicWords(text, 'it').map((word) => topicWord(word, parts));
  expect(topicOf(text, few)).toEqual(told(few));
  // The same words in another collection, and in the first one again.
  expect(topicOf(text, many)).toEqual(told(many));
  expect(topicOf(text, few)).toEqual(told(few));
});

test('a number is one stem, however many languages are read', () => {
  expect(topicWord('1234567', partsOf(2))).toEqual({ text: '1234567', stems: ['1234567'], near: ['^123456'], cousins: [], weight: 2 });
});

test.each(QUESTIONS)('content words are the same as stems and as numbers: %s', (text) => {
  const stems = new Set(stemsOf(text, 'it'));
  expect(contentStems(text, 'it')).toEqual(stems);
  const before = contentNumbers(text, 'it');
  expect(before.size).toBe(stems.size);
  // What some passage holds meanwhile has a number from then on.
  const numbers = new Set([...stems].map((stem) => heldWords([], [stem])[0]));
  const after = contentNumbers(text, 'it');
  expect(after.size).toBe(stems.size);
  expect(new Set(after.numbers)).toEqual(numbers);
  expect(before.numbers.length).toBeLessThanOrEqual(after.numbers.length);
});
