/** The one-time link that makes the first administrator: printed at start while there is none, good once and for a day. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Reader, Writer } from '../../connectors/databases/contract.ts';
import type { Staff } from '../http/route.ts';
import { createUser } from './users.ts';

const HOURS = 24;
const PURPOSE = 'first-administrator';

/** A fresh token while no administrator exists, else null. Earlier unused links stop working. */
export async function offerFirstAdministrator(database: Database, now = new Date()): Promise<string | null> {
  if (await hasAdministrator(database.read)) return null;
  const token = randomBytes(24).toString('base64url');
  await database.write(async (tx) => {
    await tx.deleteFrom('one_time_link').where('purpose', '=', PURPOSE).execute();
    await tx
      .insertInto('one_time_link')
      .values({ id: hash(token), purpose: PURPOSE, expires_at: new Date(now.getTime() + HOURS * 3_600_000).toISOString(), used_at: null })
      .execute();
  });
  return token;
}

/** The link is not good: unknown, used, out of date, or an administrator exists. */
export class BadLink extends Error {}

/** Makes the first administrator and uses the link up, both or neither. Throws BadLink or BadUser. */
export async function makeFirstAdministrator(
  database: Database,
  link: { token: string; name: string; password: string },
  now = new Date(),
): Promise<Staff> {
  const at = now.toISOString();
  const user = { name: link.name, role: 'administrator', office: null, password: link.password };
  return createUser(database, user, 'system', async (tx) => {
    const used = await tx
      .updateTable('one_time_link')
      .set({ used_at: at })
      .where('id', '=', hash(link.token))
      .where('purpose', '=', PURPOSE)
      .where('used_at', 'is', null)
      .where('expires_at', '>', at)
      .executeTakeFirst();
    if (Number(used.numUpdatedRows) !== 1 || (await hasAdministrator(tx))) throw new BadLink();
  });
}

async function hasAdministrator(rows: Reader | Writer): Promise<boolean> {
  const row = await rows
    .selectFrom('staff_user')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
