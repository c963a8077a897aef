/** The office's own side of a case: putting it there, taking it in charge, moving it on, standing still. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../databases/contract.ts';
import { createFacts } from '../../facts.ts';
import { ok, type Result } from '../../result.ts';
import type { Case, CaseRef, CaseRequest, CaseStatus } from '../contract.ts';
import { dayOf, openCase } from './opening.ts';
import { ENDED, toCase } from './rows.ts';
import type { Suspension } from './term.ts';
import type { CaseFileTable } from '../../databases/schema/cases.ts';

const MOST_LISTED = 200;

export async function createCaseDesk({ database, now = Date.now }: { database: Database; now?: () => number }) {
  const facts = await createFacts(database);

  async function change(ref: CaseRef, to: (row: CaseFileTable) => Partial<CaseFileTable>): Promise<Result<Case>> {
    const row = await database.write(async (tx) => {
      const found = await rowOf(tx, ref);
      if (!found) return null;
      return tx
        .updateTable('case_file')
        .set({ ...to(found), updated_at: new Date(now()).toISOString() })
        .where('id', '=', found.id)
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    return row ? ok(toCase(row, dayOf(now()))) : { kind: 'not_found' };
  }

  return {
    /** A case that came another way (paper, mail): its number and the days are the office's when given. */
    put: (request: CaseRequest, given: { ref?: CaseRef; receivedOn?: string; key?: string } = {}): Promise<Result<Case>> =>
      openCase({ database, facts, now }, request, given.key ?? randomUUID(), given),

    /** Newest first, at most 200; `office` null = every office, `open` = not concluded yet. */
    async list({ office, open }: { office: string | null; open: boolean }): Promise<Case[]> {
      let rows = database.read.selectFrom('case_file').selectAll();
      if (office !== null) rows = rows.where('office', '=', office);
      if (open) rows = rows.where('concluded_on', 'is', null);
      const found = await rows.orderBy('received_on', 'desc').orderBy('number', 'desc').limit(MOST_LISTED).execute();
      return found.map((row) => toCase(row, dayOf(now())));
    },

    takeInCharge: (ref: CaseRef, on: string, protocol: string): Promise<Result<Case>> =>
      change(ref, (row) => ({ status: 'in_progress', taken_in_charge_on: on, protocol, history: stepped(row, 'in_progress', on) })),

    /** `status` `waiting` stops the clock; any other lets it go on. */
    move: (ref: CaseRef, status: CaseStatus, on: string, note?: string): Promise<Result<Case>> =>
      change(ref, (row) => {
        const before = JSON.parse(row.suspensions) as Suspension[];
        const running = before.map((one) => (one.to === null && status !== 'waiting' ? { ...one, to: on } : one));
        const suspensions =
          status === 'waiting' && row.status !== 'waiting' ? [...running, { from: on, to: null, reason: 'documents' }] : running;
        return {
          status,
          suspensions: JSON.stringify(suspensions),
          history: stepped(row, status, on, note),
          concluded_on: ENDED.includes(status) ? on : null,
        };
      }),
  };
}

export type CaseDesk = Awaited<ReturnType<typeof createCaseDesk>>;

const rowOf = (tx: Writer, { number, year }: CaseRef) =>
  tx.selectFrom('case_file').selectAll().where('year', '=', year).where('number', '=', number).executeTakeFirst();

const stepped = (row: CaseFileTable, status: CaseStatus, on: string, note?: string): string =>
  JSON.stringify([...(JSON.parse(row.history) as unknown[]), { status, on, ...(note && { note }) }]);
