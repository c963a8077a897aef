/**
 * Plug: the office's own calendars over CalDAV (Nextcloud, Zimbra, SOGo, Radicale …), one calendar a counter, named like the counter in the plan.
 * Opening hours, codes and second facts are ours, in the database; when somebody is there is the calendar's to say.
 */
import { z } from 'zod';
import { createCalendars } from './caldav/calendars.ts';
import { createClient } from './caldav/client.ts';
import { readEvents } from './caldav/read-events.ts';
import { createWriting } from './caldav/write.ts';
import type { Bookings, BookingsParts } from './contract.ts';
import { createOffice } from './embedded/office.ts';
import { createToolBookings } from './office-tool/plug.ts';

export const settings = z.object({
  CALDAV_URL: z
    .url({ protocol: /^https?$/, error: 'the address of the calendars, https://…' })
    .describe('Home of the office’s calendars; one calendar a counter lies under it, named by the counter’s id.'),
  CALDAV_USER: z.string().default('').describe('User of the calendar server.'),
  CALDAV_PASSWORD: z.string().default('').describe('Password of that user.'),
});

export default async function open(parts: BookingsParts, given: unknown): Promise<Bookings> {
  const { CALDAV_URL, CALDAV_USER, CALDAV_PASSWORD } = settings.parse(given);
  const office = createOffice(parts);
  const client = createClient({ url: CALDAV_URL, user: CALDAV_USER, password: CALDAV_PASSWORD });
  const calendars = createCalendars(office, client);
  return createToolBookings(office, {
    name: 'caldav',
    writing: createWriting(office, client, calendars),
    elsewhere: calendars.elsewhere,
    others: (counter, start, end) => calendars.others(counter, start, end),
    async seen({ href }) {
      const there = await client.get(href);
      const event = there && readEvents(there.data).find((one) => !one.cancelled);
      return there && event ? { start: event.start, end: event.end, etag: there.etag } : null;
    },
    detail: async () => `${(await client.calendars()).size} calendari su ${new URL(CALDAV_URL).host}`,
  });
}
