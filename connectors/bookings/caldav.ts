/**
 * Plug: the office's own calendars over CalDAV (Nextcloud, Zimbra, SOGo, Radicale …), one calendar a counter, named like the counter in the plan.
 * Opening hours, codes and second facts are ours, in the database; when somebody is there is the calendar's to say.
 */
import { z } from 'zod';
import type { BookingTable } from '../databases/schema/bookings.ts';
import { ok, type Result } from '../result.ts';
import { createCalendars } from './caldav/calendars.ts';
import { createChanges } from './caldav/changes.ts';
import { createClient, NoAnswer } from './caldav/client.ts';
import { readRemote } from './caldav/event.ts';
import { createPending } from './caldav/pending.ts';
import { readEvents } from './caldav/read-events.ts';
import { createWriting } from './caldav/write.ts';
import type { Bookings, BookingsParts, Hold } from './contract.ts';
import { hold as holdHere, release, sweep, times } from './embedded/holding.ts';
import { createOffice, serviceOf } from './embedded/office.ts';
import { countersAt } from './embedded/openings.ts';
import { findByCode, list, places, services, slots } from './embedded/reading.ts';
import { proves, toBooking } from './embedded/rows.ts';
import { acceptOffer, joinWaiting, leaveWaiting, offerWaiting, type Seats, standingOffers } from './embedded/waiting.ts';
import { readSlotId } from './slot-id.ts';

export const settings = z.object({
  CALDAV_URL: z
    .url({ protocol: /^https?$/, error: 'the address of the calendars, https://…' })
    .describe('Home of the office’s calendars; one calendar a counter lies under it, named by the counter’s id.'),
  CALDAV_USER: z.string().default('').describe('User of the calendar server.'),
  CALDAV_PASSWORD: z.string().default('').describe('Password of that user.'),
});

const DAY = 86_400_000;

