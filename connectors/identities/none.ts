/** Plug: nobody signs in here; what needs a proof goes on asking for a code and a second fact. */
import type { Identities } from './contract.ts';

export default async function open(): Promise<Identities> {
  const reason = 'IDENTITIES=none';
  return {
    name: 'none',
    open: false,
    health: async () => ({ state: 'up', detail: 'accesso dei cittadini spento' }),
    begin: async () => ({ kind: 'down', reason }),
    finish: async () => ({ kind: 'down', reason }),
    close: async () => {},
  };
}
