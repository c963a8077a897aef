/** Documents with their versions, as a console lists them. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { StoredVersion } from './document.ts';
import { completenessOf } from './service-card.ts';

export interface VersionSummary {
  version: number;
  status: StoredVersion['status'];
  title: string;
  office: string;
  validFrom: string | null;
  validUntil: string | null;
  updatedOn: string;
  createdAt: string;
  publishedAt: string | null;
  author: string | null;
  stage: string | null;
  reviewer: string | null;
}

export interface DocumentSummary {
  id: string;
  title: string;
  office: string;
  lang: string;
  audience: string;
  owner: string | null;
  reviewBy: string | null;
  updatedOn: string;
  validFrom: string | null;
  validUntil: string | null;
  /** `new` = only a draft; `scheduled` = in force on a day to come; `expired` = its last day has passed. */
  state: 'new' | 'published' | 'scheduled' | 'expired' | 'withdrawn';
  version: number | null;
  draft: number | null;
  stage: string | null;
  /** Of the 13 items of a service card; null = no service card. */
  complete: { present: number; missing: string[] } | null;
}

export async function listVersions(database: Database, documentId: string): Promise<VersionSummary[]> {
  const rows = await database.read
    .selectFrom('document_version as v')
    .leftJoin('version_note as n', (join) => join.onRef('n.document_id', '=', 'v.document_id').onRef('n.version', '=', 'v.version'))
    .select(['v.version', 'v.status', 'v.title', 'v.office', 'v.valid_from', 'v.valid_until', 'v.updated_on', 'v.created_at'])
    .select(['v.published_at', 'n.author_name', 'n.stage', 'n.reviewer_name'])
    .where('v.document_id', '=', documentId)
    .orderBy('v.version', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    status: row.status as StoredVersion['status'],
    title: row.title,
    office: row.office,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    updatedOn: row.updated_on,
    createdAt: row.created_at,
    publishedAt: row.published_at,
    author: row.author_name,
    stage: row.stage,
    reviewer: row.reviewer_name,
  }));
}

export interface ShelfQuery {
  /** null = every office. */
  office: string | null;
  /** Part of the title or id. */
  text: string;
  today: string;
  limit: number;
  offset: number;
}

/** One row a document, by title. Reads the texts of the page asked for. */
export async function listDocuments(
  database: Database,
  { office, text, today, limit, offset }: ShelfQuery,
): Promise<{ documents: DocumentSummary[]; total: number }> {
  const heads = await database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'status', 'title', 'office', 'valid_from', 'valid_until'])
    .orderBy('version')
    .execute();
  const byDocument = new Map<string, (typeof heads)[number][]>();
  for (const head of heads) {
    const list = byDocument.get(head.document_id) ?? [];
    byDocument.set(head.document_id, list);
    list.push(head);
  }
  const wanted = text.trim().toLowerCase();
  const chosen = [...byDocument]
    .map(([id, versions]) => ({ id, versions, shown: shownOf(versions, today) }))
    .filter(({ id, shown }) => (office === null || shown.office === office) && `${shown.title} ${id}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.shown.title.localeCompare(b.shown.title, 'it'));
  const documents: DocumentSummary[] = [];
  for (const { id, versions, shown } of chosen.slice(offset, offset + limit)) {
    const row = await database.read
      .selectFrom('document_version')
      .selectAll()
      .where('document_id', '=', id)
      .where('version', '=', shown.version)
      .executeTakeFirstOrThrow();
    const draft = versions.find(({ status }) => status === 'draft')?.version ?? null;
    documents.push({
      id,
      title: row.title,
      office: row.office,
      lang: row.lang,
      audience: row.audience,
      owner: row.owner,
      reviewBy: row.review_by,
      updatedOn: row.updated_on,
      validFrom: row.valid_from,
      validUntil: row.valid_until,
      state: stateOf(shown, today),
      version: shown.status === 'draft' ? null : shown.version,
      draft,
      stage: draft === null ? null : await stageOf(database, id, draft),
      complete: completenessOf(row.text, row.title),
    });
  }
  return { documents, total: chosen.length };
}

type Head = { version: number; status: string; title: string; office: string; valid_from: string | null; valid_until: string | null };

/** The version in force; else the one to come, the last withdrawn, the draft. */
function shownOf(versions: Head[], today: string): Head {
  const published = versions.filter(({ status }) => status === 'published');
  const holds = published.filter(({ valid_from, valid_until }) => (valid_from ?? '') <= today && (valid_until ?? '9') >= today);
  return (holds.at(-1) ?? published.at(-1) ?? versions.filter(({ status }) => status !== 'draft').at(-1) ?? versions.at(-1)) as Head;
}

function stateOf({ status, valid_from, valid_until }: Head, today: string): DocumentSummary['state'] {
  if (status === 'draft') return 'new';
  if (status !== 'published') return 'withdrawn';
  if (valid_until !== null && valid_until < today) return 'expired';
  return valid_from !== null && valid_from > today ? 'scheduled' : 'published';
}

async function stageOf(database: Database, id: string, version: number): Promise<string> {
  const row = await database.read
    .selectFrom('version_note')
    .select('stage')
    .where('document_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.stage ?? 'writing';
}
