/** From "no room that day" to a seat of one's own: the real line, the real office, a clock of our own. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import openBookings from '../../connectors/bookings/embedded.ts';
import type { Bookings } from '../../connectors/bookings/contract.ts';
import { readAfter } from '../conversation/transcript.ts';
import { createOffers } from '../notices/offers.ts';
import { createTelling } from '../notices/tell.ts';
import { openTown, speech, type Town } from './fixtures/town.ts';

let town: Town;
let bookings: Bookings;
let offer: () => Promise<number>;
const week: [string, string][] = [['09:00', '10:00']];
const plan = (counters: { id: string; place: string }[]) => ({
  places: [
    { id: 'uno', name: 'Municipio', address: 'piazza Uno 1' },
    { id: 'due', name: 'Delegazione di Valle', address: 'via Due 2' },
  ],
  services: [{ id: 'carta', name: 'Carta d’identità', office: 'Anagrafe', minutes: 60, words: ['CIE'], bring: [], perPerson: 9 }],
  counters: counters.map(({ id, place }) => ({ id, name: id, place, services: ['carta'], week: [[], week, week, week, week, week, []] })),
});

beforeEach(async () => {
  town = await openTown();
  const now = () => town.clock.now;
  bookings = await openBookings({ database: town.database, now });
  const { database, line } = town;
  const telling = createTelling({ database, line });
  const offerAll = createOffers({
    database,
    bookings,
    telling,
    speech,
    bodyName: 'Comune',
    publicUrl: '',
    timeZone: 'Europe/Rome',
    log: { warn() {} },
    now,
  });
  /** Told means: the line has taken it. */
  offer = async () => {
    const told = await offerAll();
    await expect.poll(() => town.line.waiting()).toBe(0);
    return told;
  };
});
afterEach(() => town.close());
const save = async (...counters: { id: string; place: string }[]) =>
  expect((await createDesk({ database: town.database, now: () => town.clock.now }).savePlan(plan(counters))).kind).toBe('ok');

const CF = ['RSSMRA85T10A562S', 'GDUMRT84E52D612J', 'BNCNNA80A41F205U'];
const names = ['Mario Rossi', 'Marta Guidi', 'Anna Bianchi'];
/** Takes the only seat of a day. */
async function fill(day: string): Promise<string> {
  const slots = await bookings.slots({ service: 'carta', from: day, to: day });
  const held = await bookings.hold((slots.kind === 'ok' && slots.value[0]?.id) || '', 600);
  if (held.kind !== 'ok') throw new Error(held.kind);
  const booked = await bookings.confirm(held.value, { name: 'Altro', fiscalCode: 'ALTRO' }, `fill ${day}`);
  if (booked.kind !== 'ok') throw new Error(booked.kind);
  return booked.value.code;
}
const last = async (conversationId: string) => {
  const entries = await readAfter(town.database, conversationId, 0, 1000);
  return JSON.parse(entries.at(-1)?.json ?? '{}') as { text: string; suggestedActions?: { actions: { title: string }[] } };
};
async function waits(who: number) {
  const one = await town.talk();
  const full = await one.all('vorrei prenotare per la carta d’identità', 'giovedì 26 novembre');
  expect(full.text).toMatch(/non ci sono posti/);
  expect(full.choices).toContain('Avvisami se si libera un posto');
  const summary = await one.all('Avvisami se si libera un posto', names[who] ?? '', CF[who] ?? '', `p${who}@example.org`);
  expect(summary.text).toMatch(/lista d’attesa[\s\S]*giovedì 26 novembre 2026[\s\S]*Confermi/);
  const joined = await one.say('Sì, mettimi in lista');
  expect(joined.text).toMatch(/Sei in lista d’attesa/);
  return { ...one, code: /Codice \*\*(\w+)\*\*/.exec(joined.text)?.[1] ?? '' };
}

