import { expect, test } from 'vitest';
import type { UnderstoodQuestion } from '../question.ts';
import { withoutPersonal } from './without-personal.ts';

const HELD = new Set(['0990', '551', '120', 'quando', 'scade', 'tari']);
const left = (text: string) => {
  const asked: UnderstoodQuestion = {
    question: { text, history: [], at: '2026-11-25', audience: 'citizen' },
    lang: 'it',
    standalone: text,
    kind: 'question',
  };
  const stripped = withoutPersonal(asked, (word) => HELD.has(word));
  expect(stripped.standalone).toBe(stripped.question.text);
  return stripped.question.text.replace(/\s+/g, ' ').trim();
};

test.each([
  ['il mio numero è 347 1234567, quando scade la TARI?', 'il mio numero è , quando scade la TARI?'],
  ['anna.verdi@posta.example quando scade la TARI?', 'quando scade la TARI?'],
  ['[telefono] quando scade la TARI? [codice fiscale]', 'quando scade la TARI?'],
])('who asks is left out: %s', (text, wanted) => expect(left(text)).toBe(wanted));

test.each([
  'di chi è il numero 0990 551 120?',
  'quanto costa nel 2026?',
  'abito in via Roma 12, che giorno passa il vetro?',
  '347 1234567',
  'Quando scade la TARI?',
])('what the documents hold, what a question may be about and what is nothing else stays: %s', (text) => expect(left(text)).toBe(text));
