/** A person whom the provider knows becomes a staff user of ours: found by the provider's own name for them, never by what they are called. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Role, Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';

export interface KnownThere {
  issuer: string;
  subject: string;
  name: string;
  /** null = in no group that may come in. */
  role: { role: Role; office: string | null } | null;
}

/** No password has this hash: they come in through the provider alone. */
const NO_PASSWORD = '!';

/** The user with today's role and office; whoever lost every role is signed out wherever they are. */
export async function takeIn(database: Database, known: KnownThere, now: Date): Promise<Staff | 'role' | 'disabled'> {
  const { issuer, subject, role } = known;
  return database.write(async (tx) => {
    const row = await tx
      .selectFrom('staff_identity')
      .innerJoin('staff_user', 'staff_user.id', 'staff_identity.user_id')
      .select(['staff_user.id', 'staff_user.name', 'staff_user.role', 'staff_user.office', 'staff_user.disabled_at'])
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (!role) {
      if (row) {
        await tx.deleteFrom('staff_session').where('user_id', '=', row.id).execute();
        await appendAudit(tx, { actor: row.id, action: 'sign-in.no-role', subject: row.id, detail: {} }, now);
      }
      return 'role';
    }
    if (row?.disabled_at) return 'disabled';
    if (row) {
      if (row.role !== role.role || row.office !== role.office) {
        await tx.updateTable('staff_user').set(role).where('id', '=', row.id).execute();
        await appendAudit(tx, { actor: 'provider', action: 'user.change', subject: row.id, detail: { ...role } }, now);
      }
      return { id: row.id, name: row.name, ...role };
    }
    const staff: Staff = { id: randomUUID(), name: await freeName(tx, known.name), ...role };
    const at = now.toISOString();
    await tx
      .insertInto('staff_user')
      .values({ ...staff, password: NO_PASSWORD, failed: 0, locked_until: null, created_at: at, disabled_at: null })
      .execute();
    await tx.insertInto('staff_identity').values({ issuer, subject, user_id: staff.id, created_at: at }).execute();
    await appendAudit(tx, { actor: 'provider', action: 'user.create', subject: staff.id, detail: { ...role } }, now);
    return staff;
  });
}

/** As staff names are written; one that is taken gets a number, since a name proves nothing. */
async function freeName(tx: Writer, given: string): Promise<string> {
  const plain = given
    .replace(/[^\p{L}\p{N}._@ -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 50);
  const name = /^[\p{L}\p{N}].+/u.test(plain) ? plain : 'Personale';
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} ${number}`;
    if (!(await tx.selectFrom('staff_user').select('id').where('name', '=', tried).executeTakeFirst())) return tried;
  }
}
