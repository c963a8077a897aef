/** Call-backs as citizens have them: a time held and confirmed, one for each conversation, moved, given back. The request for a person stands in the desk's queue and shows there at its time. */
import { randomUUID } from 'node:crypto';
import type { Slot } from '../../../connectors/bookings/contract.ts';
import { addDays, createZone, type Zone } from '../../../connectors/bookings/zone.ts';
import type { Database, Reader, Writer } from '../../../connectors/databases/contract.ts';
import { ok, type Result } from '../../../connectors/result.ts';

import type { DeskHours } from '../../hours/desk-hours.ts';
import { CALL_DAYS, createSeats, readSlotId } from './seats.ts';

/** Before the call. */
const REMIND_MS = 30 * 60_000;
/** Booked later than this before the call, it needs no reminder. */
const LATE_MS = 60 * 60_000;

/** A time kept for a while. Plain JSON: a form carries it. */
export interface CallHold {
  id: string;
  slot: Slot;
  /** ISO UTC. */
  expiresAt: string;
}

export interface CallBack {
  id: string;
  handoffId: string;
  conversationId: string;
  number: string;
  /** ISO with the offset of the office's zone. */
  start: string;
  end: string;
  phone: string;
  lang: string;
  tries: number;
}

export interface CallRequest {
  hold: CallHold;
  conversationId: string;
  office: string | null;
  name: string;
  /** E.164. */
  phone: string;
  /** The citizen's last words: what it is about. */
  text: string;
  lang: string;
  origin: string;
}

export interface Calls {
  slots(office: string | null, from?: string, to?: string): Promise<Slot[]>;
  /** `ttl` in seconds. */
  hold(slot: string, ttl: number): Promise<Result<CallHold>>;
  release(hold: Pick<CallHold, 'id'>): Promise<void>;
  /** Books the held time with the citizen's consent; whoever waits in the chat waits no more. The same key books once. `slot_taken`: the hold ran out and another has it. */
  book(request: CallRequest, key: string): Promise<Result<CallBack>>;
  /** What stands of a conversation, or of a request. */
  of(where: { conversation: string } | { handoff: string }): Promise<CallBack | null>;
  /** The citizen wants no call: the time is free again. False = there was none. */
  cancel(conversationId: string): Promise<boolean>;
  /** In the caller's transaction: another time for a call that stands; null = taken, or nothing to move. */
  move(tx: Writer, handoffId: string, slot: string): Promise<string | null>;
}

/** The call of a request is over, or not wanted any more: its time is free. `but`: one that stands. */
export async function endCall(tx: Writer, handoffId: string, state: 'done' | 'missed' | 'cancelled', but = ''): Promise<void> {
  await tx
    .updateTable('call_back')
    .set({ state, seat: null, expires_at: null })
    .where('handoff_id', '=', handoffId)
    .where('state', '=', 'booked')
    .where('id', '!=', but)
    .execute();
}

export const numberOf = (id: string): string => id.slice(0, 8).toUpperCase();

