import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import openDatabase from '../../../connectors/databases/embedded.ts';
import openExtractive from '../../composers/extractive.ts';
import { loadDemo } from '../../demo/load.ts';
import openIndex from '../../indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../../knowledge.ts';
import { spoken } from '../../languages/reading/read.ts';
import { createSpeech } from '../../languages/speak.ts';
import type { Question } from '../question.ts';
import { glossOf, needsGloss } from './gloss.ts';

const speech = createSpeech(spoken);
const asked = (text: string, more: Partial<Question> = {}): Question => ({
  text,
  lang: 'it',
  history: [],
  at: '2026-11-25',
  audience: 'citizen',
  ...more,
});
let knowledge: Knowledge;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-gloss-')) });
  knowledge = await createKnowledge({ database, index: openIndex(), composer: openExtractive(), languages: spoken, onSurprise: () => {} });
  await loadDemo(knowledge, () => {});
  close = async () => {
    await knowledge.close();
    await database.close();
  };
}, 120_000);
afterAll(() => close?.());

test.each([
  ['sl', 'Koliko stane osebna izkaznica?'],
  ['ro', 'Cât costă cartea de identitate?'],
  ['ar', 'كم تكلفة بطاقة الهوية؟'],
  ['zh', '身份证多少钱？'],
  ['uk', 'Скільки коштує посвідчення особи?'],
])('%s: answered with the Italian words, in a frame of the citizen’s own language', async (lang, text) => {
  const answer = await knowledge.answerQuestion(asked(text));
  expect([answer.outcome, answer.lang]).toEqual(['answered', lang]);
  expect(answer.text.startsWith(speech(lang)('foreignQuote'))).toBe(true);
  expect(answer.citations.map(({ documentId }) => documentId)).toContain('carta-identita');
  expect(answer.citations[0]?.quote).toMatch(/\d,\d\d €/);
});

test.each([
  ['sl', 'Kakšna je razdalja do lune?'],
  ['ro', 'Câte planete există în univers?'],
  ['ar', 'ما هي عاصمة اليابان؟'],
  ['zh', '月亮有多远？'],
  ['uk', 'Яка відстань до місяця?'],
])('%s: what no document holds is refused in the citizen’s language, with an office and a person', async (lang, text) => {
  const answer = await knowledge.answerQuestion(asked(text));
  expect([answer.outcome, answer.lang]).toEqual(['unanswerable', lang]);
  expect(answer.text.startsWith(speech(lang)('unanswerable'))).toBe(true);
  expect(answer.choices.at(-1)?.title).toBe(speech(lang)('person'));
});

test('a page chosen by its Italian title is answered in the language it was chosen in', async () => {
  const answer = await knowledge.answerQuestion(asked("Carta d'identità elettronica: Quanto costa", { lang: 'zh', answerIn: 'zh' }));
  expect([answer.outcome, answer.lang]).toEqual(['answered', 'zh']);
  expect(answer.text.startsWith(speech('zh')('foreignQuote'))).toBe(true);
});

test('words that the lexicon does not know are told apart, so that the answer is only asked back', async () => {
  expect(glossOf('Cât costă cartea de identitate?', 'ro')).toEqual({
    text: 'quanto costa carta d’identità elettronica'.replace('’', "'"),
    whole: true,
  });
  expect(glossOf('Cât costă cartea de identitate pentru ornitorinci?', 'ro')).toMatchObject({ whole: false });
  expect(glossOf('Bună ziua', 'ro')).toBeNull();
  expect((await knowledge.answerQuestion(asked('Cât costă cartea de identitate pentru ornitorinci?'))).outcome).toBe('clarify');
  expect(['it', 'en', 'de', 'fr', 'es', 'ro'].map(needsGloss)).toEqual([false, false, false, false, false, true]);
});
