/** Sessions of citizens: fifteen minutes, in one chat and one browser, gone when they end. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Selectable } from 'kysely';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { CitizenSessionTable } from '../../connectors/databases/schema/citizens.ts';
import type { Level, Verified } from '../../connectors/identities/contract.ts';
import type { Effect } from '../conversation/speaker.ts';
import { cookieIn } from './cookies.ts';
import type { Keyed } from './thread.ts';

export const SESSION_MINUTES = 15;
/** Wrong figures before a sign-in is thrown away. */
const TRIES = 3;

/** What a citizen wanted when they were asked to sign in. */
export type Wish = 'bookings' | 'cases' | 'all';

/** Where and by whom a sign-in was asked for. */
export interface Asker {
  conversationId: string;
  channel: string;
  citizenId: string;
}

export interface SignedIn extends Asker {
  id: string;
  /** Keyed hash of the fiscal code: names the person in tables that outlive the session. */
  person: string;
  fiscalCode: string;
  name: string;
  level: Level;
  wish: Wish | null;
  /** ISO UTC. */
  until: string;
  /** False = the figures have not been written in the chat yet: good for the browser alone. */
  confirmed: boolean;
  /** Mandate they act under; null = for themselves. */
  acting: string | null;
}

export type Row = Selectable<CitizenSessionTable>;

