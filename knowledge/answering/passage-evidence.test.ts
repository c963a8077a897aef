import { expect, test } from 'vitest';
import { MODEL } from './calibration.ts';
import { EVIDENCE, EVIDENCE_SIGNS, evidenceIn, likelihoods } from './passage-evidence.ts';
import type { RankedPassage, UnderstoodQuestion } from './question.ts';

function passageOf(title: string, text: string, signals: Record<string, number> = {}): RankedPassage {
  const fields = { id: title, documentId: title, version: 1, title, headings: [], anchor: '', position: 0, lang: 'it', text };
  const rest = { office: '', audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '', sourceUrl: null };
  return { passage: { ...fields, ...rest, start: 0, end: text.length }, score: 1, signals };
}

function asking(text: string, stems: string[]): UnderstoodQuestion {
  const topic = { words: stems.map((stem) => ({ text: stem, stems: [stem], near: [], cousins: [], weight: 1 })) };
  return { question: { text, history: [], at: '2026-11-26', audience: 'citizen' }, lang: 'it', standalone: text, kind: 'question', topic };
}

const of = (row: number[] | undefined, name: (typeof EVIDENCE)[number]) => row?.[EVIDENCE.indexOf(name)];

test('words that stand in one piece are told from words that stand here and there', () => {
  const question = asking('Il gatto dorme?', ['gatt', 'dorm']);
  const [together, apart] = evidenceIn(question, [
    passageOf('Animali', 'Il gatto dorme di giorno. Il cane abbaia di notte.'),
    passageOf('Animali', 'Il gatto mangia di giorno. Il cane dorme di notte.'),
  ]);
  expect([of(together, 'topicInPassage'), of(apart, 'topicInPassage')]).toEqual([1, 1]);
  expect([of(together, 'topicInPiece'), of(apart, 'topicInPiece')]).toEqual([1, 0.5]);
});

test('a fact of the asked kind counts as far as it stands with the thing asked about', () => {
  const question = asking('Quanto costa la tessera?', ['tesser']);
  const [own, another] = evidenceIn(question, [
    passageOf('Servizi', 'La tessera costa 5 €. Il parcheggio si trova in piazza.'),
    passageOf('Servizi', 'La tessera si ritira in piazza. Il parcheggio costa 5 €.'),
  ]);
  expect([of(own, 'factWithTopic'), of(another, 'factWithTopic')]).toEqual([1, 0]);
});

test('the likeliest passage speaks first, a second one as well, and nothing found is the least there is', () => {
  const model = { bias: -3, weights: { meaning: 6 } };
  const row = (meaning: number) => Float64Array.from(EVIDENCE, (name) => (name === 'meaning' ? meaning : 0));
  const nothing = likelihoods([], model);
  const one = likelihoods([row(0.9), row(0)], model);
  const two = likelihoods([row(0), row(0.9), row(0.9)], model);
  expect(nothing.anyAnswers).toBeCloseTo(0, 3);
  expect(nothing.secondAnswers).toBe(0);
  expect(one.anyAnswers).toBeGreaterThan(0.9);
  expect(two.anyAnswers).toBeGreaterThan(one.anyAnswers);
  expect(two.secondAnswers).toBeGreaterThan(one.secondAnswers + 0.3);
  expect(two.anyAnswers).toBeLessThanOrEqual(1);
});

test('the shipped weights of passages are on the side that reason gives each', () => {
  const weights = MODEL.passages?.weights ?? {};
  expect(Object.keys(weights).length).toBeGreaterThan(5);
  for (const [name, weight] of Object.entries(weights))
    expect(weight * EVIDENCE_SIGNS[name as keyof typeof EVIDENCE_SIGNS], name).toBeGreaterThan(0);
});
