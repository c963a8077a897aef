import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bookings } from '../../connectors/bookings/contract.ts';
import { createDesk, type Desk } from '../../connectors/bookings/embedded/desk.ts';
import openBookings from '../../connectors/bookings/embedded.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import openGerman from '../../knowledge/languages/de.ts';
import openItalian from '../../knowledge/languages/it.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { type Conversation, emptyState } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker } from '../conversation/speaker.ts';
import { BOOKING } from './booking/reply.ts';
import { createBooking } from './booking.ts';

const NOW = Date.parse('2026-11-18T09:00:00+01:00');
const CF = 'RSSMRA85T10A562S';
const OTHER_CF = 'GDUMRT84E52D612J';
const speech = createSpeech([openItalian(), openGerman()]);
const week: [string, string][] = [['09:00', '12:00']];
const plan = {
  places: [{ id: 'municipio', name: 'Municipio', address: 'piazza Uno 1' }],
  services: [
    { id: 'carta', name: 'Carta d’identità', office: 'Anagrafe', minutes: 30, words: ['CIE'], bring: ['una fototessera'] },
    { id: 'residenza', name: 'Residenza', office: 'Anagrafe', minutes: 30, words: ['trasloco'], bring: [] },
  ],
  counters: [
    { id: 'uno', name: 'Sportello 1', place: 'municipio', services: ['carta', 'residenza'], week: [[], week, week, week, week, week, []] },
  ],
};
let database: Database;
let office: Bookings;
let desk: Desk;

beforeEach(async () => {
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-booking-')) });
  desk = createDesk({ database, now: () => NOW });
  expect((await desk.savePlan(plan)).kind).toBe('ok');
  office = await openBookings({ database, now: () => NOW });
});
afterEach(() => database.close());

const empty = (): Conversation => ({ id: 'c', channel: 'web', citizenId: 'c', lang: null, mode: 'bot', state: emptyState(), history: [] });

/** A conversation whose state is JSON between any two messages. */
function talk(bookings: Bookings = office) {
  const ask: Speaker = async (_, { state }) => ({
    state,
    replies: [plainReply('Costa 22 euro [1].', 'it', [], { outcome: 'answered', answerId: 'a' })],
  });
  const dialog = createBooking({
    bookings,
    timeZone: 'Europe/Rome',
    now: () => new Date(NOW),
    speech,
    languageOf: (_, lang) => lang ?? 'it',
    ask,
  });
  const askAndOffer: Speaker = async (message, conversation) => dialog.offer(message, conversation, await ask(message, conversation));
  const one = {
    conversation: empty(),
    async say(text: string) {
      const message = {
        channel: 'web',
        externalId: randomUUID(),
        conversationId: 'c',
        id: randomUUID(),
        kind: 'text' as const,
        text,
        attachments: [],
        citizenId: 'c',
        receivedAt: new Date(NOW).toISOString(),
      };
      const speak = dialog.takes(message, one.conversation) ? dialog.take : askAndOffer;
      const { replies, state, lang } = await speak(message, one.conversation);
      one.conversation = JSON.parse(JSON.stringify({ ...one.conversation, state, lang: lang ?? null })) as Conversation;
      expect(replies).toHaveLength(1);
      return replies[0]!;
    },
    async all(...texts: string[]) {
      let reply = await one.say(texts[0] ?? '');
      for (const text of texts.slice(1)) reply = await one.say(text);
      return reply;
    },
  };
  return one;
}
const ABOUT = ['appuntamento carta d’identità', 'giovedì 26 alle 11', 'Mario Rossi', CF, '333 1234567'];
const taken = async (day = '2026-11-26') => (await desk.day(day)).map(({ start, service }) => `${service.id} ${start.slice(11, 16)}`);
const put = (code: string, start: string, fiscalCode = CF) =>
  desk.put({ service: 'carta', start: `${start}:00+01:00`, person: { name: 'Mario Rossi', fiscalCode, phone: '3331234567' }, code });

test('a booking in six messages: read back before, receipt after', async () => {
  const one = talk();
  const summary = await one.all(...ABOUT);
  expect(summary.text).toMatch(/giovedì 26 novembre 2026 alle 11:00, Municipio[\s\S]*Mario Rossi[\s\S]*Confermi/);
  expect(await taken()).toEqual([]);
  const receipt = await one.say('sì confermo');
  expect(receipt.text).toMatch(/Prenotato[\s\S]*una fototessera[\s\S]*\/calendar\/\w+\.ics\?key=/);
  expect(receipt.answer).toMatchObject({ outcome: 'dialog', dialog: BOOKING });
  expect(await taken()).toEqual(['carta 11:00']);
});

