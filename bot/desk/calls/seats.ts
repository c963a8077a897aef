/** Times at which the desk can call somebody back, from the hours of whoever calls; a seat is kept by a row that only one can have. */
import { randomUUID } from 'node:crypto';
import type { Slot } from '../../../connectors/bookings/contract.ts';
import { addDays, type Zone } from '../../../connectors/bookings/zone.ts';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import type { Callers, DeskHours } from '../../hours/desk-hours.ts';

const MINUTE = 60_000;
/** Nobody is called sooner than that: an agent has to read the request first. */
const LEAD_MS = 10 * MINUTE;
/** Days ahead that are offered. */
export const CALL_DAYS = 14;
const NOWHERE = { id: '', name: '', address: '' };

export interface Seats {
  callers(office: string | null): Callers | null;
  /** Free times between two days (`YYYY-MM-DD`, both included), in order; `service` of each is the team. Grows with days × shifts. */
  free(office: string | null, from: string, to: string): Promise<Slot[]>;
  /** Keeps a seat until `expiresAt` (ISO), in the caller's transaction; null = all are taken, or nobody calls then. */
  take(tx: Writer, team: string, start: string, expiresAt: string): Promise<string | null>;
}

export const slotId = (team: string, start: string): string => `${start}|${team}`;
export function readSlotId(id: string): { team: string; start: string } | null {
  const [, start, team] = /^([^|]+)\|(.*)$/s.exec(id) ?? [];
  return start !== undefined && team !== undefined && !Number.isNaN(Date.parse(start)) ? { team, start } : null;
}

export function createSeats(parts: { database: Database; hours: Pick<DeskHours, 'callers'>; zone: Zone; now(): number }): Seats {
  const { database, hours, zone, now } = parts;
  const iso = (at: number) => new Date(at).toISOString();

  /** Starts on the grid of a day's shifts. */
  function startsOn({ opening, minutes }: Callers, day: string): number[] {
    const clock = zone.clockOf(day);
    return opening.shiftsOn(day).flatMap(([from, to]) => {
      const count = Math.max(0, Math.floor((to - from) / minutes));
      return Array.from({ length: count }, (_, i) => clock(from + i * minutes)).filter((at) => at !== null);
    });
  }

  return {
    callers: (office) => hours.callers(office),
    async free(office, from, to) {
      const callers = hours.callers(office);
      if (!callers) return [];
      const { team, minutes, atOnce } = callers;
      const starts: number[] = [];
      const last = addDays(zone.dayOf(now()), CALL_DAYS);
      for (let day = from; day <= to && day <= last; day = addDays(day, 1)) starts.push(...startsOn(callers, day));
      const coming = starts.filter((at) => at >= now() + LEAD_MS);
      const [first] = coming;
      if (first === undefined) return [];
      const rows = await database.read
        .selectFrom('call_back')
        .select(['start_at', 'end_at'])
        .where('team', '=', team)
        .where('seat', 'is not', null)
        .where('end_at', '>', iso(first))
        .where((eb) => eb.or([eb('state', '!=', 'held'), eb('expires_at', '>', iso(now()))]))
        .execute();
      // By overlap: what was booked before the length of calls was changed still takes its time.
      const taken = rows.map(({ start_at, end_at }) => [Date.parse(start_at), Date.parse(end_at)] as const);
      return coming.flatMap((at) => {
        const end = at + minutes * MINUTE;
        const left = atOnce - taken.filter(([begins, ends]) => begins < end && ends > at).length;
        if (left <= 0) return [];
        const times = { start: zone.iso(at), end: zone.iso(end) };
        return [{ id: slotId(team, iso(at)), service: team, ...times, place: NOWHERE, seatsLeft: left, authority: 'exact' as const }];
      });
    },
    async take(tx, team, start, expiresAt) {
      const callers = hours.callers(team);
      const at = Date.parse(start);
      if (callers?.team !== team || at < now() || !startsOn(callers, zone.dayOf(at)).includes(at)) return null;
      const end = iso(at + callers.minutes * MINUTE);
      await tx.deleteFrom('call_back').where('state', '=', 'held').where('expires_at', '<', iso(now())).execute();
      const across = await tx
        .selectFrom('call_back')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('team', '=', team)
        .where('seat', 'is not', null)
        .where('start_at', '!=', iso(at))
        .where('start_at', '<', end)
        .where('end_at', '>', iso(at))
        .executeTakeFirstOrThrow();
      const id = randomUUID();
      const none = { handoff_id: null, conversation_id: null, request_key: null, phone: '', lang: '', origin: '', consented_at: null };
      const times = { start_at: iso(at), end_at: end, expires_at: expiresAt, created_at: iso(now()) };
      for (let seat = 1; seat <= callers.atOnce - Number(across.n); seat++) {
        const made = await tx
          .insertInto('call_back')
          .values({ id, team, seat, state: 'held', ...times, ...none, remind_at: null, reminded_at: null, shown_at: null, tries: 0 })
          .onConflict((conflict) => conflict.columns(['team', 'start_at', 'seat']).doNothing())
          .executeTakeFirst();
        if (Number(made.numInsertedOrUpdatedRows ?? 0) === 1) return id;
      }
      return null;
    },
  };
}
