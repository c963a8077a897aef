/** Few words, all of them the name of a page whose passage holds the asked fact: how few they are says nothing against it. */
import { expect, test } from 'vitest';
import { stemsOf } from '../indexes/analyzer.ts';
import { MODEL } from './calibration.ts';
import { weighConfidence } from './confidence.ts';
import type { Draft, RankedPassage, UnderstoodQuestion } from './question.ts';

function sureness(text: string, topic: string, quote: string, heading = 'Tempi e scadenze'): number {
  const passage = {
    id: 'a',
    documentId: 'a',
    version: 1,
    title: 'Tassa sui rifiuti',
    headings: [heading],
    anchor: 'a',
    position: 0,
    lang: 'it',
  };
  const rest = { office: '', audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '2026-01-01', sourceUrl: null };
  const ranked: RankedPassage = {
    passage: { ...passage, ...rest, start: 0, end: quote.length, text: quote },
    score: 1,
    signals: { wordsAsked: 2, coverage: 1, meaning: 1, telling: 0.4, words: 10, idealWords: 10, idealGrams: 8, conceptsAsked: 1 },
  };
  const question: UnderstoodQuestion = {
    question: { text, history: [], at: '2026-11-26', audience: 'citizen' },
    ...{ lang: 'it', standalone: text, kind: 'question' },
    topic: { words: [{ text: topic, stems: stemsOf(topic, 'it'), near: [], cousins: [], weight: 5 }] },
  };
  const draft: Draft = { generated: false, sentences: [{ text: quote, quote, passageId: 'a', layout: 'sentence' }] };
  // Bounds that the weights alone never reach, so that only the rule can.
  return weighConfidence(question, [ranked], draft, { ...MODEL, bands: { refuse: 0.01, answer: 0.999 } }).p;
}

const HELD = 'La seconda rata si paga entro il 30 novembre 2026.';

test('a page called by its name, the asked fact under the heading that announces it', () => {
  expect(sureness('Quando scadono i rifiuti?', 'rifiuti', HELD)).toBeGreaterThanOrEqual(0.999);
});

test.each([
  ['another thing than the page’s', 'Quando scade la patente?', 'patente', HELD, undefined],
  [
    'no such fact in what would be shown',
    'Quando scadono i rifiuti?',
    'rifiuti',
    'La tassa dipende da quanto è grande la casa.',
    undefined,
  ],
  ['under a heading that announces something else', 'Quando scadono i rifiuti?', 'rifiuti', HELD, 'Argomenti'],
  ['of a year that the passage does not name', 'Quando scadono i rifiuti 2031?', 'rifiuti', HELD, undefined],
] as [string, string, string, string, string | undefined][])('not %s', (_, text, topic, quote, heading) => {
  expect(sureness(text, topic, quote, heading)).toBeLessThan(0.999);
});