export interface Sessions {
  personOf(fiscalCode: string): string;
  rowOf(of: { id: string; asker: Asker; verified: Verified; wish: Wish | null; cookie: string; figures: string | null }): Row;
  /** The chat has one session: an earlier one ends. */
  write(tx: Writer, row: Row): Promise<void>;
  byId(id: string): Promise<SignedIn | null>;
  /** Of whoever writes in a chat; confirmed ones only. */
  of(asker: Asker): Promise<SignedIn | null>;
  /** Of a browser; `secure`: it came by https. */
  ofBrowser(headers: IncomingHttpHeaders, secure: boolean): Promise<SignedIn | null>;
  /**
   * Figures written in the chat. `gone`: too many wrong ones, too late, or nothing to confirm. The effect goes into the turn's transaction: a turn that
   * is taken twice counts once. The turns of a chat come one after the other, so guesses made at once count one by one.
   */
  confirm(asker: Asker, figures: string): Promise<{ found: SignedIn | 'wrong' | 'gone'; effects: Effect[] }>;
  /** The chat's session acts under a mandate from now on; null = for themselves. */
  act(asker: Asker, mandateId: string | null): Effect;
  /** Ends every session of the chat. */
  end(asker: Asker): Effect;
  endBrowser(headers: IncomingHttpHeaders, secure: boolean): Promise<void>;
  sweep(): Promise<number>;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export function createSessions(parts: { database: Database; keyed: Keyed; now(): number }): Sessions {
  const { database, keyed } = parts;
  const at = (ms = 0) => new Date(parts.now() + ms).toISOString();
  const personOf = (fiscalCode: string) => keyed.of(`person ${fiscalCode}`);
  const live = () => database.read.selectFrom('citizen_session').selectAll().where('expires_at', '>', at());
  const ofChat = ({ conversationId, channel, citizenId }: Asker) =>
    live().where('conversation_id', '=', conversationId).where('channel', '=', channel).where('citizen_id', '=', citizenId);
  const confirmOf = (id: string, figures: string) => keyed.of(`figures ${id} ${figures}`);

  return {
    personOf,
    rowOf: ({ id, asker, verified, wish, cookie, figures }) => ({
      id,
      conversation_id: asker.conversationId,
      channel: asker.channel,
      citizen_id: asker.citizenId,
      person: personOf(verified.fiscalCode),
      fiscal_code: verified.fiscalCode,
      name: verified.name,
      level: verified.level,
      wish,
      browser: hash(cookie),
      confirm: figures === null ? null : confirmOf(id, figures),
      tries: 0,
      created_at: at(),
      expires_at: at(SESSION_MINUTES * 60_000),
      acting: null,
      provider_sid: verified.there?.sid ? hash(verified.there.sid) : null,
      provider_subject: verified.there ? hash(verified.there.subject) : null,
    }),
    async write(tx, row) {
      await drop(tx, { conversationId: row.conversation_id, channel: row.channel, citizenId: row.citizen_id });
      await tx.insertInto('citizen_session').values(row).execute();
      if (row.confirm === null) await link(tx, row, at());
    },
    async byId(id) {
      const row = await live().where('id', '=', id).executeTakeFirst();
      return row ? signedIn(row) : null;
    },
    async of(asker) {
      const row = await ofChat(asker).where('confirm', 'is', null).orderBy('created_at', 'desc').executeTakeFirst();
      return row ? signedIn(row) : null;
    },
    async ofBrowser(headers, secure) {
      const cookie = cookieIn(headers, 'citizen', secure);
      const row = cookie ? await live().where('browser', '=', hash(cookie)).executeTakeFirst() : undefined;
      return row ? signedIn(row) : null;
    },
    async confirm(asker, figures) {
      const row = await ofChat(asker).where('confirm', 'is not', null).executeTakeFirst();
      if (!row?.confirm || row.tries >= TRIES) return { found: 'gone', effects: [] };
      const { id, confirm, tries } = row;
      const isRight = confirmOf(id, figures) === confirm;
      const effect: Effect = async (tx) => {
        const asSeen = tx.updateTable('citizen_session').where('id', '=', id).where('confirm', '=', confirm).where('tries', '=', tries);
        const mine = await asSeen.set(isRight ? { confirm: null } : { tries: tries + 1 }).executeTakeFirst();
        // The browser left meanwhile, or its sign-in was replaced.
        if (isRight && Number(mine.numUpdatedRows) === 1) await link(tx, row, at());
        if (tries + 1 >= TRIES) await tx.deleteFrom('citizen_session').where('id', '=', id).where('confirm', 'is not', null).execute();
      };
      const missed = tries + 1 < TRIES ? 'wrong' : 'gone';
      return { found: isRight ? { ...signedIn(row), confirmed: true } : missed, effects: [effect] };
    },
    act:
      ({ conversationId, channel, citizenId }, mandateId) =>
      async (tx) => {
        await tx
          .updateTable('citizen_session')
          .set({ acting: mandateId })
          .where('conversation_id', '=', conversationId)
          .where('channel', '=', channel)
          .where('citizen_id', '=', citizenId)
          .execute();
      },
    end: (asker) => (tx) => drop(tx, asker),
    async endBrowser(headers, secure) {
      const cookie = cookieIn(headers, 'citizen', secure);
      if (cookie) await database.write((tx) => tx.deleteFrom('citizen_session').where('browser', '=', hash(cookie)).execute());
    },
    async sweep() {
      const gone = await database.write((tx) => tx.deleteFrom('citizen_session').where('expires_at', '<=', at()).executeTakeFirst());
      return Number(gone.numDeletedRows);
    },
  };
}

async function drop(tx: Writer, { conversationId, channel, citizenId }: Asker): Promise<void> {
  await tx
    .deleteFrom('citizen_session')
    .where('conversation_id', '=', conversationId)
    .where('channel', '=', channel)
    .where('citizen_id', '=', citizenId)
    .execute();
}

async function link(tx: Writer, { person, conversation_id }: Row, now: string): Promise<void> {
  await tx
    .insertInto('citizen_conversation')
    .values({ person, conversation_id, linked_at: now })
    .onConflict((conflict) => conflict.columns(['person', 'conversation_id']).doNothing())
    .execute();
  // A profile is kept for as long as its citizen comes back.
  await tx.updateTable('citizen_profile').set({ updated_at: now }).where('person', '=', person).execute();
}

const signedIn = (row: Row): SignedIn => ({
  id: row.id,
  conversationId: row.conversation_id,
  channel: row.channel,
  citizenId: row.citizen_id,
  person: row.person,
  fiscalCode: row.fiscal_code,
  name: row.name,
  level: row.level as Level,
  wish: row.wish as Wish | null,
  until: row.expires_at,
  confirmed: row.confirm === null,
  acting: row.acting,
});
