import { afterEach, beforeEach, expect, test } from 'vitest';
import { birthDateIn } from './status/birth-date.ts';
import { caseRefIn } from './status/case-ref.ts';
import { wantsStatus } from './status/wants.ts';
import { KNOWN, openTown, speech, type Town } from './fixtures/town.ts';

const say = speech('it');
const CF = 'GDUMRT84E52D612J';
const ASK_FACT = `${say('caseAskFact')} ${say('caseAskMail')}`;
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

test('number and year with a second fact: in charge since, protocol number, the latest day, whose it is', async () => {
  const one = await town.talk();
  const asked = await one.say('a che punto è la mia pratica 1234/2026?');
  expect([asked.text, asked.dialog]).toEqual([ASK_FACT, 'status']);
  const told = await one.say(CF);
  expect(told.text).toMatch(
    /Pratica \*\*1234\/2026\*\*: Cambio di residenza[\s\S]*In lavorazione[\s\S]*Presa in carico\*\*: domenica 15 novembre 2026[\s\S]*0004521\/2026[\s\S]*al più tardi\*\*: lunedì 28 dicembre 2026[\s\S]*Servizi demografici/,
  );
  await town.desk.move({ number: 1234, year: 2026 }, 'granted', '2026-11-25', 'fatto');
  expect((await one.say('e quando finisce?')).text).toMatch(/Conclusa: accolta\*\* — fatto/);
});

test('asked for bit by bit: number, then the year, then surname and birth date in either order', async () => {
  for (const facts of [['Rossi', '10/12/1985'], ['10 dicembre 1985', 'mi chiamo Mario Rossi'], ['Rossi Mario, nato il 10.12.1985']]) {
    const one = await town.talk();
    expect((await one.say('vorrei sapere lo stato della mia domanda')).text).toBe(say('caseAskRef'));
    const year = await one.say('1187');
    expect([year.text, year.choices.slice(0, 2)]).toEqual([say('caseAskYear'), ['2026', '2025']]);
    expect((await one.say('2026')).text).toBe(ASK_FACT);
    const told = await one.all(...facts);
    expect([facts, told.text]).toEqual([
      facts,
      expect.stringMatching(/In attesa di documenti da te\*\* — Mancano la planimetria[\s\S]*Il tempo è fermo da lunedì 16 novembre/),
    ]);
  }
});

test('a wrong number and a wrong fact are answered alike; five in fifteen minutes, in this conversation and for this citizen, then a person', async () => {
  const one = await town.talk('it', 'same citizen');
  const wrongFact = await one.all('a che punto è la mia pratica 1234/2026?', 'RSSMRA85T10A562S');
  const wrongNumber = await (await town.talk()).all('a che punto è la mia pratica 9999/2026?', CF);
  expect(wrongFact).toEqual(wrongNumber);
  expect(wrongFact.text).toContain(say('caseNotFound'));
  for (let i = 0; i < 3; i++) expect((await one.say('RSSMRA85T10A562S')).text).toContain(say('caseNotFound'));
  // The fifth wrong one is told like the others; after it even a right one is not looked at.
  expect((await one.say('RSSMRA85T10A562S')).text).toContain(say('caseNotFound'));
  const stopped = await one.say(CF);
  expect(stopped.text).toBe(say('caseTooManyTries', { minutes: '15' }));
  expect(stopped.choices).toContain(say('person'));
  const elsewhere = await (await town.talk('it', 'same citizen')).all('a che punto è la mia pratica 1234/2026?', CF);
  expect(elsewhere.text).toBe(say('caseTooManyTries', { minutes: '15' }));
  town.clock.now += 15 * 60_000;
  expect((await (await town.talk('it', 'same citizen')).all('a che punto è la mia pratica 1234/2026?', CF)).text).toContain(
    'In lavorazione',
  );
});

test('right pairs never count: the sixth look is as good as the first', async () => {
  const one = await town.talk();
  for (let i = 0; i < 7; i++) expect((await one.all('a che punto è la pratica 1234/2026?', CF)).text).toContain('In lavorazione');
});

test('twenty guesses at one case close it to everybody for a while, whoever made them', async () => {
  for (let i = 0; i < 20; i++) await (await town.talk()).all('a che punto è la pratica 1234/2026?', 'RSSMRA85T10A562S');
  expect((await (await town.talk()).all('a che punto è la pratica 1234/2026?', CF)).text).toContain('troppi tentativi');
  expect((await (await town.talk()).all('a che punto è la pratica 1102/2026?', 'RSSMRA85T10A562S')).text).toContain('accolta');
});

test('a question in between is answered and the form goes on; back, cancel, three failures, later', async () => {
  const one = await town.talk();
  await one.say('a che punto è la mia pratica?');
  const between = await one.say('quanto costa la TARI?');
  expect([between.text, between.outcome]).toEqual([`${KNOWN}\n\n${say('caseBackTo')}\n\n${say('caseAskRef')}`, 'answered']);
  expect((await one.all('1234/2026', 'torna indietro')).text).toBe(say('caseAskRef'));
  expect((await one.say('continuo dopo')).text).toBe(say('formPaused'));
  expect((await one.say('riprendi')).text).toBe(say('caseAskRef'));
  const misses = await one.all('xyz', 'qwe', 'asd');
  expect([misses.text.includes(say('formPerson')), misses.choices[0]]).toEqual([true, say('person')]);
  expect((await one.say('annulla')).text).toBe(say('caseLeft'));
  expect((await one.say('quanto costa la TARI?')).dialog).toBe(null);
});

