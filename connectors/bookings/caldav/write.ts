/** Write, read back, withdraw if beaten; and taking an event out again. A lost answer is looked up before anything is repeated. */
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result } from '../../result.ts';
import type { Person } from '../contract.ts';
import type { Office } from '../embedded/office.ts';
import type { Calendars } from './calendars.ts';
import { NoAnswer } from '../office-tool/no-answer.ts';
import type { Remote, Writing } from '../office-tool/remote.ts';
import type { CalDavClient } from './client.ts';
import { eventText, isOurs, lockName } from './event.ts';
import { readEvents } from './read-events.ts';
import { seatsOfOthers } from '../office-tool/seats.ts';

const uidOf = (row: BookingTable): string => `${row.id}@sportello`;

export function createWriting(
  office: Office,
  client: CalDavClient,
  calendars: Calendars,
): Writing & { readBack(row: BookingTable, remote: Remote, capacity: number): Promise<Result<Remote>> } {
  async function nameFor(row: BookingTable): Promise<{ href: string; other: string; capacity: number }> {
    const capacity = (await office.plan()).counters.find((counter) => counter.id === row.counter)?.capacity ?? 1;
    const calendar = await calendars.of(row.counter);
    const seat = 31 - Math.clz32(row.seats);
    return { href: `${calendar}${lockName(Date.parse(row.start_at), seat, capacity)}`, other: `${calendar}slot-${row.id}.ics`, capacity };
  }

  /** `made` also when an earlier try of ours had done it. */
  async function put(href: string, data: string, uid: string): Promise<'made' | 'exists'> {
    for (let attempt = 1; ; attempt++) {
      try {
        if ((await client.put(href, data)) === 'made') return 'made';
        const there = await lookAfterLost(href);
        return there && isOurs(there.data, uid) ? 'made' : 'exists';
      } catch (error) {
        // The name refuses a second one, so trying once more after a look is safe.
        if (!(error instanceof NoAnswer) || !error.sent || attempt > 1) throw error;
        const there = await lookAfterLost(href);
        if (there && isOurs(there.data, uid)) return 'made';
      }
    }
  }

  async function lookAfterLost(href: string) {
    try {
      return await client.get(href);
    } catch (error) {
      throw new NoAnswer(error instanceof Error ? error.message : String(error), true);
    }
  }

  /** What stands under our name was moved to another time by a person: the name says nothing any more. */
  async function nameIsStale(href: string, row: BookingTable): Promise<boolean> {
    const there = await client.get(href);
    if (!there || isOurs(there.data, uidOf(row))) return false;
    const [start, end] = [Date.parse(row.start_at), Date.parse(row.end_at)];
    return !readEvents(there.data).some((event) => !event.cancelled && event.start < end && event.end > start);
  }

  /** Is there room for `row` beside those whom the office's tool and our database know? */
  async function beaten(row: BookingTable, capacity: number, mine?: string): Promise<boolean> {
    const others = await calendars.others(row.counter, Date.parse(row.start_at), Date.parse(row.end_at), mine);
    return others > 0 && others + (await seatsOfOthers(office.database, row)) + 1 > capacity;
  }

  return {
    beaten,

    /** Where the event of a row will stand; kept before it is written. */
    async intended(row: BookingTable): Promise<Remote> {
      const { href, other } = await nameFor(row);
      return { href: (await nameIsStale(href, row)) ? other : href, etag: '', start: Date.parse(row.start_at) };
    },

    /** slot_taken: it was withdrawn again. Throws NoAnswer; then `sent` says whether an event of ours may stand there. */
    async write(row: BookingTable, remote: Remote, person: Person, code: string, service: string): Promise<Result<Remote>> {
      const { capacity } = await nameFor(row);
      const [start, end] = [Date.parse(row.start_at), Date.parse(row.end_at)];
      const data = eventText({ uid: uidOf(row), start, end, service, person, code, now: office.now() });
      if ((await put(remote.href, data, uidOf(row))) === 'exists') return { kind: 'slot_taken' };
      return this.readBack(row, remote, capacity);
    },

    /** Called with our event in place. */
    async readBack(row: BookingTable, remote: Remote, capacity: number): Promise<Result<Remote>> {
      try {
        if (!(await beaten(row, capacity, remote.href))) {
          const there = await client.get(remote.href);
          return ok({ ...remote, etag: there?.etag ?? '' });
        }
        await this.takeOut(remote);
        return { kind: 'slot_taken' };
      } catch (error) {
        throw new NoAnswer(error instanceof Error ? error.message : String(error), true);
      }
    },

    /** What became of a write that was begun: its event is there and alone (ok), was never there, or was withdrawn now. Throws NoAnswer. */
    async settle(row: BookingTable, remote: Remote): Promise<Result<Remote>> {
      const there = await client.get(remote.href);
      if (!there || !isOurs(there.data, uidOf(row))) return { kind: 'not_found' };
      const { capacity } = await nameFor(row);
      return this.readBack(row, remote, capacity);
    },

    /** `gone`: it was out already. A tag that is stale is read anew: who cancels means the appointment, whatever a clerk noted in it. Throws NoAnswer. */
    async takeOut(remote: Pick<Remote, 'href' | 'etag'>): Promise<'removed' | 'gone'> {
      let etag = remote.etag;
      for (let attempt = 1; attempt <= 3; attempt++) {
        try {
          if (!etag) etag = (await client.get(remote.href))?.etag ?? '';
          const outcome = await client.remove(remote.href, etag);
          if (outcome !== 'changed') return outcome;
          etag = '';
        } catch (error) {
          if (!(error instanceof NoAnswer) || !error.sent) throw error;
          if (!(await lookAfterLost(remote.href))) return 'removed';
        }
      }
      throw new NoAnswer('DELETE: the event changes faster than it can be taken out', false);
    },
  };
}
