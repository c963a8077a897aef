/** The waiting list: a freed seat is kept for the first who waits, then for the next. */
import type { Writer } from '../../databases/contract.ts';
import type { BookingWaitingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import { bareCode, newCode } from '../code.ts';
import type { Booking, Hold, Offer, Proof, Slot, Waiting, WaitingRequest } from '../contract.ts';
import { type Office, serviceOf } from './office.ts';
import { countersOf } from './openings.ts';
import { wrongQuery } from './reading.ts';
import { proves, toColumns, toPerson, wrongFields } from './rows.ts';
import { claimKey, Stop, writeOrTell } from './write.ts';

/** After so many offers let go, one no longer waits. */
const MOST_MISSED = 3;

/** What a plug does itself; the list is the same for every plug. */
export interface Seats {
  slots(query: { service: string; place?: string; from: string; to: string }): Promise<Result<Slot[]>>;
  hold(slot: string, ttl: number): Promise<Result<Hold>>;
  release(hold: Hold): Promise<void>;
  confirm(hold: Hold, person: WaitingRequest['person'], key: string): Promise<Result<Booking>>;
}

export async function joinWaiting(office: Office, request: WaitingRequest, key: string): Promise<Result<Waiting>> {
  const fields = wrongFields(request.person) ?? wrongQuery(request);
  if (fields) return { kind: 'invalid', fields };
  const plan = await office.plan();
  if (!serviceOf(plan, request.service) || countersOf(plan, request.service, request.place).length === 0) return { kind: 'not_found' };
  return writeOrTell(office.database, async (tx) => {
    const asked = `wait ${request.service} ${request.place ?? ''} ${request.from} ${request.to}`;
    const claim = await claimKey(tx, { key, request: asked, code: newCode(), now: office.now() });
    if (claim.first)
      await tx
        .insertInto('booking_waiting')
        .values({
          ...toColumns(request.person),
          code: claim.code,
          status: 'waiting',
          service: request.service,
          place: request.place ?? null,
          from_day: request.from,
          to_day: request.to,
          queued_at: office.stamp(),
          missed: 0,
          hold: null,
          created_at: office.stamp(),
        })
        .execute();
    return toWaiting(tx, await findWaiting(tx, claim.code));
  });
}

export const leaveWaiting = (office: Office, seats: Seats, code: string, proof: Proof): Promise<Result<Waiting>> => {
  let kept: Hold | null = null;
  return writeOrTell(office.database, async (tx) => {
    const row = await findWaiting(tx, code, proof);
    if (row.status !== 'waiting' && row.status !== 'offered') throw new Stop({ kind: 'not_allowed', need: 'too_late' });
    kept = row.hold ? (JSON.parse(row.hold) as Hold) : null;
    await tx.updateTable('booking_waiting').set({ status: 'left', hold: null }).where('code', '=', row.code).execute();
    return toWaiting(tx, { ...row, status: 'left' });
  }).finally(() => kept && seats.release(kept));
};

export async function offerWaiting(office: Office, seats: Seats, ttl: number): Promise<Result<Offer[]>> {
  await letGo(office);
  const today = office.zone.dayOf(office.now());
  const rows = await office.database.read
    .selectFrom('booking_waiting')
    .selectAll()
    .where('status', '=', 'waiting')
    .where('to_day', '>=', today)
    .orderBy('queued_at')
    .orderBy('code')
    .execute();
  const offers: Offer[] = [];
  /** Kinds of wish for which nothing is free: the rest of the queue need not ask again. */
  const none = new Set<string>();
  for (const row of rows) {
    const query = {
      service: row.service,
      from: [row.from_day, today].sort()[1]!,
      to: row.to_day,
      ...(row.place ? { place: row.place } : {}),
    };
    const wish = JSON.stringify(query);
    if (none.has(wish)) continue;
    const free = await seats.slots(query);
    const first = free.kind === 'ok' ? free.value[0] : undefined;
    if (!first) {
      none.add(wish);
      continue;
    }
    const held = await seats.hold(first.id, ttl);
    if (held.kind !== 'ok') continue;
    const mine = await office.database.write((tx) =>
      tx
        .updateTable('booking_waiting')
        .set({ status: 'offered', hold: JSON.stringify(held.value) })
        .where('code', '=', row.code)
        .where('status', '=', 'waiting')
        .returningAll()
        .executeTakeFirst(),
    );
    // Another process offered them something meanwhile.
    if (!mine) await seats.release(held.value);
    else offers.push({ waiting: await toWaiting(office.database.read, mine), person: toPerson(mine), hold: held.value });
  }
  return ok(offers);
}

export async function standingOffers(office: Office): Promise<Result<Offer[]>> {
  const { read } = office.database;
  const rows = await read.selectFrom('booking_waiting').selectAll().where('status', '=', 'offered').orderBy('queued_at').execute();
  const offers: Offer[] = [];
  for (const row of rows) {
    const hold = JSON.parse(row.hold ?? 'null') as Hold | null;
    if (hold && hold.expiresAt > office.stamp()) offers.push({ waiting: await toWaiting(read, row), person: toPerson(row), hold });
  }
  return ok(offers);
}

/** Offers that ran out go to the next; who let one go waits behind the others. */
async function letGo(office: Office): Promise<void> {
  const rows = await office.database.read.selectFrom('booking_waiting').selectAll().where('status', '=', 'offered').execute();
  for (const row of rows) {
    const held = JSON.parse(row.hold ?? 'null') as Hold | null;
    if (held && held.expiresAt > office.stamp()) continue;
    const missed = row.missed + 1;
    await office.database.write((tx) =>
      tx
        .updateTable('booking_waiting')
        .set({ status: missed < MOST_MISSED ? 'waiting' : 'left', missed, queued_at: office.stamp(), hold: null })
        .where('code', '=', row.code)
        .where('status', '=', 'offered')
        .where('missed', '=', row.missed)
        .execute(),
    );
  }
}

export async function acceptOffer(office: Office, seats: Seats, code: string, proof: Proof, key: string): Promise<Result<Booking>> {
  const found = await writeOrTell(office.database, (tx) => findWaiting(tx, code, proof));
  if (found.kind !== 'ok') return found;
  const row = found.value;
  if (!row.hold) return { kind: 'not_allowed', need: 'too_late' };
  const booked = await seats.confirm(JSON.parse(row.hold) as Hold, toPerson(row), key);
  if (booked.kind === 'ok')
    await office.database.write((tx) => tx.updateTable('booking_waiting').set({ status: 'booked' }).where('code', '=', row.code).execute());
  return booked;
}

async function findWaiting(tx: Writer, code: string, proof?: Proof): Promise<BookingWaitingTable> {
  const row = await tx.selectFrom('booking_waiting').selectAll().where('code', '=', bareCode(code)).executeTakeFirst();
  if (!row || (proof && !proves(proof, row))) throw new Stop({ kind: 'not_found' });
  return row;
}

async function toWaiting(read: Writer, row: BookingWaitingTable): Promise<Waiting> {
  const { before } = await read
    .selectFrom('booking_waiting')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('service', '=', row.service)
    .where('status', 'in', ['waiting', 'offered'])
    .where((eb) => eb.or([eb('queued_at', '<', row.queued_at), eb.and([eb('queued_at', '=', row.queued_at), eb('code', '<', row.code)])]))
    .executeTakeFirstOrThrow();
  return {
    code: row.code,
    service: row.service,
    ...(row.place ? { place: row.place } : {}),
    from: row.from_day,
    to: row.to_day,
    position: before + 1,
    status: row.status as Waiting['status'],
  };
}
