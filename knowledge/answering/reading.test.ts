/** A passage is read once while it says the same, whatever object it comes in. */
import { expect, test } from 'vitest';
import type { Passage } from './question.ts';
import { DATED, EXCEPTS, LABEL, readPassage } from './reading.ts';

function passageOf(text: string): Passage {
  const fields = {
    id: 'reading-1',
    documentId: 'reading',
    version: 1,
    title: 'Tassa rifiuti',
    headings: ['Quanto costa'],
    anchor: '',
    position: 0,
  };
  const rest = { office: '', audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '', sourceUrl: null };
  return { ...fields, ...rest, lang: 'it', start: 0, end: text.length, text };
}

test('read anew when its text is another, not when it only comes as another object', () => {
  const first = passageOf('Costa dieci euro.');
  const read = readPassage(first);
  expect(readPassage(first)).toBe(read);
  expect(readPassage(passageOf('Costa dieci euro.'))).toBe(read);
  expect(readPassage(first)).toBe(read);
  const changed = readPassage(passageOf('Costa venti euro.'));
  expect(changed.pieces.map(({ text }) => text)).toEqual(['Costa venti euro.']);
  // Nor is what was kept by the object that said the other thing given for it.
  expect(readPassage(first).pieces.map(({ text }) => text)).toEqual(['Costa dieci euro.']);
});

test('what a piece is, and its words', () => {
  const { pieces, signs, lengthOf } = readPassage(
    passageOf('Nel 2025 la tassa costa dieci euro. Se paghi tardi, costa di più.\n\nA chi è rivolto?'),
  );
  expect(pieces).toHaveLength(3);
  expect(signs).toEqual([DATED, EXCEPTS, LABEL]);
  expect([0, 1, 2].map(lengthOf)).toEqual([7, 6, 4]);
});
