/** A question in between at every step of every dialog, and what only looks like one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWERS, BEFORE_A_PERSON, NEW_WISHES, STEPS, STORIES } from './fixtures/interruptions.ts';
import { KNOWN, openTown, type Said, speech, type Town } from './fixtures/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const say = speech('it');
/** What was asked last: a step is asked again in the same words. */
const question = ({ text }: Said): string => text.split('\n\n').at(-1) ?? '';
const told = ({ text }: Said): boolean => text.includes(KNOWN);

describe.each(STEPS)('$step', ({ path, asked }) => {
  test.each(asked)('“%s” is answered, then the step is asked again', async (text) => {
    const one = await town.talk();
    const before = await one.all(...path);
    const said = await one.say(text);
    expect({ answered: told(said), dialog: said.dialog }).toEqual({ answered: true, dialog: before.dialog });
    // Asked again in the citizen's language, where the question was in another.
    if (/^(?:what|um|à|¿)/.test(text)) expect(said.text.split('\n\n').length).toBeGreaterThan(1);
    else expect(question(said)).toBe(question(before));
  });
});

describe.each(ANSWERS)('$step', ({ path, asked }) => {
  test.each(asked)('“%s” is an answer', async (text) => {
    const one = await town.talk();
    await one.all(...path);
    expect(told(await one.say(text))).toBe(false);
  });
});

test.each(NEW_WISHES)('where a contact is asked for, “%s” is heard at once', async (text, dialog) => {
  const one = await town.talk();
  expect((await one.say('vorrei parlare con una persona')).text).toContain(say('handoffAsk'));
  expect((await one.say(text)).dialog).toBe(dialog);
});

test.each(BEFORE_A_PERSON)('where a contact is asked for, “%s” is answered, and the contact still heard', async (text) => {
  const one = await town.talk();
  await one.say('vorrei parlare con una persona');
  expect(told(await one.say(text))).toBe(true);
  expect((await one.say('333 1234567')).text).toContain('ho registrato la tua richiesta');
});

test.each(STORIES)('where a contact is asked for, “%s” is what the request is about', async (text) => {
  const one = await town.talk();
  await one.say('vorrei parlare con una persona');
  const said = await one.say(text);
  expect([said.dialog, said.text]).toEqual(['handoff', say('handoffAgain')]);
});
