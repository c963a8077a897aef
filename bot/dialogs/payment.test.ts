import { afterEach, beforeEach, expect, test } from 'vitest';
import { importNotices } from '../../connectors/payments/embedded/import.ts';
import { KNOWN, NOW, openTown, speech, type Town } from './fixtures/town.ts';
import { wantsPayment } from './payment/wants.ts';

const say = speech('it');
const NAV = '301000000026000116';
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

test('a notice by its number: amount, due day, the official page, and never what it is for', async () => {
  const one = await town.talk();
  const asked = await one.say('devo pagare un avviso pagoPA');
  expect([asked.text, asked.dialog]).toEqual([say('payAskNotice'), 'payment']);
  const told = await one.say('3010 0000 0026 0001 16');
  expect(told.text.replace(/\u00a0/g, ' ')).toMatch(
    /non risulta ancora pagato[\s\S]*Importo\*\*: 186,40 €[\s\S]*mercoledì 16 dicembre 2026[\s\S]*80012340990[\s\S]*\(https:\/\/checkout\.pagopa\.it\/inserisci-dati-avviso\)/,
  );
  expect(told.text).not.toMatch(/TARI|scadenza è passata|non tornano/);
});

test('the number alone is enough, from a QR code or by IUV too; paid, cancelled, overdue', async () => {
  const one = await town.talk();
  expect((await one.say(`PAGOPA|002|${NAV}|80012340990|18640`)).text).toContain('186,40');
  expect((await one.say('301000000026000217')).text).toBe(
    `${say('payPaid', { nav: '301000000026000217' })} ${say('payPaidOn', { day: 'venerdì 12 giugno 2026' })}`,
  );
  expect((await one.say('301000000026000419')).text).toBe(say('payCancelled', { nav: '301000000026000419' }));
  expect((await one.say('301000000026000318')).text).toContain(say('payOverdue'));
  expect((await one.all('cerca un altro avviso', NAV.slice(1))).text).toContain('186,40');
});

test('a check digit that does not fit is told, not refused', async () => {
  const nav = '301000000026000599';
  await importNotices(town.database, `nav;importo\n${nav};12,00`, { now: NOW });
  const one = await town.talk();
  const told = await one.say(nav);
  expect(told.text).toContain(say('payCheckDigits'));
  expect(told.text).toContain('12,00');
  const missing = await one.say('301000000026000598');
  expect(missing.text).toContain(say('payCheckDigits'));
  expect(missing.text).toContain(say('payNotFound'));
});

test('wrong numbers say what is wrong; a card’s number is not taken and not repeated', async () => {
  const one = await town.talk();
  await one.say('cerca un avviso di pagamento');
  expect((await one.say('30100000002600011')).text).toContain(say('payNotFound'));
  expect((await one.say('3010000000260001161')).text).toContain(say('payWrongLength', { count: '19' }));
  expect((await one.say('901000000026000116')).text).toContain('comincia con 0, 1, 2 o 3');
  const card = await one.say('4111 1111 1111 1111');
  expect(card.text).toContain(say('payNoCards'));
  expect(card.text).not.toContain('4111');
});

test('five numbers that are not there, then a person; a right one does not count', async () => {
  const one = await town.talk();
  for (let i = 0; i < 5; i++) {
    expect((await one.say(`30100000002600090${i}`)).text).toContain(say('payNotFound'));
    expect((await (await town.talk()).say(NAV)).text).toContain('186,40');
  }
  const stopped = await one.say(NAV);
  expect([stopped.text, stopped.choices.includes(say('person'))]).toEqual([say('payTooManyTries', { minutes: '15' }), true]);
});

test('a question in between, cancel, and an archive that does not answer', async () => {
  const one = await town.talk();
  await one.say('devo pagare un avviso pagoPA');
  expect((await one.say('quando si paga la TARI?')).text).toBe(`${KNOWN}\n\n${say('payBackTo')}\n\n${say('payAskNotice')}`);
  expect((await one.say('annulla')).text).toBe(say('payLeft'));
  const down = await openTown({ payments: (real) => ({ ...real, find: async () => ({ kind: 'down', reason: 'x' }) }) });
  const said = await (await down.talk()).say(NAV);
  expect([said.text, said.choices.includes(say('person'))]).toEqual([say('payDown'), true]);
  await down.close();
});

test('how things are paid is answered by the knowledge, which then offers to look a notice up', async () => {
  const one = await town.talk();
  const answer = await one.say('come pago la TARI?');
  expect([answer.text, answer.dialog, answer.choices]).toEqual([KNOWN, null, expect.arrayContaining([say('payOffer')])]);
  expect((await one.say(say('payOffer'))).text).toBe(say('payAskNotice'));
  const price = await one.say('quanto pago per la mensa?');
  expect(price.choices).not.toContain(say('payOffer'));
  for (const text of [
    'quando scade la TARI?',
    'come si paga un avviso pagoPA?',
    'posso rateizzare l’avviso?',
    'avviso pubblico per le case',
    'vorrei pagare la mensa',
    'how do I pay my notice?',
  ])
    expect([text, wantsPayment(text)]).toEqual([text, false]);
});

test('the same in English, German, French and Spanish', async () => {
  for (const [lang, question] of [
    ['en', 'I have a payment notice to check'],
    ['de', 'ich habe eine Zahlungsmitteilung bekommen'],
    ['fr', 'je voudrais payer un avis de paiement'],
    ['es', 'quiero pagar un aviso de pago'],
  ] as const) {
    const one = await town.talk(lang);
    expect([lang, (await one.say(question)).text]).toEqual([lang, speech(lang)('payAskNotice')]);
    expect([lang, (await one.say(NAV)).text]).toEqual([lang, expect.stringContaining(speech(lang)('payToPay'))]);
  }
});
