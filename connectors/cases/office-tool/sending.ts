/** A case becomes one entry of the office's own tool, over an interface without idempotency: our own row first, our reference with it, and after a silence a look for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../databases/contract.ts';
import type { CaseFileTable } from '../../databases/schema/cases.ts';
import { ok, type Result } from '../../result.ts';
import type { CaseRequest } from '../contract.ts';

/** Somebody else may still be waiting for the answer: not sent again before. */
const IN_FLIGHT_MS = 30_000;
/** Another process is sending the same case: its answer is ours too. */
const LOOKS = 60;
const BETWEEN_LOOKS_MS = 250;

export interface CaseKeeper {
  /** Id of the entry; `unknown` when it was sent and no answer came. */
  create(row: CaseFileTable, request: CaseRequest): Promise<Result<string>>;
  /** Id of the entry that bears our reference. */
  find(row: CaseFileTable): Promise<Result<string>>;
}

export function createSending({ database, now, keeper }: { database: Database; now: () => number; keeper: CaseKeeper }) {
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

  /** The entry a case is; not_found when it was never made. */
  async function entryOf(row: CaseFileTable): Promise<Result<string>> {
    const sent = await rowOf(row.id);
    if (!sent) return { kind: 'not_found' };
    if (sent.remote_id) return ok(sent.remote_id);
    const found = await keeper.find(row);
    if (found.kind === 'ok') await keep(row.id, found.value);
    return found;
  }

  async function othersEntry(id: string): Promise<Result<string>> {
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
      const found = await entryOf(row);
      if (found.kind !== 'not_found') return found;
    }
    if (!(await claim(row.id))) return othersEntry(row.id);
    const made = await keeper.create(row, request);
    if (made.kind === 'ok') await keep(row.id, made.value);
    // Surely not made: the next try need not wait.
    else if (made.kind !== 'unknown') await database.write((tx) => tx.deleteFrom('case_sent').where('case_id', '=', row.id).execute());
    return made;
  }

  return { send, entryOf };
}
