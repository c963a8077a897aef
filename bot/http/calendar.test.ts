import { expect, test } from 'vitest';
import type { Booking, Bookings } from '../../connectors/bookings/contract.ts';
import { ok } from '../../connectors/result.ts';
import { calendarRoute } from './calendar.ts';
import type { RouteRequest } from './route.ts';

const booking: Booking = {
  code: 'K7PQ2M',
  status: 'booked',
  service: { id: 'cie', name: 'Carta d’identità', office: 'Servizi demografici', minutes: 30, words: [], bring: ['una fototessera'] },
  place: { id: 'municipio', name: 'Municipio', address: 'piazza del Mirto 1' } as Booking['place'],
  person: { name: 'Anna Prova' },
  start: '2026-12-01T09:30:00+01:00',
  end: '2026-12-01T10:00:00+01:00',
  uid: 'k7pq2m@example.org',
  sequence: 0,
  calendarKey: 'right',
  updatedAt: '2026-11-25T10:00:00Z',
};

const route = calendarRoute({
  bookings: {
    get: async (code: string, proof: { kind: string; key?: string }) =>
      code === booking.code && proof.key === 'right' ? ok(booking) : { kind: 'not_found' as const },
  } as unknown as Bookings,
  bodyName: () => 'Comune di Prova',
  guess: async () => {},
});

const call = (file: string, key?: string) =>
  route.handle({ params: { file }, query: new URLSearchParams(key ? { key } : {}), ip: '127.0.0.1' } as unknown as RouteRequest);

test('the key opens the file, in UTC; without it, with a wrong one, or for another code there is none, told alike', async () => {
  const found = await call('K7PQ2M.ics', 'right');
  expect(found.status).toBe(200);
  expect(String(found.body)).toContain('DTSTART:20261201T083000Z');
  const missing = await Promise.all([
    call('K7PQ2M.ics'),
    call('K7PQ2M.ics', 'wrong'),
    call('AAAAAA.ics', 'right'),
    call('K7PQ2M', 'right'),
  ]);
  expect(missing.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(new Set(missing.map(({ body }) => body)).size).toBe(1);
});
