import { expect, test } from 'vitest';
import type { Booking } from '../../../connectors/bookings/contract.ts';
import openGerman from '../../../knowledge/languages/de.ts';
import openItalian from '../../../knowledge/languages/it.ts';
import { createSpeech } from '../../../knowledge/languages/speak.ts';
import { bookingLetter } from './letter.ts';

const speech = createSpeech([openItalian(), openGerman()]);
const booking: Booking = {
  code: 'ABC2D3',
  service: { id: 'carta', name: 'Carta d’identità', office: 'Anagrafe', minutes: 20, words: [], bring: ['una fototessera'] },
  start: '2026-11-26T11:00:00+01:00',
  end: '2026-11-26T11:20:00+01:00',
  place: { id: 'm', name: 'Municipio', address: 'piazza Uno 1' },
  person: { name: 'Anna Bianchi', fiscalCode: 'BNCNNA80A41F205U', email: 'anna@example.org' },
  status: 'booked',
  uid: 'u@sportello',
  sequence: 0,
  calendarKey: 'chiave-segreta',
  updatedAt: '2026-11-25T08:00:00.000Z',
};
const parts = { bodyName: 'Comune di Prova', origin: 'https://assistente.example', conversationId: 'c1', lang: 'it', say: speech('it') };

test('booked, moved and cancelled are three letters; each says when, where and with which code, and nothing it need not', () => {
  const letters = [booking, { ...booking, sequence: 1 }, { ...booking, sequence: 2, status: 'cancelled' as const }].map((one) =>
    bookingLetter(one, parts),
  );
  expect(letters.map((letter) => letter?.id)).toEqual(['booking:ABC2D3:0', 'booking:ABC2D3:1', 'booking:ABC2D3:2']);
  expect(letters.map((letter) => letter?.calendar?.method)).toEqual(['PUBLISH', 'PUBLISH', 'CANCEL']);
  expect(letters.map((letter) => letter?.subject.split(':')[0])).toEqual([
    'Appuntamento confermato',
    'Appuntamento spostato',
    'Appuntamento disdetto',
  ]);
  for (const letter of letters) {
    expect(letter).toMatchObject({ to: 'anna@example.org', conversationId: 'c1' });
    expect(letter?.text).toMatch(/Carta d’identità[\s\S]*26 novembre 2026[\s\S]*Municipio[\s\S]*ABC2D3/);
    expect(letter?.text + JSON.stringify(letter?.calendar)).not.toMatch(/BNCNNA|chiave-segreta/);
    expect(letter?.text).not.toContain('**');
  }
  expect(letters[0]?.text).toContain('- una fototessera');
  expect(letters[2]?.text).not.toMatch(/fototessera|spostarlo/);
});

test('in the language of the conversation; without an address none', () => {
  expect(bookingLetter(booking, { ...parts, lang: 'de', say: speech('de') })?.subject).toMatch(/^Termin bestätigt/);
  const { email: _, ...person } = booking.person;
  expect(bookingLetter({ ...booking, person }, parts)).toBeNull();
});
