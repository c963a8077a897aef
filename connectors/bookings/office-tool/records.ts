/** A tool that keeps appointments as records, found by id or by a reference of ours in a field of theirs. */
import { sql } from 'kysely';
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { ok, type Result, type Trouble } from '../../result.ts';
import type { Person } from '../contract.ts';
import { toPerson } from '../embedded/rows.ts';
import { GRAIN } from '../embedded/free-slots.ts';
import type { Office } from '../embedded/office.ts';
import { NoAnswer } from './no-answer.ts';
import type { OfficeTool } from './plug.ts';
import { readRemote, type Remote, type Writing } from './remote.ts';
import { seatsOfOthers } from './seats.ts';

export interface KeptRecord {
  id: string;
  /** Epoch ms. */
  start: number;
  end: number;
  /** Id of our row, when the record is ours. */
  ref: string | null;
  /** Who was there first has the smaller one; equal = nobody knows. */
  order: number;
}

export interface NewRecord {
  ref: string;
  counter: string;
  service: string;
  /** Name of the service, for the clerk. */
  title: string;
  start: number;
  end: number;
  person: Person;
  code: string;
}

/** Business outcomes are results; `unknown` when a write was sent and no answer came. */
export interface RecordTool {
  name: string;
  /** Records of a counter that touch the time from `from` to `to`; `service` when one is meant. */
  touching(counter: string, from: number, to: number, service?: string): Promise<Result<KeptRecord[]>>;
  /** Gives the record's id. */
  create(record: NewRecord): Promise<Result<string>>;
  /** The second step where a record begins as a draft. Done twice it is as done once. */
  settle?(id: string, record: NewRecord): Promise<Result<void>>;
  get(id: string): Promise<Result<KeptRecord>>;
  remove(id: string): Promise<Result<void>>;
  /** Times at which the tool itself keeps a counter closed; absent = it says nothing of that. */
  shut?(counter: string, from: number, to: number): Promise<Result<{ start: number; end: number }[]>>;
  detail(): Promise<Result<string>>;
}

/** As written in a field of theirs. */
export const reference = (row: string): string => `sportello:${row}`;
export const referenceIn = (text: unknown): string | null =>
  typeof text === 'string' ? (/sportello:([0-9a-f-]{36})/.exec(text)?.[1] ?? null) : null;