test('a full day, a place on the list, a cancellation, the offer in the conversation and by e-mail, and a mere yes books it', async () => {
  await save({ id: 'a', place: 'uno' });
  const code = await fill('2026-11-26');
  const one = await waits(0);
  expect(await offer()).toBe(0);
  expect((await bookings.cancel(code, { kind: 'fact', fact: 'ALTRO' }, 'free')).kind).toBe('ok');
  expect(await offer()).toBe(1);
  // The same offer is told once, however often it is looked for.
  expect(await offer()).toBe(0);
  const notice = await last(one.conversationId);
  expect(notice.text).toMatch(/Si è liberato un posto[\s\S]*giovedì 26 novembre 2026 alle 9:00/);
  expect(notice.suggestedActions?.actions.map(({ title }) => title)).toEqual([
    `Sì, prendo il posto (${one.code})`,
    `Lascio la lista (${one.code})`,
  ]);
  const letter = await town.database.read
    .selectFrom('mail')
    .select(['address', 'json'])
    .where('id', 'like', 'offer:%')
    .executeTakeFirstOrThrow();
  expect(letter.address).toBe('p0@example.org');
  expect(letter.json).toMatch(/Si è liberato un posto/);
  expect((await one.say('sì')).text).toMatch(/Prenotato[\s\S]*26 novembre 2026 alle 9:00/);
  const mine = await bookings.list({ fiscalCode: CF[0] ?? '' });
  expect(mine.kind === 'ok' && mine.value.map(({ start, status }) => [start.slice(0, 16), status])).toEqual([
    ['2026-11-26T09:00', 'booked'],
  ]);
  expect(await town.database.read.selectFrom('waiting_watch').selectAll().execute()).toEqual([]);
});

test('who does not answer loses the offer to the next; another conversation cannot take it; who leaves is out', async () => {
  await save({ id: 'a', place: 'uno' });
  const code = await fill('2026-11-26');
  const first = await waits(0);
  town.clock.now += 60_000;
  const second = await waits(1);
  await bookings.cancel(code, { kind: 'fact', fact: 'ALTRO' }, 'free');
  expect(await offer()).toBe(1);
  const stranger = await town.talk();
  expect((await stranger.say(`Sì, prendo il posto (${first.code})`)).text).toMatch(/non è più disponibile/);
  town.clock.now += 31 * 60_000;
  expect(await offer()).toBe(1);
  expect((await last(second.conversationId)).text).toMatch(/Si è liberato un posto/);
  expect((await first.say(`Sì, prendo il posto (${first.code})`)).text).toMatch(/non è più disponibile/);
  expect((await second.say(`Lascio la lista (${second.code})`)).text).toMatch(/tolto dalla lista/);
  expect(await offer()).toBe(1);
  expect((await first.say(`Sì, prendo il posto (${first.code})`)).text).toMatch(/Prenotato/);
});

test('at night nobody is told', async () => {
  await save({ id: 'a', place: 'uno' });
  const code = await fill('2026-11-26');
  await waits(0);
  await bookings.cancel(code, { kind: 'fact', fact: 'ALTRO' }, 'free');
  town.clock.now = Date.parse('2026-11-25T22:30:00+01:00');
  expect(await offer()).toBe(0);
  town.clock.now = Date.parse('2026-11-26T08:00:00+01:00');
  expect(await offer()).toBe(1);
});

test('a service given in two places asks where, and shows only what is free there', async () => {
  await save({ id: 'a', place: 'uno' }, { id: 'b', place: 'due' });
  const one = await town.talk();
  const asked = await one.say('vorrei prenotare per la carta d’identità');
  expect(asked.text).toMatch(/In quale sede[\s\S]*Municipio \(piazza Uno 1\)[\s\S]*Delegazione di Valle/);
  expect(asked.choices).toEqual(expect.arrayContaining(['Municipio', 'Delegazione di Valle', 'Qualsiasi sede']));
  const summary = await one.all('a valle', 'giovedì 26 alle 9', 'Mario Rossi', CF[0] ?? '', '333 1234567');
  expect(summary.text).toMatch(/Sede[^\n]*Delegazione di Valle[\s\S]*giovedì 26 novembre 2026 alle 9:00, Delegazione di Valle/);
  expect((await one.say('Sì, prenota')).text).toMatch(/Prenotato[\s\S]*Delegazione di Valle/);
});
