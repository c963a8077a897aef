/** Plug: made-up citizens for trying things out. Whoever opens the page may be any of them, so it refuses to run in production. */
import { z } from 'zod';
import type { Identities, Level, MadeUp } from './contract.ts';

export const settings = z.object({
  NODE_ENV: z
    .string()
    .refine(
      (value) => value !== 'production',
      'anything but production while IDENTITIES=embedded, whose citizens are made up: set IDENTITIES=oidc (or none)',
    )
    .default('development'),
});

/** The first two are those of the demo's cases. */
const PEOPLE: (MadeUp & { fiscalCode: string; level: Level })[] = [
  { id: 'mario', name: 'Mario Rossi', about: 'ha due pratiche in corso', fiscalCode: 'RSSMRA85T10A562S', level: 2 },
  { id: 'marta', name: 'Marta Guidi', about: 'ha una pratica in corso', fiscalCode: 'GDUMRT84E52D612J', level: 3 },
  { id: 'anna', name: 'Anna Bianchi', about: 'entra solo con SPID di livello 1', fiscalCode: 'BNCNNA90A41A562X', level: 1 },
];

export default async function open(given: unknown): Promise<Identities> {
  // Read again here: whoever opens the plug without plugIn is refused too.
  settings.parse(given ?? {});
  return {
    name: 'embedded',
    open: true,
    madeUp: PEOPLE.map(({ id, name, about }) => ({ id, name, about })),
    health: async () => ({ state: 'up', detail: 'cittadini inventati' }),
    begin: async ({ state }) => ({ kind: 'ok', value: { url: `/sign-in/made-up?state=${state}` } }),
    async finish(callback, { state, level }) {
      const { searchParams } = callback;
      if (searchParams.get('state') !== state) return { kind: 'refused', why: 'invalid', reason: 'another state' };
      if (searchParams.get('error')) return { kind: 'refused', why: 'cancelled', reason: searchParams.get('error') ?? '' };
      const person = PEOPLE.find(({ id }) => id === searchParams.get('code'));
      if (!person) return { kind: 'refused', why: 'invalid', reason: 'nobody of that name' };
      if (person.level < level) return { kind: 'refused', why: 'level', reason: `level ${person.level} of ${level}` };
      return { kind: 'ok', value: { fiscalCode: person.fiscalCode, name: person.name, level: person.level } };
    },
    close: async () => {},
  };
}
