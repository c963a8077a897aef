/** Keeping a seat while a citizen makes up their mind. */
import { randomUUID } from 'node:crypto';
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import { newKey } from '../code.ts';
import type { Hold } from '../contract.ts';
import { readSlotId } from '../slot-id.ts';
import { describeSlot, GRAIN } from './free-slots.ts';
import { type Office, serviceOf } from './office.ts';
import { countersAt, window } from './openings.ts';
import type { Counter } from './plan.ts';
import { dropExpired, giveBack, takeSeat } from './seats.ts';
import { Stop, writeOrTell } from './write.ts';

const LONGEST_TTL = 3600;

/** `may`: counters that another tool does not rule out. */
export async function hold(
  office: Office,
  slot: string,
  ttl: number,
  may: (counter: Counter) => boolean = () => true,
): Promise<Result<Hold>> {
  const { zone, database } = office;
  const plan = await office.plan();
  const wanted = readSlotId(slot);
  const service = wanted && serviceOf(plan, wanted.service);
  if (!wanted || !service) return { kind: 'invalid', fields: { slot: 'non è un orario che abbiamo proposto' } };
  const now = office.now();
  const { first, isOpenOn } = window(zone, service, now);
  const counters = countersAt(plan, zone, service, wanted.place, wanted.start).filter(may);
  // A time that has passed, or that a new closure took away, is as gone as one that another took.
  if (wanted.start < first || !isOpenOn(zone.dayOf(wanted.start)) || counters.length === 0) return { kind: 'slot_taken' };

  const id = randomUUID();
  const span = { start: wanted.start, end: wanted.start + service.minutes * 60_000 };
  const expiresAt = new Date(now + Math.min(Math.max(1, ttl), LONGEST_TTL) * 1000).toISOString();
  const held = await writeOrTell(database, async (tx) => {
    const taken = await takeSeat(tx, { counters: spread(counters, id), span, booking: id, now });
    if (!taken) throw new Stop({ kind: 'slot_taken' });
    const row = { ...emptyRow(id, office.stamp()), status: 'held', service: service.id, place: wanted.place, expires_at: expiresAt };
    await tx
      .insertInto('booking')
      .values({ ...row, counter: taken.counter.id, seats: taken.seats, ...times(span) })
      .execute();
    return taken.counter;
  });
  if (held.kind !== 'ok') return held;
  const described = describeSlot(plan, zone, service, wanted.place, wanted.start, 1);
  return ok({ id, slot: { ...described, counter: held.value.name }, expiresAt });
}

export const release = (office: Office, held: Hold): Promise<void> =>
  office.database.write(async (tx) => {
    const gone = await tx.deleteFrom('booking').where('id', '=', held.id).where('status', '=', 'held').returning('id').executeTakeFirst();
    if (gone) await giveBack(tx, held.id);
  });

export const sweep = (office: Office): Promise<number> => office.database.write((tx) => dropExpired(tx, { now: office.now() }));

export const times = ({ start, end }: { start: number; end: number }) => ({
  start_at: new Date(start).toISOString(),
  end_at: new Date(end).toISOString(),
  from_grain: Math.floor(start / GRAIN),
  to_grain: Math.ceil(end / GRAIN),
});

/** A row of `booking` with nobody in it yet. */
export function emptyRow(
  id: string,
  at: string,
): Omit<BookingTable, 'service' | 'place' | 'counter' | 'start_at' | 'end_at' | 'from_grain' | 'to_grain' | 'seats' | 'status'> {
  return {
    id,
    code: null,
    expires_at: null,
    name: '',
    fiscal_code: null,
    phone: null,
    email: null,
    note: null,
    limit_key: null,
    sequence: 0,
    calendar_key: newKey(),
    request_key: null,
    remote: null,
    created_at: at,
    updated_at: at,
  };
}

/** Begins at another counter each time: work is shared out, and people who book at once do not all ask for the same seat first. */
function spread(counters: Counter[], id: string): Counter[] {
  const from = Number.parseInt(id.slice(0, 8), 16) % counters.length;
  return [...counters.slice(from), ...counters.slice(0, from)];
}
