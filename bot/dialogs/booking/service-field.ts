/** Which service: named in everyday words, chosen from those that fit. */
import { z } from 'zod';
import { field, type Field } from '../../conversation/filling/form.ts';
import { codesIn } from './codes.ts';
import { type Named, namedServices } from './named-services.ts';

/** `optional`: never asked for, only listened to. */
export function serviceField(services: Named[], optional: boolean): Field {
  return field<string>({
    name: 'service',
    schema: z.string(),
    optional,
    read(around, open) {
      const { rest } = codesIn(around.text);
      // A question about another service is no change of mind.
      if (!open && around.values['service'] !== undefined && around.text.includes('?')) return { kind: 'none' };
      const named = namedServices(rest, services);
      const [first] = named;
      if (!first) return { kind: 'none' };
      const now = around.values['service'];
      if (named.length === 1) return { kind: 'value', value: first.id };
      if (named.some(({ id }) => id === now)) return { kind: 'none' };
      const names = named.map((one) => one.name);
      return optional
        ? { kind: 'none' }
        : { kind: 'doubt', ask: { text: around.say('bookWhichService', { services: names.join(' · ') }), choices: names } };
    },
    async check(value, { say }) {
      return services.some(({ id }) => id === value) ? { kind: 'ok', value } : { kind: 'refused', note: say('bookNoService') };
    },
    ask: ({ say }) => ({
      text: say('bookAskService', { services: services.map((one) => one.name).join(' · ') }),
      choices: services.map((one) => one.name),
    }),
    label: ({ say }) => say('bookService'),
    called: /\b(?:servizio|pratica|service|dienst|servicio)\b/i,
    show: (value) => (optional ? null : (services.find(({ id }) => id === value)?.name ?? value)),
  });
}
