/** Somebody left at an identity provider: the sessions of ours that came from there end too. For staff and for citizens. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { type Ended, FRESH_MINUTES } from '../../connectors/identities/oidc/logout-token.ts';
import { createLimit } from '../http/limits.ts';
import { Refusal, type Route } from '../http/route.ts';

/** Kept with a session of ours instead of the provider's own words. */
export const there = (word: unknown): string | null =>
  typeof word === 'string' && word !== '' ? createHash('sha256').update(word).digest('hex') : null;

/** Drops the sessions of `table` that came from what has ended; gives how many. A notice that comes twice counts once. */
export async function endFromThere(
  database: Database,
  table: 'staff_session' | 'citizen_session',
  ended: Ended,
  now: Date,
  also: (tx: Writer, count: number) => Promise<void> = async () => {},
): Promise<number> {
  const old = new Date(now.getTime() - 3 * FRESH_MINUTES * 60_000).toISOString();
  return database.write(async (tx) => {
    await tx.deleteFrom('provider_notice').where('used_at', '<', old).execute();
    const fresh = await tx
      .insertInto('provider_notice')
      .values({ hash: there(`${table} ${ended.id}`) ?? '', used_at: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('hash')
      .executeTakeFirst();
    if (!fresh) return 0;
    const [column, word] = ended.sid ? (['provider_sid', ended.sid] as const) : (['provider_subject', ended.subject] as const);
    const gone = await tx.deleteFrom(table).where(column, '=', there(word)).executeTakeFirst();
    const count = Number(gone.numDeletedRows);
    await also(tx, count);
    return count;
  });
}

const notice = z.looseObject({ logout_token: z.string().max(10_000) });

/** The door a provider knocks at. `read` as LogoutTokens; what it says is not shown to anybody. */
export function logoutRoute(parts: {
  path: string;
  whose: string;
  read(token: string): Promise<Ended | null>;
  end(ended: Ended): Promise<number>;
}): Route {
  // Good ones are given back: a provider may have much to say.
  const limit = createLimit(60, 15 * 60);
  return {
    method: 'post',
    path: parts.path,
    permission: 'service',
    summary: `OpenID Connect back-channel logout: the provider of ${parts.whose} says that somebody has left there`,
    form: true,
    body: notice,
    async handle({ body, ip }) {
      await limit(ip);
      const ended = await parts.read((body as z.infer<typeof notice>).logout_token).catch(() => {
        throw new Refusal(503, 'Unavailable', 'The provider’s keys cannot be read now.', { 'retry-after': '30' });
      });
      if (!ended) throw new Refusal(400, 'invalid_request', 'This is no logout token for us.', { 'cache-control': 'no-store' });
      await parts.end(ended);
      await limit.giveBack(ip);
      return { status: 200, headers: { 'cache-control': 'no-store' }, body: {} };
    },
  };
}
