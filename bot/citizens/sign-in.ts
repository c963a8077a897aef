/**
 * Signing in from a chat: a one-time link, a walk to the provider bound to one browser, a short session bound to one chat. Somebody may send their
 * own link to another person: so the chat is believed to be the one who signed in only when the browser opened it, or when figures shown to
 * that browser are written in it.
 */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Attempt, Identities, Level } from '../../connectors/identities/contract.ts';
import type { Effect } from '../conversation/speaker.ts';
import { type Asker, createSessions, type Sessions, type Wish } from './sessions.ts';
import { type Keyed, threadOf } from './thread.ts';

export const SIGN_IN_MINUTES = 10;
const CODE = /^[\w-]{22}$/;

export interface Waiting extends Asker {
  lang: string;
  level: Level;
  /** ISO UTC. */
  since: string;
}

export type Ended =
  | {
      kind: 'ok';
      sessionId: string;
      lang: string;
      name: string;
      cookie: string;
      channel: string /** To be written in the chat; null = need not be. */;
      figures: string | null;
    }
  /** The link or the state is unknown, used or too old, or belongs to another browser. */
  | { kind: 'gone' }
  | { kind: 'refused'; why: 'cancelled' | 'level' | 'claims' | 'invalid'; lang: string; reason: string }
  | { kind: 'down'; lang: string; reason: string };

export interface SignIns {
  identities: Identities;
  sessions: Sessions;
  /** The code goes to the citizen, the effect into the transaction of the reply that tells it; only its hash is kept. */
  issue(asker: Asker, about: { lang: string; wish: Wish | null; level?: Level }): { code: string; keep: Effect };
  /** Null = gone. Looking does not use it up: services look at links before people do. */
  find(code: string): Promise<Waiting | null>;
  /** Language of the chat that a browser on its way signs in for; null = no such way. */
  langOf(state: string): Promise<string | null>;
  /** The browser sets out: where to, and the cookie that makes the way back its own. */
  begin(
    code: string,
    origin: string,
  ): Promise<{ kind: 'ok'; url: string; cookie: string } | { kind: 'gone' } | { kind: 'down'; reason: string }>;
  /**
   * The browser is back. `accept` stores the news for the chat in the same transaction as the session; `cookies` are the browser's.
   */
  finish(
    callback: URL,
    origin: string,
    cookies: { attempt: string; thread: string },
    accept: (news: Asker & { sessionId: string; lang: string }, also: Effect) => Promise<void>,
  ): Promise<Ended>;
  /** Drops what has run out; gives how many rows. */
  sweep(): Promise<number>;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
export const callbackOf = (origin: string): string => `${origin}/sign-in/callback`;

export function createSignIns(parts: { database: Database; identities: Identities; keyed: Keyed; now(): number }): SignIns {
  const { database, identities, keyed } = parts;
  const at = (ms = 0) => new Date(parts.now() + ms).toISOString();
  const sessions = createSessions(parts);

  /** Nothing of an attempt is kept but the hash of its state: the rest comes from it by our own key. */
  const attemptOf = (state: string, level: Level, origin: string): Attempt => ({
    redirectUri: callbackOf(origin),
    state,
    nonce: keyed.of(`nonce ${state}`),
    verifier: keyed.of(`verifier ${state}`),
    level,
  });

  const live = (code: string) =>
    database.read
      .selectFrom('sign_in')
      .selectAll()
      .where('id', '=', hash(code))
      .where('used_at', 'is', null)
      .where('expires_at', '>', at())
      .executeTakeFirst();

  return {
    identities,
    sessions,
    issue({ conversationId, channel, citizenId }, { lang, wish, level = 2 }) {
      const code = randomBytes(16).toString('base64url');
      const row = { id: hash(code), conversation_id: conversationId, channel, citizen_id: citizenId, lang, wish, level };
      const rest = { state: null, browser: null, created_at: at(), expires_at: at(SIGN_IN_MINUTES * 60_000), used_at: null };
      return {
        code,
        keep: async (tx) =>
          void (await tx
            .insertInto('sign_in')
            .values({ ...row, ...rest })
            .execute()),
      };
    },

    async find(code) {
      const row = CODE.test(code) ? await live(code) : undefined;
      if (!row) return null;
      const { conversation_id: conversationId, channel, citizen_id: citizenId, lang, level, created_at: since } = row;
      return { conversationId, channel, citizenId, lang, level: level as Level, since };
    },

    async langOf(state) {
      const row = await database.read.selectFrom('sign_in').select('lang').where('state', '=', hash(state)).executeTakeFirst();
      return row?.lang ?? null;
    },

    async begin(code, origin) {
      const row = CODE.test(code) ? await live(code) : undefined;
      if (!row) return { kind: 'gone' };
      const [state, browser] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
      const begun = await identities.begin(attemptOf(state, row.level as Level, origin));
      if (begun.kind !== 'ok') return begun;
      const kept = await database.write((tx) =>
        tx
          .updateTable('sign_in')
          .set({ state: hash(state), browser: hash(browser) })
          .where('id', '=', row.id)
          .where('used_at', 'is', null)
          .executeTakeFirst(),
      );
      return Number(kept.numUpdatedRows) === 1 ? { kind: 'ok', url: begun.value.url, cookie: browser } : { kind: 'gone' };
    },

    async finish(callback, origin, cookies, accept) {
      const state = callback.searchParams.get('state') ?? '';
      // Taken before anything is asked of the provider: of two who bring the same state one goes on.
      const row = await database.write((tx) =>
        tx
          .updateTable('sign_in')
          .set({ state: null })
          .where('state', '=', hash(state))
          .where('browser', '=', hash(cookies.attempt))
          .where('used_at', 'is', null)
          .where('expires_at', '>', at())
          .returningAll()
          .executeTakeFirst(),
      );
      if (!row) return { kind: 'gone' };
      const { lang, channel, conversation_id: conversationId, citizen_id: citizenId } = row;
      const finished = await identities.finish(callback, attemptOf(state, row.level as Level, origin));
      if (finished.kind !== 'ok') return { ...finished, lang };
      const isTheirs = channel === 'web' && keyed.is(threadOf(conversationId, citizenId), cookies.thread);
      const figures = isTheirs ? null : String(randomInt(1_000_000)).padStart(6, '0');
      const [sessionId, cookie] = [randomUUID(), randomBytes(32).toString('base64url')];
      const asker = { conversationId, channel, citizenId };
      const session = sessions.rowOf({ id: sessionId, asker, verified: finished.value, wish: row.wish as Wish | null, cookie, figures });
      const used: Effect = async (tx: Writer) => {
        await tx.updateTable('sign_in').set({ used_at: at() }).where('id', '=', row.id).execute();
        await sessions.write(tx, session);
      };
      await accept({ ...asker, sessionId, lang }, used);
      return { kind: 'ok', sessionId, lang, name: session.name, cookie, channel, figures };
    },

    async sweep() {
      const gone = await database.write((tx) => tx.deleteFrom('sign_in').where('expires_at', '<', at(-3_600_000)).executeTakeFirst());
      return Number(gone.numDeletedRows) + (await sessions.sweep());
    },
  };
}
