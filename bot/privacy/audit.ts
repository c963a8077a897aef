/** Append-only audit: each row carries the hash of the one before, so a changed or missing row is found by `npm run admin -- audit verify`. */
import { createHash } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';

export interface AuditEntry {
  /** Id of a staff user, `operator` (the command line) or `system`. */
  actor: string;
  /** `noun.verb`, e.g. `user.create`. */
  action: string;
  /** Id of what was acted on; never a name or what people wrote. */
  subject: string;
  detail: Record<string, unknown>;
}

const START = '0'.repeat(64);
/** Row of the `secret` table that holds the newest hash: locking it puts writers of every process in one line, and a cut-off tail shows. */
const HEAD = 'audit-head';

/** Writes one row inside the caller's transaction: the act and its trace stand or fall together. */
export const appendAudit = (tx: Writer, entry: AuditEntry, now = new Date()): Promise<void> => appendAudits(tx, [entry], now);

/** The same for several acts of one transaction, in their order, at the cost of one. */
export async function appendAudits(tx: Writer, entries: AuditEntry[], now = new Date()): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .insertInto('secret')
    .values({ name: HEAD, value: START })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const head = await tx
    .updateTable('secret')
    .set((builder) => ({ value: builder.ref('value') }))
    .where('name', '=', HEAD)
    .returning('value')
    .executeTakeFirstOrThrow();
  let previous = head.value;
  const rows = entries.map(({ actor, action, subject, detail }) => {
    const row = { at: now.toISOString(), actor, action, subject, detail: JSON.stringify(detail) };
    const linked = { ...row, previous_hash: previous, hash: link(previous, row) };
    previous = linked.hash;
    return linked;
  });
  await tx.insertInto('audit').values(rows).execute();
  await tx.updateTable('secret').set({ value: previous }).where('name', '=', HEAD).execute();
}

/** Walks the whole chain. `firstBroken` is the id of the first row that does not fit the one before it. */
export async function verifyAudit(database: Database): Promise<{ entries: number; intact: boolean; firstBroken?: number }> {
  let entries = 0;
  let previous = START;
  let after = 0;
  for (;;) {
    // Read before the rows: the row it names is then among them, even while others write.
    const head = await database.read.selectFrom('secret').select('value').where('name', '=', HEAD).executeTakeFirst();
    const rows = await database.read.selectFrom('audit').selectAll().where('id', '>', after).orderBy('id').limit(1_000).execute();
    for (const row of rows) {
      entries++;
      if (row.previous_hash !== previous || row.hash !== link(previous, row))
        return { entries: await count(database), intact: false, firstBroken: row.id };
      previous = row.hash;
      after = row.id;
    }
    if (rows.length > 0) continue;
    return (head?.value ?? START) === previous ? { entries, intact: true } : { entries, intact: false, firstBroken: after + 1 };
  }
}

async function count(database: Database): Promise<number> {
  const row = await database.read
    .selectFrom('audit')
    .select((builder) => builder.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

function link(previous: string, row: { at: string; actor: string; action: string; subject: string; detail: string }): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, row.at, row.actor, row.action, row.subject, row.detail]))
    .digest('hex');
}
