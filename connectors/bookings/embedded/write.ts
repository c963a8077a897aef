/** One write with its outcome as a value: what the work decides against is undone as a whole. */
import type { Database, Writer } from '../../databases/contract.ts';
import { ok, type Result, type Trouble } from '../../result.ts';
import { Beaten } from './seats.ts';

/** Thrown inside a write to undo it with this outcome. */
export class Stop extends Error {
  trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

const TRIES = 25;
/** Two that chose the same code, or the same place below a person's limit, at once: the unique key let one through. */
const isUnique = (error: unknown) => error instanceof Error && /unique/i.test(error.message);

/** The connection broke: PostgreSQL may have committed before it did (class 08, and the server's own shutdown, 57P). */
const isLost = (error: unknown) =>
  error instanceof Error &&
  (('code' in error && /^(08|57P|ECONNRESET|EPIPE)/.test(String(error.code))) || /^Connection terminated/.test(error.message));

export async function writeOrTell<T>(database: Database, work: (tx: Writer) => Promise<T>): Promise<Result<T>> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      return ok(await database.write(work));
    } catch (error) {
      if (error instanceof Stop) return error.trouble;
      if (isLost(error)) return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
      if (!(error instanceof Beaten) && !isUnique(error)) throw error;
    }
  }
  return { kind: 'retry_after', seconds: 2 };
}

/**
 * True when this key is new and now ours; false when the same request was done before under `code`. PostgreSQL keeps a second one waiting
 * until the first has committed, so of two at once one does the work and the other finds it done.
 */
export async function claimKey(
  tx: Writer,
  row: { key: string; request: string; code: string; now: number },
): Promise<{ first: boolean; code: string }> {
  if (!row.key) throw new Stop({ kind: 'invalid', fields: { idempotencyKey: 'manca' } });
  const mine = await tx
    .insertInto('booking_request')
    .values({ key: row.key, request: row.request, code: row.code, created_at: new Date(row.now).toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  if (mine) return { first: true, code: row.code };
  const earlier = await tx.selectFrom('booking_request').selectAll().where('key', '=', row.key).executeTakeFirstOrThrow();
  if (earlier.request !== row.request) throw new Stop({ kind: 'invalid', fields: { idempotencyKey: 'già usata per un’altra richiesta' } });
  return { first: false, code: earlier.code };
}
