/** Every door through which staff come in, with a password or from the body's provider, and that of their own account. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Route } from '../http/route.ts';
import { signInRoutes } from '../http/sign-in.ts';
import type { Settings } from '../settings.ts';
import { accountRoutes } from './account-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import type { Seal } from './seal.ts';
import type { Sessions } from './sessions.ts';

export async function staffDoors(parts: {
  database: Database;
  sessions: Sessions;
  seal: Seal;
  settings: Settings;
  bodyName: () => string;
  log: { warn(fields: object, message: string): void };
}): Promise<Route[]> {
  const { database, sessions, seal, settings, log } = parts;
  const onSurprise = (error: unknown) => log.warn({ error }, 'a sign-in at the provider failed');
  // Its library is loaded where it is used: an idle server has no room to give away.
  const provider =
    settings.STAFF_SIGN_IN === 'password'
      ? null
      : await (await import('./provider.ts')).createStaffProvider({ database, settings, onSurprise });
  const secureOnly = settings.NODE_ENV === 'production';
  const passwords = settings.STAFF_SIGN_IN !== 'provider';
  return [
    ...signInRoutes({ database, sessions, seal, secureOnly, passwords, ...(provider && { leave: provider.leave }) }),
    ...providerRoutes({ provider, passwords, database, sessions, secureOnly }),
    ...accountRoutes({ database, sessions, seal, issuer: () => `Sportello ${parts.bodyName()}`, secondFactor: settings.SECOND_FACTOR }),
  ];
}
