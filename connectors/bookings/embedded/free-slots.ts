/** Free slots of a range of days: openings less what is taken. Cost grows with days × counters × starts a day, plus the bookings of the range. */
import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../databases/contract.ts';
import type { Place, Slot, SlotQuery } from '../contract.ts';
import { slotId } from '../slot-id.ts';
import { addDays, daysBetween, type Zone } from '../zone.ts';
import { countersOf, kindOf, shiftsOn, startsIn, window } from './openings.ts';
import { type Counter, GRAIN_MINUTES, type OfficePlan, type PlannedService } from './plan.ts';

export const GRAIN = GRAIN_MINUTES * 60_000;
const DAY = 86_400_000;

interface Busy {
  start: number;
  end: number;
}

interface Parts {
  read: Reader;
  plan: OfficePlan;
  zone: Zone;
  now: number;
  /** Counter → times that another tool fills, one seat each. */
  elsewhere?: Map<string, Busy[]>;
}

export async function freeSlots({ read, plan, zone, now, elsewhere }: Parts, service: PlannedService, query: SlotQuery): Promise<Slot[]> {
  const counters = countersOf(plan, service.id, query.place);
  if (counters.length === 0) return [];
  // Two days more before and one after: days begin at local midnight, and what began the day before may reach into the first.
  const origin = Math.floor((Date.parse(`${query.from}T00:00:00Z`) - 2 * DAY) / GRAIN);
  const grains = ((daysBetween(query.from, query.to) + 4) * DAY) / GRAIN;
  const taken = new Map(counters.map((counter) => [counter.id, new Int32Array(grains)]));
  for (const row of await takenBetween(read, [...taken.keys()], origin, origin + grains, now)) markTaken(taken.get(row.counter)!, row);

  const length = (service.minutes * 60_000) / GRAIN;
  const { first, isOpenOn } = window(zone, service, now);
  const slots: Slot[] = [];
  for (let day = query.from; day <= query.to; day = addDays(day, 1)) {
    if (!isOpenOn(day)) continue;
    const kind = kindOf(plan, day);
    // Most counters share their hours: starts are worked out, and seats added up, once for each kind of opening at each place.
    const groups = new Map<string, Group>();
    for (const counter of counters) {
      const shifts = shiftsOn(counter, kind);
      if (shifts.length === 0) continue;
      const name = `${counter.place} ${shifts.join()}`;
      let group = groups.get(name);
      if (!group) {
        const starts = startsIn(zone, service, day, shifts).filter((start) => start >= first);
        group = { place: counter.place, starts, left: new Array<number>(starts.length).fill(0) };
        groups.set(name, group);
      }
      addSeats(group, counter, taken.get(counter.id)!, origin, length, elsewhere?.get(counter.id));
    }
    const free = merge([...groups.values()]);
    slots.push(...free.map(({ place, start, left }) => describeSlot(plan, zone, service, place, start, left)));
  }
  return slots;
}

/** Counters of one place with the same hours. */
export interface Group {
  place: string;
  starts: number[];
  /** Free seats at each start. */
  left: number[];
}

function addSeats(group: Group, counter: Counter, taken: Int32Array, origin: number, length: number, others: Busy[] = []): void {
  const all = (1 << counter.capacity) - 1;
  for (let at = 0; at < group.starts.length; at++) {
    const start = group.starts[at]!;
    const from = start / GRAIN - origin;
    let busy = 0;
    for (let grain = from; grain < from + length; grain++) busy |= taken[grain]!;
    const touching = others.length === 0 ? 0 : others.filter((time) => time.start < start + length * GRAIN && time.end > start).length;
    group.left[at]! += Math.max(0, counter.capacity - bits(busy & all) - touching);
  }
}

export interface Free {
  place: string;
  start: number;
  left: number;
}

const inOrder = (a: Free, b: Free): number => a.start - b.start || (a.place < b.place ? -1 : 1);

/** Starts with a free seat, each once a place, in order of time and then of place. */
export function merge(groups: Group[]): Free[] {
  if (groups.every(({ place, starts }, at) => isAscending(starts) && groups.findIndex((group) => group.place === place) === at)) {
    // No start is there twice: nothing is to be added up.
    const all: Free[] = [];
    for (const { place, starts, left } of groups)
      for (let at = 0; at < starts.length; at++) if (left[at] !== 0) all.push({ place, start: starts[at]!, left: left[at]! });
    return groups.length > 1 ? all.sort(inOrder) : all;
  }
  const found = new Map<string, Free>();
  for (const { place, starts, left } of groups)
    starts.forEach((start, at) => {
      if (left[at] === 0) return;
      const known = found.get(`${place} ${start}`);
      if (known) known.left += left[at]!;
      else found.set(`${place} ${start}`, { place, start, left: left[at]! });
    });
  return [...found.values()].sort(inOrder);
}

function isAscending(starts: number[]): boolean {
  for (let at = 1; at < starts.length; at++) if (starts[at]! <= starts[at - 1]!) return false;
  return true;
}

/** A length fits below it: nothing is longer than a day. */
const LENGTHS = 512;

/**
 * What holds, bookings and blocks take, one row a counter: `spans` = (first grain from `origin`) × 512 + length, `seats` their bits (empty = the
 * first seat), in the same order. Thousands of rows would cost more to carry into JavaScript than everything else here. Holds that ran out take nothing.
 */
async function takenBetween(read: Reader, counters: string[], origin: number, end: number, now: number) {
  const postgres = read.getExecutor().adapter instanceof PostgresAdapter;
  const joined = (value: RawBuilder<unknown>) =>
    postgres ? sql`string_agg(cast(${value} as text), ',')` : sql`group_concat(${value}, ',')`;
  const found = await sql<{ counter: string; spans: string; seats: string }>`
    select counter, ${joined(sql`(from_grain - cast(${origin} as integer)) * ${sql.lit(LENGTHS)} + to_grain - from_grain`)} as spans,
      ${joined(sql`case when seats = 1 then '' else cast(seats as text) end`)} as seats
    from booking
    where counter in (${sql.join(counters)}) and from_grain >= ${origin} and from_grain < ${end}
      and status in ('held', 'booked', 'blocked') and (expires_at is null or expires_at > ${new Date(now).toISOString()})
    group by counter`.execute(read);
  return found.rows;
}

function markTaken(taken: Int32Array, row: { spans: string; seats: string }): void {
  const seats = row.seats.split(',');
  row.spans.split(',').forEach((text, at) => {
    const span = Number(text);
    const mask = Number(seats[at]) || 1;
    const first = Math.floor(span / LENGTHS);
    const last = Math.min(taken.length, first + (span % LENGTHS));
    for (let grain = first; grain < last; grain++) taken[grain]! |= mask;
  });
}

/** The Slot of a service, place and instant. */
export function describeSlot(plan: OfficePlan, zone: Zone, service: PlannedService, place: string, start: number, seatsLeft: number): Slot {
  return {
    id: slotId(service.id, place, start),
    service: service.id,
    start: zone.iso(start),
    end: zone.iso(start + service.minutes * 60_000),
    place: placeOf(plan, place),
    seatsLeft,
    authority: 'exact',
  };
}

/** A place by id; one that was taken out of the plan keeps its id as name. */
export const placeOf = (plan: OfficePlan, id: string): Place =>
  plan.places.find((place) => place.id === id) ?? { id, name: id, address: '' };

/** Number of set bits of a 32-bit number. */
export function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}