export function createRecordTool(office: Office, tool: RecordTool): OfficeTool {
  const rows = () => office.database.read.selectFrom('booking');

  /** Reference → start of the records that our own rows stand for. */
  async function accounted(counters: string[], from: number, to: number): Promise<Map<string, number>> {
    const found = await rows()
      .select('remote')
      .where('counter', 'in', counters)
      .where('from_grain', '>=', Math.floor(from / GRAIN) - 288)
      .where('from_grain', '<', Math.ceil(to / GRAIN))
      .where(sql<boolean>`status in ('held', 'booked', 'blocked')`)
      .where('remote', 'is not', null)
      .execute();
    return new Map(found.map(({ remote }) => [readRemote(remote)!.etag, readRemote(remote)!.start]));
  }

  /** What others have there. A record that a person moved counts where it is now. */
  async function foreign(counter: string, from: number, to: number): Promise<KeptRecord[]> {
    const records = must(await tool.touching(counter, from, to));
    // Asked after the tool: what we wrote in between is then accounted for.
    const ours = await accounted([counter], from, to);
    return records.filter(({ ref, start, end }) => {
      if (start >= to || end <= from) return false;
      return ref === null || ours.get(ref) !== start;
    });
  }

  const capacityOf = async (counter: string) => (await office.plan()).counters.find(({ id }) => id === counter)?.capacity ?? 1;

  const spanOf = (row: BookingTable) => ({ start: Date.parse(row.start_at), end: Date.parse(row.end_at) });

  async function beaten(row: BookingTable, capacity: number, mine?: string): Promise<boolean> {
    const { start, end } = spanOf(row);
    const there = await foreign(row.counter, start, end);
    const own = mine === undefined ? undefined : must(await tool.get(mine)).order;
    // Who came after us will see us and go.
    const before = there.filter(({ id, order }) => id !== mine && (own === undefined || order <= own)).length;
    return before > 0 && before + (await seatsOfOthers(office.database, row)) + 1 > capacity;
  }

  /** Two calls with one key may both have written: the first to say so here keeps its record, the other takes its own out. */
  async function claim(row: BookingTable, remote: Remote): Promise<Remote> {
    const mine = await office.database.write((tx) =>
      tx
        .updateTable('booking')
        .set({ remote: JSON.stringify(remote) })
        .where('id', '=', row.id)
        .where('status', '=', 'held')
        .where('remote', '=', JSON.stringify({ ...remote, href: '' }))
        .returning('id')
        .executeTakeFirst(),
    );
    if (mine) return remote;
    const now = await rows().select('remote').where('id', '=', row.id).executeTakeFirst();
    const theirs = readRemote(now?.remote ?? null)?.href ?? '';
    if (theirs !== remote.href) await writing.takeOut(remote);
    return { ...remote, href: theirs };
  }

  async function readBack(row: BookingTable, written: Remote, record: NewRecord): Promise<Result<Remote>> {
    try {
      const remote = await claim(row, written);
      if (!remote.href) return ok(remote);
      if (await beaten(row, await capacityOf(row.counter), remote.href)) {
        await writing.takeOut(remote);
        return { kind: 'slot_taken' };
      }
      if (tool.settle) {
        const settled = await tool.settle(remote.href, record);
        if (settled.kind === 'slot_taken' || settled.kind === 'limit_reached') {
          await writing.takeOut(remote);
          return settled;
        }
        // A draft that the tool let expire: begun anew by whoever asks again.
        if (settled.kind === 'not_found') return { kind: 'slot_taken' };
        must(settled);
      }
      return ok(remote);
    } catch (error) {
      throw new NoAnswer(error instanceof Error ? error.message : String(error), true);
    }
  }

  async function byReference(row: BookingTable): Promise<KeptRecord | undefined> {
    const { start, end } = spanOf(row);
    return must(await tool.touching(row.counter, start, end, row.service)).find(({ ref }) => ref === row.id);
  }

  const recordOf = (row: BookingTable, person: Person, code: string, title: string): NewRecord => ({
    ...spanOf(row),
    ref: row.id,
    counter: row.counter,
    service: row.service,
    title,
    person,
    code,
  });

  const writing: Writing = {
    beaten,
    // The reference stands in the place of a tag: after a change it is that of the hold, not of the row.
    intended: async (row) => ({ href: '', etag: row.id, start: Date.parse(row.start_at) }),

    async write(row, remote, person, code, title) {
      const record = recordOf(row, person, code, title);
      // An earlier try of ours may have done it.
      const earlier = await byReference(row);
      const made = earlier ? ok(earlier.id) : await tool.create(record);
      if (made.kind === 'ok') return readBack(row, { ...remote, href: made.value }, record);
      if (made.kind !== 'unknown') return made.kind === 'down' ? lost(made) : made;
      const found = await lookAfterLost(() => byReference(row));
      if (!found) throw new NoAnswer(made.reason, true);
      return readBack(row, { ...remote, href: found.id }, record);
    },

    async settle(row, remote) {
      if (row.status === 'booked') {
        const there = await tool.get(remote.href);
        if (there.kind !== 'not_found') must(there);
        return there.kind === 'not_found' ? there : ok(remote);
      }
      const found = await byReference(row);
      if (!found) return { kind: 'not_found' };
      const name = (await office.plan()).services.find(({ id }) => id === row.service)?.name ?? row.service;
      return readBack(row, { ...remote, href: found.id }, recordOf(row, toPerson(row), row.code ?? '', name));
    },

    async takeOut({ href }) {
      if (!href) return 'gone';
      let sent = false;
      for (let attempt = 1; attempt <= 3; attempt++) {
        const out = await tool.remove(href);
        if (out.kind === 'ok') return 'removed';
        if (out.kind === 'not_found') return sent ? 'removed' : 'gone';
        if (out.kind !== 'unknown') throw new NoAnswer('reason' in out ? out.reason : out.kind, sent);
        sent = true;
        if ((await tool.get(href)).kind === 'not_found') return 'removed';
      }
      throw new NoAnswer(`${tool.name}: the appointment cannot be taken out`, sent);
    },
  };

  return {
    name: tool.name,
    writing,
    others: async (counter, start, end) => (await foreign(counter, start, end)).length,
    async elsewhere(counters, from, to) {
      const found = new Map<string, { start: number; end: number }[]>();
      const one = async ({ id, capacity }: (typeof counters)[number]) => {
        const shut = tool.shut ? must(await tool.shut(id, from, to)) : [];
        const taken = await foreign(id, from, to);
        found.set(id, [...taken, ...shut.flatMap((time) => Array.from({ length: capacity }, () => time))]);
      };
      await Promise.all(counters.map(one));
      return found;
    },
    async seen({ href, etag }) {
      const there = await tool.get(href);
      if (there.kind === 'not_found') return null;
      const { start, end } = must(there);
      return { start, end, etag };
    },
    detail: async () => must(await tool.detail()),
  };
}

function must<T>(result: Result<T>): T {
  return result.kind === 'ok' ? result.value : lost(result);
}

function lost(trouble: Trouble): never {
  throw new NoAnswer('reason' in trouble ? trouble.reason : trouble.kind, trouble.kind === 'unknown');
}

async function lookAfterLost<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw new NoAnswer(error instanceof Error ? error.message : String(error), true);
  }
}