test('answers in any order, one or several at a time, make the same booking', async () => {
  const facts = ['giovedì 26 alle 11', 'mi chiamo Mario Rossi', `il codice fiscale è ${CF}`, 'tel. 333 1234567'];
  for (let seed = 0; seed < 12; seed++) {
    // A small generator, so that a failing order can be named.
    let next = seed * 7 + 3;
    const pick = (length: number) => {
      next = (next * 31 + 11) % 997;
      return next % length;
    };
    const left = [...facts];
    const turns: string[] = ['vorrei prenotare per la carta d’identità'];
    while (left.length > 0) {
      const many = Array.from({ length: Math.min(left.length, 1 + pick(3)) }, () => left.splice(pick(left.length), 1)[0]);
      turns.push(many.join(', '));
    }
    const one = talk();
    const reply = await one.all(...turns, 'sì');
    expect([turns, reply.text.slice(0, 14)]).toEqual([turns, '**Prenotato.**']);
    expect(await taken()).toEqual(['carta 11:00']);
    await one.all('disdici il mio appuntamento', 'sì, disdici');
    expect(await taken()).toEqual([]);
  }
});

test('the same confirmation taken again, after a crash before the commit, books once', async () => {
  const one = talk();
  await one.all(...ABOUT);
  const before = structuredClone(one.conversation);
  const codes = new Set<string>();
  for (let again = 0; again < 3; again++) {
    one.conversation = structuredClone(before);
    codes.add(/Codice \*\*(\w+)\*\*/.exec((await one.say('sì')).text)?.[1] ?? 'none');
  }
  expect(codes.size).toBe(1);
  expect(await taken()).toEqual(['carta 11:00']);
});

test('a write that nobody answered is told honestly, looked up, and not done twice', async () => {
  let answers = false;
  const one = talk({
    ...office,
    async confirm(...given) {
      await office.confirm(...given);
      return { kind: 'unknown', reason: 'timed out' };
    },
    lookup: async (key) => (answers ? office.lookup(key) : { kind: 'down', reason: 'timed out' }),
  });
  expect((await one.all(...ABOUT, 'sì')).text).toBe(speech('it')('bookUnknown'));
  expect((await one.say('allora?')).text).toBe(speech('it')('bookUnknown'));
  answers = true;
  expect((await one.say('controlla')).text).toContain('**Prenotato.**');
  expect(await taken()).toEqual(['carta 11:00']);
});

test('a slot that another took: the nearest times; lost at the last moment: told, nothing booked', async () => {
  await put('AAAA2', '2026-11-26T11:00');
  const one = talk();
  const near = await one.all('appuntamento carta d’identità', 'giovedì 26 alle 11');
  expect(near.choices.map(({ title }) => title).slice(0, 3)).toEqual(['10:00', '10:30', '11:30']);
  await one.all('10:30', 'Mario Rossi', CF, '333 1234567');
  const lost = talk({ ...office, confirm: async () => ({ kind: 'slot_taken' }) });
  expect((await lost.all(...ABOUT.map((text) => text.replace('alle 11', 'alle 9')), 'sì')).text).toContain(speech('it')('bookJustTaken'));
});

test('two citizens never hold the same seat; who leaves gives it back', async () => {
  const [one, two] = [talk(), talk()];
  await one.all(...ABOUT);
  expect((await two.all('appuntamento residenza', 'giovedì 26 alle 11')).text).toContain('non c’è posto');
  expect((await one.say('anzi no, annulla tutto')).text).toBe(speech('it')('bookLeft'));
  expect((await two.all('alle 11', 'Marta Guidi', OTHER_CF, '333 7654321', 'sì')).text).toContain('**Prenotato.**');
  expect(await taken()).toEqual(['residenza 11:00']);
});

test('without the second fact nothing is seen; a wrong code and a wrong fact are told alike', async () => {
  await put('AAAA2', '2026-11-26T11:00');
  const wrongFact = await talk().all('quando è il mio appuntamento?', 'AAAA2', OTHER_CF);
  const wrongCode = await talk().all('quando è il mio appuntamento?', 'ZZZZ9', CF);
  expect(wrongFact.text).toBe(wrongCode.text);
  expect(wrongFact.text).not.toContain('26 novembre');
  const right = talk();
  expect((await right.all('quando è il mio appuntamento?', 'AAAA2')).text).not.toContain('26 novembre');
  expect((await right.say(CF)).text).toContain('giovedì 26 novembre 2026 alle 11:00');
  expect((await right.say('e a che ora è?')).text).toContain('11:00');
});

