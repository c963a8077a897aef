/** Confirm, cancel and reschedule: each one transaction, its idempotency key in it. */
import type { Writer } from '../../databases/contract.ts';
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import { bareCode, newCode } from '../code.ts';
import type { Booking, Hold, Person, Proof } from '../contract.ts';
import { hold, release } from './holding.ts';
import { type Office, serviceOf } from './office.ts';
import type { PlannedService } from './plan.ts';
import { findByCode } from './reading.ts';
import { personKey, proves, toBooking, toColumns, wrongFields } from './rows.ts';
import { giveBack } from './seats.ts';
import { claimKey, Stop, writeOrTell } from './write.ts';

/** Long enough to finish a change that was begun. */
const SHORT_TTL = 60;

/** `columns`: what a plug keeps beside the booking. */
export async function confirm(
  office: Office,
  held: Hold,
  person: Person,
  key: string,
  columns: Partial<BookingTable> = {},
): Promise<Result<Booking>> {
  const fields = wrongFields(person);
  if (fields) return { kind: 'invalid', fields };
  const plan = await office.plan();
  const limit = serviceOf(plan, held.slot.service);
  const done = await writeOrTell(office.database, async (tx) => {
    const code = columns.code ?? newCode();
    const claim = await claimKey(tx, { key, request: `confirm ${held.slot.id}`, code, now: office.now() });
    if (!claim.first) return tx.selectFrom('booking').selectAll().where('code', '=', claim.code).executeTakeFirstOrThrow();
    const limit_key = limit ? await placeBelowLimit(tx, limit, person, office.stamp()) : null;
    const row = await tx
      .updateTable('booking')
      .set({ ...toColumns(person), code, status: 'booked', expires_at: null, limit_key, updated_at: office.stamp(), ...columns })
      .where('id', '=', held.id)
      .where('status', '=', 'held')
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new Stop({ kind: 'slot_taken' });
    return row;
  });
  return done.kind === 'ok' ? ok(toBooking(done.value, plan, office.zone)) : done;
}

/** As confirm; a hold that ran out and was dropped is taken again when the seat is still free. */
export async function confirmOrTakeAgain(office: Office, held: Hold, person: Person, key: string): Promise<Result<Booking>> {
  const first = await confirm(office, held, person, key);
  if (first.kind !== 'slot_taken') return first;
  const again = await hold(office, held.slot.id, SHORT_TTL);
  if (again.kind !== 'ok') return again;
  const second = await confirm(office, again.value, person, key);
  if (second.kind !== 'ok') await release(office, again.value);
  return second;
}

/** A free number below the service's limit for this person, or limit_reached. What is over counts no more. */
async function placeBelowLimit(tx: Writer, service: PlannedService, person: Person, now: string): Promise<string | null> {
  const limit = service.perPerson;
  if (limit === undefined) return null;
  const keys = Array.from({ length: limit }, (_, n) => `${service.id}:${personKey(person)}:${n}`);
  await tx.updateTable('booking').set({ limit_key: null }).where('limit_key', 'in', keys).where('end_at', '<', now).execute();
  const used = await tx.selectFrom('booking').select('limit_key').where('limit_key', 'in', keys).execute();
  const free = keys.find((key) => !used.some((row) => row.limit_key === key));
  if (!free) throw new Stop({ kind: 'limit_reached', limit });
  return free;
}

export async function cancel(
  office: Office,
  code: string,
  proof: Proof,
  key: string,
  columns: Partial<BookingTable> = {},
): Promise<Result<Booking>> {
  const plan = await office.plan();
  const done = await writeOrTell(office.database, async (tx) => {
    const row = await provedRow(tx, code, proof);
    const claim = await claimKey(tx, { key, request: `cancel ${row.code}`, code: bareCode(code), now: office.now() });
    if (!claim.first) return row;
    const cancelled = await tx
      .updateTable('booking')
      .set((eb) => ({ status: 'cancelled', limit_key: null, sequence: eb('sequence', '+', 1), updated_at: office.stamp(), ...columns }))
      .where('id', '=', row.id)
      .where('status', '=', 'booked')
      .where('start_at', '>', office.stamp())
      .returningAll()
      .executeTakeFirst();
    if (!cancelled) throw new Stop({ kind: 'not_allowed', need: 'too_late' });
    await giveBack(tx, row.id);
    return cancelled;
  });
  return done.kind === 'ok' ? ok(toBooking(done.value, plan, office.zone)) : done;
}

