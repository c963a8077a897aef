/** What became of each piece of news, channel by channel: told, delivered, read, failed and why. */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';

export interface SentCount {
  channel: string;
  /** Everybody who has it, or is about to. */
  told: number;
  /** Stands in the conversation on the website, or was said in the course of a talk. */
  shown: number;
  /** Not yet taken by the channel. */
  waiting: number;
  /** Taken by the channel, not known to have arrived. */
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  /** Failed here and went to another channel or address that the citizen agreed to; counted in `failed` too. */
  moved: number;
}

export interface NoticeSent {
  channels: SentCount[];
  /** In the channel's words, most frequent first. */
  failures: { channel: string; error: string; count: number }[];
}

const MOST_FAILURES = 5;

/** By id of the notice. One grouped query over who was told: grows with their number. */
export async function sentOf(database: Database, ids: string[]): Promise<Map<string, NoticeSent>> {
  const found = new Map<string, NoticeSent>(ids.map((id) => [id, { channels: [], failures: [] }]));
  if (ids.length === 0) return found;
  const rows = await database.read
    .selectFrom('notice_told')
    // The turn that told it (tell.ts); none where it was said in the course of a talk.
    .leftJoin('inbox', (join) =>
      join
        .onRef('inbox.channel', '=', 'notice_told.channel')
        .on(sql<boolean>`inbox.external_id = 'notice:news:' || notice_told.notice_id || ':' || notice_told.conversation_id`),
    )
    .leftJoin('outbox', (join) => join.on(sql<boolean>`outbox.dedup = inbox.id || ':0'`))
    .leftJoin('delivery', (join) =>
      join.onRef('delivery.channel', '=', 'outbox.channel').onRef('delivery.external_id', '=', 'outbox.external_id'),
    )
    .select((eb) => [
      'notice_told.notice_id as id',
      'notice_told.channel',
      'outbox.status as state',
      'delivery.status as delivered',
      'outbox.error as outboxError',
      'delivery.error as deliveryError',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('notice_told.notice_id', 'in', ids)
    .groupBy(['notice_told.notice_id', 'notice_told.channel', 'outbox.status', 'delivery.status', 'outbox.error', 'delivery.error'])
    .execute();
  for (const row of rows) {
    const of = found.get(row.id) as NoticeSent;
    const count = Number(row.count);
    let channel = of.channels.find((one) => one.channel === row.channel);
    if (!channel) {
      channel = { channel: row.channel, told: 0, shown: 0, waiting: 0, sent: 0, delivered: 0, read: 0, failed: 0, moved: 0 };
      of.channels.push(channel);
    }
    channel.told += count;
    const state = stateOf(row.state, row.delivered);
    channel[state] += count;
    if (row.state === 'moved') channel.moved += count;
    if (state === 'failed') of.failures.push({ channel: row.channel, error: row.outboxError ?? row.deliveryError ?? '', count });
  }
  for (const of of found.values()) {
    of.channels.sort((a, b) => b.told - a.told);
    of.failures = of.failures.sort((a, b) => b.count - a.count).slice(0, MOST_FAILURES);
  }
  return found;
}

function stateOf(outbox: string | null, delivery: string | null): 'shown' | 'waiting' | 'sent' | 'delivered' | 'read' | 'failed' {
  if (outbox === null) return 'shown';
  if (outbox === 'new') return 'waiting';
  if (outbox === 'dead' || outbox === 'moved') return 'failed';
  return delivery === 'delivered' || delivery === 'read' || delivery === 'failed' ? delivery : 'sent';
}
