/** Plug: our own desk (bot/desk). The request stands in our database already, so nothing goes anywhere. */
import { ok } from '../result.ts';
import type { Handoffs } from './contract.ts';

export default async function open(): Promise<Handoffs> {
  return {
    name: 'embedded',
    abilities: () => new Set(['own', 'live']),
    health: async () => ({ state: 'up', detail: 'la propria console degli operatori' }),
    initiate: async ({ id }) => ok(id),
    say: async () => ok(null),
    end: async () => ok(null),
    receive: () => ({ kind: 'not_allowed', need: 'unsupported' }),
    ask: async (_remote, since) => ok({ news: [], since }),
    close: async () => {},
  };
}
