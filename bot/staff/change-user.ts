/** What an administrator may change of a staff user. Nobody can shut out the last administrator. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { Refusal, type Role } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { hashPassword } from './password.ts';

export interface UserListed {
  id: string;
  name: string;
  role: Role;
  office: string | null;
  createdAt: string;
  disabledAt: string | null;
  /** Too many wrong passwords, until then. */
  lockedUntil: string | null;
}

export interface UserChange {
  role?: Role | undefined;
  office?: string | null | undefined;
  disabled?: boolean | undefined;
  password?: string | undefined;
}

export async function listUsers(database: Database): Promise<UserListed[]> {
  const rows = await database.read
    .selectFrom('staff_user')
    .select(['id', 'name', 'role', 'office', 'created_at', 'disabled_at', 'locked_until'])
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, role, office, created_at, disabled_at, locked_until }) => ({
    id,
    name,
    role: role as Role,
    office,
    createdAt: created_at,
    disabledAt: disabled_at,
    lockedUntil: locked_until,
  }));
}

/** A new role counts for the next request; a new password and a disabled account end every session. Throws Refusal 404 and 409. */
export async function changeUser(database: Database, id: string, change: UserChange, actor: string, now = new Date()): Promise<void> {
  const password = change.password === undefined ? undefined : await hashPassword(change.password);
  await database.write(async (tx) => {
    const user = await tx.selectFrom('staff_user').selectAll().where('id', '=', id).executeTakeFirst();
    if (!user) throw new Refusal(404, 'NotFound', 'Questo utente non esiste.');
    const stays = (change.role ?? user.role) === 'administrator' && !(change.disabled ?? user.disabled_at !== null);
    if (user.role === 'administrator' && !user.disabled_at && !stays && (await administrators(tx)) < 2)
      throw new Refusal(409, 'LastAdministrator', 'È l’unico amministratore: prima nominane un altro.');
    await tx
      .updateTable('staff_user')
      .set({
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(change.office === undefined ? {} : { office: change.office }),
        ...(change.disabled === undefined ? {} : { disabled_at: change.disabled ? (user.disabled_at ?? now.toISOString()) : null }),
        ...(password === undefined ? {} : { password, failed: 0, locked_until: null }),
      })
      .where('id', '=', id)
      .execute();
    if (change.disabled || password !== undefined) await tx.deleteFrom('staff_session').where('user_id', '=', id).execute();
    const { password: _, ...told } = change;
    await appendAudit(tx, {
      actor,
      action: 'user.change',
      subject: id,
      detail: { ...told, ...(password === undefined ? {} : { password: 'new' }) },
    });
  });
}

async function administrators(tx: Writer): Promise<number> {
  const row = await tx
    .selectFrom('staff_user')
    .select((builder) => builder.fn.countAll<number>().as('n'))
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
