/** Appointments whose seats stand in the office's own tool: services, hours, codes and second facts are ours, in the database; when somebody is there is the tool's to say. */
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import type { Bookings, Hold } from '../contract.ts';
import { hold as holdHere, release, sweep, times } from '../embedded/holding.ts';
import { type Office, serviceOf } from '../embedded/office.ts';
import { countersAt } from '../embedded/openings.ts';
import type { Counter } from '../embedded/plan.ts';
import { findByCode, list, places, services, slots } from '../embedded/reading.ts';
import { proves, toBooking } from '../embedded/rows.ts';
import { acceptOffer, joinWaiting, leaveWaiting, offerWaiting, type Seats, standingOffers } from '../embedded/waiting.ts';
import { readSlotId } from '../slot-id.ts';
import { createChanges } from './changes.ts';
import { NoAnswer, told } from './no-answer.ts';
import { createPending } from './pending.ts';
import { type Remote, readRemote, type Writing } from './remote.ts';

export interface OfficeTool {
  name: string;
  writing: Writing;
  /** Counter → times filled by others between two instants, one seat each. Throws NoAnswer, as everything here. */
  elsewhere(counters: Counter[], from: number, to: number): Promise<Map<string, { start: number; end: number }[]>>;
  /** Entries of others that touch this time. */
  others(counter: string, start: number, end: number): Promise<number>;
  /** An entry as it stands now; null when a person took it out. */
  seen(remote: Remote): Promise<{ start: number; end: number; etag: string } | null>;
  /** One line for the operator. */
  detail(): Promise<string>;
}

const DAY = 86_400_000;

export function createToolBookings(office: Office, tool: OfficeTool): Bookings {
  const { database } = office;
  const { writing } = tool;
  const pending = createPending(office);

  async function hold(slot: string, ttl: number): Promise<Result<Hold>> {
    const wanted = readSlotId(slot);
    const plan = await office.plan();
    const service = wanted && serviceOf(plan, wanted.service);
    if (!wanted || !service) return holdHere(office, slot, ttl);
    const counters = countersAt(plan, office.zone, service, wanted.place, wanted.start);
    const end = wanted.start + service.minutes * 60_000;
    const others = new Map(await Promise.all(counters.map(async ({ id }) => [id, await tool.others(id, wanted.start, end)] as const)));
    const held = await holdHere(office, slot, ttl, (counter) => (others.get(counter.id) ?? 0) < counter.capacity);
    if (held.kind !== 'ok') return held;
    const row = await pending.row(held.value.id);
    const capacity = counters.find((counter) => counter.id === row?.counter)?.capacity ?? 1;
    // Where an entry of the office and our own bookings share a counter of several seats, together they must fit.
    if (!row || !others.get(row.counter) || !(await writing.beaten(row, capacity))) return advisory(held);
    await release(office, held.value);
    return { kind: 'slot_taken' };
  }

  const changes = createChanges({ office, writing, pending, hold: (slot, ttl) => told(() => hold(slot, ttl)) });

  /** Our row as the tool has it now: moved or taken out by a person of the office. A tool that does not answer leaves it as we know it. */
  async function fresh(row: BookingTable): Promise<BookingTable> {
    const remote = readRemote(row.remote);
    if (!remote || row.status !== 'booked' || row.request_key || row.end_at <= office.stamp()) return row;
    try {
      const there = await tool.seen(remote);
      if (!there) return (await pending.cancelledThere(row.id)) ?? row;
      if (there.start === Date.parse(row.start_at) && there.end === Date.parse(row.end_at)) return row;
      const moved = JSON.stringify({ ...remote, etag: there.etag, start: there.start });
      return (await pending.movedThere(row.id, times(there), moved)) ?? row;
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
        const found = await slots(office, query, (counters) => tool.elsewhere(counters, from, to));
        return found.kind === 'ok' ? ok(found.value.map((slot) => ({ ...slot, authority: 'advisory' as const }))) : found;
      }),
    hold: (slot, ttl) => told(() => hold(slot, ttl)),
    async release(held) {
      const row = await pending.row(held.id);
      // A write that was begun may stand in the tool: the seat is not ours to give away before that is settled.
      if (!row?.request_key) await release(office, held);
    },
    confirm: (held, person, key) => told(() => changes.confirm(held, person, key)),
  };

  return {
    ...seats,
    name: tool.name,
    capabilities: () => new Set(['slots', 'hold', 'confirm', 'cancel', 'reschedule', 'get', 'list', 'waiting']),
    async health() {
      try {
        return { state: 'up', detail: await tool.detail() };
      } catch (error) {
        return { state: 'down', detail: error instanceof Error ? error.message : String(error) };
      }
    },
    services: () => services(office),
    places: (service) => places(office, service),
    cancel: (code, proof, key) => told(() => changes.cancel(code, proof, key)),
    reschedule: (code, proof, to, key) => told(() => changes.reschedule(code, proof, to, key)),
    async get(code, proof) {
      const row = await findByCode(database.read, code);
      if (!row || !proves(proof, row)) return { kind: 'not_found' };
      return ok(toBooking(await fresh(row), await office.plan(), office.zone));
    },
    async list({ fiscalCode }) {
      const known = await list(office, fiscalCode);
      if (known.kind !== 'ok') return known;
      const rows = await Promise.all(known.value.map((booking) => findByCode(database.read, booking.code)));
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
