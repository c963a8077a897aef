/** When somebody answers at the desk, office by office, and what is promised. Kept in memory; an administrator's change counts at once. */
import { createZone, type Zone } from '../../connectors/bookings/zone.ts';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { keep } from '../office/kept.ts';
import { type Opening, createOpening } from './opening.ts';
import { type OfficeHours, type OfficeHoursInput, officeHours } from './plan.ts';

/** Key of what holds for every office that has no hours of its own. */
export const WHOLE_BODY = '';

export interface Due {
  /** ISO UTC. */
  firstReply: string | null;
  resolution: string | null;
}

export interface Callers {
  /** The office, or WHOLE_BODY. */
  team: string;
  opening: Opening;
  /** Of one call. */
  minutes: number;
  /** Calls at once. */
  atOnce: number;
}

export interface DeskHours {
  /** Null = no hours are set, for the office or the body. */
  of(office: string | null): Opening | null;
  /** When somebody is there next, in words of the language («lunedì 30 novembre alle 8:30»), and why not today; null when open now, or no hours are set. */
  backAt(office: string | null, at: number, lang: string): { when: string; why: string | null } | null;
  /** Service times of a request made now; nulls where nothing is promised. */
  due(office: string | null, at: number): Due;
  /** Who calls citizens back for an office: the office itself where it has hours of its own, else the body. Null = nobody does. */
  callers(office: string | null): Callers | null;
  /** As written, for /settings. */
  list(): { office: string; hours: OfficeHoursInput }[];
  save(office: string, hours: OfficeHoursInput, also?: (tx: Writer) => Promise<void>): Promise<void>;
  remove(office: string, also?: (tx: Writer) => Promise<void>): Promise<void>;
  stop(): void;
}

interface Known {
  written: { office: string; hours: OfficeHoursInput }[];
  openings: Map<string, { hours: OfficeHours; opening: Opening }>;
}

export async function createDeskHours(database: Database, now: () => number = Date.now, zone: Zone = createZone()): Promise<DeskHours> {
  const kept = await keep(database, 'desk-hours', async (): Promise<Known> => {
    const rows = await database.read.selectFrom('desk_hours').selectAll().orderBy('office').execute();
    const written = rows.map(({ office, json }) => ({ office, hours: JSON.parse(json) as OfficeHoursInput }));
    const parsed = new Map(written.map(({ office, hours }) => [office, officeHours.parse(hours)]));
    const body = parsed.get(WHOLE_BODY);
    const openings = new Map([...parsed].map(([office, hours]) => [office, { hours, opening: createOpening(hours, zone, body ?? hours) }]));
    return { written, openings };
  });
  const known = (office: string | null) => kept.value().openings.get(office ?? WHOLE_BODY) ?? kept.value().openings.get(WHOLE_BODY);

  function inWords(at: number, lang: string): string {
    const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(lang, { timeZone: zone.name, ...options }).format(at);
    const time = part({ hour: 'numeric', minute: '2-digit' });
    const date = part({ weekday: 'long', day: 'numeric', month: 'long' });
    return lang === 'it' ? `${date} alle ${time}` : `${date}, ${time}`;
  }

  return {
    of: (office) => known(office)?.opening ?? null,
    backAt(office, at, lang) {
      const opening = known(office)?.opening;
      if (!opening || opening.isOpen(at)) return null;
      const next = opening.nextOpening(at);
      return next === null ? null : { when: inWords(next, lang), why: opening.shutOn(zone.dayOf(at)) || null };
    },
    due(office, at) {
      const found = known(office);
      const iso = (minutes: number) => {
        const due = found?.opening.after(at, minutes) ?? null;
        return due === null ? null : new Date(due).toISOString();
      };
      return found
        ? { firstReply: iso(found.hours.firstReplyMinutes), resolution: iso(found.hours.resolutionMinutes) }
        : { firstReply: null, resolution: null };
    },
    callers(office) {
      const found = known(office);
      if (!found || found.hours.callsAtOnce === 0) return null;
      const team = kept.value().openings.has(office ?? WHOLE_BODY) ? (office ?? WHOLE_BODY) : WHOLE_BODY;
      return { team, opening: found.opening, minutes: found.hours.callMinutes, atOnce: found.hours.callsAtOnce };
    },
    list: () => kept.value().written,
    async save(office, hours, also) {
      officeHours.parse(hours);
      const row = { json: JSON.stringify(hours), updated_at: new Date(now()).toISOString() };
      await database.write(async (tx) => {
        await tx
          .insertInto('desk_hours')
          .values({ office, ...row })
          .onConflict((conflict) => conflict.column('office').doUpdateSet(row))
          .execute();
        await also?.(tx);
      });
      await kept.changed();
    },
    async remove(office, also) {
      await database.write(async (tx) => {
        await tx.deleteFrom('desk_hours').where('office', '=', office).execute();
        await also?.(tx);
      });
      await kept.changed();
    },
    stop: kept.stop,
  };
}
