import { expect, test } from 'vitest';
import { MODEL } from './calibration.ts';
import { weighConfidence } from './confidence.ts';
import type { Draft, RankedPassage, UnderstoodQuestion } from './question.ts';

/** Sure of whatever is asked: only a ceiling can lower it. */
const SURE = { ...MODEL, bias: 20, weights: {} };
const ITEMS = ['Ho perso il contratto: ne diamo copia.', 'I cani entrano al guinzaglio.', 'Furti: avvisa il custode.'];

function passageOf(items: string[]): RankedPassage {
  const text = items.map((item) => `- ${item}`).join('\n');
  const passage = {
    id: text,
    documentId: 'd',
    version: 1,
    title: 'Regole',
    headings: ['Condizioni'],
    anchor: 'condizioni',
    position: 0,
    lang: 'it',
  };
  const rest = { office: '', audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '2026-01-01', sourceUrl: null };
  return { passage: { ...passage, ...rest, start: 0, end: text.length, text }, score: 1, signals: {} };
}

function sureness(items: string[], words: [string, string][]): number {
  const ranked = passageOf(items);
  const text = words.map(([word]) => word).join(' ');
  const topic = { words: words.map(([word, stem]) => ({ text: word, stems: [stem], near: [], cousins: [], weight: 1 })) };
  const question: UnderstoodQuestion = {
    question: { text, history: [], at: '2026-11-26', audience: 'citizen' },
    ...{ lang: 'it', standalone: text, kind: 'question', topic },
  };
  const sentences = items.map((quote) => ({ text: quote, quote, passageId: ranked.passage.id, layout: 'item' as const }));
  const draft: Draft = { generated: false, sentences };
  return weighConfidence(question, [ranked], draft, SURE).p;
}

test('a list in which each point holds one word of the question answers nothing outright', () => {
  expect(
    sureness(ITEMS, [
      ['perso', 'pers'],
      ['cane', 'can'],
    ]),
  ).toBeLessThan(MODEL.bands.answer);
});

test('a point that holds them together does', () => {
  expect(
    sureness(
      [...ITEMS, 'Ho perso il cane: chiama i vigili.'],
      [
        ['perso', 'pers'],
        ['cane', 'can'],
      ],
    ),
  ).toBeGreaterThan(MODEL.bands.answer);
});
