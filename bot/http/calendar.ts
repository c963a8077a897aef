/** GET /calendar/{code}.ics?key=…: one booking for the citizen's own calendar. Without its random key there is no such file. */
import type { Bookings } from '../../connectors/bookings/contract.ts';
import { toCalendar } from '../../connectors/bookings/ics.ts';
import type { Route } from './route.ts';

const MISSING = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'Questo appuntamento non c’è, o il collegamento non è completo.\n',
};

export function calendarRoute(parts: { bookings: Bookings; bodyName(): string; guess(ip: string): Promise<void> }): Route {
  return {
    method: 'get',
    path: '/calendar/:file',
    permission: 'public',
    file: true,
    summary: 'A booking as iCalendar; opened by its random key alone',
    async handle({ params, query, ip }) {
      const code = /^([\w-]{1,40})\.ics$/.exec(params['file'] ?? '')?.[1];
      const key = query.get('key');
      if (!code || !key) return MISSING;
      await parts.guess(ip);
      const found = await parts.bookings.get(code, { kind: 'key', key });
      if (found.kind !== 'ok') return MISSING;
      return {
        status: 200,
        headers: {
          'content-type': 'text/calendar; charset=utf-8',
          'content-disposition': `attachment; filename="${code}.ics"`,
          'cache-control': 'private, no-store',
        },
        body: toCalendar(found.value, { bodyName: parts.bodyName() }),
      };
    },
  };
}
