/**
 * Plug: the calendars of OpenCity Italia (Stanza del Cittadino). A meeting is written as a draft, read back among the others, and made firm when nobody
 * was there before. Written from what the vendor's public clients send; **never run on a tenant**.
 */
import { z } from 'zod';
import { ok, type Result } from '../result.ts';
import type { Bookings, BookingsParts } from './contract.ts';
import { createOffice } from './embedded/office.ts';
import { createToolBookings } from './office-tool/plug.ts';
import { createRecordTool, type KeptRecord, type NewRecord, type RecordTool, reference, referenceIn } from './office-tool/records.ts';
import { createOpeningHours } from './opencity/opening-hours.ts';
import { createOpenCity, openCitySettings } from '../opencity.ts';

export const settings = openCitySettings.extend({
  OPENCITY_CALENDARS: z
    .string()
    .default('')
    .describe(
      'Counter of our plan = id of its calendar, separated by commas; a counter that is not named has the calendar’s id as its own.',
    ),
});

const DRAFT = 6;
const FIRM = 1;
/** Refused and cancelled meetings keep no time. */
const GONE = new Set([2, 3, 4, 5]);
const isoTime = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const meeting = z.object({
  id: z.string(),
  calendar: z.string().nullish(),
  from_time: isoTime,
  to_time: isoTime,
  status: z.coerce.number(),
  user_message: z.string().nullish(),
  reason: z.string().nullish(),
  created_at: isoTime.nullish(),
});

const itsCalendar = z.object({ calendar: z.string().nullish() });

export default async function open(parts: BookingsParts, given: unknown): Promise<Bookings> {
  const chosen = settings.parse(given);
  const office = createOffice(parts);
  const wire = createOpenCity(chosen);
  const named = new Map(
    chosen.OPENCITY_CALENDARS.split(',').flatMap((pair): [string, string][] => {
      const [counter, calendar] = pair.split('=').map((part) => part.trim());
      return counter && calendar ? [[counter, calendar]] : [];
    }),
  );
  const calendarOf = (counter: string): string => named.get(counter) ?? counter;
  const hours = createOpeningHours(wire, office.zone);
  const iso = (at: number) => office.zone.iso(at);

  const kept = (one: z.infer<typeof meeting>): KeptRecord => ({
    id: one.id,
    start: Date.parse(one.from_time),
    end: Date.parse(one.to_time),
    ref: referenceIn(one.reason) ?? referenceIn(one.user_message),
    // A firm one is never younger than a draft; one that does not tell its age counts as older.
    order: one.status === DRAFT ? Date.parse(one.created_at ?? '') || 0 : 0,
  });

  async function body(record: NewRecord, status: number): Promise<Result<Record<string, unknown>>> {
    const opening = await hours.covering(calendarOf(record.counter), record.start, record.end);
    if (opening.kind !== 'ok') return opening;
    const { person } = record;
    return ok({
      calendar: calendarOf(record.counter),
      opening_hour: opening.value,
      from_time: iso(record.start),
      to_time: iso(record.end),
      name: person.name,
      email: person.email ?? '',
      phone_number: person.phone ?? '',
      fiscal_code: person.fiscalCode ?? '',
      user_message: person.note ?? '',
      reason: `${record.title} (codice ${record.code}) ${reference(record.ref)}`,
      locale: 'it',
      status,
    });
  }

  const tool: RecordTool = {
    name: 'opencity',
    async touching(counter, from, to) {
      const calendar = calendarOf(counter);
      const query = new URLSearchParams({ calendar_ids: calendar, from_date: iso(from).slice(0, 10), to_date: iso(to).slice(0, 10) });
      const listed = await wire.list('/meetings', query);
      if (listed.kind !== 'ok') return listed;
      const ours = listed.value.filter((one) => (itsCalendar.safeParse(one).data?.calendar ?? calendar) === calendar);
      const read = ours.map((one) => meeting.safeParse(one).data);
      // It may stand anywhere: nothing is free before the office has put it right.
      if (read.includes(undefined)) return { kind: 'down', reason: `/meetings: one of calendar ${calendar} that cannot be read` };
      const meetings = read.filter((one) => one !== undefined);
      return ok(
        meetings
          .filter((one) => !GONE.has(one.status))
          .map(kept)
          .filter(({ start, end }) => start < to && end > from),
      );
    },
    async create(record) {
      const draft = await body(record, DRAFT);
      if (draft.kind !== 'ok') return draft;
      const made = await wire.send('POST', '/meetings', draft.value, z.object({ id: z.string() }));
      return made.kind === 'ok' ? ok(made.value.id) : made;
    },
    async settle(id, record) {
      const firm = await body(record, FIRM);
      if (firm.kind !== 'ok') return firm;
      const done = await wire.send('PUT', `/meetings/${id}`, firm.value, z.unknown());
      return done.kind === 'ok' ? ok(undefined) : done;
    },
    async get(id) {
      const found = await wire.ask(`/meetings/${id}`, meeting);
      if (found.kind !== 'ok') return found;
      return GONE.has(found.value.status) ? { kind: 'not_found' } : ok(kept(found.value));
    },
    remove: (id) => wire.remove(`/meetings/${id}`),
    shut: (counter, from, to) => hours.shut(calendarOf(counter), from, to),
    async detail() {
      const calendars = await wire.list('/calendars');
      return calendars.kind === 'ok' ? ok(`${calendars.value.length} calendari su ${new URL(chosen.OPENCITY_URL).host}`) : calendars;
    },
  };
  return createToolBookings(office, createRecordTool(office, tool));
}
