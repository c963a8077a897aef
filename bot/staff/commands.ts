/** What an operator does for staff at the command line: a forgotten password, a lost phone, somebody who has left. */
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import { BadCommand } from '../control.ts';
import { dropSecondFactor } from './second-factor.ts';
import { BadUser, disableUser, setPassword } from './users.ts';

const named = z.object({ name: z.string().min(1) });

/** Commands by name; each takes `name` of a user. Throws BadCommand in words. */
export function staffCommands(database: Database): Record<string, (args: unknown) => Promise<unknown>> {
  async function idOf(name: string): Promise<string> {
    const row = await database.read.selectFrom('staff_user').select('id').where('name', '=', name.trim()).executeTakeFirst();
    if (!row) throw new BadCommand(`there is no user called "${name}"`);
    return row.id;
  }
  return {
    async 'set-password'(args) {
      const { name, password } = named.extend({ password: z.string() }).parse(args);
      const id = await idOf(name);
      try {
        return { id, changed: await setPassword(database, id, password, 'operator') };
      } catch (error) {
        throw error instanceof BadUser ? new BadCommand(error.message) : error;
      }
    },
    async 'reset-second-factor'(args) {
      const id = await idOf(named.parse(args).name);
      return { id, removed: await dropSecondFactor(database, id, 'operator') };
    },
    async 'disable-user'(args) {
      const id = await idOf(named.parse(args).name);
      return { id, disabled: await disableUser(database, id, 'operator') };
    },
  };
}
