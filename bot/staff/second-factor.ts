/** The second factor of a staff user: made, confirmed with a first code, asked for at sign-in, replaced by a recovery code when the phone is lost. */
import { createHash, randomInt } from 'node:crypto';
import type { Database, Reader, Writer } from '../../connectors/databases/contract.ts';
import type { Staff } from '../http/route.ts';
import type { Seal } from './seal.ts';
import { appendAudit } from '../privacy/audit.ts';
import { matchStep, newSecret, otpauthUri } from './totp.ts';

const RECOVERY_CODES = 10;
// Without letters and digits that look alike: these codes are copied by hand.
const RECOVERY_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

export interface SecondFactorState {
  on: boolean;
  /** Recovery codes not yet used. */
  recoveryLeft: number;
}

export async function secondFactorState(rows: Reader | Writer, userId: string): Promise<SecondFactorState> {
  const totp = await rows.selectFrom('staff_totp').select('confirmed_at').where('user_id', '=', userId).executeTakeFirst();
  const left = await rows.selectFrom('staff_recovery').select('hash').where('user_id', '=', userId).where('used_at', 'is', null).execute();
  return { on: Boolean(totp?.confirmed_at), recoveryLeft: left.length };
}

/** A fresh secret to be confirmed; null while a confirmed one exists. */
export async function beginSecondFactor(
  database: Database,
  seal: Seal,
  staff: Staff,
  issuer: string,
): Promise<{ secret: string; uri: string } | null> {
  const secret = newSecret();
  return database.write(async (tx) => {
    if ((await secondFactorState(tx, staff.id)).on) return null;
    await tx.deleteFrom('staff_totp').where('user_id', '=', staff.id).execute();
    await tx
      .insertInto('staff_totp')
      .values({ user_id: staff.id, secret: seal.close(secret, staff.id), confirmed_at: null, last_step: 0 })
      .execute();
    return { secret, uri: otpauthUri(secret, issuer, staff.name) };
  });
}

/** The recovery codes, shown this once, when the code is right; null when it is wrong or nothing waits for one. */
export async function confirmSecondFactor(
  database: Database,
  seal: Seal,
  staff: Staff,
  code: string,
  now = new Date(),
): Promise<string[] | null> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  return database.write(async (tx) => {
    const row = await tx.selectFrom('staff_totp').selectAll().where('user_id', '=', staff.id).executeTakeFirst();
    const waiting = row && !row.confirmed_at ? seal.open(row.secret, staff.id) : null;
    const step = waiting ? matchStep(waiting, code, now) : null;
    if (step === null) return null;
    await tx.updateTable('staff_totp').set({ confirmed_at: now.toISOString(), last_step: step }).where('user_id', '=', staff.id).execute();
    await tx.deleteFrom('staff_recovery').where('user_id', '=', staff.id).execute();
    for (const one of codes)
      await tx
        .insertInto('staff_recovery')
        .values({ user_id: staff.id, hash: hash(one), used_at: null })
        .execute();
    await appendAudit(tx, { actor: staff.id, action: 'second-factor.on', subject: staff.id, detail: {} }, now);
    return codes;
  });
}

/** `none`: the user has no second factor. A good code is used up: the same one is wrong the next time, also for two who send it at once. */
export async function checkSecondFactor(
  database: Database,
  seal: Seal,
  userId: string,
  code: string,
  now = new Date(),
): Promise<'none' | 'right' | 'recovery' | 'wrong'> {
  const row = await database.read.selectFrom('staff_totp').selectAll().where('user_id', '=', userId).executeTakeFirst();
  if (!row?.confirmed_at) return 'none';
  // Under a key that is lost no code is right; recovery codes need no key.
  const secret = seal.open(row.secret, userId);
  const step = secret === null ? null : matchStep(secret, code, now, row.last_step);
  return database.write(async (tx) => {
    if (step !== null) {
      const used = await tx
        .updateTable('staff_totp')
        .set({ last_step: step })
        .where('user_id', '=', userId)
        .where('last_step', '<', step)
        .executeTakeFirst();
      return Number(used.numUpdatedRows) === 1 ? 'right' : 'wrong';
    }
    const used = await tx
      .updateTable('staff_recovery')
      .set({ used_at: now.toISOString() })
      .where('user_id', '=', userId)
      .where('hash', '=', hash(code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (Number(used.numUpdatedRows) !== 1) return 'wrong';
    await appendAudit(tx, { actor: userId, action: 'second-factor.recovery', subject: userId, detail: {} }, now);
    return 'recovery';
  });
}

/** Takes the second factor away, with its recovery codes; false when there was none. */
export async function dropSecondFactor(database: Database, userId: string, actor: string): Promise<boolean> {
  return database.write(async (tx) => {
    const { on } = await secondFactorState(tx, userId);
    await tx.deleteFrom('staff_totp').where('user_id', '=', userId).execute();
    await tx.deleteFrom('staff_recovery').where('user_id', '=', userId).execute();
    await tx.updateTable('staff_session').set({ strong: 0 }).where('user_id', '=', userId).execute();
    if (on) await appendAudit(tx, { actor, action: 'second-factor.off', subject: userId, detail: {} });
    return on;
  });
}

function newRecoveryCode(): string {
  const five = () => Array.from({ length: 5 }, () => RECOVERY_SIGNS[randomInt(RECOVERY_SIGNS.length)]).join('');
  return `${five()}-${five()}`;
}

/** 31^10 codes: nothing slow is needed against guessing, and attempts are counted. */
function hash(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex');
}
