/** Mends as they are kept: with the version they were made in, and handed on to the next one. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { PreparedDocument, Section, StoredVersion } from './document.ts';
import { applyMends, type KeptMend, type Mend } from './mend.ts';

export interface Mending {
  /** As the reader cut the text. */
  sections: Section[];
  mends: KeptMend[];
}

/** null = nothing was mended in this version. */
export async function readMending(reader: Writer, documentId: string, version: number): Promise<Mending | null> {
  const row = await reader
    .selectFrom('section_mend')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? { sections: JSON.parse(row.sections) as Section[], mends: JSON.parse(row.mends) as KeptMend[] } : null;
}

/** The sections of a stored version before anybody mended them. */
export async function asRead(database: Database, stored: StoredVersion): Promise<Section[]> {
  const mending = await readMending(database.read, stored.id, stored.version);
  return mending?.sections ?? stored.passages.map(({ anchor, headings, start, end }) => ({ anchor, headings, start, end }));
}

/**
 * The mends that the next version begins with: all of a draft's (what does not hold while somebody is typing may hold again), of a
 * settled version those that held, the one in force before any other.
 */
export async function inheritedMends(
  tx: Writer,
  documentId: string,
  known: { version: number; status: string }[],
  fromDraft: boolean,
): Promise<Mend[]> {
  const newestFirst = [...known].sort((a, b) => b.version - a.version);
  const draft = fromDraft ? newestFirst.find(({ status }) => status === 'draft') : undefined;
  const from = draft ?? newestFirst.find(({ status }) => status === 'published') ?? newestFirst.find(({ status }) => status !== 'draft');
  const mending = from ? await readMending(tx, documentId, from.version) : null;
  return (mending?.mends ?? []).filter(({ holds }) => draft !== undefined || holds).map(({ holds: _, ...mend }) => mend);
}

/** The document with its mends, and what is to be kept of them; null = none. */
export function mended(prepared: PreparedDocument, mends: Mend[]): { prepared: PreparedDocument; mending: Mending | null } {
  if (mends.length === 0) return { prepared, mending: null };
  const applied = applyMends(prepared, mends);
  return { prepared: { ...prepared, sections: applied.sections }, mending: { sections: prepared.sections, mends: applied.mends } };
}

export async function insertMending(tx: Writer, documentId: string, version: number, mending: Mending | null): Promise<void> {
  if (!mending) return;
  const [sections, mends] = [JSON.stringify(mending.sections), JSON.stringify(mending.mends)];
  await tx.insertInto('section_mend').values({ document_id: documentId, version, sections, mends }).execute();
}

/** Where an anchor leads in this version: a passage that was joined is found in the one that holds it. */
export function placeNow(stored: Pick<StoredVersion, 'passages' | 'formerAnchors'>, anchor: string): string {
  if (stored.passages.some((passage) => passage.anchor.startsWith(anchor))) return anchor;
  const former = stored.formerAnchors?.find((place) => place.anchor.startsWith(anchor));
  const holder = former && stored.passages.find(({ start, end }) => start <= former.start && former.start < end);
  return holder?.anchor ?? anchor;
}
