/** A case becomes one ticket, over an interface without idempotency: our own row first, our reference in the subject, and after a silence a look for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../databases/contract.ts';
import type { CaseFileTable } from '../../databases/schema/cases.ts';
import { ok, type Result } from '../../result.ts';
import type { CaseRequest } from '../contract.ts';
import { DAYS } from '../embedded/term.ts';
import type { Wire } from './wire.ts';

/** Somebody else may still be waiting for the answer: not sent again before. */
const IN_FLIGHT_MS = 30_000;
/** Another process is sending the same case: its answer is ours too. */
const LOOKS = 60;
const BETWEEN_LOOKS_MS = 250;

/** Ours in the subject, "pratica 12/2026 a1b2c3d4": the letters tell installations on one queue apart. */
export const referenceOf = ({ id, number, year }: Pick<CaseFileTable, 'id' | 'number' | 'year'>): string =>
  `pratica ${number}/${year} ${id.slice(0, 8)}`;

export function createSending({ database, now, wire }: { database: Database; now: () => number; wire: Wire }) {
  const rowOf = (id: string) => database.read.selectFrom('case_sent').selectAll().where('case_id', '=', id).executeTakeFirst();

  async function keep(id: string, remote: string): Promise<void> {
    await database.write((tx) => tx.updateTable('case_sent').set({ remote_id: remote }).where('case_id', '=', id).execute());
  }

  /** True for the one that may send: a new row, or one left without an answer long enough ago. */
  async function claim(id: string): Promise<boolean> {
    const sent = { case_id: id, remote_id: null, sent_at: new Date(now()).toISOString() };
    const before = new Date(now() - IN_FLIGHT_MS).toISOString();
    const mine = await database.write((tx) =>
      tx
        .insertInto('case_sent')
        .values(sent)
        .onConflict((conflict) =>
          conflict
            .column('case_id')
            .doUpdateSet({ sent_at: sent.sent_at })
            .where('case_sent.sent_at', '<=', before)
            .where('case_sent.remote_id', 'is', null),
        )
        .returning('case_id')
        .executeTakeFirst(),
    );
    return mine !== undefined;
  }

  /** The ticket a case is; not_found when it was never made. */
  async function ticketOf(row: CaseFileTable): Promise<Result<string>> {
    const sent = await rowOf(row.id);
    if (!sent) return { kind: 'not_found' };
    if (sent.remote_id) return ok(sent.remote_id);
    const found = await wire.search(referenceOf(row));
    if (found.kind === 'ok') await keep(row.id, found.value);
    return found;
  }

  async function othersTicket(id: string): Promise<Result<string>> {
    for (let look = 0; look < LOOKS; look++) {
      const sent = await rowOf(id);
      if (sent?.remote_id) return ok(sent.remote_id);
      if (!sent) break;
      await sleep(BETWEEN_LOOKS_MS);
    }
    return { kind: 'unknown', reason: 'being sent' };
  }

  async function send(row: CaseFileTable, request: CaseRequest): Promise<Result<string>> {
    const earlier = await rowOf(row.id);
    if (earlier) {
      const found = await ticketOf(row);
      if (found.kind !== 'not_found') return found;
    }
    if (!(await claim(row.id))) return othersTicket(row.id);
    const days = request.days ?? DAYS;
    const made = await wire.create({
      subject: `${row.subject} [${referenceOf(row)}]`,
      requestor: request.person.email,
      content: `${request.text ?? row.subject}\n\nUfficio: ${row.office}\nPratica: ${row.number}/${row.year}\n`,
      due: new Date(Date.parse(row.received_on) + days * 86_400_000).toISOString().slice(0, 10),
    });
    if (made.kind === 'ok') await keep(row.id, made.value);
    // Surely not made: the next try need not wait.
    else if (made.kind !== 'unknown') await database.write((tx) => tx.deleteFrom('case_sent').where('case_id', '=', row.id).execute());
    return made;
  }

  return { send, ticketOf };
}
