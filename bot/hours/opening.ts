/** Opening hours as pure functions: is it open, when will it be, how much opening time lies between two instants. */
import { holidayOn } from '../../connectors/bookings/embedded/holidays.ts';
import { addDays, type Zone } from '../../connectors/bookings/zone.ts';
import type { OfficeHours } from './plan.ts';

const MINUTE = 60_000;
/** Nobody promises farther than that; an office without any shift never opens. */
const FARTHEST_DAYS = 400;

/** Minutes after midnight. */
export type Shift = [from: number, to: number];

export interface Opening {
  /** Shifts of a day (`YYYY-MM-DD`), in order. */
  shiftsOn(day: string): Shift[];
  /** Why a whole day is shut that would be a working day: the name of the holiday, or the reason of the closure. Null = it is not. */
  shutOn(day: string): string | null;
  isOpen(at: number): boolean;
  /** The instant itself when open; null when it does not open within a year. */
  nextOpening(at: number): number | null;
  /** Opening time between two instants, whole milliseconds. Grows with the days between. */
  openBetween(from: number, to: number): number;
  /** The instant after so many minutes of opening time; null when it never comes. */
  after(from: number, minutes: number): number | null;
}

/** `body`: what holds for every office, its closures and its patron saint beside the office's own. */
export function createOpening(hours: OfficeHours, zone: Zone, body: Pick<OfficeHours, 'closures' | 'patron'> = hours): Opening {
  const closures = body === hours ? hours.closures : [...hours.closures, ...body.closures];
  const patron = hours.patron ?? body.patron;

  function holiday(day: string): string | null {
    if (hours.holidays) return null;
    return holidayOn(day) ?? (day.slice(5) === patron ? 'festa patronale' : null);
  }

  function planned(day: string): Shift[] {
    const date = day.slice(5);
    const season = hours.seasons.find(({ from, to }) => (from <= to ? date >= from && date <= to : date >= from || date <= to));
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return [...((season?.week ?? hours.week)[weekday] ?? [])].sort(([a], [b]) => a - b);
  }

  const closedOn = (day: string) => closures.filter(({ from, to }) => day >= from && day <= to);

  function shiftsOn(day: string): Shift[] {
    if (holiday(day)) return [];
    let open = planned(day);
    for (const { hours: part } of closedOn(day)) {
      if (!part) return [];
      const [from, to] = part;
      open = open
        .flatMap(([start, end]): Shift[] => [
          [start, Math.min(end, from)],
          [Math.max(start, to), end],
        ])
        .filter(([start, end]) => start < end);
    }
    return open;
  }

  /** Opening times as instants from the day of `from` on. Wall-clock times that a clock change skips move to where the clock goes on. */
  function* spans(from: number): Generator<[start: number, end: number]> {
    let day = zone.dayOf(from);
    for (let i = 0; i < FARTHEST_DAYS; i++, day = addDays(day, 1)) {
      const clock = zone.clockOf(day);
      for (const [start, end] of shiftsOn(day)) {
        const begins = clock(start) ?? clock(start + 60);
        const ends = clock(end) ?? clock(end + 60);
        if (begins !== null && ends !== null && begins < ends) yield [begins, ends];
      }
    }
  }

  function nextOpening(at: number): number | null {
    for (const [start, end] of spans(at)) if (end > at) return Math.max(start, at);
    return null;
  }

  return {
    shiftsOn,
    shutOn(day) {
      if (planned(day).length === 0) return null;
      return holiday(day) ?? closedOn(day).find(({ hours: part }) => !part)?.reason ?? null;
    },
    isOpen: (at) => nextOpening(at) === at,
    nextOpening,
    openBetween(from, to) {
      let open = 0;
      for (const [start, end] of spans(from)) {
        if (start >= to) break;
        open += Math.max(0, Math.min(end, to) - Math.max(start, from));
      }
      return open;
    },
    after(from, minutes) {
      let left = minutes * MINUTE;
      for (const [start, end] of spans(from)) {
        const begins = Math.max(start, from);
        if (end <= begins) continue;
        if (end - begins >= left) return begins + left;
        left -= end - begins;
      }
      return null;
    },
  };
}