export default async function open(parts: BookingsParts, given: unknown): Promise<Bookings> {
  const { CALDAV_URL, CALDAV_USER, CALDAV_PASSWORD } = settings.parse(given);
  const office = createOffice(parts);
  const client = createClient({ url: CALDAV_URL, user: CALDAV_USER, password: CALDAV_PASSWORD });
  const calendars = createCalendars(office, client);
  const writing = createWriting(office, client, calendars);
  const pending = createPending(office);

  async function hold(slot: string, ttl: number): Promise<Result<Hold>> {
    const wanted = readSlotId(slot);
    const plan = await office.plan();
    const service = wanted && serviceOf(plan, wanted.service);
    if (!wanted || !service) return holdHere(office, slot, ttl);
    const counters = countersAt(plan, office.zone, service, wanted.place, wanted.start);
    const end = wanted.start + service.minutes * 60_000;
    const others = new Map(await Promise.all(counters.map(async ({ id }) => [id, await calendars.others(id, wanted.start, end)] as const)));
    const held = await holdHere(office, slot, ttl, (counter) => (others.get(counter.id) ?? 0) < counter.capacity);
    if (held.kind !== 'ok') return held;
    const row = await pending.row(held.value.id);
    const capacity = counters.find((counter) => counter.id === row?.counter)?.capacity ?? 1;
    // Where a person's event and our own bookings share a counter of several seats, together they must fit.
    if (!row || !others.get(row.counter) || !(await writing.beaten(row, capacity))) return advisory(held);
    await release(office, held.value);
    return { kind: 'slot_taken' };
  }

  const changes = createChanges({ office, writing, pending, hold: (slot, ttl) => told(() => hold(slot, ttl)) });

  /** Our row as the calendar has it now: moved or taken out by a person of the office. A calendar that does not answer leaves it as we know it. */
  async function fresh(row: BookingTable): Promise<BookingTable> {
    const remote = readRemote(row.remote);
    if (!remote || row.status !== 'booked' || row.request_key || row.end_at <= office.stamp()) return row;
    try {
      const there = await client.get(remote.href);
      const event = there && readEvents(there.data).find((one) => !one.cancelled);
      if (!there || !event) return (await pending.cancelledThere(row.id)) ?? row;
      if (event.start === Date.parse(row.start_at) && event.end === Date.parse(row.end_at)) return row;
      const moved = JSON.stringify({ ...remote, etag: there.etag, start: event.start });
      return (await pending.movedThere(row.id, times(event), moved)) ?? row;
    } catch (error) {
      if (error instanceof NoAnswer) return row;
      throw error;
    }
  }

  const seats: Seats = {
    slots: (query) =>
      told(async () => {
        const from = Date.parse(`${query.from}T00:00:00Z`) - DAY;
        const to = Date.parse(`${query.to}T00:00:00Z`) + 2 * DAY;
        const found = await slots(office, query, (counters) => calendars.elsewhere(counters, from, to));
        return found.kind === 'ok' ? ok(found.value.map((slot) => ({ ...slot, authority: 'advisory' as const }))) : found;
      }),
    hold: (slot, ttl) => told(() => hold(slot, ttl)),
    async release(held) {
      const row = await pending.row(held.id);
      // A write that was begun may stand in the calendar: the seat is not ours to give away before that is settled.
      if (!row?.request_key) await release(office, held);
    },
    confirm: (held, person, key) => told(() => changes.confirm(held, person, key)),
  };

  return {
    ...seats,
    name: 'caldav',
    capabilities: () => new Set(['slots', 'hold', 'confirm', 'cancel', 'reschedule', 'get', 'list', 'waiting']),
    async health() {
      try {
        return { state: 'up', detail: `${(await client.calendars()).size} calendari su ${new URL(CALDAV_URL).host}` };
      } catch (error) {
        return { state: 'down', detail: error instanceof Error ? error.message : String(error) };
      }
    },
    services: () => services(office),
    places: (service) => places(office, service),
    cancel: (code, proof, key) => told(() => changes.cancel(code, proof, key)),
    reschedule: (code, proof, to, key) => told(() => changes.reschedule(code, proof, to, key)),
    async get(code, proof) {
      const row = await findByCode(parts.database.read, code);
      if (!row || !proves(proof, row)) return { kind: 'not_found' };
      return ok(toBooking(await fresh(row), await office.plan(), office.zone));
    },
    async list({ fiscalCode }) {
      const known = await list(office, fiscalCode);
      if (known.kind !== 'ok') return known;
      const rows = await Promise.all(known.value.map((booking) => findByCode(parts.database.read, booking.code)));
      await Promise.all(rows.map((row) => row && fresh(row)));
      return list(office, fiscalCode);
    },
    lookup: (key) => told(() => changes.lookup(key)),
    joinWaiting: (request, key) => joinWaiting(office, request, key),
    leaveWaiting: (code, proof) => leaveWaiting(office, seats, code, proof),
    offerWaiting: (ttl) => told(() => offerWaiting(office, seats, ttl)),
    offers: () => standingOffers(office),
    acceptOffer: (code, proof, key) => told(() => acceptOffer(office, seats, code, proof, key)),
    async sweep() {
      for (const row of await pending.unfinished()) {
        if (row.request_key) await changes.settle(row);
        const remote = readRemote(row.remote);
        if (!remote?.leftover) continue;
        const { leftover, ...kept } = remote;
        const out = await told(async () => ok(await writing.takeOut({ href: leftover, etag: '' })));
        if (out.kind === 'ok') await pending.setRemote(row.id, JSON.stringify(kept));
      }
      return sweep(office);
    },
    close: async () => {},
  };
}

const advisory = (held: Result<Hold>): Result<Hold> =>
  held.kind === 'ok' ? ok({ ...held.value, slot: { ...held.value.slot, authority: 'advisory' } }) : held;

/** A server that gives no usable answer is an outcome, not a surprise. */
async function told<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return error.sent ? { kind: 'unknown', reason: error.message } : { kind: 'down', reason: error.message };
  }
}
