/** What an editor handed over beside a version's text. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { Refusal, type Staff } from '../http/route.ts';

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

/** Changes with every writing of a draft; null = no such version. */
export async function stampOf(reader: Writer, documentId: string, version: number): Promise<string | null> {
  const row = await reader
    .selectFrom('document_version')
    .select('created_at')
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

/** Throws Refusal 409 when another person has written the draft since it was seen. One's own other window may. */
export async function unchangedSince(tx: Writer, documentId: string, seen: string | null, staff: Staff): Promise<void> {
  const draft = await tx
    .selectFrom('document_version as v')
    .leftJoin('version_note as n', (join) => join.onRef('n.document_id', '=', 'v.document_id').onRef('n.version', '=', 'v.version'))
    .select(['v.created_at', 'n.author', 'n.author_name'])
    .where('v.document_id', '=', documentId)
    .where('v.status', '=', 'draft')
    .executeTakeFirst();
  if (!draft || draft.created_at === seen || draft.author === staff.id) return;
  const who = draft.author_name ?? 'Un’altra lettura';
  throw new Refusal(409, 'DraftChanged', `Nel frattempo ${who} ha cambiato questa bozza: quello che scrivi tu non è salvato.`);
}