test('a year that has not come, a birth date that does not exist, an appointment that is none of ours', async () => {
  const one = await town.talk();
  expect((await one.all('a che punto è la mia pratica', '1234/2031')).text).toContain('2031');
  expect((await one.all('1234/2026', 'Rossi 31/02/1985')).text).toContain(say('caseBirthDateWrong'));
  expect((await (await town.talk()).say('a che punto è la mia prenotazione AAAA2?')).dialog).toBe('booking');
});

test('the same in English, German, French and Spanish', async () => {
  for (const [lang, question] of [
    ['en', 'what is the status of my application 1234/2026?'],
    ['de', 'Wie weit ist mein Antrag 1234/2026?'],
    ['fr', 'où en est mon dossier 1234/2026 ?'],
    ['es', '¿cómo va mi expediente 1234/2026?'],
  ] as const) {
    const told = await (await town.talk(lang)).all(question, CF);
    expect([lang, told.text]).toEqual([lang, expect.stringContaining(speech(lang)('case_in_progress'))]);
  }
});

test('how cases go in general stays with the knowledge', () => {
  for (const text of [
    'quanto tempo ci vuole per la pratica di residenza?',
    'come si segue lo stato di una pratica?',
    'quali documenti servono per la domanda di contributo?',
    'a che punto è la costruzione della nuova scuola?',
    'a che punto è la mia segnalazione S1-2026?',
    'dove presento la domanda 730/2026?',
    'vorrei fare domanda di residenza',
    'how long does an application take?',
  ])
    expect([text, wantsStatus(text)]).toEqual([text, false]);
});

test.each([
  ['1234/2026', 1234, 2026],
  ['n. 1.234 del 2026', 1234, 2026],
  ['2026/0001234', 1234, 2026],
  ['pratica numero 77', 77, null],
  ['12/26', 12, 2026],
  ['1234 2026', 1234, 2026],
  ['prot. 0004521/2026', 4521, 2026],
])('reads %s', (text, number, year) => {
  expect(caseRefIn(text, false)).toEqual({ number, year });
});

test.each([
  ['nato il 12/05/1984', '1984-05-12'],
  ['12 maggio 1984', '1984-05-12'],
  ['1. März 1990', '1990-03-01'],
  ['le 1er août 1990', '1990-08-01'],
  ['born on 3rd of July 2001', '2001-07-03'],
  ['el 9 de enero de 1975', '1975-01-09'],
  ['1984-05-12', '1984-05-12'],
])('reads %s', (text, date) => {
  expect(birthDateIn(text, '2026-11-25')).toMatchObject({ date });
});

test('an e-mail address counts once the code sent to it comes back: three tries, fifteen minutes; a wrong address is answered alike and gets no letter', async () => {
  const request = {
    subject: 'Prova',
    office: 'Tributi',
    person: { fiscalCode: CF, surname: 'De Guidi', birthDate: '1984-05-12', email: 'Marta@example.org' },
  };
  const made = await town.desk.put(request);
  const ref = made.kind === 'ok' ? `${made.value.number}/${made.value.year}` : '';
  const letters = () => town.database.read.selectFrom('mail').select(['address', 'json']).orderBy('created_at', 'desc').execute();
  const figures = async () => /\b\d{6}\b/.exec((await letters())[0]?.json ?? '')?.[0] ?? '';
  const other = (right: string) => (right === '111111' ? '222222' : '111111');
  const ask = `a che punto è la mia pratica ${ref}?`;

  const stranger = await town.talk();
  const wrong = await stranger.all(ask, 'altra@example.org');
  expect(await letters()).toEqual([]);
  expect((await stranger.say('111111')).text).toContain(say('caseFiguresWrong'));

  const one = await town.talk();
  const sent = await one.all(ask, 'marta@example.org');
  expect(sent.text).toBe(wrong.text.replace('altra', 'marta'));
  expect((await letters()).map(({ address }) => address)).toEqual(['marta@example.org']);
  // Another conversation's code opens nothing here.
  expect((await stranger.say(await figures())).text).not.toContain('Prova');
  expect((await one.say(other(await figures()))).text).toContain(say('caseFiguresWrong'));
  expect((await one.say(await figures())).text).toMatch(/Prova/);
  expect((await one.say('e quando finisce?')).text).toMatch(/Prova/);

  const late = await town.talk();
  await late.all(ask, 'marta@example.org');
  const old = await figures();
  town.clock.now += 16 * 60_000;
  expect((await late.say(old)).text).toContain(say('caseFiguresGone'));
  const tried = await town.talk();
  await tried.all(ask, 'marta@example.org');
  const right = await figures();
  for (let i = 0; i < 2; i++) await tried.say(other(right));
  expect((await tried.say(other(right))).text).toContain(say('caseFiguresGone'));
  expect((await tried.say(right)).text).not.toContain('Prova');
});
