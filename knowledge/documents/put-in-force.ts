/** A draft becomes the version in force, and an older version comes back as a new one. What was published never changes: past answers reopen with it. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { DocumentMeta } from './document.ts';
import { writeDraft } from './draft.ts';
import { readMending } from './mend-store.ts';
import { makeRoom } from './publish.ts';

export interface InForce {
  documentId: string;
  version: number;
  /** First day it is answered from; null = at once. */
  from: string | null;
}

/** `from`: a day to come, to publish on that day. `within` writes in the same transaction (the audit). Rejects when there is no such draft. */
export async function putInForce(
  database: Database,
  documentId: string,
  version: number,
  options: { from?: string | null; within?(tx: Writer): Promise<void> } = {},
  now = new Date(),
): Promise<InForce> {
  return database.write(async (tx) => {
    const known = await tx
      .selectFrom('document_version')
      .select(['version', 'status', 'title', 'valid_from', 'valid_until'])
      .where('document_id', '=', documentId)
      .execute();
    const draft = known.find((row) => row.version === version && row.status === 'draft');
    if (!draft) throw new Error(`no draft ${version} of ${documentId}`);
    const from = options.from === undefined ? draft.valid_from : options.from;
    const { until } = await makeRoom(
      tx,
      documentId,
      { from, until: draft.valid_until },
      known.filter((row) => row !== draft),
    );
    await tx
      .updateTable('document_version')
      .set({ status: 'published', valid_from: from, valid_until: until, published_at: now.toISOString() })
      .where('document_id', '=', documentId)
      .where('version', '=', version)
      .execute();
    await tx.updateTable('document').set({ title: draft.title }).where('id', '=', documentId).execute();
    await options.within?.(tx);
    return { documentId, version, from };
  });
}

/** The text and metadata of an older version, in force again under a new number; every other one gives way. null = no such version was ever published. */
export async function restoreVersion(
  database: Database,
  documentId: string,
  version: number,
  author: { id: string; name: string },
  within?: (tx: Writer, restored: number) => Promise<void>,
  now = new Date(),
): Promise<number | null> {
  return database.write(async (tx) => {
    const rows = await tx.selectFrom('document_version').selectAll().where('document_id', '=', documentId).execute();
    const old = rows.find((row) => row.version === version && row.status !== 'draft');
    if (!old) return null;
    const document = await tx.selectFrom('document').select('source').where('id', '=', documentId).executeTakeFirstOrThrow();
    const passages = await tx
      .selectFrom('passage')
      .selectAll()
      .where('document_id', '=', documentId)
      .where('version', '=', version)
      .orderBy('position')
      .execute();
    const note = await tx
      .selectFrom('version_note')
      .selectAll()
      .where('document_id', '=', documentId)
      .where('version', '=', version)
      .executeTakeFirst();
    const mending = await readMending(tx, documentId, version);
    const meta: DocumentMeta = {
      id: documentId,
      title: old.title,
      lang: old.lang,
      office: old.office,
      audience: old.audience as DocumentMeta['audience'],
      sourceUrl: old.source_url,
      validFrom: old.valid_from,
      // A last day that a later version had cut is no day of its own.
      validUntil: rows.some((row) => row.valid_from !== null && row.valid_from > (old.valid_from ?? '') && row.status === 'published')
        ? null
        : old.valid_until,
      updatedOn: old.updated_on,
      owner: old.owner,
      reviewBy: old.review_by,
    };
    const restored = await writeDraft(
      tx,
      {
        meta,
        source: document.source,
        text: old.text,
        sections:
          mending?.sections ??
          passages.map(({ anchor, headings, start_at, end_at }) => ({
            anchor,
            headings: JSON.parse(headings) as string[],
            start: start_at,
            end: end_at,
          })),
      },
      { markdown: note?.markdown ?? null, phrasings: JSON.parse(note?.phrasings ?? '[]') as string[], author, mends: mending?.mends ?? [] },
      now,
    );
    await tx
      .updateTable('document_version')
      .set({ status: 'superseded' })
      .where('document_id', '=', documentId)
      .where('status', '=', 'published')
      .execute();
    await tx
      .updateTable('document_version')
      .set({ status: 'published', published_at: now.toISOString() })
      .where('document_id', '=', documentId)
      .where('version', '=', restored)
      .execute();
    await within?.(tx, restored);
    return restored;
  });
}
