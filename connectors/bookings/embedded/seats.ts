/** Taking and giving back seats. The primary key of booking_seat decides; everything here only chooses which seat to ask for. */
import { sql } from 'kysely';
import type { Writer } from '../../databases/contract.ts';
import { GRAIN } from './free-slots.ts';
import type { Counter } from './plan.ts';

/** Another took the seat between our look and our write: the transaction is undone and begun anew, so that no rows are locked out of order. */
export class Beaten extends Error {}

export interface Span {
  /** Epoch ms. */
  start: number;
  end: number;
}

export interface Taken {
  counter: Counter;
  /** Bits of the seats. */
  seats: number;
}

const grainsOf = ({ start, end }: Span) => ({ first: Math.floor(start / GRAIN), last: Math.ceil(end / GRAIN) - 1 });

/** Takes one seat (or every seat) at the first counter that has it, for `booking`; null when all are full. `counters` in order of preference. */
export async function takeSeat(
  tx: Writer,
  request: { counters: Counter[]; span: Span; booking: string; now: number; every?: boolean },
): Promise<Taken | null> {
  const found = (await chooseSeat(tx, request)) ?? ((await dropExpired(tx, request)) > 0 ? await chooseSeat(tx, request) : null);
  if (!found) return null;
  const { first, last } = grainsOf(request.span);
  // Ascending, as everybody does: of two that meet, one waits for the other and nobody waits in a circle.
  const rows = [];
  for (let seat = 0; seat < found.counter.capacity; seat++)
    if (found.seats & (1 << seat))
      for (let grain = first; grain <= last; grain++) rows.push({ counter: found.counter.id, grain, seat, booking_id: request.booking });
  const kept = await tx
    .insertInto('booking_seat')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('grain')
    .execute();
  if (kept.length < rows.length) throw new Beaten();
  return found;
}

async function chooseSeat(tx: Writer, request: { counters: Counter[]; span: Span; every?: boolean }): Promise<Taken | null> {
  const { first, last } = grainsOf(request.span);
  const rows = await tx
    .selectFrom('booking_seat')
    .select(['counter', 'seat'])
    .distinct()
    .where(
      'counter',
      'in',
      request.counters.map((counter) => counter.id),
    )
    .where('grain', '>=', first)
    .where('grain', '<=', last)
    .execute();
  for (const counter of request.counters) {
    const all = (1 << counter.capacity) - 1;
    const busy = rows.reduce((mask, row) => (row.counter === counter.id ? mask | (1 << row.seat) : mask), 0);
    const free = all & ~busy;
    if (request.every ? free === all : free !== 0) return { counter, seats: request.every ? all : free & -free };
  }
  return null;
}

/** Drops holds that ran out, everywhere or where they stand in the way; gives how many. */
export async function dropExpired(tx: Writer, where: { now: number; counters?: Counter[]; span?: Span }): Promise<number> {
  let expired = tx.deleteFrom('booking').where('status', '=', sql.lit('held')).where('expires_at', '<=', new Date(where.now).toISOString());
  if (where.counters)
    expired = expired.where(
      'counter',
      'in',
      where.counters.map((counter) => counter.id),
    );
  if (where.span)
    expired = expired
      .where('start_at', '<', new Date(where.span.end).toISOString())
      .where('end_at', '>', new Date(where.span.start).toISOString());
  const dropped = await expired.returning('id').execute();
  // PostgreSQL asks the condition again after waiting for a confirmation of the same row, so a hold confirmed meanwhile stays.
  if (dropped.length > 0)
    await tx
      .deleteFrom('booking_seat')
      .where(
        'booking_id',
        'in',
        dropped.map((row) => row.id),
      )
      .execute();
  return dropped.length;
}

export async function giveBack(tx: Writer, booking: string): Promise<void> {
  await tx.deleteFrom('booking_seat').where('booking_id', '=', booking).execute();
}