export function createCalls(parts: { database: Database; hours: Pick<DeskHours, 'callers'>; now?: () => number; zone?: Zone }): Calls {
  const { database, now = Date.now, zone = createZone() } = parts;
  const seats = createSeats({ ...parts, now, zone });
  const iso = (at: number) => new Date(at).toISOString();
  const remindAt = (start: string) => (Date.parse(start) - now() > LATE_MS ? iso(Date.parse(start) - REMIND_MS) : null);

  async function read(where: { conversation: string } | { handoff: string } | { key: string }, rows: Reader | Writer = database.read) {
    const row = await rows
      .selectFrom('call_back')
      .selectAll()
      .$if('conversation' in where, (query) => query.where('conversation_id', '=', (where as { conversation: string }).conversation))
      .$if('handoff' in where, (query) => query.where('handoff_id', '=', (where as { handoff: string }).handoff))
      .$if('key' in where, (query) => query.where('request_key', '=', (where as { key: string }).key))
      .where('state', '=', 'booked')
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    if (!row?.handoff_id || !row.conversation_id) return null;
    const { id, handoff_id: handoffId, conversation_id: conversationId, phone, lang, tries } = row;
    const times = { start: zone.iso(Date.parse(row.start_at)), end: zone.iso(Date.parse(row.end_at)) };
    return { id, handoffId, conversationId, number: numberOf(handoffId), phone, lang, tries, ...times } satisfies CallBack;
  }

  /** The seat that was held, or another of the same time when the hold ran out meanwhile. */
  async function seatOf(tx: Writer, { id, slot }: CallHold): Promise<string | null> {
    const held = await tx.selectFrom('call_back').select('id').where('id', '=', id).where('state', '=', 'held').executeTakeFirst();
    const wanted = readSlotId(slot.id);
    return held?.id ?? (wanted && seats.take(tx, wanted.team, wanted.start, iso(now() + 60_000)));
  }

  /** The request that is open already waits for the call instead; else there is a new one. */
  async function requestFor(tx: Writer, request: CallRequest, end: string): Promise<string> {
    const { conversationId, office, name, phone, text, lang, hold } = request;
    const start = iso(Date.parse(hold.slot.start));
    const at = iso(now());
    const open = await tx
      .selectFrom('handoff')
      .select(['id', 'request', 'state', 'office'])
      .where('conversation_id', '=', conversationId)
      .where('state', 'in', ['requested', 'queued', 'accepted'])
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    const id = open?.id ?? randomUUID();
    const before = open ? (JSON.parse(open.request) as { text?: string }) : {};
    const known = { ...before, text: before.text || text, contact: phone, name, office: open?.office ?? office, number: numberOf(id) };
    const json = JSON.stringify({ ...known, callBack: hold.slot.start });
    const promise = { call_at: start, first_due_at: end, updated_at: at };
    if (open)
      await tx
        .updateTable('handoff')
        .set({ ...promise, request: json, ...(open.state === 'queued' ? { state: 'requested' } : {}) })
        .where('id', '=', open.id)
        .execute();
    else
      await tx
        .insertInto('handoff')
        .values({
          id,
          conversation_id: conversationId,
          state: 'requested',
          reason: 'asked',
          request: json,
          office,
          lang,
          created_at: at,
          ...promise,
        })
        .execute();
    return id;
  }

  return {
    async slots(office, from, to) {
      const today = zone.dayOf(now());
      return seats.free(office, from && from > today ? from : today, to ?? addDays(today, CALL_DAYS));
    },
    async hold(slot, ttl) {
      const wanted = readSlotId(slot);
      const expiresAt = iso(now() + ttl * 1000);
      const id = wanted && (await database.write((tx) => seats.take(tx, wanted.team, wanted.start, expiresAt)));
      if (!wanted || !id) return { kind: 'slot_taken' };
      const row = await database.read.selectFrom('call_back').select('end_at').where('id', '=', id).executeTakeFirstOrThrow();
      const times = { start: zone.iso(Date.parse(wanted.start)), end: zone.iso(Date.parse(row.end_at)) };
      const rest = { service: wanted.team, place: { id: '', name: '', address: '' }, seatsLeft: 1, authority: 'exact' as const };
      return ok({ id, slot: { id: slot, ...times, ...rest }, expiresAt });
    },
    async release({ id }) {
      await database.write((tx) => tx.deleteFrom('call_back').where('id', '=', id).where('state', '=', 'held').execute());
    },
    async book(request, key) {
      const booked = await database.write(async (tx) => {
        const done = await read({ key }, tx);
        if (done) return true;
        const id = await seatOf(tx, request.hold);
        if (!id) return false;
        const before = await read({ conversation: request.conversationId }, tx);
        if (before) await endCall(tx, before.handoffId, 'cancelled', id);
        const { end_at, start_at } = await tx
          .selectFrom('call_back')
          .select(['end_at', 'start_at'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const handoffId = await requestFor(tx, request, end_at);
        const { conversationId, phone, lang, origin } = request;
        const whose = { handoff_id: handoffId, conversation_id: conversationId, request_key: key, phone, lang, origin };
        await tx
          .updateTable('call_back')
          .set({ ...whose, state: 'booked', expires_at: null, consented_at: iso(now()), remind_at: remindAt(start_at) })
          .where('id', '=', id)
          .execute();
        return true;
      });
      const made = booked ? await read({ key }) : null;
      return made ? ok(made) : { kind: 'slot_taken' };
    },
    of: (where) => read(where),
    async cancel(conversationId) {
      return database.write(async (tx) => {
        const found = await read({ conversation: conversationId }, tx);
        if (!found) return false;
        await endCall(tx, found.handoffId, 'cancelled');
        const at = iso(now());
        await tx
          .updateTable('handoff')
          .set({ state: 'left', closed_at: at, updated_at: at, call_at: null })
          .where('id', '=', found.handoffId)
          .where('state', '=', 'requested')
          .execute();
        return true;
      });
    },
    async move(tx, handoffId, slot) {
      const found = await read({ handoff: handoffId }, tx);
      const wanted = readSlotId(slot);
      const id = found && wanted && (await seats.take(tx, wanted.team, wanted.start, iso(now() + 60_000)));
      if (!found || !id) return null;
      const old = await tx.selectFrom('call_back').selectAll().where('id', '=', found.id).executeTakeFirstOrThrow();
      // The key goes with it: the citizen's own confirmation, said again, finds the call where it is now.
      await tx.updateTable('call_back').set({ state: 'cancelled', seat: null, request_key: null }).where('id', '=', found.id).execute();
      const { conversation_id, request_key, phone, lang, origin, consented_at, tries } = old;
      await tx
        .updateTable('call_back')
        .set({
          state: 'booked',
          expires_at: null,
          handoff_id: handoffId,
          conversation_id,
          request_key,
          phone,
          lang,
          origin,
          consented_at,
          tries,
        })
        .set({ remind_at: remindAt(wanted.start) })
        .where('id', '=', id)
        .execute();
      const { end_at } = await tx.selectFrom('call_back').select('end_at').where('id', '=', id).executeTakeFirstOrThrow();
      await tx
        .updateTable('handoff')
        .set({ call_at: wanted.start, first_due_at: end_at, agent_id: null, agent_name: null, updated_at: iso(now()) })
        .where('id', '=', handoffId)
        .execute();
      return zone.iso(Date.parse(wanted.start));
    },
  };
}
