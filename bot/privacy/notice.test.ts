/** Who answers is said first and whenever it changes, in every language there is (S-27, AI Act art. 50). On every channel: bot/channels/one-script.test.ts. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Language } from '../../knowledge/languages/contract.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { greet } from '../conversation/replies.ts';

const folder = path.resolve(import.meta.dirname, '../../knowledge/languages');
const codes = readdirSync(folder).flatMap((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1] ?? []);
const languages = await Promise.all(
  codes.map(async (code) => ((await import(path.join(folder, `${code}.ts`))) as { default(): Language }).default()),
);
const speech = createSpeech(languages);

const AUTOMATIC = /a[uv]tom[aá]t|آلي|自动|автомат/i;
const PERSON = /person|persoan|mensch|human|človek|شخص|真人|工作人员|людин/i;
/** A full stop and what follows it, in any of the scripts. */
const firstSentence = (text: string): string => text.split(/[.。!؟?]\s*/)[0] ?? '';

test('there are nine languages at least', () => {
  expect(codes).toEqual(expect.arrayContaining(['it', 'en', 'de', 'fr', 'es', 'ro', 'ar', 'zh', 'uk']));
});

test.each(codes)('S-27 %s: the first sentence says that a machine answers; privacy is one step away; a person is one word away', (code) => {
  const { text, choices } = greet(speech(code), code, 'X');
  expect(firstSentence(text)).toMatch(AUTOMATIC);
  expect(text).toMatch(PERSON);
  expect(text).toMatch(/\[[^\]]+\]\(\/privacy\)/);
  expect(choices).toHaveLength(3);
});

test.each(codes)('S-27 %s: when a person joins it says so with their name; when they leave, that the machine answers again', (code) => {
  const say = speech(code);
  const joined = say('deskJoined', { name: 'Carla Blu' });
  expect(joined).toContain('Carla Blu');
  expect(joined).toMatch(PERSON);
  expect(joined).not.toMatch(AUTOMATIC);
  for (const key of ['deskReturned', 'deskClosed']) expect(say(key, { name: 'Carla Blu' }), key).toMatch(AUTOMATIC);
});
