/** A prepared document as rows: what every way of storing a version writes. */
import type { Insertable } from 'kysely';
import type { Writer } from '../../connectors/databases/contract.ts';
import type { DocumentVersionTable, PassageTable } from '../../connectors/databases/schema.ts';
import type { PreparedDocument, Section } from './document.ts';

/** Rows a statement may hold on every engine. */
const AT_ONCE = 50;

export interface VersionAs {
  version: number;
  status: 'draft' | 'published';
  /** The last day in force, where it differs from the document's own. */
  validUntil?: string | null;
  hash: string;
  /** Now, ISO. */
  at: string;
}

export async function insertVersion(tx: Writer, { meta, text }: PreparedDocument, as: VersionAs): Promise<void> {
  const row: Insertable<DocumentVersionTable> = {
    document_id: meta.id,
    version: as.version,
    status: as.status,
    title: meta.title,
    lang: meta.lang,
    office: meta.office,
    audience: meta.audience,
    source_url: meta.sourceUrl,
    text,
    valid_from: meta.validFrom,
    valid_until: as.validUntil === undefined ? meta.validUntil : as.validUntil,
    updated_on: meta.updatedOn,
    owner: meta.owner,
    review_by: meta.reviewBy,
    hash: as.hash,
    created_at: as.at,
    published_at: as.status === 'draft' ? null : as.at,
  };
  await tx.insertInto('document_version').values(row).execute();
}

/** `ids` by place. A given id (`.jsonl`) moves to the newest version that holds it. */
export async function insertPassages(tx: Writer, documentId: string, version: number, sections: Section[], ids: string[]): Promise<void> {
  const rows = sections.map(
    (section, position): Insertable<PassageTable> => ({
      id: ids[position] as string,
      document_id: documentId,
      version,
      position,
      anchor: section.anchor,
      headings: JSON.stringify(section.headings),
      start_at: section.start,
      end_at: section.end,
    }),
  );
  for (let i = 0; i < rows.length; i += AT_ONCE)
    await tx
      .insertInto('passage')
      .values(rows.slice(i, i + AT_ONCE))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          document_id: row.ref('excluded.document_id'),
          version: row.ref('excluded.version'),
          position: row.ref('excluded.position'),
          anchor: row.ref('excluded.anchor'),
          headings: row.ref('excluded.headings'),
          start_at: row.ref('excluded.start_at'),
          end_at: row.ref('excluded.end_at'),
        })),
      )
      .execute();
}
