/** The office's calendars, one a counter, and what in them our database does not account for. */
import { sql } from 'kysely';
import { GRAIN } from '../embedded/free-slots.ts';
import type { Office } from '../embedded/office.ts';
import type { Counter } from '../embedded/plan.ts';
import { NoAnswer } from '../office-tool/no-answer.ts';
import { readRemote } from '../office-tool/remote.ts';
import type { CalDavClient, StoredEvent } from './client.ts';
import { type ReadEvent, readEvents } from './read-events.ts';
import { type Busy, occurrences, understands } from './repeat.ts';

const DAY = 86_400_000;

export interface Calendars {
  /** Path of a counter's calendar, made when it is missing. */
  of(counter: string): Promise<string>;
  /** Counter → times filled by others between two instants. */
  elsewhere(counters: Counter[], from: number, to: number): Promise<Map<string, Busy[]>>;
  /** Events of others that touch this time, as the server sees it. */
  others(counter: string, start: number, end: number, mine?: string): Promise<number>;
}

export function createCalendars(office: Office, client: CalDavClient): Calendars {
  let known: Map<string, string> | null = null;

  async function of(counter: string): Promise<string> {
    let href = known?.get(counter);
    if (href) return href;
    known = await client.calendars();
    href = known.get(counter);
    if (href) return href;
    const name = (await office.plan()).counters.find((one) => one.id === counter)?.name ?? counter;
    await client.create(counter, name);
    known = await client.calendars();
    href = known.get(counter);
    if (!href) throw new NoAnswer(`the calendar ${counter} cannot be made`, false);
    return href;
  }

  /** Path → start of the events that our own rows stand for, in time to be counted there. */
  async function accounted(counters: string[], from: number, to: number): Promise<Map<string, number>> {
    const rows = await office.database.read
      .selectFrom('booking')
      .select('remote')
      .where('counter', 'in', counters)
      .where('from_grain', '>=', Math.floor(from / GRAIN) - 288)
      .where('from_grain', '<', Math.ceil(to / GRAIN))
      .where(sql<boolean>`status in ('held', 'booked', 'blocked')`)
      .where('remote', 'is not', null)
      .execute();
    return new Map(rows.map((row) => readRemote(row.remote)!).map((remote) => [remote.href, remote.start]));
  }

  /** Times of an event that somebody keeps; none when our rows stand for it. One that a person moved counts where it is now. */
  const busyTimes = (stored: StoredEvent, ours: Map<string, number>, from: number, to: number): Busy[] =>
    readEvents(stored.data)
      .filter((event) => !event.cancelled && !event.free && ours.get(stored.href) !== event.start)
      .flatMap((event) => occurrences(event, from, to));

  return {
    of,
    async elsewhere(counters, from, to) {
      const ids = counters.map((counter) => counter.id);
      if (ids.length === 0) return new Map();
      const stored = await Promise.all(ids.map(async (id) => client.events(await of(id), from - DAY, to + DAY)));
      // Asked after the calendars: an event written in between by ourselves is then accounted for.
      const ours = await accounted(ids, from, to);
      return new Map(ids.map((id, at) => [id, stored[at]!.flatMap((event) => busyTimes(event, ours, from, to))]));
    },
    async others(counter, start, end, mine) {
      const calendar = await of(counter);
      // Servers read times without a zone in a zone of their own: asked widely, judged here.
      const stored = await client.events(calendar, start - DAY, end + DAY);
      const ours = await accounted([counter], start, end);
      const live = stored
        .filter((event) => event.href !== mine)
        .map(({ href, data }) => ({
          href,
          events: readEvents(data).filter((one) => !one.cancelled && !one.free && ours.get(href) !== one.start),
        }));
      const known = ({ rule }: ReadEvent) => !rule || understands(rule);
      const touching = live
        .filter(({ events }) => events.some((one) => known(one) && occurrences(one, start, end).length > 0))
        .map(({ href }) => href);
      const odd = live.filter(({ events }) => events.some((one) => !known(one))).map(({ href }) => href);
      if (odd.length === 0) return touching.length;
      const exact = (await client.touching(calendar, start, end)).map((event) => event.href).filter((href) => odd.includes(href));
      return new Set([...touching, ...exact]).size;
    },
  };
}
