/**
 * Plug: cases are tickets of a Request Tracker (REST 2.0), where the office works on them. The number, the year and what proves a right to see a case
 * are ours, in the database, where nobody of RT needs them; how it stands is RT's to say.
 */
import { z } from 'zod';
import type { CaseFileTable } from '../databases/schema/cases.ts';
import { createFacts } from '../facts.ts';
import { ok, type Result } from '../result.ts';
import type { Case, Cases, CasesParts } from './contract.ts';
import { dayOf, openCase } from './embedded/opening.ts';
import { proves } from './embedded/rows.ts';
import { asCase } from './rt/read.ts';
import { createSending } from './rt/sending.ts';
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

export default async function open({ database, now = Date.now }: CasesParts, given: unknown): Promise<Cases> {
  const chosen = settings.parse(given);
  const facts = await createFacts(database);
  const wire = createWire(chosen);
  const sending = createSending({ database, now, wire });
  const { read } = database;

  /** Nothing of a case is told that RT does not have. */
  async function told(row: CaseFileTable): Promise<Result<Case>> {
    const ticket = await sending.ticketOf(row);
    if (ticket.kind !== 'ok') return ticket;
    const state = await wire.state(ticket.value);
    return state.kind === 'ok' ? ok(asCase(row, state.value, dayOf(now()), dayOf)) : state;
  }

  return {
    name: 'rt',
    capabilities: () => new Set(['open', 'find', 'list']),
    async health() {
      const queue = await wire.queue();
      if (queue.kind === 'ok') return { state: 'up', detail: `coda ${chosen.RT_QUEUE} su ${new URL(chosen.RT_URL).host}` };
      return {
        state: 'down',
        detail: queue.kind === 'not_found' ? `la coda ${chosen.RT_QUEUE} non c’è` : 'reason' in queue ? queue.reason : queue.kind,
      };
    },
    async find({ number, year }, proof) {
      const row = await read.selectFrom('case_file').selectAll().where('year', '=', year).where('number', '=', number).executeTakeFirst();
      const right = proves(facts, proof, row ? (JSON.parse(row.facts) as string[]) : [facts.fiscalCode('')]);
      return row && right ? told(row) : { kind: 'not_found' };
    },
    async open(request, key) {
      const opened = await openCase({ database, facts, now }, request, key);
      if (opened.kind !== 'ok') return opened;
      const row = await read.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirstOrThrow();
      const sent = await sending.send(row, request);
      return sent.kind === 'ok' ? told(row) : sent;
    },
    async list({ fiscalCode }) {
      const rows = await read
        .selectFrom('case_file')
        .selectAll()
        .where('person', '=', facts.fiscalCode(fiscalCode))
        .orderBy('received_on', 'desc')
        .orderBy('number', 'desc')
        .execute();
      const found = await Promise.all(rows.map(told));
      const trouble = found.find(({ kind }) => kind !== 'ok' && kind !== 'not_found');
      if (trouble && trouble.kind !== 'ok') return trouble;
      return ok(found.flatMap((one) => (one.kind === 'ok' ? [one.value] : [])));
    },
    async lookup(key) {
      const row = await read.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirst();
      return row ? told(row) : { kind: 'not_found' };
    },
    close: async () => {},
  };
}
