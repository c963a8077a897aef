/** Conversations kept in memory while they are in use, read again from the database after a miss. Cost of a miss: three indexed reads. */
import type { Database } from '../../connectors/databases/contract.ts';
import { type Conversation, type ConversationState, emptyState, type PastTurn } from './conversation.ts';

const HISTORY = 12;

export interface Remembered {
  /** Null when there is no such conversation. */
  get(id: string): Promise<Conversation | null>;
  put(conversation: Conversation): void;
  /** Call after changing a conversation's row elsewhere. */
  forget(id: string): void;
}

/** The newest `HISTORY` texts. */
export const lastTurns = (history: PastTurn[]): PastTurn[] => history.slice(-HISTORY);

/** `capacity` 0 remembers nothing: with several processes on one database another may have spoken in between. */
export function createRemembered(database: Database, capacity: number): Remembered {
  const kept = new Map<string, Conversation>();

  function put(conversation: Conversation): void {
    kept.delete(conversation.id);
    kept.set(conversation.id, conversation);
    if (kept.size > capacity) kept.delete(kept.keys().next().value!);
  }

  return {
    async get(id) {
      const conversation = kept.get(id) ?? (await load(database, id));
      if (conversation) put(conversation);
      return conversation;
    },
    put,
    forget: (id) => void kept.delete(id),
  };
}

async function load(database: Database, id: string): Promise<Conversation | null> {
  const row = await database.read.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const said = await database.read
    .selectFrom('activity')
    .select(['id', 'role', 'json'])
    .where('conversation_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(2 * HISTORY)
    .execute();
  // Messages that wait for their turn stand in the transcript already, but are no history yet.
  const waiting = await database.read
    .selectFrom('inbox')
    .select('json')
    .where('conversation_id', '=', id)
    .where('status', '=', 'new')
    .execute();
  const unanswered = new Set(waiting.map((entry) => (JSON.parse(entry.json) as { id: string }).id));
  return {
    id,
    channel: row.channel,
    citizenId: row.citizen_id,
    lang: row.lang,
    mode: row.mode === 'person' ? 'person' : 'bot',
    state: { ...emptyState(), ...(JSON.parse(row.state) as Partial<ConversationState>) },
    history: lastTurns(
      said.reverse().flatMap((one): PastTurn[] => {
        const { text } = JSON.parse(one.json) as { text?: unknown };
        if (typeof text !== 'string' || !text || unanswered.has(one.id)) return [];
        return [{ role: one.role === 'citizen' ? 'citizen' : 'bot', text }];
      }),
    ),
  };
}
