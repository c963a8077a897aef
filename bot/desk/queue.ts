/** The queue of citizens who wait for a person: what it holds, who is there to answer, and how long it takes. */
import type { Database } from '../../connectors/databases/contract.ts';
import { estimateWait, type Wait } from './wait.ts';

/** An agent not heard of for so long is gone. */
export const GONE_MS = 60_000;
const RECENT = 100;

export interface Waiting {
  /** From 1. */
  place: number;
  /** Null = cannot be said honestly. */
  wait: Wait | null;
}

export interface Queue {
  /** Agents with an open desk who are not paused, for an office or for all. */
  present(office: string | null): Promise<number>;
  /** Place of a request made at this time (ISO), and the wait it means. */
  waitingSince(createdAt: string, office: string | null): Promise<Waiting>;
}

/** Three indexed reads for a place. */
export function createQueue(database: Database, now: () => number = Date.now): Queue {
  async function present(office: string | null): Promise<number> {
    const rows = await database.read
      .selectFrom('desk_presence')
      .select('office')
      .where('seen_at', '>', new Date(now() - GONE_MS).toISOString())
      .where('paused', '=', 0)
      .execute();
    return rows.filter((row) => !office || !row.office || row.office === office).length;
  }
  return {
    present,
    async waitingSince(createdAt, office) {
      const before = await database.read
        .selectFrom('handoff')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('state', '=', 'queued')
        .where('created_at', '<', createdAt)
        .$if(office !== null, (query) => query.where((eb) => eb.or([eb('office', '=', office), eb('office', 'is', null)])))
        .executeTakeFirstOrThrow();
      const ended = await database.read
        .selectFrom('handoff')
        .select(['claimed_at', 'closed_at'])
        .where('state', '=', 'completed')
        .where('claimed_at', 'is not', null)
        .orderBy('closed_at', 'desc')
        .limit(RECENT)
        .execute();
      const minutes = ended
        .map((row) => (Date.parse(row.closed_at ?? '') - Date.parse(row.claimed_at ?? '')) / 60_000)
        .filter((one) => one >= 0);
      const place = Number(before.n) + 1;
      return { place, wait: estimateWait(place, await present(office), minutes) };
    },
  };
}
