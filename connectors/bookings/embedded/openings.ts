/** Working plan → starts of slots: the week's shifts of a counter, less holidays and closures, cut into the service's lengths. */
import { daysBetween, type Zone } from '../zone.ts';
import { holidayOn } from './holidays.ts';
import type { Counter, OfficePlan, PlannedService } from './plan.ts';

const MINUTE = 60_000;
type Shift = [number, number];

/** What a day is to the whole office; worked out once for all counters. */
export interface DayKind {
  /** 0 = Sunday. */
  weekday: number;
  holiday: boolean;
  closures: OfficePlan['closures'];
}

export function kindOf(plan: OfficePlan, day: string): DayKind {
  return {
    weekday: new Date(`${day}T00:00:00Z`).getUTCDay(),
    holiday: day.slice(5) === plan.patron || holidayOn(day) !== null,
    closures: plan.closures.filter((closure) => day >= closure.from && day <= closure.to),
  };
}

/** Hours of a counter on a day, minutes after midnight; empty when it is closed. */
export function shiftsOn(counter: Counter, { weekday, holiday, closures }: DayKind): Shift[] {
  let shifts: Shift[] = counter.week[weekday] ?? [];
  if (holiday && !counter.holidays) return [];
  for (const closure of closures) {
    if ((closure.place ?? counter.place) !== counter.place || (closure.counter ?? counter.id) !== counter.id) continue;
    if (!closure.hours) return [];
    const [from, to] = closure.hours;
    shifts = shifts
      .flatMap(([start, end]): Shift[] => [
        [start, Math.min(end, from)],
        [Math.max(start, to), end],
      ])
      .filter(([start, end]) => start < end);
  }
  return shifts;
}

/** Instants at which a service can begin in these hours. Wall-clock times that a clock change skips are left out, doubled ones kept once. */
export function startsIn(zone: Zone, service: PlannedService, day: string, shifts: Shift[]): number[] {
  const clock = zone.clockOf(day);
  const starts: number[] = [];
  for (const [from, to] of shifts) {
    const closing = clock(to) ?? Number.POSITIVE_INFINITY;
    for (let minutes = from; minutes + service.minutes <= to; minutes += service.every ?? service.minutes) {
      const at = clock(minutes);
      if (at !== null && at + service.minutes * MINUTE <= closing) starts.push(at);
    }
  }
  return starts;
}

/** First and last instant that can be booked now. */
export function window(zone: Zone, service: PlannedService, now: number): { first: number; isOpenOn(day: string): boolean } {
  const today = zone.dayOf(now);
  return {
    first: now + Math.max(1, service.notice * MINUTE),
    isOpenOn: (day) => day >= today && daysBetween(today, day) <= service.horizon,
  };
}

/** Counters that give a service, at one place or everywhere. */
export const countersOf = (plan: OfficePlan, service: string, place?: string): Counter[] =>
  plan.counters.filter((counter) => counter.services.includes(service) && (place === undefined || counter.place === place));

/** Counters at which the service can begin at this instant, whoever sits there. */
export function countersAt(plan: OfficePlan, zone: Zone, service: PlannedService, place: string, start: number): Counter[] {
  const day = zone.dayOf(start);
  const kind = kindOf(plan, day);
  return countersOf(plan, service.id, place).filter((counter) => startsIn(zone, service, day, shiftsOn(counter, kind)).includes(start));
}
