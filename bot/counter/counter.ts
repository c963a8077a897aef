/** The waiting room: who is there, who is called where. Tickets and appointments are those of the office; here is only who was called. */
import { randomUUID } from 'node:crypto';
import type { Booking, Bookings } from '../../connectors/bookings/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { CounterCallTable } from '../../connectors/databases/schema/mails.ts';
import type { Lines, Ticket } from '../../connectors/lines/contract.ts';
import { ok, type Result } from '../../connectors/result.ts';

/** An appointment may be called so long before its time. */
const EARLY_MS = 5 * 60_000;
const SHOWN = 6;

export interface Called {
  id: string;
  label: string;
  line: string;
  counter: string;
  /** ISO UTC. */
  calledAt: string;
}

export interface Arrived {
  label: string;
  booking: Booking;
}

export interface Counter {
  /** A person with an appointment says they are here. not_allowed: too_late when it is cancelled or of another day. */
  arrive(code: string, fact: string): Promise<Result<Arrived>>;
  /** Calls the next of these lines to a counter: appointments whose time has come, then tickets, the longest line first. Null when nobody waits. With the
   *  key of an earlier call of the same day: whom that one called, also when the process died before it could say so. */
  next(lines: string[], counter: string, key?: string): Promise<Called | null>;
  /** Calls once more somebody who did not come. */
  again(id: string): Promise<Called | null>;
  /** The last ones called today, newest first. */
  called(): Promise<Called[]>;
  /** People with an appointment who are there and were not called yet, by line, in order of time. */
  arrived(): Promise<{ label: string; line: string; startAt: string }[]>;
}

export interface CounterParts {
  database: Database;
  lines: Lines;
  bookings: Bookings;
  /** `YYYY-MM-DD` in the office's zone. */
  today(): string;
  now?: () => number;
}

export function createCounter({ database, lines, bookings, today, now = Date.now }: CounterParts): Counter {
  const stamp = () => new Date(now()).toISOString();

  async function arrive(code: string, fact: string): Promise<Result<Arrived>> {
    const found = await bookings.get(code.trim(), { kind: 'fact', fact: fact.trim() });
    if (found.kind !== 'ok') return found;
    const booking = found.value;
    if (booking.status !== 'booked' || booking.start.slice(0, 10) !== today()) return { kind: 'not_allowed', need: 'too_late' };
    const label = `P-${booking.code.slice(-3)}`;
    const row = { id: `booking:${booking.uid}`, day: today(), label, line: booking.service.id, counter: null, called_at: null };
    await database.write((tx) =>
      tx
        .insertInto('counter_call')
        .values({ ...row, start_at: new Date(booking.start).toISOString(), arrived_at: stamp() })
        // Saying it twice is being there once; after a move the new time counts.
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ day: row.day, start_at: new Date(booking.start).toISOString() }))
        .execute(),
    );
    return ok({ label, booking });
  }

  const waiting = () =>
    database.read
      .selectFrom('counter_call')
      .selectAll()
      .where('day', '=', today())
      .where('called_at', 'is', null)
      .orderBy('start_at')
      .execute();

  async function callArrived(row: CounterCallTable, counter: string, key: string): Promise<Called | null> {
    const called = await database.write((tx) =>
      tx
        .updateTable('counter_call')
        .set({ counter, called_at: stamp(), call_key: key })
        .where('id', '=', row.id)
        .where('called_at', 'is', null)
        .returningAll()
        .executeTakeFirst(),
    );
    // Another counter was quicker.
    return called ? toCalled(called) : null;
  }

  async function show({ id, label, line: { id: line } }: Ticket, counter: string, key: string): Promise<Called> {
    const at = { start_at: null, arrived_at: null, called_at: stamp() };
    const row = { id: `ticket:${id}`, day: today(), label, line, counter, ...at, call_key: key };
    await database.write((tx) =>
      tx
        .insertInto('counter_call')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute(),
    );
    return toCalled(row);
  }

  /** Whom a call with this key called. Its ticket may have left the line, and the process died before it was shown where to. */
  async function calledBefore(key: string, counter: string): Promise<Called | null> {
    const row = await database.read.selectFrom('counter_call').selectAll().where('call_key', '=', key).executeTakeFirst();
    if (row) return toCalled(row);
    const ticket = await lines.calledWith(key);
    return ticket.kind === 'ok' ? show(ticket.value, counter, key) : null;
  }

  async function next(wanted: string[], counter: string, of: string = randomUUID()): Promise<Called | null> {
    // A page left open overnight after a call that failed does not get yesterday's person.
    const key = `${today()}:${of}`;
    const before = await calledBefore(key, counter);
    if (before) return before;
    const here = (await waiting()).filter(({ line }) => wanted.includes(line));
    const due = here.filter(({ start_at }) => start_at !== null && Date.parse(start_at) <= now() + EARLY_MS);
    for (const row of due) {
      const called = await callArrived(row, counter, key);
      if (called) return called;
    }
    const queues = await Promise.all(wanted.map(async (line) => ({ line, state: await lines.now(line) })));
    const lengths = queues.map(({ line, state }) => ({ line, people: state.kind === 'ok' ? state.value.waiting : 0 }));
    for (const { line } of lengths.filter(({ people }) => people > 0).sort((a, b) => b.people - a.people)) {
      const ticket = await lines.callNext(line, key);
      if (ticket.kind === 'ok') return show(ticket.value, counter, key);
    }
    // Nobody else: whoever came early need not sit and look at a free counter.
    for (const row of here) {
      const called = await callArrived(row, counter, key);
      if (called) return called;
    }
    return null;
  }

  return {
    arrive,
    next,
    async again(id) {
      const row = await database.write((tx) =>
        tx
          .updateTable('counter_call')
          .set({ called_at: stamp() })
          .where('id', '=', id)
          .where('day', '=', today())
          .where('counter', 'is not', null)
          .returningAll()
          .executeTakeFirst(),
      );
      return row ? toCalled(row) : null;
    },
    async called() {
      const rows = await database.read
        .selectFrom('counter_call')
        .selectAll()
        .where('day', '=', today())
        .where('called_at', 'is not', null)
        .orderBy('called_at', 'desc')
        .limit(SHOWN)
        .execute();
      return rows.map(toCalled);
    },
    arrived: async () => (await waiting()).map(({ label, line, start_at }) => ({ label, line, startAt: start_at ?? '' })),
  };
}

const toCalled = ({ id, label, line, counter, called_at }: CounterCallTable): Called => ({
  id,
  label,
  line,
  counter: counter ?? '',
  calledAt: called_at ?? '',
});
