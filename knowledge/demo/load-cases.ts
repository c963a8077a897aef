/** The demo municipality's cases, reports and payment notices, put there once: afterwards they are the office's. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createCaseDesk } from '../../connectors/cases/embedded/desk.ts';
import type { CaseRequest, CaseStatus } from '../../connectors/cases/contract.ts';
import { dayOf } from '../../connectors/cases/embedded/opening.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { importNotices } from '../../connectors/payments/embedded/import.ts';
import type { ReportRequest, ReportStatus } from '../../connectors/reports/contract.ts';
import { readCategories, saveCategories } from '../../connectors/reports/embedded/categories.ts';
import { moveReport, submit } from '../../connectors/reports/embedded/submit.ts';
import type { Result } from '../../connectors/result.ts';

const DAY_MS = 86_400_000;
const read = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8');

interface DemoCase extends Pick<CaseRequest, 'subject' | 'office' | 'person' | 'days'> {
  ref: number;
  daysAgo: number;
  steps: { daysAgo: number; protocol?: number; status?: CaseStatus; note?: string }[];
}

interface DemoReport extends ReportRequest {
  steps: ReportStatus[];
  note?: string;
}

/** Days are counted back from today, so that the demo never grows old; a case's number is of the year it was received in. */
export async function loadDemoCases(database: Database, now: number = Date.now()): Promise<boolean> {
  const known = await database.read.selectFrom('case_file').select('id').limit(1).executeTakeFirst();
  if (known) return false;
  const desk = await createCaseDesk({ database, now: () => now });
  for (const { ref, daysAgo, steps, ...request } of JSON.parse(await read('cases.json')) as DemoCase[]) {
    const receivedOn = dayOf(now - daysAgo * DAY_MS);
    const of = { number: ref, year: Number(receivedOn.slice(0, 4)) };
    sound(await desk.put(request, { ref: of, receivedOn, key: `demo ${ref}` }));
    for (const { daysAgo: ago, protocol, status, note } of steps) {
      const on = dayOf(now - ago * DAY_MS);
      if (protocol) sound(await desk.takeInCharge(of, on, `${String(protocol).padStart(7, '0')}/${on.slice(0, 4)}`));
      if (status) sound(await desk.move(of, status, on, note));
    }
  }
  return true;
}

/** Categories and a few reports. */
export async function loadDemoReports(database: Database, now: number = Date.now()): Promise<boolean> {
  if ((await readCategories(database)).length > 0) return false;
  const { categories, reports } = JSON.parse(await read('reports.json')) as { categories: unknown; reports: DemoReport[] };
  sound(await saveCategories(database, categories));
  for (const [index, { steps, note, ...request }] of reports.entries()) {
    const made = await submit({ database, now: () => now - (12 - index * 3) * DAY_MS }, request, `demo ${index}`);
    sound(made);
    for (const [step, status] of steps.entries())
      if (made.kind === 'ok')
        sound(
          await moveReport({ database, now: () => now - (8 - step * 3) * DAY_MS }, made.value.id, {
            status,
            ...(note && step === steps.length - 1 && { note }),
          }),
        );
  }
  return true;
}

export async function loadDemoNotices(database: Database, now: number = Date.now()): Promise<boolean> {
  const known = await database.read.selectFrom('payment_notice').select('nav').limit(1).executeTakeFirst();
  if (known) return false;
  const { wrong } = await importNotices(database, await read('notices.csv'), { now });
  if (wrong.length > 0) throw new Error(`notices.csv: ${JSON.stringify(wrong)}`);
  return true;
}

function sound(result: Result<unknown>): void {
  if (result.kind !== 'ok') throw new Error(`demo: ${JSON.stringify(result)}`);
}
