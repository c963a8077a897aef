/** Confirm, cancel and reschedule over the office's own tool: our hold first, then the office's tool, then our row. */
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import { newCode } from '../code.ts';
import type { Booking, Hold, Person, Proof } from '../contract.ts';
import * as local from '../embedded/changes.ts';
import { describeSlot } from '../embedded/free-slots.ts';
import { type Office, serviceOf } from '../embedded/office.ts';
import { findByCode, lookup } from '../embedded/reading.ts';
import { proves, toBooking, toColumns, toPerson, wrongFields } from '../embedded/rows.ts';
import { NoAnswer } from './no-answer.ts';
import type { Pending } from './pending.ts';
import { type Remote, readRemote, type Writing } from './remote.ts';

const SHORT_TTL = 60;

export interface ChangeParts {
  office: Office;
  writing: Writing;
  pending: Pending;
  hold(slot: string, ttl: number): Promise<Result<Hold>>;
}

export function createChanges({ office, writing, pending, hold }: ChangeParts) {
  const serviceName = async (id: string) => serviceOf(await office.plan(), id)?.name ?? id;
  const doneBefore = async (key: string) =>
    (await office.database.read.selectFrom('booking_request').select('key').where('key', '=', key).executeTakeFirst()) !== undefined;

  /** The event of a marked hold; what went wrong leaves the hold as it was, gone, or marked (unknown). */
  async function write(marked: BookingTable, before: BookingTable, person: Person, code: string): Promise<Result<Remote>> {
    const remote = readRemote(marked.remote)!;
    try {
      const written = await writing.write(marked, remote, person, code, await serviceName(marked.service));
      // Refused for a reason that is not the seat's: the hold is as before.
      if (written.kind === 'retry_after' || written.kind === 'limit_reached' || written.kind === 'invalid') await pending.undo(before);
      else if (written.kind !== 'ok') await pending.drop(marked.id);
      return written;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.sent) return { kind: 'unknown', reason: error.message };
      await pending.undo(before);
      return { kind: 'down', reason: error.message };
    }
  }

  async function confirm(held: Hold, person: Person, key: string): Promise<Result<Booking>> {
    const fields = wrongFields(person) ?? (key ? null : { idempotencyKey: 'manca' });
    if (fields) return { kind: 'invalid', fields };
    if (await doneBefore(key)) return local.confirm(office, held, person, key);
    const earlier = await pending.byKey(key);
    if (earlier && earlier.id !== held.id) return settle(earlier);
    const row = await pending.row(held.id);
    if (row?.status !== 'held') return takeAgain(held, person, key);
    const remote = await writing.intended(row);
    const marked = await pending.begin(row, key, { ...toColumns(person), code: newCode(), remote: JSON.stringify(remote) });
    if (!marked) return takeAgain(held, person, key);
    const written = await write(marked, row, person, marked.code!);
    if (written.kind !== 'ok') return written;
    return finish(marked, held, person, key, written.value);
  }

  /** The hold ran out and was dropped, or its key did the work a moment ago. */
  async function takeAgain(held: Hold, person: Person, key: string): Promise<Result<Booking>> {
    if (await doneBefore(key)) return local.confirm(office, held, person, key);
    const again = await hold(held.slot.id, SHORT_TTL);
    return again.kind === 'ok' ? confirm(again.value, person, key) : again;
  }

  async function finish(marked: BookingTable, held: Hold, person: Person, key: string, remote: Remote): Promise<Result<Booking>> {
    const done = await local.confirm(office, held, person, key, { code: marked.code, request_key: null, remote: JSON.stringify(remote) });
    // Another call with the same key may have finished it; only a booking refused for good is withdrawn.
    if (done.kind === 'limit_reached' || done.kind === 'invalid') {
      await writing.takeOut(remote);
      await pending.drop(marked.id);
    }
    return done;
  }

  async function cancel(code: string, proof: Proof, key: string): Promise<Result<Booking>> {
    const row = await findByCode(office.database.read, code);
    if (!row || proof.kind === 'key' || !proves(proof, row)) return { kind: 'not_found' };
    const remote = readRemote(row.remote);
    const live = row.status === 'booked' && row.start_at > office.stamp();
    if (!live || !remote || (await doneBefore(key))) return local.cancel(office, code, proof, key);
    await pending.mark(row.id, key);
    try {
      const outcome = await writing.takeOut(remote);
      // Gone without our doing: the office cancelled. With our mark from before, it was our own lost write.
      if (outcome === 'gone' && row.request_key !== key) {
        await pending.cancelledThere(row.id);
        return { kind: 'not_allowed', need: 'too_late' };
      }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.sent) return { kind: 'unknown', reason: error.message };
      await pending.mark(row.id, null);
      return { kind: 'down', reason: error.message };
    }
    return local.cancel(office, code, proof, key, { remote: null, request_key: null });
  }

  async function reschedule(code: string, proof: Proof, to: string | Hold, key: string): Promise<Result<Booking>> {
    const may = await local.mayMove(office, code, proof, key, to);
    if (may.kind !== 'ok') return may;
    const { row: booking, done } = may.value;
    if (done) return ok(toBooking(booking, await office.plan(), office.zone));
    const earlier = await pending.byKey(key);
    if (earlier) return settle(earlier);
    const held = typeof to === 'string' ? await hold(to, SHORT_TTL) : ok(to);
    if (held.kind !== 'ok') return held;
    const row = await pending.row(held.value.id);
    if (row?.status !== 'held') return { kind: 'slot_taken' };
    const remote: Remote = { ...(await writing.intended(row)), moves: booking.code! };
    const marked = await pending.begin(row, key, { remote: JSON.stringify(remote) });
    if (!marked) return { kind: 'slot_taken' };
    const written = await write(marked, row, toPerson(booking), booking.code!);
    if (written.kind === 'ok') return move(booking, marked, held.value, key, written.value);
    if (written.kind === 'down' && typeof to === 'string') await pending.drop(row.id);
    return written;
  }

  /** The new event stands: our row goes there, then the old event goes. */
  async function move(booking: BookingTable, marked: BookingTable, held: Hold, key: string, written: Remote): Promise<Result<Booking>> {
    const { moves: _moves, ...remote } = written;
    const old = readRemote(booking.remote);
    const moved = await local.reschedule(office, booking.code!, factOf(booking), held, key, { remote: JSON.stringify(remote) });
    if (moved.kind !== 'ok') {
      if (moved.kind !== 'unknown') {
        await writing.takeOut(remote);
        await pending.drop(marked.id);
      }
      return moved;
    }
    try {
      if (old) await writing.takeOut(old);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      await pending.setRemote(booking.id, JSON.stringify({ ...remote, leftover: old?.href }));
    }
    return moved;
  }

  /** Finishes a write that was begun, or finds that it was not done. */
  async function settle(row: BookingTable): Promise<Result<Booking>> {
    const remote = readRemote(row.remote);
    const key = row.request_key;
    if (!remote || !key) return { kind: 'not_found' };
    try {
      if (row.status === 'booked') {
        if ((await writing.settle(row, remote)).kind !== 'not_found') {
          await pending.mark(row.id, null);
          return { kind: 'not_found' };
        }
        return local.cancel(office, row.code!, factOf(row), key, { remote: null, request_key: null });
      }
      const found = await writing.settle(row, remote);
      if (found.kind !== 'ok') {
        await pending.drop(row.id);
        return { kind: 'not_found' };
      }
      const plan = await office.plan();
      const service = serviceOf(plan, row.service);
      if (!service) return { kind: 'not_found' };
      const slot = describeSlot(plan, office.zone, service, row.place, Date.parse(row.start_at), 1);
      const held: Hold = { id: row.id, slot, expiresAt: row.expires_at ?? '' };
      if (!remote.moves) return finish(row, held, toPerson(row), key, found.value);
      const booking = await findByCode(office.database.read, remote.moves);
      return booking ? move(booking, row, held, key, found.value) : { kind: 'not_found' };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { kind: 'down', reason: error.message };
    }
  }

  return {
    confirm,
    cancel,
    reschedule,
    settle,
    async lookup(key: string): Promise<Result<Booking>> {
      const done = await lookup(office, key);
      if (done.kind === 'ok') return done;
      const begun = await pending.byKey(key);
      return begun ? settle(begun) : done;
    },
  };
}

/** What proves our own right to finish what a citizen proved before. */
const factOf = (row: BookingTable): Proof => ({ kind: 'fact', fact: row.fiscal_code ?? row.email ?? row.phone ?? row.name });
