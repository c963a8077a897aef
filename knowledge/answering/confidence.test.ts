import { expect, test } from 'vitest';
import { signalsOf } from './confidence.ts';
import type { RankedPassage, UnderstoodQuestion } from './question.ts';

function lastUnsaid(words: [string, string][], ...texts: string[]): number {
  const passages = texts.map((text, i): RankedPassage => {
    const fields = {
      id: `p${i}`,
      documentId: `p${i}`,
      version: 1,
      title: 'Pagina',
      headings: [],
      anchor: '',
      position: 0,
      lang: 'it',
      text,
    };
    const rest = { office: '', audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '', sourceUrl: null };
    return { passage: { ...fields, ...rest, start: 0, end: text.length }, score: 1, signals: {} };
  });
  const topic = { words: words.map(([text, stem]) => ({ text, stems: [stem], near: [], cousins: ['cagnolin'], weight: 1 })) };
  const text = words.map(([word]) => word).join(' ');
  const question: UnderstoodQuestion = {
    question: { text, history: [], at: '2026-11-26', audience: 'citizen' },
    ...{ lang: 'it', standalone: text, kind: 'question', topic },
  };
  return signalsOf(question, passages, { generated: false, sentences: [] }).lastUnsaid;
}

test('what is asked last, and whether any of the passages says it', () => {
  const question: [string, string][] = [
    ['gatto', 'gatt'],
    ['cane', 'can'],
  ];
  expect(lastUnsaid(question, 'Il gatto dorme.')).toBe(1);
  expect(lastUnsaid(question.toReversed(), 'Il gatto dorme.')).toBe(0);
  expect(lastUnsaid(question, 'Il gatto dorme.', 'Il cane abbaia.')).toBe(0);
  expect(lastUnsaid(question, 'Un cagnolino.')).toBeCloseTo(0.2);
  expect(lastUnsaid([], 'Il gatto dorme.')).toBe(0);
});
