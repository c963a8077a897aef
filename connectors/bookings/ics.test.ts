import { expect, test } from 'vitest';
import type { Booking } from './contract.ts';
import { readEvents } from './caldav/read-events.ts';
import { toCalendar } from './ics.ts';

const booking: Booking = {
  code: 'K7MQ4X',
  service: {
    id: 'carta',
    name: 'Carta d’identità; prima, poi',
    office: 'Anagrafe',
    minutes: 30,
    words: [],
    bring: ['la tessera\\sanitaria', 'una fototessera su sfondo chiaro, recente, di quelle che si fanno dal fotografo: è obbligatoria'],
  },
  start: '2027-10-31T02:30:00+02:00',
  end: '2027-10-31T02:00:00+01:00',
  place: { id: 'municipio', name: 'Municipio', address: 'piazza Uno 1, Castelmirto' },
  counter: 'Sportello 1',
  person: { name: 'Marta Guidi', fiscalCode: 'GDUMRT84E52D612J' },
  status: 'booked',
  uid: '11111111-2222@sportello',
  sequence: 2,
  calendarKey: 'secret',
  updatedAt: '2026-11-25T08:00:00.000Z',
};
const text = toCalendar(booking, { bodyName: 'Comune di "Castelmirto"', url: 'https://comune.example/p' });
/** A reader of its own: lines unfolded, as RFC 5545 §3.1 says. */
const unfolded = (calendar: string) => calendar.replace(/\r\n[ \t]/g, '').split('\r\n');

test('lines end with CRLF, are at most 75 bytes long, and unfold to what was written', () => {
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.split('\r\n').some((line) => line.startsWith(' '))).toBe(true);
  expect(unfolded(text)).toContain(
    'DESCRIPTION:Codice della prenotazione: K7MQ4X\\nChe cosa portare:\\n- la tessera\\\\sanitaria\\n- una fototessera su sfondo chiaro\\, recente\\, di quelle che si fanno dal fotografo: è obbligatoria\\nPer spostare o annullare: https://comune.example/p',
  );
  expect(unfolded(text)).toContain('SUMMARY:Carta d’identità\\; prima\\, poi');
  expect(unfolded(text)).toContain('ORGANIZER;CN="Comune di  Castelmirto":invalid:nomail');
});

test('the doubled hour is two different instants', () => {
  expect(unfolded(text)).toEqual(expect.arrayContaining(['DTSTART:20271031T003000Z', 'DTEND:20271031T010000Z']));
  const later = toCalendar({ ...booking, start: '2027-10-31T02:30:00+01:00', end: '2027-10-31T03:00:00+01:00' }, { bodyName: 'x' });
  expect(unfolded(later)).toContain('DTSTART:20271031T013000Z');
});

test('a change keeps the UID and raises the SEQUENCE; a cancellation says CANCEL and rings no more', () => {
  expect(unfolded(text)).toEqual(
    expect.arrayContaining([
      'METHOD:PUBLISH',
      'STATUS:CONFIRMED',
      'UID:11111111-2222@sportello',
      'SEQUENCE:2',
      'DTSTAMP:20261125T080000Z',
      'TRIGGER:-PT120M',
    ]),
  );
  const gone = unfolded(toCalendar({ ...booking, status: 'cancelled', sequence: 3 }, { bodyName: 'x' }));
  expect(gone).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'UID:11111111-2222@sportello', 'SEQUENCE:3']));
  expect(gone).not.toContain('BEGIN:VALARM');
});

test('nobody’s personal data travels in it', () => {
  expect(text).not.toMatch(/Guidi|GDUMRT|secret/);
});

test('text that tries to begin a line of its own stays text', () => {
  const nasty = toCalendar(
    { ...booking, service: { ...booking.service, name: 'x\r\nATTENDEE:mailto:evil@example.org\u0007' } },
    { bodyName: 'a"\r\nX-EVIL:1' },
  );
  expect(unfolded(nasty).filter((line) => /^(ATTENDEE|X-EVIL)/.test(line))).toEqual([]);
});

test('our own reader of calendars reads it back', () => {
  expect(readEvents(text)).toEqual([
    { uid: booking.uid, start: Date.parse(booking.start), end: Date.parse(booking.end), cancelled: false, free: false, sequence: 2 },
  ]);
});
