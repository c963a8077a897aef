/** Every door of citizens who sign in, put together. */
import type { Sportello } from '../sportello.ts';
import { createLimit } from '../http/limits.ts';
import { endFromThere, logoutRoute } from '../staff/provider-logout.ts';
import type { Route } from '../http/route.ts';
import { citizenDeskRoutes } from './desk-routes.ts';
import { meRoutes } from './me-routes.ts';
import { citizenSignInRoutes } from './sign-in-routes.ts';

/** Uses of one address in ten minutes; an office's many citizens may share one. */
const USES = 300;

export async function citizenRoutes(sportello: Sportello): Promise<Route[]> {
  const { settings, today, log, line } = sportello;
  const parts = {
    ...sportello,
    ...sportello.citizens,
    line,
    log,
    today,
    get bodyName() {
      return sportello.bodyName;
    },
    secureOnly: settings.NODE_ENV === 'production',
    timeZone: 'Europe/Rome',
    limit: createLimit(USES, 10 * 60),
    now: Date.now,
  };
  const { readLogout } = sportello.citizens.signIns.identities;
  const told = readLogout
    ? [
        logoutRoute({
          path: '/sign-in/back-channel-logout',
          whose: 'citizens',
          read: readLogout,
          end: (ended) => endFromThere(sportello.database, 'citizen_session', ended, new Date()),
        }),
      ]
    : [];
  return [...told, ...(await citizenSignInRoutes(parts)), ...(await meRoutes(parts)), ...citizenDeskRoutes(parts)];
}
