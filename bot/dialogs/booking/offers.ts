/** Which free slots to show. Pure, over the connector's list in order of time. */
import type { Slot } from '../../../connectors/bookings/contract.ts';
import { daysBetween } from '../dates/calendar.ts';
import type { Wish } from './wish.ts';

const DAYS = 4;
const TIMES = 6;

export const dayOf = (slot: { start: string }): string => slot.start.slice(0, 10);
export const timeOf = (slot: { start: string }): string => slot.start.slice(11, 16);

const inPart = (time: string, part: Wish['part']): boolean =>
  part === undefined || (part === 'morning' ? time < '13:00' : part === 'afternoon' ? time >= '13:00' && time < '19:00' : time >= '17:00');

/** Slots of that part of the day, one for each moment. */
export function suitable(slots: Slot[], { part, time }: Pick<Wish, 'part' | 'time'>): Slot[] {
  const seen = new Set<string>();
  return slots.filter((slot) => {
    if (seen.has(slot.start) || !inPart(timeOf(slot), part) || (time !== undefined && timeOf(slot) !== time)) return false;
    seen.add(slot.start);
    return true;
  });
}

/** Days that have a free slot, the nearest to the wished one first taken, shown in order. */
export function nearestDays(slots: Slot[], wished: string | undefined, page = 0): string[] {
  const days = [...new Set(slots.map(dayOf))];
  if (wished) days.sort((a, b) => Math.abs(daysBetween(wished, a)) - Math.abs(daysBetween(wished, b)) || a.localeCompare(b));
  return pageOf(days, DAYS, page).sort();
}

/** The two or three nearest moments of the day, in order. */
export function nearestTimes(slots: Slot[], wished: string): string[] {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const times = slots.map(timeOf).sort((a, b) => Math.abs(minutes(a) - minutes(wished)) - Math.abs(minutes(b) - minutes(wished)));
  return times.slice(0, 3).sort();
}

/** Some moments spread over what is free; a further page shows others. */
export function someTimes(slots: Slot[], page = 0): string[] {
  const times = slots.map(timeOf);
  if (times.length <= TIMES) return times;
  const step = Math.ceil(times.length / TIMES);
  return times.filter((_, index) => index % step === page % step);
}

function pageOf<T>(all: T[], size: number, page: number): T[] {
  const from = all.length > 0 ? (page * size) % (Math.ceil(all.length / size) * size) : 0;
  return all.slice(from, from + size);
}
