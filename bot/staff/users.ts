/** Staff users: agents, editors, supervisors, administrators, each for one office or for all. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Role, Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { hashPassword, PASSWORD_MINIMUM, passwordMatches } from './password.ts';
import type { Seal } from './seal.ts';
import { checkSecondFactor } from './second-factor.ts';

export const ROLES: Role[] = ['agent', 'editor', 'supervisor', 'administrator'];
const FAILURES_ALLOWED = 5;
const LOCKED_MINUTES = 15;

/** Said in one line when a user cannot be made. */
export class BadUser extends Error {}

export interface NewUser {
  name: string;
  role: string;
  office: string | null;
  password: string;
}

/** Makes a user and writes the audit row in the same transaction. `beforehand` runs first in it (and may refuse by throwing). Throws BadUser. */
export async function createUser(
  database: Database,
  user: NewUser,
  actor: string,
  beforehand?: (tx: Writer) => Promise<void>,
): Promise<Staff> {
  const name = user.name.trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@ -]{1,63}$/u.test(name))
    throw new BadUser('the name must have 2 to 64 letters, digits, dots, dashes or spaces');
  if (!ROLES.includes(user.role as Role)) throw new BadUser(`the role is "${user.role}"; it must be one of ${ROLES.join(', ')}`);
  if (user.password.length < PASSWORD_MINIMUM)
    throw new BadUser(`the password has ${user.password.length} characters; at least ${PASSWORD_MINIMUM} are needed`);
  const password = await hashPassword(user.password);
  const staff: Staff = { id: randomUUID(), name, role: user.role as Role, office: user.office };
  await database.write(async (tx) => {
    await beforehand?.(tx);
    const taken = await tx.selectFrom('staff_user').select('id').where('name', '=', name).executeTakeFirst();
    if (taken) throw new BadUser(`there is already a user called "${name}"`);
    await tx
      .insertInto('staff_user')
      .values({ ...staff, password, failed: 0, locked_until: null, created_at: new Date().toISOString(), disabled_at: null })
      .execute();
    await appendAudit(tx, { actor, action: 'user.create', subject: staff.id, detail: { role: staff.role, office: staff.office } });
  });
  return staff;
}

/** Too many wrong passwords; `seconds` until the account opens again. */
export interface Locked {
  locked: true;
  seconds: number;
}

/** Name and password are right; the second factor was not given, or not a good one. */
export interface SecondFactorAsked {
  secondFactor: 'missing' | 'wrong';
}

/** `strong`: a second factor was given too. */
export type SignedIn = Staff & { strong: boolean };

/**
 * The user, if name, password and (where there is one) second factor match and the account is neither disabled nor locked; else null.
 * A wrong name costs the same time as a wrong password; wrong codes are counted like wrong passwords.
 */
export async function checkSignIn(
  database: Database,
  seal: Seal,
  { name, password, code = '' }: { name: string; password: string; code?: string | undefined },
  now = new Date(),
): Promise<SignedIn | Locked | SecondFactorAsked | null> {
  const row = await database.read.selectFrom('staff_user').selectAll().where('name', '=', name.trim()).executeTakeFirst();
  if (!row || row.disabled_at) {
    await passwordMatches(password, await decoy);
    return null;
  }
  if (row.locked_until && row.locked_until > now.toISOString())
    return { locked: true, seconds: Math.ceil((Date.parse(row.locked_until) - now.getTime()) / 1000) };
  const matches = await passwordMatches(password, row.password);
  const factor = matches ? await checkSecondFactor(database, seal, row.id, code, now) : 'none';
  if (factor === 'wrong' && !code) return { secondFactor: 'missing' };
  if (matches && factor !== 'wrong') {
    if (row.failed > 0)
      await database.write((tx) => tx.updateTable('staff_user').set({ failed: 0, locked_until: null }).where('id', '=', row.id).execute());
    return { id: row.id, name: row.name, role: row.role as Role, office: row.office, strong: factor !== 'none' };
  }
  await database.write(async (tx) => {
    // Counted by the database: of many guesses at once, none may count for nothing.
    const { failed } = await tx
      .updateTable('staff_user')
      .set((builder) => ({ failed: builder('failed', '+', 1) }))
      .where('id', '=', row.id)
      .returning('failed')
      .executeTakeFirstOrThrow();
    const locked = failed >= FAILURES_ALLOWED ? new Date(now.getTime() + LOCKED_MINUTES * 60_000).toISOString() : null;
    if (locked) await tx.updateTable('staff_user').set({ failed: 0, locked_until: locked }).where('id', '=', row.id).execute();
    await appendAudit(tx, { actor: row.id, action: locked ? 'sign-in.locked' : 'sign-in.failed', subject: row.id, detail: {} });
  });
  return matches ? { secondFactor: 'wrong' } : null;
}

/** A new password for a user, whose sessions all end. False when there is no such user. Throws BadUser. */
export async function setPassword(database: Database, userId: string, password: string, actor: string): Promise<boolean> {
  if (password.length < PASSWORD_MINIMUM)
    throw new BadUser(`the password has ${password.length} characters; at least ${PASSWORD_MINIMUM} are needed`);
  const hashed = await hashPassword(password);
  return database.write(async (tx) => {
    const changed = await tx
      .updateTable('staff_user')
      .set({ password: hashed, failed: 0, locked_until: null })
      .where('id', '=', userId)
      .executeTakeFirst();
    if (Number(changed.numUpdatedRows) !== 1) return false;
    await tx.deleteFrom('staff_session').where('user_id', '=', userId).execute();
    await appendAudit(tx, { actor, action: 'user.password', subject: userId, detail: {} });
    return true;
  });
}

/** Nobody signs in as this user any more, and whoever is signed in is not. False when there is no such user. */
export async function disableUser(database: Database, userId: string, actor: string): Promise<boolean> {
  return database.write(async (tx) => {
    const changed = await tx
      .updateTable('staff_user')
      .set({ disabled_at: new Date().toISOString() })
      .where('id', '=', userId)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (Number(changed.numUpdatedRows) !== 1) return false;
    await tx.deleteFrom('staff_session').where('user_id', '=', userId).execute();
    await appendAudit(tx, { actor, action: 'user.disable', subject: userId, detail: {} });
    return true;
  });
}

const decoy = hashPassword('a password nobody has');
