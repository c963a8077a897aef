/** What became of each message we sent: written part by part, so that a crash sends at most the one in flight again, and never taken back. */
import { sql } from 'kysely';
import type { Database } from '../../../connectors/databases/contract.ts';

export type Status = 'sent' | 'failed' | 'delivered' | 'read';
const ORDER: Status[] = ['sent', 'failed', 'delivered', 'read'];
/** Earlier in the order than this one. */
const before = (status: Status): string[] => [...ORDER.slice(0, ORDER.indexOf(status)), ''];

/** Topic of hints to open desks (bot/desk/live.ts). */
const DESK_TOPIC = 'desk';

export interface Receipts {
  /** Parts of a reply that the channel has taken. */
  sentParts(activityId: string): Promise<Set<number>>;
  sent(part: { externalId: string; activityId: string; conversationId: string; part: number }): Promise<void>;
  /** The channel tells; order and repetitions do not matter. */
  told(externalId: string, status: Status, at: string, error?: string): Promise<void>;
}

export function createReceipts(parts: { database: Database; channel: string; now(): number }): Receipts {
  const { database, channel } = parts;
  return {
    async sentParts(activityId) {
      const rows = await database.read.selectFrom('delivery').select('part').where('activity_id', '=', activityId).execute();
      return new Set(rows.map(({ part }) => part));
    },
    async sent({ externalId, activityId, conversationId, part }) {
      const about = { activity_id: activityId, conversation_id: conversationId, part };
      const updated_at = new Date(parts.now()).toISOString();
      await database.write((tx) =>
        tx
          .insertInto('delivery')
          .values({ channel, external_id: externalId, ...about, status: 'sent', error: null, updated_at })
          .onConflict((conflict) => conflict.columns(['channel', 'external_id']).doUpdateSet(about))
          .execute(),
      );
    },
    async told(externalId, status, at, error) {
      const told = { status, error: error ?? null, updated_at: at };
      const row = await database.write((tx) =>
        tx
          .insertInto('delivery')
          .values({ channel, external_id: externalId, activity_id: null, conversation_id: null, part: 0, ...told })
          .onConflict((conflict) =>
            conflict.columns(['channel', 'external_id']).doUpdateSet(told).where(sql.ref('delivery.status'), 'in', before(status)),
          )
          .returning('conversation_id')
          .executeTakeFirst(),
      );
      if (row?.conversation_id) database.notify(DESK_TOPIC, row.conversation_id);
    },
  };
}
