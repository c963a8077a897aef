/** A source is read by one process at a time. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { SourceTable } from '../../connectors/databases/schema/sources.ts';

const LEASE_MS = 30 * 60_000;

export const leaseFrom = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();

/** The next one due, ours until the lease is over; null = none. Two indexed statements for each that another took meanwhile. */
export async function claimSource(database: Database, now: Date): Promise<SourceTable | null> {
  const at = now.toISOString();
  for (;;) {
    const due = await database.read
      .selectFrom('source')
      .selectAll()
      .where('next_at', '<=', at)
      .where((or) => or.or([or('claimed_until', 'is', null), or('claimed_until', '<', at)]))
      .orderBy('next_at')
      .executeTakeFirst();
    if (!due) return null;
    // Asked again in the writing: of two processes that saw it free, one gets it.
    const mine = await database.write((tx) =>
      tx
        .updateTable('source')
        .set({ claimed_until: leaseFrom(now) })
        .where('id', '=', due.id)
        .where('next_at', '<=', at)
        .where((or) => or.or([or('claimed_until', 'is', null), or('claimed_until', '<', at)]))
        .returning('id')
        .executeTakeFirst(),
    );
    if (mine) return due;
  }
}
