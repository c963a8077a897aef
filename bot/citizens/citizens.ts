/** What the rest of the house needs of citizens who sign in, put together. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Identities } from '../../connectors/identities/contract.ts';
import { createMandates, type Mandates } from './mandates.ts';
import { createProfiles, type Profiles } from './profile.ts';
import { createSignIns, type SignIns } from './sign-in.ts';
import { createUndelivered, type Undelivered } from './undelivered.ts';
import { createKeyed } from './thread.ts';

export interface Citizens {
  signIns: SignIns;
  profiles: Profiles;
  mandates: Mandates;
  undelivered: Undelivered;
  /** Drops what has run out, of all three. */
  sweep(): Promise<void>;
}

export async function createCitizens(parts: {
  database: Database;
  identities: Identities;
  today(): string;
  now?(): number;
}): Promise<Citizens> {
  const { database, identities, today, now = Date.now } = parts;
  const keyed = await createKeyed(database);
  const signIns = createSignIns({ database, identities, keyed, now });
  const profiles = createProfiles({ database, keyed, now });
  const mandates = createMandates({ database, personOf: signIns.sessions.personOf, today });
  return {
    signIns,
    profiles,
    mandates,
    undelivered: createUndelivered({ database, profiles, now }),
    async sweep() {
      await signIns.sweep();
      await profiles.sweep();
      await mandates.sweep();
    },
  };
}
