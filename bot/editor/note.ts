/** What an editor handed over beside a version's text. */
import type { Database } from '../../connectors/databases/contract.ts';

/** Empty for a version that nobody wrote in the console. */
export async function noteOf(database: Database, documentId: string, version: number) {
  const row = await database.read
    .selectFrom('version_note')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .executeTakeFirst();
  return {
    markdown: row?.markdown ?? null,
    phrasings: JSON.parse(row?.phrasings ?? '[]') as string[],
    author: row?.author_name ?? null,
    stage: row?.stage ?? null,
    reviewer: row?.reviewer_name ?? null,
  };
}
