/**
 * Sending a report once, over a protocol without idempotency: our own row first, a reference in the description, and after a silence a look through
 * the newest requests for it. `[a-z]` only, so that no masking of numbers on the other side hides it.
 */
import { randomBytes } from 'node:crypto';
import type { Database } from '../../databases/contract.ts';
import type { ReportSentTable } from '../../databases/schema/cases.ts';
import type { Result } from '../../result.ts';
import type { Report, ReportRequest } from '../contract.ts';

/** Somebody else may still be waiting for the answer: not sent again before. */
const IN_FLIGHT_MS = 30_000;

export interface Wire {
  /** `ok` with a report that has an id or a token. */
  post(request: ReportRequest, reference: string): Promise<Result<Report>>;
  get(id: string): Promise<Result<Report>>;
  /** The report of a token; its id is '' while there is none. */
  resolve(token: string): Promise<Result<Report>>;
  /** The request with our reference among those since then. */
  search(category: string, reference: string, since: string): Promise<Result<Report>>;
}

export function createSending(parts: { database: Database; now: () => number; wire: Wire }) {
  const { database, now, wire } = parts;

  async function rowOf(key: string): Promise<ReportSentTable | undefined> {
    return database.read.selectFrom('report_sent').selectAll().where('request_key', '=', key).executeTakeFirst();
  }

  /** True for the one that may send: a new row, or one that was left without an answer long enough ago. */
  async function claim(row: ReportSentTable): Promise<boolean> {
    const before = new Date(now() - IN_FLIGHT_MS).toISOString();
    const mine = await database.write((tx) =>
      tx
        .insertInto('report_sent')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('request_key')
            .doUpdateSet({ sent_at: row.sent_at })
            .where('report_sent.sent_at', '<=', before)
            .where('report_sent.remote_id', 'is', null)
            .where('report_sent.token', 'is', null),
        )
        .returning('request_key')
        .executeTakeFirst(),
    );
    return mine !== undefined;
  }

  async function keep(key: string, { id, token }: Report): Promise<void> {
    const found = id ? { remote_id: id } : token ? { token } : null;
    if (found) await database.write((tx) => tx.updateTable('report_sent').set(found).where('request_key', '=', key).execute());
  }

  /** What became of it, as far as the other side says. */
  async function lookup(key: string): Promise<Result<Report>> {
    const row = await rowOf(key);
    if (!row) return { kind: 'not_found' };
    const found = row.remote_id
      ? await wire.get(row.remote_id)
      : row.token
        ? await wire.resolve(row.token)
        : await wire.search(row.service_code, row.reference, row.sent_at);
    if (found.kind === 'ok') await keep(key, found.value);
    return found;
  }

  async function submit(request: ReportRequest, key: string): Promise<Result<Report>> {
    const asked = JSON.stringify(request);
    const earlier = await rowOf(key);
    if (earlier && earlier.request !== asked) return { kind: 'invalid', fields: { idempotencyKey: 'già usata per un’altra segnalazione' } };
    if (earlier) {
      const found = await lookup(key);
      // Not there although it was accepted: a list that lags behind is no reason to send it again.
      if (found.kind !== 'not_found' || earlier.remote_id || earlier.token) return found;
    }
    const reference = earlier?.reference ?? Array.from(randomBytes(12), (byte) => String.fromCharCode(97 + (byte % 26))).join('');
    const row = { request_key: key, reference, request: asked, service_code: request.category, remote_id: null, token: null };
    if (!(await claim({ ...row, sent_at: new Date(now()).toISOString() }))) return { kind: 'unknown', reason: 'being sent' };
    const sent = await wire.post(request, reference);
    if (sent.kind === 'ok') await keep(key, sent.value);
    // Surely not done: the key is free again.
    else if (sent.kind !== 'unknown') await database.write((tx) => tx.deleteFrom('report_sent').where('request_key', '=', key).execute());
    return sent;
  }

  return { submit, lookup };
}
