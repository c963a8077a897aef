/** From the wish to the receipt in at most six messages of the citizen, said in many ways, on the demo's own services. */
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { learnLanguages } from '../../knowledge/answering/language.ts';
import { openTown, type Said, type Town } from './fixtures/town.ts';

const MOST = 6;
let town: Town;
// A first message would wait for them.
beforeAll(() => void learnLanguages(), 60_000);
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

/** What a citizen writes, or presses: the first of the choices that fits. */
type Step = string | RegExp;
const DAY = /\d{4}/;
const TIME = /^\d{1,2}:\d{2}$/;
const YES = /^Sì, prenota/;

const WAYS: [string, Step[]][] = [
  [
    'one thing after another',
    [
      'vorrei un appuntamento per la carta d’identità',
      'giovedì 3 dicembre alle 9 e mezza',
      'Marta De Guidi',
      'GDUMRT84E52D612J',
      '333 1234567',
      'sì',
    ],
  ],
  [
    'with the buttons, and who it is in one message',
    ['vorrei prenotare', /[Cc]arta d’identità/, DAY, TIME, 'Marta De Guidi, GDUMRT84E52D612J, marta@example.org', YES],
  ],
  [
    'in one breath',
    [
      'prenotatemi la carta d’identità per venerdì 4 dicembre alle 10 e 10, sono Marta De Guidi, codice fiscale GDUMRT84E52D612J, telefono 3331234567',
      'confermo',
    ],
  ],
  [
    'as soon as possible',
    ['prenotatemi la carta d’identità il prima possibile', 'Marta De Guidi GDUMRT84E52D612J 333 1234567', 'sì, prenota'],
  ],
  [
    'a change of mind about the hour',
    [
      'appuntamento per la carta d’identità giovedì 3 dicembre alle 10:30',
      'anzi no, alle 11:30',
      'mi chiamo Marta De Guidi, GDUMRT84E52D612J',
      'marta@example.org',
      'ok, confermo',
    ],
  ],
  [
    'a question in between',
    [
      'vorrei un appuntamento per la carta d’identità',
      'siete aperti il sabato?',
      'mercoledì 2 dicembre alle 10.50',
      'Marta De Guidi GDUMRT84E52D612J',
      '333 1234567',
      'sì',
    ],
  ],
  [
    'in English',
    [
      'I would like to book an appointment for the identity card',
      'Thursday 3 December at 4 pm',
      'my name is Marta De Guidi, GDUMRT84E52D612J',
      'marta@example.org',
      'yes',
    ],
  ],
  [
    'in German',
    [
      'ich möchte einen Termin für den Personalausweis',
      'Freitag 4. Dezember um 9:30 Uhr',
      'ich heiße Marta De Guidi, GDUMRT84E52D612J',
      'marta@example.org',
      'ja',
    ],
  ],
];

test.each(WAYS)('%s', async (_, steps) => {
  const lang = /^I would/.test(String(steps[0])) ? 'en' : /^ich/.test(String(steps[0])) ? 'de' : 'it';
  const one = await town.talk(lang);
  const before = await booked();
  let said: Said = { text: '', choices: [], dialog: null, outcome: '' };
  let messages = 0;
  for (const step of steps) {
    const text: string =
      typeof step === 'string'
        ? step
        : (said.choices.find((choice) => step.test(choice)) ?? `no choice fits ${step}: ${said.choices.join(' | ')}`);
    said = await one.say(text);
    messages += 1;
  }
  expect([said.text, await booked()]).toEqual([expect.stringMatching(/\*\*(?:Prenotato|Booked|Gebucht)/), before + 1]);
  expect(messages).toBeLessThanOrEqual(MOST);
});

const booked = async () => (await town.database.read.selectFrom('booking').select('id').where('status', '=', 'booked').execute()).length;
