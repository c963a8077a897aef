/**
 * Plug: cases are tickets of a Request Tracker (REST 2.0), where the office works on them. The number, the year and what proves a right to see a case
 * are ours, in the database, where nobody of RT needs them; how it stands is RT's to say.
 */
import { z } from 'zod';
import type { CaseFileTable } from '../databases/schema/cases.ts';
import type { Cases, CasesParts } from './contract.ts';
import { DAYS } from './embedded/term.ts';
import { createToolCases } from './office-tool/plug.ts';
import { createWire } from './rt/wire.ts';

export const settings = z.object({
  RT_URL: z
    .url({ protocol: /^https?$/, error: 'the address of Request Tracker, https://rt.comune.example' })
    .describe('Address of Request Tracker 5, up to and without "/REST/2.0". Needed with CASES=rt or HANDOFFS=rt.'),
  RT_QUEUE: z.string().min(1).default('Sportello').describe('Queue of Request Tracker that takes the cases; it must exist.'),
  RT_TOKEN: z.string().default('').describe('Authentication token of Request Tracker; empty = user and password.'),
  RT_USER: z.string().default('').describe('User of Request Tracker, without a token.'),
  RT_PASSWORD: z.string().default('').describe('Password of that user.'),
});

/** Ours in the subject, "pratica 12/2026 a1b2c3d4": the letters tell installations on one queue apart. */
const referenceOf = ({ id, number, year }: CaseFileTable): string => `pratica ${number}/${year} ${id.slice(0, 8)}`;

export default async function open(parts: CasesParts, given: unknown): Promise<Cases> {
  const chosen = settings.parse(given);
  const wire = createWire(chosen);
  return createToolCases(parts, {
    name: 'rt',
    async health() {
      const queue = await wire.queue();
      if (queue.kind === 'ok') return { state: 'up', detail: `coda ${chosen.RT_QUEUE} su ${new URL(chosen.RT_URL).host}` };
      return {
        state: 'down',
        detail: queue.kind === 'not_found' ? `la coda ${chosen.RT_QUEUE} non c’è` : 'reason' in queue ? queue.reason : queue.kind,
      };
    },
    create: (row, request) =>
      wire.create({
        subject: `${row.subject} [${referenceOf(row)}]`,
        requestor: request.person.email,
        content: `${request.text ?? row.subject}\n\nUfficio: ${row.office}\nPratica: ${row.number}/${row.year}\n`,
        due: new Date(Date.parse(row.received_on) + (request.days ?? DAYS) * 86_400_000).toISOString().slice(0, 10),
      }),
    find: (row) => wire.search(referenceOf(row)),
    state: wire.state,
    filesOf: wire.filesOf,
    attach: wire.attach,
  });
}
