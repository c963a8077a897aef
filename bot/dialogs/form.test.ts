/** A form made of data, in the conversation, over the real cases. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KNOWN, openTown, type Town } from './fixtures/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const PERSON = ['Marta', 'De Guidi', 'GDUMRT84E52D612J', 'marta@example.org'];
const BEGIN = 'vorrei fare domanda per il passo carrabile';
const files = () => town.database.read.selectFrom('case_file').selectAll().where('subject', '=', 'Richiesta di passo carrabile').execute();

test('asked one by one, read back whole, sent after a yes: a case with its number, a receipt by e-mail', async () => {
  const one = await town.talk();
  expect((await one.say(BEGIN)).text).toMatch(/Richiesta di passo carrabile[\s\S]*Come ti chiami/);
  const summary = await one.all(...PERSON, 'Proprietario', 'via Po 3', '3,5 metri', 'no', 'Salta', 'Salta');
  expect(summary.text).toMatch(/Cognome\*\*: De Guidi[\s\S]*Larghezza[^\n]*3\.5[\s\S]*Invio la richiesta all’ufficio Tributi/);
  // A condition that does not hold asks nothing.
  expect(summary.text).not.toMatch(/Consenso scritto/);
  expect(await files()).toEqual([]);
  const done = await one.say('Sì, invia');
  const ref = /pratica è \*\*(\d+)\/(\d{4})\*\*/.exec(done.text);
  expect(done.text).toMatch(/Tributi, che risponde entro venerdì 25 dicembre 2026[\s\S]*piantina in scala 1:100/);
  const [row, ...others] = await files();
  expect(others).toEqual([]);
  expect([row?.number, row?.year]).toEqual([Number(ref?.[1]), Number(ref?.[2])]);
  expect(row?.history).toMatch(/via Po 3/);
  const letter = await town.database.read.selectFrom('mail').select(['address', 'json']).executeTakeFirstOrThrow();
  expect(letter.address).toBe('marta@example.org');
  expect(letter.json).toContain(`${ref?.[1]}/${ref?.[2]}`);
  const status = await town.talk();
  expect((await status.all(`a che punto è la pratica ${ref?.[1]}/${ref?.[2]}?`, 'GDUMRT84E52D612J')).text).toMatch(
    /Richiesta di passo carrabile/,
  );
});

test('a condition that holds asks more, and an answer that rules the request out says why', async () => {
  const one = await town.talk();
  const asked = await one.all(BEGIN, ...PERSON, 'inquilino');
  expect(asked.text).toMatch(/consenso scritto del proprietario/);
  expect((await one.say('no')).text).toMatch(/Senza il consenso scritto[\s\S]*Hai il consenso/);
  expect((await one.say('sì')).text).toMatch(/In che via/);
  // The condition falls away with the answer it hung on.
  expect((await one.all('via Po 3', '4', 'no', 'Salta', 'Salta')).text).toMatch(/Consenso scritto del proprietario\*\*: sì/);
  const changed = await one.all('cambia chi chiede', 'Proprietario');
  expect(changed.text).not.toMatch(/Consenso scritto/);
});

test('wrong answers say what is wrong, a question in between is answered, cancelling sends nothing', async () => {
  const one = await town.talk();
  await one.all(BEGIN, 'Marta', 'De Guidi');
  expect((await one.say('GDUMRT84E52D612X')).text).toMatch(/codice fiscale contiene un errore/);
  await one.all('GDUMRT84E52D612J', 'Salta', 'Proprietario', 'via Po 3');
  expect((await one.say('larghissimo')).text).toMatch(/scrivi un numero, da 1 fino a 20/);
  expect((await one.say('50')).text).toMatch(/scrivi un numero/);
  const between = await one.say('entro quando si paga la TARI?');
  expect(between.text).toContain(KNOWN.slice(0, 20));
  expect(between.text).toMatch(/Quanto è largo/);
  expect((await one.say('annulla')).text).toMatch(/non ho inviato niente/);
  expect(await files()).toEqual([]);
});

test('set aside, something else asked, resumed where it stood', async () => {
  const one = await town.talk();
  await one.all(BEGIN, ...PERSON, 'Proprietario');
  expect((await one.say('continuo più tardi')).text).toMatch(/riprendi/);
  expect((await one.say('quanto costa la TARI?')).text).toContain(KNOWN.slice(0, 20));
  expect((await one.say('riprendi')).text).toMatch(/In che via/);
});
