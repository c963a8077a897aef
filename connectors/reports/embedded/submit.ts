/** A new report: its number is the next of its year, its key sends it once. */
import { Stop, writeOrTell } from '../../bookings/embedded/write.ts';
import { createZone } from '../../bookings/zone.ts';
import type { Database } from '../../databases/contract.ts';
import { ok, type Result } from '../../result.ts';
import { nextOfYear } from '../../yearly-count.ts';
import type { Report, ReportRequest } from '../contract.ts';
import { readCategories, wrongAttributes } from './categories.ts';
import { toReport, wrongFields } from './rows.ts';

const zone = createZone();
const DAY_MS = 86_400_000;

export async function submit(
  parts: { database: Database; now: () => number },
  request: ReportRequest,
  key: string,
): Promise<Result<Report>> {
  const { database, now } = parts;
  const categories = await readCategories(database);
  const category = categories.find(({ code }) => code === request.category);
  if (!category) return { kind: 'not_found' };
  const fields = wrongFields(request, key);
  if (fields) return { kind: 'invalid', fields };
  const missing = wrongAttributes(category.attributes, request.attributes ?? {});
  if (Object.keys(missing).length > 0) return { kind: 'invalid', fields: missing };
  const asked = JSON.stringify(request);
  const done = await writeOrTell(database, async (tx) => {
    const earlier = await tx.selectFrom('report').selectAll().where('request_key', '=', key).executeTakeFirst();
    if (earlier && earlier.request !== asked)
      throw new Stop({ kind: 'invalid', fields: { idempotencyKey: 'già usata per un’altra segnalazione' } });
    if (earlier) return earlier;
    const today = zone.dayOf(now());
    const year = Number(today.slice(0, 4));
    const stamp = new Date(now()).toISOString();
    return tx
      .insertInto('report')
      .values({
        id: `S${await nextOfYear(tx, 'report', year)}-${year}`,
        request_key: key,
        request: asked,
        category: category.code,
        status: 'received',
        address: request.address?.trim() || null,
        lat: request.lat ?? null,
        long: request.long ?? null,
        description: request.description.trim(),
        attributes: JSON.stringify(request.attributes ?? {}),
        photo: request.photo ?? null,
        media_url: request.mediaUrl ?? null,
        contact: request.contact ? JSON.stringify(request.contact) : null,
        conversation_id: request.conversationId ?? null,
        history: JSON.stringify([{ status: 'received', at: stamp }]),
        expected_on: category.days === null ? null : zone.dayOf(now() + category.days * DAY_MS),
        requested_at: stamp,
        updated_at: stamp,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return done.kind === 'ok' ? ok(toReport(done.value, categories)) : done;
}

/** The office's own side: what becomes of a report. */
export async function moveReport(
  parts: { database: Database; now: () => number },
  id: string,
  to: { status: Report['status']; note?: string; expectedOn?: string | null },
): Promise<Result<Report>> {
  const at = new Date(parts.now()).toISOString();
  const row = await parts.database.write(async (tx) => {
    const found = await tx.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirst();
    if (!found) return null;
    const step = { status: to.status, at, ...(to.note && { note: to.note }) };
    const history = JSON.stringify([...(JSON.parse(found.history) as unknown[]), step]);
    return tx
      .updateTable('report')
      .set({ status: to.status, history, updated_at: at, ...(to.expectedOn !== undefined && { expected_on: to.expectedOn }) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return row ? ok(toReport(row, await readCategories(parts.database))) : { kind: 'not_found' };
}
