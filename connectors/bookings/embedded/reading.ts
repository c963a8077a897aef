/** Looking bookings up. Unknown codes and wrong proofs take the same way and give the same answer. */
import type { Reader, Writer } from '../../databases/contract.ts';
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import { bareCode } from '../code.ts';
import type { Booking, Place, Proof, Service, Slot, SlotQuery } from '../contract.ts';
import { daysBetween } from '../zone.ts';
import { freeSlots, placeOf } from './free-slots.ts';
import { type Office, serviceOf } from './office.ts';
import { countersOf } from './openings.ts';
import type { Counter } from './plan.ts';
import { proves, toBooking, toService } from './rows.ts';

const MOST_DAYS = 92;
const DAY = /^\d{4}-\d\d-\d\d$/;

export const findByCode = (read: Reader | Writer, code: string): Promise<BookingTable | undefined> =>
  read
    .selectFrom('booking')
    .selectAll()
    .where('code', '=', bareCode(code))
    .where('status', 'in', ['booked', 'cancelled'])
    .executeTakeFirst();

export async function services(office: Office): Promise<Result<Service[]>> {
  return ok((await office.plan()).services.map(toService));
}

export async function places(office: Office, service: string): Promise<Result<Place[]>> {
  const plan = await office.plan();
  if (!serviceOf(plan, service)) return { kind: 'not_found' };
  const ids = new Set(countersOf(plan, service).map((counter) => counter.place));
  return ok([...ids].map((id) => placeOf(plan, id)));
}

/** `elsewhere`: asked for what another tool fills in these days, once the query is known to be sound. */
export async function slots(
  office: Office,
  query: SlotQuery,
  elsewhere?: (counters: Counter[]) => Promise<Map<string, { start: number; end: number }[]>>,
): Promise<Result<Slot[]>> {
  const fields = wrongQuery(query);
  if (fields) return { kind: 'invalid', fields };
  const plan = await office.plan();
  const service = serviceOf(plan, query.service);
  if (!service) return { kind: 'not_found' };
  const filled = await elsewhere?.(countersOf(plan, service.id, query.place));
  const parts = { read: office.database.read, plan, zone: office.zone, now: office.now(), ...(filled ? { elsewhere: filled } : {}) };
  return ok(await freeSlots(parts, service, query));
}

export function wrongQuery({ from, to }: { from: string; to: string }): Record<string, string> | null {
  const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  if (!isDay(from)) return { from: 'serve un giorno come 2027-03-09' };
  if (!isDay(to) || to < from) return { to: 'serve un giorno che non venga prima di "from"' };
  if (daysBetween(from, to) >= MOST_DAYS) return { to: `al massimo ${MOST_DAYS} giorni` };
  return null;
}

export async function get(office: Office, code: string, proof: Proof): Promise<Result<Booking>> {
  const row = await findByCode(office.database.read, code);
  if (!row || !proves(proof, row)) return { kind: 'not_found' };
  return ok(toBooking(row, await office.plan(), office.zone));
}

export async function list(office: Office, fiscalCode: string): Promise<Result<Booking[]>> {
  const rows = await office.database.read
    .selectFrom('booking')
    .selectAll()
    .where('fiscal_code', '=', bareCode(fiscalCode))
    .where('status', 'in', ['booked', 'cancelled'])
    .orderBy('start_at')
    .execute();
  const coming = (row: BookingTable) => row.status === 'booked' && row.end_at > office.stamp();
  const plan = await office.plan();
  return ok([...rows.filter(coming), ...rows.filter((row) => !coming(row)).reverse()].map((row) => toBooking(row, plan, office.zone)));
}

export async function lookup(office: Office, key: string): Promise<Result<Booking>> {
  const row = await office.database.read
    .selectFrom('booking_request')
    .innerJoin('booking', 'booking.code', 'booking_request.code')
    .selectAll('booking')
    .where('booking_request.key', '=', key)
    .executeTakeFirst();
  return row ? ok(toBooking(row, await office.plan(), office.zone)) : { kind: 'not_found' };
}
