/**
 * Conversations kept in memory while they are in use, read again from the database after a miss. Cost of a miss: three indexed reads. Where several processes
 * speak, what is kept counts only while the row is still the one it was read from: its version says so.
 */
import { sql } from 'kysely';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { type Conversation, type ConversationState, emptyState, type PastTurn } from './conversation.ts';
import { createVersions, type Version, versionOf } from './version.ts';

const HISTORY = 12;

export interface Remembered {
  /** As it is now. Null when there is no such conversation. */
  get(id: string): Promise<Conversation | null>;
  /** Without asking the database; null when what is kept is not of this version, or a message waited then. */
  asOf(id: string, version: Version): Conversation | null;
  /** `version`: of the row it stands for; needed where several processes speak. `isClear`: no message of it waits. */
  put(conversation: Conversation, version?: Version, isClear?: boolean): void;
  /** Call after changing a conversation's row elsewhere. */
  forget(id: string): void;
}

/** The newest `HISTORY` texts. */
export const lastTurns = (history: PastTurn[]): PastTurn[] => history.slice(-HISTORY);

export function createRemembered(database: Database, capacity: number): Remembered {
  const kept = new Map<string, { conversation: Conversation; version: Version | undefined; isClear: boolean }>();
  const readVersion = createVersions(database);

  function put(conversation: Conversation, version?: Version, isClear = false): void {
    kept.delete(conversation.id);
    kept.set(conversation.id, { conversation, version, isClear });
    if (kept.size > capacity) kept.delete(kept.keys().next().value!);
  }

  async function getNow(id: string): Promise<Conversation | null> {
    const version = await readVersion(id);
    if (version === null) {
      kept.delete(id);
      return null;
    }
    const known = kept.get(id);
    if (known?.version === version) return known.conversation;
    const loaded = await load(database.read, database.engine, id);
    if (loaded) put(loaded.conversation, loaded.version, loaded.waiting === 0);
    return loaded?.conversation ?? null;
  }

  return {
    async get(id) {
      if (database.engine === 'postgres') return getNow(id);
      const conversation = kept.get(id)?.conversation ?? (await load(database.read, database.engine, id))?.conversation;
      if (conversation) put(conversation);
      return conversation ?? null;
    },
    asOf(id, version) {
      const known = kept.get(id);
      return known?.isClear && known.version === version ? known.conversation : null;
    },
    put,
    forget: (id) => void kept.delete(id),
  };
}

export interface Loaded {
  conversation: Conversation;
  version: Version;
  /** Messages that have not ended. */
  waiting: number;
}

/** The row comes first: what is said or ends between the reads belongs to a later version. */
export async function load(db: Writer, engine: Database['engine'], id: string): Promise<Loaded | null> {
  const row = await db
    .selectFrom('conversation')
    .selectAll()
    .$if(engine === 'postgres', (query) => query.select(sql<string>`xmin::text`.as('xmin')))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const said = await db
    .selectFrom('activity')
    .select(['id', 'role', 'json'])
    .where('conversation_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(2 * HISTORY)
    .execute();
  // Messages that wait for their turn stand in the transcript already, but are no history yet.
  const waiting = await db.selectFrom('inbox').select('json').where('conversation_id', '=', id).where('status', '=', 'new').execute();
  const unanswered = new Set(waiting.map((entry) => (JSON.parse(entry.json) as { id: string }).id));
  const conversation: Conversation = {
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
  return { conversation, waiting: waiting.length, version: versionOf({ xmin: row.xmin ?? '', next_seq: row.next_seq }) };
}
