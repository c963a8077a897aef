/** Plug: our own cases on the database. What proves a right to see one is kept as keyed hashes. */
import { createFacts } from '../facts.ts';
import { ok, type Result } from '../result.ts';
import type { Case, Cases, CasesParts } from './contract.ts';
import { dayOf, openCase } from './embedded/opening.ts';
import { proves, toCase } from './embedded/rows.ts';

/** The office's side (taking in charge, moving on) is embedded/desk.ts. */
export default async function open({ database, now = Date.now }: CasesParts): Promise<Cases> {
  const facts = await createFacts(database);
  const today = () => dayOf(now());
  return {
    name: 'embedded',
    capabilities: () => new Set(['open', 'find', 'list']),
    async health() {
      const { count } = await database.read
        .selectFrom('case_file')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('concluded_on', 'is', null)
        .executeTakeFirstOrThrow();
      return { state: 'up', detail: `${Number(count)} pratiche aperte nel database` };
    },
    async find({ number, year }, proof): Promise<Result<Case>> {
      const row = await database.read
        .selectFrom('case_file')
        .selectAll()
        .where('year', '=', year)
        .where('number', '=', number)
        .executeTakeFirst();
      const kept = row ? (JSON.parse(row.facts) as string[]) : [facts.fiscalCode('')];
      const right = proves(facts, proof, kept);
      return row && right ? ok(toCase(row, today())) : { kind: 'not_found' };
    },
    open: (request, key) => openCase({ database, facts, now }, request, key),
    async list({ fiscalCode }) {
      const rows = await database.read
        .selectFrom('case_file')
        .selectAll()
        .where('person', '=', facts.fiscalCode(fiscalCode))
        .orderBy('received_on', 'desc')
        .orderBy('number', 'desc')
        .execute();
      return ok(rows.map((row) => toCase(row, today())));
    },
    async lookup(key) {
      const row = await database.read.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirst();
      return row ? ok(toCase(row, today())) : { kind: 'not_found' };
    },
    close: async () => {},
  };
}
