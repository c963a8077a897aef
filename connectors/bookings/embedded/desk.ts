/** The office's own side of the book: its plan, appointments made by hand (on or off the grid), time kept for itself, the list of a day. */
import { randomUUID } from 'node:crypto';
import { ok, type Result } from '../../result.ts';
import { bareCode, newCode } from '../code.ts';
import type { Booking, BookingsParts, Person } from '../contract.ts';
import { addDays } from '../zone.ts';
import { emptyRow, times } from './holding.ts';
import { createOffice, serviceOf } from './office.ts';
import { countersOf } from './openings.ts';
import type { OfficePlan } from './plan.ts';
import { toBooking, toColumns } from './rows.ts';
import { createSavedPlan } from './saved-plan.ts';
import { giveBack, takeSeat } from './seats.ts';
import { Stop, writeOrTell } from './write.ts';

export interface Appointment {
  service: string;
  /** Absent = the first counter that is free then. */
  counter?: string;
  place?: string;
  /** ISO with offset; need not be on the grid, nor in opening hours. */
  start: string;
  person: Person;
  /** A code given elsewhere; absent = a new one. */
  code?: string;
}

export function createDesk(parts: BookingsParts) {
  const office = createOffice(parts);
  const { database, zone } = office;
  const saved = createSavedPlan(database, office.stamp);
  return {
    plan: (): Promise<OfficePlan> => office.plan(),

    saved,

    /** Bookings already made stay as they are. */
    async savePlan(input: unknown): Promise<Result<OfficePlan>> {
      const done = await saved.save(input);
      // Twenty others wrote in the same moment.
      return done.kind === 'changed' ? { kind: 'retry_after', seconds: 1 } : done;
    },

    async put(appointment: Appointment): Promise<Result<Booking>> {
      const plan = await office.plan();
      const service = serviceOf(plan, appointment.service);
      if (!service) return { kind: 'not_found' };
      const start = Date.parse(appointment.start);
      if (Number.isNaN(start)) return { kind: 'invalid', fields: { start: 'serve data e ora con lo scarto da UTC' } };
      const span = { start, end: start + service.minutes * 60_000 };
      const counters = countersOf(plan, service.id, appointment.place).filter((one) => (appointment.counter ?? one.id) === one.id);
      if (counters.length === 0) return { kind: 'not_found' };
      const id = randomUUID();
      const done = await writeOrTell(database, async (tx) => {
        const taken = await takeSeat(tx, { counters, span, booking: id, now: office.now() });
        if (!taken) throw new Stop({ kind: 'slot_taken' });
        const row = {
          ...emptyRow(id, office.stamp()),
          ...toColumns(appointment.person),
          ...times(span),
          code: appointment.code ? bareCode(appointment.code) : newCode(),
          status: 'booked',
          service: service.id,
          place: taken.counter.place,
          counter: taken.counter.id,
          seats: taken.seats,
        };
        await tx.insertInto('booking').values(row).execute();
        return row;
      });
      return done.kind === 'ok' ? ok(toBooking(done.value, plan, zone)) : done;
    },

    /** Keeps a counter (all its seats) for the office; slot_taken when somebody is booked in that time. Gives the block's id. */
    async block(request: { counter: string; start: string; end: string; note?: string }): Promise<Result<string>> {
      const plan = await office.plan();
      const counter = plan.counters.find((one) => one.id === request.counter);
      if (!counter) return { kind: 'not_found' };
      const span = { start: Date.parse(request.start), end: Date.parse(request.end) };
      if (!(span.start < span.end) || span.end - span.start > 86_400_000)
        return { kind: 'invalid', fields: { end: 'viene dopo l’inizio, al massimo di un giorno' } };
      const id = randomUUID();
      return writeOrTell(database, async (tx) => {
        const taken = await takeSeat(tx, { counters: [counter], span, booking: id, now: office.now(), every: true });
        if (!taken) throw new Stop({ kind: 'slot_taken' });
        const row = { ...emptyRow(id, office.stamp()), ...times(span), status: 'blocked', service: '', place: counter.place };
        await tx
          .insertInto('booking')
          .values({ ...row, counter: counter.id, seats: taken.seats, note: request.note ?? null })
          .execute();
        return id;
      });
    },

    unblock: (id: string): Promise<void> =>
      database.write(async (tx) => {
        const gone = await tx.deleteFrom('booking').where('id', '=', id).where('status', '=', 'blocked').returning('id').executeTakeFirst();
        if (gone) await giveBack(tx, id);
      }),

    /** Bookings of a day (`YYYY-MM-DD`) in order of time, cancelled ones left out. */
    async day(day: string, place?: string): Promise<Booking[]> {
      let rows = database.read
        .selectFrom('booking')
        .selectAll()
        .where('status', '=', 'booked')
        .where('start_at', '>=', new Date(zone.at(day, 0) ?? 0).toISOString())
        .where('start_at', '<', new Date(zone.at(addDays(day, 1), 0) ?? 0).toISOString());
      if (place) rows = rows.where('place', '=', place);
      const plan = await office.plan();
      return (await rows.orderBy('start_at').orderBy('counter').execute()).map((row) => toBooking(row, plan, zone));
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;
