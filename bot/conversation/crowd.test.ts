import { expect, test } from 'vitest';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import itLanguage from '../../knowledge/languages/it.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Load } from '../operation/shed.ts';
import { createCrowd } from './crowd.ts';

const answer = (text: string): Answer => ({ outcome: 'answered', reason: '', text, lang: 'it', citations: [], choices: [], ms: 1 });
const asked = (text: string) => ({ text, lang: 'it', history: [], at: '2026-11-26', audience: 'citizen' as const });

test('in a crowd what is at hand is given, an emergency is always answered, and the rest is offered a person', async () => {
  let load: Load = 'normal';
  const crowd = createCrowd({
    load: () => load,
    knowledge: {
      answerQuestion: async ({ text }) => answer(`worked for: ${text}`),
      knownAnswer: ({ text }) => (text.includes('orari') ? answer('at hand') : null),
      speech: createSpeech([itLanguage()]),
    },
  });
  expect(crowd.banner('it')).toBe('');
  expect((await crowd.answer(asked('Come si chiede la residenza?')))?.text).toMatch(/^worked for/);
  load = 'crowded';
  expect(crowd.banner('it')).toMatch(/moltissime persone/);
  expect((await crowd.answer(asked('Quali sono gli orari?')))?.text).toBe('at hand');
  expect(await crowd.answer(asked('Come si chiede la residenza?'))).toBeNull();
  expect((await crowd.answer(asked('Aiuto, mio marito mi picchia')))?.text).toMatch(/^worked for/);
  const { replies } = crowd.tooMany({ text: 'Come si chiede la residenza?' } as never, {} as never, 'it');
  expect(replies[0]).toMatchObject({
    text: expect.stringContaining('Riprova'),
    choices: [{ title: 'Parla con una persona' }, { value: 'Come si chiede la residenza?' }],
    answer: { outcome: 'failed' },
  });
});
