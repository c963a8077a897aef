/** Notices of one's own on a clock of our own: the real line, bookings, lines of people, cases and outbox. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import openBookings from '../../connectors/bookings/embedded.ts';
import openLines from '../../connectors/lines/embedded.ts';
import { plainReply } from '../conversation/replies.ts';
import { at, book, CASE_FACT, conversation, FACT, last, now, run, sent, tellingTown, texts, town } from './fixtures/telling-town.ts';
import { createTelling } from './tell.ts';

tellingTown();

test('a booking is remembered the day before, by day and once', async () => {
  const one = await book();
  await run();
  const dayBefore = new Date(one.start - 86_400_000).toISOString().slice(0, 10);
  expect(dayBefore >= '2026-11-26').toBe(true);
  at(`${dayBefore}T06:30:00Z`);
  expect(await run()).toBe(0);
  expect(await last(one.conversationId)).toContain('Prenotato');
  at(`${dayBefore}T09:05:00Z`);
  expect(await run()).toBe(1);
  expect(await last(one.conversationId)).toMatch(/^\*\*Promemoria\*\*/);
  expect(await run()).toBe(0);
});

test('who books for tomorrow is not told what they know', async () => {
  at('2026-11-25T10:00:00Z');
  const one = await book('first');
  expect(one.start).toBeLessThan(Date.parse('2026-11-27T00:00:00Z'));
  expect(await run()).toBe(0);
  at('2026-11-25T16:00:00Z');
  expect(await run()).toBe(0);
});

test('a booking moved by the office is remembered for its new day; cancelled, or without reminders, not at all', async () => {
  const one = await book();
  const booked = { kind: 'fact', fact: FACT } as const;
  const bookings = await openBookings({ database: town.database, now });
  const far = await bookings.slots({ service: 'carta-identita', from: '2026-12-09', to: '2026-12-11' });
  const slot = far.kind === 'ok' ? far.value[0] : undefined;
  expect((await bookings.reschedule(one.code, booked, slot?.id ?? '', 'move')).kind).toBe('ok');
  const day = slot?.start.slice(0, 10) ?? '';
  at('2026-12-01T10:00:00Z');
  expect(await run()).toBe(0);
  const before = new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  at(`${before}T06:30:00Z`);
  expect(await run()).toBe(0);
  at(`${before}T09:05:00Z`);
  expect(await run()).toBe(1);
  expect(await last(one.conversationId)).toContain(one.code);

  town.clock.now = Date.parse('2026-11-25T09:00:00+01:00');
  const other = await book();
  expect((await other.say('stop promemoria')).text).toContain('non ti mando più promemoria');
  town.clock.now = other.start - 20 * 3_600_000;
  expect(await run()).toBe(0);

  town.clock.now = Date.parse('2026-11-25T09:00:00+01:00');
  const again = await book();
  await again.say('stop promemoria');
  expect((await again.say('riattiva promemoria')).text).toContain('ti ricordo di nuovo');
  town.clock.now = again.start - 20 * 3_600_000;
  expect(await run()).toBe(1);
});

test('a ticket that is called says so at once, also in the evening', async () => {
  const lines = await openLines({ database: town.database, now });
  const all = await lines.lines();
  const line = all.kind === 'ok' ? all.value.find(({ open }) => open) : undefined;
  const one = await town.talk();
  const said = await one.all(`vorrei il numero per la fila ${line?.name ?? ''}`, 'Sì, prendi il biglietto');
  expect(said.text).toContain('Ecco il tuo biglietto');
  expect(await run()).toBe(0);
  expect((await lines.callNext(line?.id ?? '')).kind).toBe('ok');
  expect(await run()).toBe(1);
  expect(await last(one.conversationId)).toMatch(/^\*\*Tocca a te\*\*/);
  expect(await run()).toBe(0);
});

test('a case that changes is told to who asked to be told, each change once', async () => {
  const one = await town.talk();
  const told = await one.all('a che punto è la mia pratica 1234/2026?', CASE_FACT);
  expect(told.choices).toContain('Avvisami se la pratica cambia');
  expect((await one.say('Avvisami se la pratica cambia')).text).toContain('1234/2026');
  expect(await run()).toBe(0);
  await town.desk.move({ number: 1234, year: 2026 }, 'granted', '2026-11-25', 'fatto');
  at('2026-11-25T10:30:00Z');
  expect(await run()).toBe(1);
  expect(await last(one.conversationId)).toBe('La pratica **1234/2026** è cambiata: Conclusa: accolta.');
  at('2026-11-25T12:00:00Z');
  expect(await run()).toBe(0);
  const stranger = await town.talk();
  expect((await stranger.say('Avvisami se la pratica cambia')).text).not.toContain('1234/2026');
});

test('a document about to expire, agreed in words, sixty days before', async () => {
  const one = await town.talk();
  expect((await one.say('ricordami che la carta d’identità scade il 10 marzo 2027')).text).toContain('10 marzo 2027');
  at('2027-01-08T09:30:00Z');
  expect(await run()).toBe(0);
  at('2027-01-09T09:30:00Z');
  expect(await run()).toBe(1);
  expect(await last(one.conversationId)).toBe('**Promemoria**: carta d’identità scade mercoledì 10 marzo 2027.');
});

test('a notice is one message on the line: written twice it is told once, undone it is not told, and a talk goes on', async () => {
  const id = await conversation('telegram');
  const telling = createTelling({ ...town, now });
  const prepared = await telling.prepare(id, plainReply('Ecco', 'it'), 'once', '');
  if (!prepared) throw new Error('no conversation');
  await expect(
    town.database.write(async (tx) => {
      await telling.write(tx, prepared);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  const told = await town.database.write((tx) => telling.write(tx, prepared));
  expect(await town.database.write((tx) => telling.write(tx, prepared))).toBeNull();
  if (told) telling.announce(told);
  await expect.poll(() => sent.map(({ text }) => text)).toEqual(['Ecco']);
  expect(await texts(id)).toEqual(['Ecco']);
  const unknown = await telling.prepare(randomUUID(), plainReply('Ecco', 'it'), 'gone', '');
  expect(unknown).toBeNull();
});
