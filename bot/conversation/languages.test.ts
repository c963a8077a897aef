/** An appointment made, seen and cancelled with the buttons alone, in each language whose words no dialog reads. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnLanguages } from '../../knowledge/answering/language.ts';
import { learnRoutes } from '../../knowledge/answering/routing/route.ts';
import { openTown, speech, type Town } from '../dialogs/fixtures/town.ts';

const CF = 'RSSMRA85T10A562S';
let town: Town;
beforeAll(async () => {
  learnRoutes();
  learnLanguages();
  town = await openTown();
});
afterAll(() => town.close());

test.each(['sl', 'ro', 'ar', 'zh', 'uk'])('%s', async (lang) => {
  const say = speech(lang);
  const one = await town.talk(lang);
  let said = await one.say(say('bookOffer'));
  expect(said.text).toContain(say('bookBegin'));
  for (let turns = 0; turns < 12 && !said.choices.includes(say('yesBook')); turns++) {
    if (said.text.includes(say('bookAskName'))) said = await one.say('Maria Rossi');
    else if (said.text.includes(say('bookAskFiscalCode'))) said = await one.say(CF);
    else if (said.text.includes(say('bookAskContact'))) said = await one.say('maria@example.it');
    else said = await one.say(said.choices[0] ?? '');
  }
  expect(said.text).toContain(say('bookConfirm'));
  said = await one.say(say('yesBook'));
  const code = /\*\*([A-Z0-9-]{4,})\*\*/.exec(said.text)?.[1] ?? '';
  expect(said.text).toContain(say('bookKeepCode', { code }));
  said = await one.say(said.choices.find((choice) => choice === say('doCancel')) ?? '');
  while (!said.choices.includes(say('yesCancel'))) said = await one.say(said.text.includes(say('bookAskCode')) ? code : CF);
  said = await one.say(say('yesCancel'));
  expect(said.text).toContain(say('cancelDone', { code, service: '', when: '' }).split(code)[0]);
});
