/** When a calendar of OpenCity Italia is open, and which of its opening hours a meeting belongs to: every meeting must name one. */
import { z } from 'zod';
import { ok, type Result } from '../../result.ts';
import { addDays, type Zone } from '../zone.ts';
import type { OpenCity } from '../../opencity.ts';

const clock = z.string().regex(/(?:^|T)\d\d:\d\d/);
const opening = z.object({
  id: z.string(),
  begin_hour: clock,
  end_hour: clock,
  /** 1 = Monday. */
  days_of_week: z.array(z.coerce.number()),
  start_date: z.string().nullish(),
  end_date: z.string().nullish(),
});
type Opening = z.infer<typeof opening>;

const minutesOf = (text: string): number => {
  const [, hours, minutes] = /(?:^|T)(\d\d):(\d\d)/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
};
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
const openOn = (one: Opening, day: string): boolean =>
  one.days_of_week.includes(weekday(day)) && (one.start_date?.slice(0, 10) ?? '') <= day && day <= (one.end_date?.slice(0, 10) ?? '9999');

export function createOpeningHours(wire: OpenCity, zone: Zone) {
  const of = (calendar: string): Promise<Result<Opening[]>> => wire.ask(`/calendars/${calendar}/opening-hours`, z.array(opening));

  function spansOn(openings: Opening[], day: string): { id: string; start: number; end: number }[] {
    return openings
      .filter((one) => openOn(one, day))
      .flatMap((one) => {
        const start = zone.at(day, minutesOf(one.begin_hour));
        const end = zone.at(day, minutesOf(one.end_hour));
        return start !== null && end !== null ? [{ id: one.id, start, end }] : [];
      })
      .sort((a, b) => a.start - b.start);
  }

  return {
    /** The opening hour that holds this time whole; slot_taken when the calendar is closed then. */
    async covering(calendar: string, start: number, end: number): Promise<Result<string>> {
      const openings = await of(calendar);
      if (openings.kind !== 'ok') return openings;
      const found = spansOn(openings.value, zone.dayOf(start)).find((one) => one.start <= start && end <= one.end);
      return found ? ok(found.id) : { kind: 'slot_taken' };
    },

    /** The times between two instants at which it is closed. Grows with days. */
    async shut(calendar: string, from: number, to: number): Promise<Result<{ start: number; end: number }[]>> {
      const openings = await of(calendar);
      if (openings.kind !== 'ok') return openings;
      const closed: { start: number; end: number }[] = [];
      let since = from;
      for (let day = zone.dayOf(from); day <= zone.dayOf(to); day = addDays(day, 1))
        for (const { start, end } of spansOn(openings.value, day)) {
          if (start > since) closed.push({ start: since, end: start });
          since = Math.max(since, end);
        }
      if (since < to) closed.push({ start: since, end: to });
      return ok(closed);
    },
  };
}
