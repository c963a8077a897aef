/** Sources and what they brought, as a console lists and settles them. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { SourceTable } from '../../connectors/databases/schema/sources.ts';
import { type TouchedAnswer, touchedAnswers } from './citing.ts';
import { type DiffLine, diffLines } from './diff.ts';
import { dropDraft } from './draft.ts';
import { readVersion } from './versions.ts';

export const SOURCE_KINDS = ['page', 'site', 'wordpress'] as const;

export interface SourceGiven {
  url: string;
  kind: (typeof SOURCE_KINDS)[number];
  office: string;
  lang: string | null;
  everyHours: number;
  /** What passes the checks is published by itself. */
  publish: boolean;
}

export interface SourceShown extends SourceGiven {
  id: string;
  reading: boolean;
  lastAt: string | null;
  nextAt: string;
  lastResult: { read: number; changes: number; gone: number; skipped: { source: string; reason: string }[] } | null;
}

export interface ChangeShown {
  id: string;
  sourceId: string;
  documentId: string;
  title: string;
  url: string;
  kind: 'new' | 'changed' | 'gone';
  from: number | null;
  to: number | null;
  failed: string[];
  touched: number;
  foundAt: string;
}

const MOST = 200;

export async function listSources(database: Database, office: string | null, now = new Date()): Promise<SourceShown[]> {
  let query = database.read.selectFrom('source').selectAll().orderBy('url');
  if (office !== null) query = query.where('office', '=', office);
  return (await query.execute()).map((row) => shownOf(row, now));
}

export async function readSource(database: Database, id: string): Promise<SourceShown | null> {
  const row = await database.read.selectFrom('source').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? shownOf(row, new Date()) : null;
}

/** Due at once. Resolves with the id. */
export async function addSource(tx: Writer, given: SourceGiven, author: string, now = new Date()): Promise<string> {
  const id = randomUUID();
  const at = now.toISOString();
  const rest = { created_by: author, created_at: at, next_at: at, claimed_until: null, last_at: null, last_result: null };
  await tx
    .insertInto('source')
    .values({ id, ...rowOf(given), ...rest })
    .execute();
  return id;
}

export async function changeSource(tx: Writer, id: string, given: SourceGiven): Promise<void> {
  await tx.updateTable('source').set(rowOf(given)).where('id', '=', id).execute();
}

/** The next look for sources reads it. */
export async function makeDue(tx: Writer, id: string, now = new Date()): Promise<void> {
  await tx.updateTable('source').set({ next_at: now.toISOString() }).where('id', '=', id).execute();
}

/** What it brought stays. */
export async function removeSource(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('source').where('id', '=', id).execute();
}

/** What waits for a person, the newest first, at most 200: drafts not yet published or dropped, pages gone that still answer. */
export async function openChanges(database: Database, office: string | null): Promise<ChangeShown[]> {
  let query = database.read
    .selectFrom('source_change as c')
    .innerJoin('document_version as v', (join) =>
      join
        .onRef('v.document_id', '=', 'c.document_id')
        .on((on) =>
          on.or([
            on('v.version', '=', on.ref('c.to_version')),
            on.and([on('c.to_version', 'is', null), on('v.version', '=', on.ref('c.from_version'))]),
          ]),
        ),
    )
    .selectAll('c')
    .select(['v.title', 'v.status'])
    .where('c.settled_at', 'is', null)
    .where((or) => or.or([or.and([or('c.kind', '=', 'gone'), or('v.status', '=', 'published')]), or('v.status', '=', 'draft')]))
    .orderBy('c.found_at', 'desc')
    .limit(MOST);
  if (office !== null) query = query.where('v.office', '=', office);
  return (await query.execute()).map((row) => ({
    id: row.id,
    sourceId: row.source_id,
    documentId: row.document_id,
    title: row.title,
    url: row.url,
    kind: row.kind as ChangeShown['kind'],
    from: row.from_version,
    to: row.to_version,
    failed: JSON.parse(row.failed) as string[],
    touched: row.touched,
    foundAt: row.found_at,
  }));
}

/** What is different, and which answers of the last 90 days said what is no longer there. null = no such change. */
export async function explainChange(
  database: Database,
  id: string,
  now = new Date(),
): Promise<{ lines: DiffLine[]; answers: TouchedAnswer[] } | null> {
  const change = await database.read.selectFrom('source_change').selectAll().where('id', '=', id).executeTakeFirst();
  if (!change) return null;
  const textOf = async (version: number | null) =>
    version === null ? '' : ((await readVersion(database, change.document_id, version, true))?.text ?? '');
  const [before, after] = [await textOf(change.from_version), await textOf(change.to_version)];
  const answers = change.from_version === null ? [] : await touchedAnswers(database, change.document_id, after, now);
  return { lines: diffLines(before, after), answers };
}

/** Set aside: its draft goes, and the same text is not brought again; a page that is gone stays in force. Resolves with the document; null = nothing waits there. */
export async function dropChange(tx: Writer, id: string, now = new Date()): Promise<string | null> {
  const change = await tx
    .updateTable('source_change')
    .set({ settled_at: now.toISOString() })
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .returning(['document_id', 'kind'])
    .executeTakeFirst();
  if (!change) return null;
  if (change.kind !== 'gone') await dropDraft(tx, change.document_id);
  return change.document_id;
}

function rowOf({ url, kind, office, lang, everyHours, publish }: SourceGiven) {
  return { url, kind, office, lang, every_hours: everyHours, publish: publish ? 1 : 0 };
}

function shownOf(row: SourceTable, now: Date): SourceShown {
  return {
    id: row.id,
    url: row.url,
    kind: row.kind as SourceGiven['kind'],
    office: row.office,
    lang: row.lang,
    everyHours: row.every_hours,
    publish: row.publish === 1,
    reading: row.claimed_until !== null && row.claimed_until > now.toISOString(),
    lastAt: row.last_at,
    nextAt: row.next_at,
    lastResult: row.last_result === null ? null : (JSON.parse(row.last_result) as SourceShown['lastResult']),
  };
}
