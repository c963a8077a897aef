import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reports } from '../../connectors/reports/contract.ts';
import { moveReport } from '../../connectors/reports/embedded/submit.ts';
import { KNOWN, openTown, speech, type Town } from './fixtures/town.ts';
import { placeIn } from './report/place.ts';
import { reportWish } from './report/wants.ts';

const say = speech('it');
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());
const sent = async () => (await town.database.read.selectFrom('report').selectAll().orderBy('requested_at').execute()).slice(3);
const photo = {
  name: 'buca.jpg',
  contentType: 'image/jpeg',
  url: 'http://x/v3/directline/conversations/c/files/0a1b2c3d-0000-4000-8000-000000000000',
};

test('kind, place, words, a photo: read back whole, sent after a yes, followed by its number', async () => {
  const one = await town.talk();
  expect((await one.say('vorrei segnalare un guasto')).text).toContain(say('reportAskCategory'));
  expect((await one.say('un lampione')).text).toContain(say('reportAskPlace'));
  expect((await one.say('davanti al 12 di via dei Tigli')).text).toContain(say('reportAskDetails'));
  expect((await one.say('è spento da una settimana')).text).toContain('Numero scritto sul palo');
  expect((await one.say('214')).text).toContain(say('reportAskPhoto'));
  const summary = await one.say('', [photo]);
  expect(summary.text).toMatch(
    /Che cosa\*\*: Lampione spento[\s\S]*Dove\*\*: davanti al 12 di via dei Tigli[\s\S]*spento da una settimana[\s\S]*palo\*\*: 214[\s\S]*Foto\*\*: buca\.jpg[\s\S]*La invio così/,
  );
  expect(await sent()).toEqual([]);
  expect((await one.say('boh forse')).text).toContain(say('reportConfirm'));
  expect(await sent()).toEqual([]);
  const receipt = await one.say('sì, invia');
  const id = /\*\*(S\d+-2026)\*\*/.exec(receipt.text)?.[1] ?? '';
  expect(receipt.text).toMatch(/Segnalazione inviata[\s\S]*lavori pubblici[\s\S]*mercoledì 2 dicembre 2026/);
  expect(await sent()).toMatchObject([
    { id, category: 'illuminazione', photo: '0a1b2c3d-0000-4000-8000-000000000000', attributes: '{"palo":"214"}' },
  ]);
  await moveReport({ database: town.database, now: () => town.clock.now + 1000 }, id, { status: 'in_progress', note: 'squadra in arrivo' });
  expect((await one.say('a che punto è?')).text).toMatch(/In lavorazione\*\* — squadra in arrivo/);
  const other = await (await town.talk()).say(`a che punto è la segnalazione ${id}?`);
  expect([other.text.includes('squadra in arrivo'), other.dialog]).toEqual([true, 'report']);
});

test('told in one breath it needs no more than a yes', async () => {
  const one = await town.talk();
  const photoAsked = await one.say('buongiorno, vorrei segnalare una buca profonda in via Roma 12, è pericolosa per le biciclette');
  expect(photoAsked.text).toContain(say('reportAskPhoto'));
  const summary = await one.say('no');
  expect(summary.text).toMatch(/Buca o strada rovinata[\s\S]*Dove\*\*: via Roma 12\n[\s\S]*Descrizione\*\*: buongiorno, vorrei segnalare/);
  expect((await one.say('confermo')).text).toContain('Segnalazione inviata');
  expect(await sent()).toHaveLength(1);
});

test('a wrong part is said again; coordinates; "no" asks what to change; cancelling sends nothing', async () => {
  const one = await town.talk();
  await one.all('c’è una buca in via Roma 12', 'è profonda', 'no');
  expect((await one.say('no')).text).toBe(say('formWhatToChange'));
  expect((await one.say('il luogo è sbagliato')).text).toContain(say('reportAskPlace'));
  expect((await one.say('44.10121, 10.20345')).text).toContain('44.10121, 10.20345');
  expect((await one.say('annulla')).text).toBe(say('reportLeft'));
  expect(await sent()).toEqual([]);
});

test('the same yes taken twice is one report; a question in between; three failures; set aside', async () => {
  const one = await town.talk();
  await one.say('voglio fare una segnalazione');
  expect((await one.say('quando passa il camion?')).text).toBe(`${KNOWN}\n\n${say('reportBackTo')}\n\n${say('reportAskCategory')}`);
  const misses = await one.all('xyz', 'qwe', 'asd');
  expect([misses.text.includes(say('formPerson')), misses.choices[0]]).toEqual([true, say('person')]);
  expect((await one.say('continuo dopo')).text).toBe(say('formPaused'));
  expect((await one.all('riprendi', 'rifiuti')).text).toContain(say('reportAskPlace'));
  expect((await one.say('torna indietro')).text).toContain(say('reportAskCategory'));
  await one.all('Rifiuti abbandonati', 'piazza del Mirto, vicino alla fontana', 'un materasso', 'senza foto');
  await Promise.all([one.say('sì'), one.say('sì')]);
  expect(await sent()).toHaveLength(1);
});

