/** What the doors of the console are made of. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { LinkChecks } from '../../knowledge/documents/links.ts';
import { readVersion } from '../../knowledge/documents/versions.ts';
import type { StoredVersion } from '../../knowledge/documents/document.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Telling } from '../notices/tell.ts';
import { notFound } from './permit.ts';

export interface EditorParts {
  database: Database;
  knowledge: Pick<
    Knowledge,
    | 'answerQuestion'
    | 'steps'
    | 'editing'
    | 'curated'
    | 'sources'
    | 'archive'
    | 'words'
    | 'ranking'
    | 'withdraw'
    | 'offices'
    | 'speech'
    | 'readVersion'
  >;
  telling: Telling;
  links: LinkChecks;
  /** Of this program. */
  version: string;
  /** Today in the office's time zone, `YYYY-MM-DD`. */
  today(): string;
}

export interface Known {
  /** The version in force or last in force; null for a new page. */
  settled: StoredVersion | null;
  draft: StoredVersion | null;
  /** The newer of the two, for what the page is called and whose it is. */
  newest: StoredVersion;
}

/** Throws Refusal 404. */
export async function knownDocument(database: Database, documentId: string): Promise<Known> {
  const rows = await database.read
    .selectFrom('document_version')
    .select(['version', 'status'])
    .where('document_id', '=', documentId)
    .orderBy('version', 'desc')
    .execute();
  const draftNumber = rows.find(({ status }) => status === 'draft')?.version;
  const settledNumber = (rows.find(({ status }) => status === 'published') ?? rows.find(({ status }) => status !== 'draft'))?.version;
  const draft = draftNumber === undefined ? null : await readVersion(database, documentId, draftNumber, true);
  const settled = settledNumber === undefined ? null : await readVersion(database, documentId, settledNumber);
  const newest = draft ?? settled;
  if (!newest) throw notFound();
  return { settled, draft, newest };
}
