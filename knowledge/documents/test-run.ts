/** Every test question of every page in force at once, and what came out the times before. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Answer, Question } from '../answering/question.ts';
import { placeNow } from './mend-store.ts';
import { judge, type PageTest } from './tests.ts';
import { readVersion } from './versions.ts';

export interface FailedTest {
  testId: string;
  documentId: string;
  title: string;
  question: string;
  /** One line for the editor. */
  wrong: string;
}

export interface TestRun {
  id: string;
  startedAt: string;
  by: string;
  office: string | null;
  total: number;
  failed: FailedTest[];
  ms: number;
  /** Against the run before of the same offices: test ids. */
  newlyFailed: string[];
  mended: string[];
}

export interface RunParts {
  database: Database;
  answer(question: Question): Promise<Answer>;
  today: string;
  /** null = every office. */
  office: string | null;
  by: { id: string; name: string };
  /** Writes in the same transaction. */
  within(tx: Writer, run: { id: string; total: number; failed: number }): Promise<void>;
}

const KEPT = 100;
const SHOWN = 20;

/** Some ms a question; others work in between. Pages that are not in force are left out. */
export async function runAllTests(parts: RunParts, now = new Date()): Promise<TestRun> {
  const { database, today, office } = parts;
  const started = performance.now();
  let query = database.read
    .selectFrom('document_test as t')
    .innerJoin('document_version as v', 'v.document_id', 't.document_id')
    .select(['t.id', 't.document_id', 't.kind', 't.question', 't.lang', 't.anchor', 'v.title', 'v.audience', 'v.version'])
    .where('v.status', '=', 'published')
    .where((or) => or.or([or('v.valid_from', 'is', null), or('v.valid_from', '<=', today)]))
    .where((or) => or.or([or('v.valid_until', 'is', null), or('v.valid_until', '>=', today)]))
    .orderBy('t.document_id')
    .orderBy('t.created_at')
    .orderBy('v.version');
  if (office !== null) query = query.where('v.office', '=', office);
  // Of two versions in force the newer one names the page.
  const tests = new Map((await query.execute()).map((row) => [row.id, row]));
  const failed: FailedTest[] = [];
  for (const { id, document_id: documentId, kind, question, lang, anchor: wanted, title, audience, version } of tests.values()) {
    const stored = wanted === null ? null : await readVersion(database, documentId, version);
    const anchor = wanted !== null && stored ? placeNow(stored, wanted) : wanted;
    const answer = await parts.answer({ text: question, lang, history: [], at: today, audience: audience as Question['audience'] });
    const wrong = judge({ kind: kind as PageTest['kind'], documentId, anchor }, answer);
    if (wrong) failed.push({ testId: id, documentId, title, question, wrong });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const run = {
    id: randomUUID(),
    startedAt: now.toISOString(),
    by: parts.by.name,
    office,
    total: tests.size,
    failed,
    ms: Math.round(performance.now() - started),
  };
  await database.write(async (tx) => {
    await tx
      .insertInto('test_run')
      .values({
        id: run.id,
        started_at: run.startedAt,
        run_by: run.by,
        office,
        total: run.total,
        failed: failed.length,
        ms: run.ms,
        results: JSON.stringify(failed),
      })
      .execute();
    const old = await tx.selectFrom('test_run').select('id').orderBy('started_at', 'desc').offset(KEPT).limit(KEPT).execute();
    if (old.length > 0)
      await tx
        .deleteFrom('test_run')
        .where(
          'id',
          'in',
          old.map(({ id }) => id),
        )
        .execute();
    await parts.within(tx, { id: run.id, total: run.total, failed: failed.length });
  });
  const [latest] = await listRuns(database, office);
  return latest?.id === run.id ? latest : { ...run, newlyFailed: [], mended: [] };
}

/** The newest first, at most 20. */
export async function listRuns(database: Database, office: string | null): Promise<TestRun[]> {
  const rows = await database.read
    .selectFrom('test_run')
    .selectAll()
    .where('office', office === null ? 'is' : '=', office)
    .orderBy('started_at', 'desc')
    .limit(SHOWN + 1)
    .execute();
  const runs = rows.map((row) => ({
    id: row.id,
    startedAt: row.started_at,
    by: row.run_by,
    office: row.office,
    total: row.total,
    failed: JSON.parse(row.results) as FailedTest[],
    ms: row.ms,
  }));
  return runs.slice(0, SHOWN).map((run, i) => {
    const before = runs[i + 1];
    const ids = (failed: FailedTest[]) => failed.map(({ testId }) => testId);
    const [now, then] = [new Set(ids(run.failed)), new Set(ids(before?.failed ?? []))];
    return {
      ...run,
      newlyFailed: before ? [...now].filter((id) => !then.has(id)) : [],
      mended: [...then].filter((id) => !now.has(id)),
    };
  });
}
