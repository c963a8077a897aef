/** What a citizen did not get, of one conversation: for the agent who has their request. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Outgoing } from '../conversation/commit.ts';

export interface DeadLetter {
  kind: 'message' | 'letter';
  /** ISO UTC: when it was written. */
  at: string;
  channel: string;
  /** What it said; '' for letters, whose words the citizen's address owns. */
  text: string;
  /** In the channel's words. */
  error: string;
  /** Channel it was moved to; null = it did not arrive anywhere. */
  movedTo: string | null;
}

const MOST = 50;
/** How undelivered.ts notes where a message went. */
const MOVED = ' → ';

/** The newest first; four indexed reads. */
export async function deadLettersOf(database: Database, conversationId: string): Promise<DeadLetter[]> {
  const [refused, told, letters] = await Promise.all([
    database.read
      .selectFrom('outbox')
      .select(['channel', 'json', 'status', 'error', 'created_at'])
      .where('conversation_id', '=', conversationId)
      .where('status', 'in', ['dead', 'moved'])
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute(),
    database.read
      .selectFrom('delivery')
      .innerJoin('outbox', (join) =>
        join.onRef('outbox.channel', '=', 'delivery.channel').onRef('outbox.external_id', '=', 'delivery.external_id'),
      )
      .select(['outbox.channel', 'outbox.json', 'outbox.status', 'delivery.error', 'outbox.created_at'])
      .where('delivery.conversation_id', '=', conversationId)
      .where('delivery.status', '=', 'failed')
      .where('outbox.status', '=', 'sent')
      .where('outbox.conversation_id', '=', conversationId)
      .orderBy('outbox.id', 'desc')
      .limit(MOST)
      .execute(),
    database.read
      .selectFrom('mail')
      .select(['error', 'created_at'])
      .where('conversation_id', '=', conversationId)
      .where('status', '=', 'dead')
      .orderBy('created_at', 'desc')
      .limit(MOST)
      .execute(),
  ]);
  const messages = [...refused, ...told].map(({ channel, json, status, error, created_at }): DeadLetter => {
    const [why = '', where = null] = status === 'moved' ? (error ?? '').split(MOVED) : [error ?? ''];
    return { kind: 'message', at: created_at, channel, text: (JSON.parse(json) as Outgoing).reply.text, error: why, movedTo: where };
  });
  const posted = letters.map(
    ({ error, created_at }): DeadLetter => ({
      kind: 'letter',
      at: created_at,
      channel: 'mail',
      text: '',
      error: error ?? '',
      movedTo: null,
    }),
  );
  return [...messages, ...posted].sort((a, b) => b.at.localeCompare(a.at));
}
