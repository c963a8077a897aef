/** Staff sessions: a random cookie of which only the hash is stored; dead after sign-out, 30 idle minutes or 12 hours. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Role, Staff } from '../http/route.ts';

const IDLE_MINUTES = 30;
const LONGEST_HOURS = 12;
const SEEN_EVERY_SECONDS = 60;

export interface Session {
  staff: Staff;
  csrf: string;
  /** A second factor is asked of everybody here, and this session began without one: it may set one up and nothing else. */
  weak: boolean;
}

export interface Sessions {
  /** Starts a session; `cookie` is the whole Set-Cookie value. `strong`: it began with a second factor; `from`: the provider's names for the session there that it ends with. */
  start(
    staff: Staff,
    secure: boolean,
    strong?: boolean,
    from?: { sid: string | null; subject: string },
  ): Promise<{ cookie: string; csrf: string }>;
  identify(headers: IncomingHttpHeaders): Promise<Session | null>;
  /** The request's session now has a second factor; the user's other sessions end. */
  strengthen(headers: IncomingHttpHeaders): Promise<void>;
  /** Ends the request's session; returns the Set-Cookie value that clears it. */
  end(headers: IncomingHttpHeaders, secure: boolean): Promise<string>;
}

export function createSessions(
  database: Database,
  now: () => Date = () => new Date(),
  rules: { secondFactor: 'optional' | 'required' } = { secondFactor: 'optional' },
): Sessions {
  return {
    async start(staff, secure, strong = false, from) {
      const token = randomBytes(32).toString('base64url');
      const csrf = randomBytes(24).toString('base64url');
      const at = now().toISOString();
      await database.write((tx) =>
        tx
          .insertInto('staff_session')
          .values({
            id: hash(token),
            user_id: staff.id,
            csrf,
            created_at: at,
            seen_at: at,
            strong: strong ? 1 : 0,
            provider_sid: from?.sid ? hash(from.sid) : null,
            provider_subject: from ? hash(from.subject) : null,
          })
          .execute(),
      );
      return { cookie: `${cookieName(secure)}=${token}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`, csrf };
    },

    async identify(headers) {
      const token = readToken(headers);
      if (!token) return null;
      const row = await database.read
        .selectFrom('staff_session')
        .innerJoin('staff_user', 'staff_user.id', 'staff_session.user_id')
        .select([
          'staff_session.id as session',
          'staff_session.csrf',
          'staff_session.created_at',
          'staff_session.seen_at',
          'staff_session.strong',
        ])
        .select(['staff_user.id', 'staff_user.name', 'staff_user.role', 'staff_user.office', 'staff_user.disabled_at'])
        .where('staff_session.id', '=', hash(token))
        .executeTakeFirst();
      if (!row || row.disabled_at) return null;
      const at = now();
      if (minutesBetween(row.seen_at, at) > IDLE_MINUTES || minutesBetween(row.created_at, at) > LONGEST_HOURS * 60) {
        await database.write((tx) => tx.deleteFrom('staff_session').where('id', '=', row.session).execute());
        return null;
      }
      // One write a minute is enough to know whether somebody is still there.
      if (minutesBetween(row.seen_at, at) * 60 > SEEN_EVERY_SECONDS)
        await database.write((tx) =>
          tx.updateTable('staff_session').set({ seen_at: at.toISOString() }).where('id', '=', row.session).execute(),
        );
      const staff = { id: row.id, name: row.name, role: row.role as Role, office: row.office };
      return { staff, csrf: row.csrf, weak: rules.secondFactor === 'required' && row.strong === 0 };
    },

    async strengthen(headers) {
      const id = hash(readToken(headers) ?? '');
      await database.write(async (tx) => {
        const row = await tx.updateTable('staff_session').set({ strong: 1 }).where('id', '=', id).returning('user_id').executeTakeFirst();
        if (row) await tx.deleteFrom('staff_session').where('user_id', '=', row.user_id).where('id', '!=', id).execute();
      });
    },

    async end(headers, secure) {
      const token = readToken(headers);
      if (token) await database.write((tx) => tx.deleteFrom('staff_session').where('id', '=', hash(token)).execute());
      return `${cookieName(secure)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? '; Secure' : ''}`;
    },
  };
}

/** For doors with no page of their own to set a second factor up. */
export function strongOnly(sessions: Sessions): (headers: IncomingHttpHeaders) => Promise<Session | null> {
  return async (headers) => {
    const session = await sessions.identify(headers);
    return session?.weak ? null : session;
  };
}

/** The `__Host-` prefix needs Secure, which browsers refuse over plain http: there the name goes without. */
function cookieName(secure: boolean): string {
  return secure ? '__Host-sportello' : 'sportello';
}

function readToken(headers: IncomingHttpHeaders): string | null {
  const cookies = new Map(
    (headers.cookie ?? '').split(';').map((pair) => [pair.split('=')[0]?.trim(), pair.slice(pair.indexOf('=') + 1).trim()] as const),
  );
  return cookies.get(cookieName(true)) || cookies.get(cookieName(false)) || null;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function minutesBetween(from: string, to: Date): number {
  return (to.getTime() - Date.parse(from)) / 60_000;
}