test('a report nobody answered for: told honestly, looked up, not sent twice', async () => {
  let answers = false;
  await town.close();
  town = await openTown({
    reports: (real: Reports): Reports => ({
      ...real,
      async submit(...given) {
        await real.submit(...given);
        return { kind: 'unknown', reason: 'timed out' };
      },
      lookup: async (key) => (answers ? real.lookup(key) : { kind: 'down', reason: 'timed out' }),
    }),
  });
  const one = await town.talk();
  expect((await one.all('c’è una buca in via Roma 12', 'è profonda', 'no', 'sì')).text).toBe(say('reportUnknown'));
  expect((await one.say('allora?')).text).toBe(say('reportUnknown'));
  answers = true;
  expect((await one.say('controlla')).text).toContain('Segnalazione inviata');
  expect(await sent()).toHaveLength(1);
});

test('an other system that is away promises nothing and keeps the form', async () => {
  let up = false;
  await town.close();
  town = await openTown({
    reports: (real) => ({ ...real, submit: async (...given) => (up ? real.submit(...given) : { kind: 'down', reason: 'x' }) }),
  });
  const one = await town.talk();
  const down = await one.all('c’è una buca in via Roma 12', 'è profonda', 'no', 'sì');
  expect([down.text.includes(say('reportDown')), down.choices.includes(say('person'))]).toEqual([true, true]);
  up = true;
  expect((await one.say('sì')).text).toContain('Segnalazione inviata');
});

test('how to report is answered by the knowledge, which then offers to make one; other notices are none of ours', async () => {
  const one = await town.talk();
  const answer = await one.say('come si segnala una buca?');
  expect([answer.text, answer.dialog, answer.choices[0]]).toEqual([KNOWN, null, say('reportOffer')]);
  expect((await one.say(say('reportOffer'))).text).toContain(say('reportAskCategory'));
  for (const text of [
    'a chi segnalo un lampione spento?',
    'chi chiamo per un lampione spento?',
    'devo presentare la segnalazione certificata di inizio attività',
    'quando raccolgono i rifiuti in via Roma?',
    'c’è un ufficio in via Roma',
    'where can I report a pothole?',
    'quanto costa la strada privata?',
  ])
    expect([text, reportWish(text)]).toEqual([text, null]);
});

test('the same in English, German, French and Spanish', async () => {
  for (const [lang, first, place] of [
    ['en', 'I want to report a pothole', 'Station Road 5'],
    ['de', 'ich möchte ein Schlagloch melden', 'Bahnhofstraße 5'],
    ['fr', 'je voudrais signaler un nid de poule', 'rue de la Gare 5'],
    ['es', 'quiero avisar de un bache', 'calle Mayor 5'],
  ] as const) {
    const own = speech(lang);
    const one = await town.talk(lang);
    expect([lang, (await one.say(first)).text]).toEqual([lang, expect.stringContaining(own('reportAskPlace'))]);
    const summary = await one.all(
      place,
      lang === 'de' ? 'sehr tief' : lang === 'fr' ? 'très profond' : lang === 'es' ? 'muy profundo' : 'very deep',
      own('reportNoPhoto'),
    );
    expect([lang, summary.text]).toEqual([lang, expect.stringContaining(own('reportConfirm'))]);
    expect([lang, (await one.say(own('yesReport'))).text]).toEqual([
      lang,
      expect.stringContaining(own('reportKeep', { id: '' }).slice(0, 12)),
    ]);
  }
  expect(await sent()).toHaveLength(4);
});

test.each([
  ['c’è una buca in via Roma 12, è profonda', 'via Roma 12'],
  ['lampione rotto all’altezza del civico 5, viale della Stazione', 'viale della Stazione'],
  ['vicino alla scuola di via dei Tigli ci sono rifiuti', 'vicino alla scuola di via dei Tigli'],
  ['in piazza del Mirto, davanti alla fontana. Grazie', 'piazza del Mirto, davanti alla fontana'],
  ['la strada è rovinata', undefined],
])('place in "%s"', (text, address) => {
  expect(placeIn(text)?.address).toBe(address);
});