export async function reschedule(
  office: Office,
  code: string,
  proof: Proof,
  to: string | Hold,
  key: string,
  columns: Partial<BookingTable> = {},
): Promise<Result<Booking>> {
  const before = await mayMove(office, code, proof, key, to);
  if (before.kind !== 'ok' || before.value.done) return before.kind === 'ok' ? asBooking(office, before.value.row) : before;
  const held = typeof to === 'string' ? await hold(office, to, SHORT_TTL) : ok(to);
  if (held.kind !== 'ok') return held;
  const moved = await move(office, code, proof, held.value, key, columns);
  if (moved.kind !== 'unknown' && (moved.kind === 'ok' || typeof to === 'string')) await release(office, held.value);
  return moved;
}

/** Asked before a seat is kept, so that a stranger's code keeps none. `done`: this very change was made before. */
export async function mayMove(
  office: Office,
  code: string,
  proof: Proof,
  key: string,
  to: string | Hold,
): Promise<Result<{ row: BookingTable; done: boolean }>> {
  const row = await findByCode(office.database.read, code);
  if (!row || proof.kind === 'key' || !proves(proof, row)) return { kind: 'not_found' };
  const slot = typeof to === 'string' ? to : to.slot.id;
  if (!slot.startsWith(`${row.service}~`)) return { kind: 'invalid', fields: { newSlot: 'è di un altro servizio' } };
  const earlier = await office.database.read.selectFrom('booking_request').select('request').where('key', '=', key).executeTakeFirst();
  if (earlier && earlier.request !== `reschedule ${row.code} ${slot}`)
    return { kind: 'invalid', fields: { idempotencyKey: 'già usata per un’altra richiesta' } };
  if (!earlier && (row.status !== 'booked' || row.start_at <= office.stamp())) return { kind: 'not_allowed', need: 'too_late' };
  return ok({ row, done: earlier !== undefined });
}

async function asBooking(office: Office, row: BookingTable): Promise<Result<Booking>> {
  return ok(toBooking(row, await office.plan(), office.zone));
}

async function move(
  office: Office,
  code: string,
  proof: Proof,
  held: Hold,
  key: string,
  columns: Partial<BookingTable>,
): Promise<Result<Booking>> {
  const plan = await office.plan();
  const done = await writeOrTell(office.database, async (tx) => {
    const row = await provedRow(tx, code, proof);
    const claim = await claimKey(tx, { key, request: `reschedule ${row.code} ${held.slot.id}`, code: bareCode(code), now: office.now() });
    if (!claim.first) return row;
    // The hold's row goes and its seats pass to the booking: there is no moment at which either is without one.
    const seat = await tx.deleteFrom('booking').where('id', '=', held.id).where('status', '=', 'held').returningAll().executeTakeFirst();
    if (!seat) throw new Stop({ kind: 'slot_taken' });
    await giveBack(tx, row.id);
    await tx.updateTable('booking_seat').set({ booking_id: row.id }).where('booking_id', '=', held.id).execute();
    const { place, counter, start_at, end_at, from_grain, to_grain, seats } = seat;
    const moved = await tx
      .updateTable('booking')
      .set((eb) => ({
        place,
        counter,
        start_at,
        end_at,
        from_grain,
        to_grain,
        seats,
        sequence: eb('sequence', '+', 1),
        updated_at: office.stamp(),
        ...columns,
      }))
      .where('id', '=', row.id)
      .where('status', '=', 'booked')
      .returningAll()
      .executeTakeFirst();
    if (!moved) throw new Stop({ kind: 'not_allowed', need: 'too_late' });
    return moved;
  });
  return done.kind === 'ok' ? ok(toBooking(done.value, plan, office.zone)) : done;
}

async function provedRow(tx: Writer, code: string, proof: Proof): Promise<BookingTable> {
  const row = await findByCode(tx, code);
  // The calendar's key travels in addresses: it shows a booking and changes none.
  if (!row || proof.kind === 'key' || !proves(proof, row)) throw new Stop({ kind: 'not_found' });
  return row;
}