test('moving keeps the code and says the old and the new moment; changing one’s mind cancels', async () => {
  await put('AAAA2', '2026-11-26T11:00');
  const one = talk();
  const summary = await one.all('vorrei spostare il mio appuntamento', 'codice AAAA2', 'il giorno dopo alla stessa ora', CF);
  expect(summary.text).toMatch(/ora è giovedì 26[\s\S]*venerdì 27 novembre 2026 alle 11:00/);
  expect((await one.say('confermo')).text).toContain('**Spostato.**');
  expect([await taken(), await taken('2026-11-27')]).toEqual([[], ['carta 11:00']]);
  const cancelling = await one.all('sposta il mio appuntamento', 'anzi no, cancellalo');
  expect(cancelling.text).toContain(speech('it')('cancelConfirm'));
  expect((await one.say('boh, forse')).text).toContain(speech('it')('cancelConfirm'));
  expect(await taken('2026-11-27')).toEqual(['carta 11:00']);
  expect((await one.say('sì disdici')).text).toContain('**Disdetto.**');
  expect(await taken('2026-11-27')).toEqual([]);
});

test('"annulla" where cancelling is the subject is asked back, "no" keeps the booking', async () => {
  await put('AAAA2', '2026-11-26T11:00');
  const one = talk();
  await one.all('disdire appuntamento', 'AAAA2', CF);
  expect((await one.say('annulla')).text).toContain(speech('it')('cancelConfirm'));
  expect((await one.say('no')).text).toBe(speech('it')('cancelLeft'));
  expect(await taken()).toEqual(['carta 11:00']);
});

test('from an answer about a service the booking begins with it; a question in between is answered and the form goes on', async () => {
  const one = talk();
  const answer = await one.say('quanto costa la carta d’identità?');
  expect(answer.choices[0]?.title).toBe(speech('it')('bookOffer'));
  expect(answer.answer?.outcome).toBe('answered');
  await one.say('lunedì 23 alle 9');
  const between = await one.say('quanto costa?');
  expect(between.text).toMatch(/22 euro[\s\S]*nome e cognome/);
  expect(between.answer?.outcome).toBe('answered');
  expect((await one.all('Mario Rossi', CF, 'mario@example.org', 'sì')).text).toContain('Carta d’identità: lunedì 23 novembre');
});

test('the weekday that it is today, said to the offer of an appointment, begins it, and which one is asked', async () => {
  const one = talk();
  await one.say('quanto costa la carta d’identità?');
  const asked = await one.say('ok, mercoledì mattina');
  expect(asked.text).toMatch(/18 novembre|25 novembre/);
  expect(asked.answer?.outcome).toBe('dialog');
});

test('set aside and resumed; a wrong codice fiscale is never taken; three of them offer a person', async () => {
  const one = talk();
  await one.all(...ABOUT.slice(0, 3), 'continuo dopo', 'quanto costa?');
  expect((await one.say('riprendi')).text).toContain('codice fiscale');
  const wrong = `${CF.slice(0, 15)}T`;
  expect((await one.say(wrong)).choices.map(({ title }) => title)).not.toContain(speech('it')('person'));
  expect((await one.all(wrong, wrong)).choices[0]?.title).toBe(speech('it')('person'));
  expect((await one.all(CF, '333 1234567')).text).toContain('Confermi');
});

test('whoever asks question upon question gets answers alone; the appointment rests until it is called back', async () => {
  const one = talk();
  await one.say('vorrei prenotare per la carta d’identità');
  for (const question of ['quanto costa?', 'e dove si fa?']) expect((await one.say(question)).text).toContain(speech('it')('formBackTo'));
  const third = await one.say('serve la tessera sanitaria?');
  expect(third.text).toBe(`Costa 22 euro [1].\n\n${speech('it')('formAside')}`);
  expect(third.choices.map(({ value }) => value)).toContain(speech('it')('formResume'));
  expect(one.conversation.state.dialog).toMatchObject({ name: BOOKING, data: { stage: 'paused' } });
  const back = await one.say('riprendi');
  expect(one.conversation.state.dialog).toMatchObject({ data: { stage: 'form', form: { values: { service: 'carta' } } } });
  expect(back.choices.length).toBeGreaterThan(1);
});

test('a back office that does not answer: nothing is promised, the form is kept', async () => {
  let up = false;
  const one = talk({ ...office, confirm: async (...given) => (up ? office.confirm(...given) : { kind: 'down', reason: 'refused' }) });
  expect((await one.all(...ABOUT, 'sì')).text).toContain(speech('it')('bookDown'));
  up = true;
  expect((await one.say('sì')).text).toContain('**Prenotato.**');
  expect((await talk({ ...office, services: async () => ({ kind: 'down', reason: 'x' }) }).say('appuntamento')).text).toBe(
    speech('it')('bookDown'),
  );
});
