/** Doors behind the page «Accesso»: one's own password and second factor. */
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import { createLimit } from '../http/limits.ts';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import { passwordMatches } from './password.ts';
import type { Seal } from './seal.ts';
import { beginSecondFactor, checkSecondFactor, confirmSecondFactor, dropSecondFactor, secondFactorState } from './second-factor.ts';
import type { Sessions } from './sessions.ts';
import { BadUser, ROLES, setPassword } from './users.ts';

export interface AccountParts {
  database: Database;
  sessions: Sessions;
  seal: Seal;
  /** What the app shows beside the user's name. */
  issuer: string;
  secondFactor: 'optional' | 'required';
}

const password = z.string().min(1).max(256);
const proving = z.object({ password });
const confirming = z.object({ code: z.string().min(1).max(32) });
const dropping = z.object({ password, code: z.string().min(1).max(32) });
const changing = z.object({ password, newPassword: z.string().min(1).max(256) });

export function accountRoutes(parts: AccountParts): Route[] {
  const { database, sessions, seal } = parts;
  const limit = createLimit(10, 15 * 60);
  const own = { permission: ROLES, whileWeak: true } as const;

  /** A session left open at a desk is not enough to change how one signs in. Ten tries in 15 minutes. */
  async function prove(staff: Staff, given: string): Promise<void> {
    await limit(staff.id);
    const row = await database.read.selectFrom('staff_user').select('password').where('id', '=', staff.id).executeTakeFirstOrThrow();
    if (!(await passwordMatches(given, row.password))) throw new Refusal(400, 'BadCredentials', 'La password non è corretta.');
    await limit.giveBack(staff.id);
  }

  return [
    {
      ...own,
      method: 'get',
      path: '/api/second-factor',
      summary: 'Whether the signed-in user has a second factor, how many recovery codes are left, whether one is asked of everybody',
      async handle({ staff }) {
        const state = await secondFactorState(database.read, (staff as Staff).id);
        return { status: 200, body: { ...state, required: parts.secondFactor === 'required' } };
      },
    },
    {
      ...own,
      method: 'post',
      path: '/api/second-factor/begin',
      summary: 'A secret for the user’s authenticator app; it counts only after /confirm. 409 while there is one already',
      body: proving,
      async handle({ staff, body }) {
        await prove(staff as Staff, (body as z.infer<typeof proving>).password);
        const begun = await beginSecondFactor(database, seal, staff as Staff, parts.issuer);
        if (!begun) throw new Refusal(409, 'AlreadyOn', 'Il secondo fattore è già attivo: toglilo prima di farne un altro.');
        return { status: 201, body: begun };
      },
    },
    {
      ...own,
      method: 'post',
      path: '/api/second-factor/confirm',
      summary: 'The first code turns the second factor on and gives ten recovery codes, once; the user’s other sessions end',
      body: confirming,
      async handle({ staff, body, headers }) {
        const user = staff as Staff;
        await limit(user.id);
        const recoveryCodes = await confirmSecondFactor(database, seal, user, (body as z.infer<typeof confirming>).code);
        if (!recoveryCodes) throw new Refusal(400, 'BadCode', 'Il codice non è corretto: controlla l’ora del telefono e riprova.');
        await limit.giveBack(user.id);
        await sessions.strengthen(headers);
        return { status: 200, body: { recoveryCodes } };
      },
    },
    {
      ...own,
      method: 'post',
      path: '/api/second-factor/drop',
      summary: 'Take the second factor away, with the password and a good code; then a new one may be set up',
      body: dropping,
      async handle({ staff, body }) {
        const user = staff as Staff;
        const { password: given, code } = body as z.infer<typeof dropping>;
        await prove(user, given);
        await limit(user.id);
        const checked = await checkSecondFactor(database, seal, user.id, code);
        if (checked === 'wrong') throw new Refusal(400, 'BadCode', 'Il codice non è corretto o è già stato usato.');
        await limit.giveBack(user.id);
        await dropSecondFactor(database, user.id, user.id);
        return { status: 200, body: {} };
      },
    },
    {
      ...own,
      method: 'post',
      path: '/api/password',
      summary: 'A new password; all sessions of the user end, this one too',
      body: changing,
      async handle({ staff, body }) {
        const { password: given, newPassword } = body as z.infer<typeof changing>;
        await prove(staff as Staff, given);
        try {
          await setPassword(database, (staff as Staff).id, newPassword, (staff as Staff).id);
        } catch (error) {
          if (error instanceof BadUser)
            throw new Refusal(400, 'BadArgument', 'La nuova password è troppo corta: servono almeno 12 caratteri.');
          throw error;
        }
        return { status: 200, body: {} };
      },
    },
  ];
}
