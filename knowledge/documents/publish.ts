/** Stores a prepared document as a version and puts it in force. Several versions of one document may hold at different times. */
import { createHash } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { PreparedDocument, Section } from './document.ts';
import { inheritedMends, insertMending, mended } from './mend-store.ts';
import { insertPassages, insertVersion } from './rows.ts';

export interface Published {
  documentId: string;
  version: number;
  /** False when the same text and metadata were already there. */
  changed: boolean;
  passages: number;
  /** Versions whose place this one took, or whose validity it cut short: the index must read them again. */
  touched: number[];
  /** The document had been withdrawn: the same text stays so, a changed one waits as a draft. */
  withdrawn?: 'same' | 'draft';
}

/** One transaction; the index follows after it (knowledge.ts). A withdrawal outlives it: only a person puts the document in force again. Cost grows with the document. */
export async function storeVersion(
  database: Database,
  read: PreparedDocument,
  options: { draft?: boolean } = {},
  now = new Date(),
): Promise<Published> {
  const { meta, text } = read;
  const at = now.toISOString();
  return database.write(async (tx) => {
    const known = await tx
      .selectFrom('document_version')
      .select(['version', 'hash', 'status', 'valid_from', 'valid_until'])
      .where('document_id', '=', meta.id)
      .execute();
    // What editors mended holds on: the same file read again is no change.
    const { prepared, mending } = mended(read, known.length > 0 ? await inheritedMends(tx, meta.id, known, false) : []);
    const { sections } = prepared;
    const hash = hashOf(prepared);
    const unchanged = (version: number) => ({ documentId: meta.id, version, changed: false, passages: sections.length, touched: [] });
    const wanted = await withdrawal(tx, meta.id, { hash, text }, known);
    if (wanted?.same !== undefined && !options.draft) return { ...unchanged(wanted.same), passages: 0, withdrawn: 'same' };
    const draft = options.draft === true || wanted !== null;
    const held = wanted && !options.draft ? { withdrawn: 'draft' as const, passages: 0 } : {};
    const same = known.find((version) => version.hash === hash && version.status === (draft ? 'draft' : 'published'));
    if (same) return { ...unchanged(same.version), ...held };
    const dropped = draft ? await dropUnsigned(tx, meta.id) : [];
    const version = Math.max(0, ...known.map((row) => row.version).filter((number) => !dropped.includes(number))) + 1;
    await tx
      .insertInto('document')
      .values({ id: meta.id, title: meta.title, source: prepared.source, created_at: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ title: meta.title, source: prepared.source }))
      .execute();
    const { touched, until } = draft
      ? { touched: [], until: meta.validUntil }
      : await makeRoom(tx, meta.id, { from: meta.validFrom, until: meta.validUntil }, known);
    await insertVersion(tx, prepared, { version, status: draft ? 'draft' : 'published', validUntil: until, hash, at });
    await insertPassages(tx, meta.id, version, sections, passageIds(meta.id, version, text, sections, draft));
    await insertMending(tx, meta.id, version, mending);
    return { documentId: meta.id, version, changed: true, passages: sections.length, touched, ...held };
  });
}

/** A draft that no editor has touched gives way to the next reading. Resolves with the numbers that are free again. */
async function dropUnsigned(tx: Writer, documentId: string): Promise<number[]> {
  const signed = tx.selectFrom('version_note').select('version').where('document_id', '=', documentId);
  const gone = await tx
    .deleteFrom('document_version')
    .where('document_id', '=', documentId)
    .where('status', '=', 'draft')
    .where('version', 'not in', signed)
    .returning('version')
    .execute();
  const versions = gone.map(({ version }) => version);
  if (versions.length > 0)
    for (const table of ['passage', 'section_mend'] as const)
      await tx.deleteFrom(table).where('document_id', '=', documentId).where('version', 'in', versions).execute();
  return versions;
}

/** null = nothing stands in the way of a publication; `same` = the version that holds this very text and was withdrawn. */
async function withdrawal(
  tx: Writer,
  documentId: string,
  { hash, text }: { hash: string; text: string },
  known: { version: number; hash: string; status: string }[],
): Promise<{ same?: number } | null> {
  const newestFirst = known.filter(({ status }) => status !== 'draft').sort((a, b) => b.version - a.version);
  const published = newestFirst.some(({ status }) => status === 'published');
  const newest = newestFirst.find((version) => version.hash === hash);
  if (newest?.status === 'withdrawn') return { same: newest.version };
  if (published || newestFirst[0]?.status !== 'withdrawn') return null;
  // The day it was read, or whose page it is, is no other text.
  const held = await tx
    .selectFrom('document_version')
    .select('version')
    .where('document_id', '=', documentId)
    .where('status', '=', 'withdrawn')
    .where('text', '=', text)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return held ? { same: held.version } : {};
}

export type Validity = { from: string | null; until: string | null };

/**
 * Same first day, or no first day at all: the new version takes the old one's place. Otherwise both stay, and where they overlap the one that
 * begins later holds. Resolves with the versions changed and the new version's own last day.
 */
export async function makeRoom(
  tx: Writer,
  id: string,
  next: Validity,
  known: { version: number; status: string; valid_from: string | null; valid_until: string | null }[],
): Promise<{ touched: number[]; until: string | null }> {
  const touched: number[] = [];
  let until = next.until;
  for (const old of known.filter((version) => version.status === 'published')) {
    const [oldFrom, from] = [old.valid_from ?? '', next.from ?? ''];
    const replaced = oldFrom === from || (next.from === null && next.until === null);
    if (replaced || (oldFrom < from && (old.valid_until === null || old.valid_until >= from))) {
      touched.push(old.version);
      const change = replaced ? { status: 'superseded' } : { valid_until: dayBefore(from) };
      await tx.updateTable('document_version').set(change).where('document_id', '=', id).where('version', '=', old.version).execute();
    } else if (oldFrom > from && (until === null || until >= oldFrom)) until = dayBefore(oldFrom);
  }
  return { touched, until };
}

/** Takes a document, or one version, out of what is answered from; the text stays for past answers. Resolves with the versions it took out. */
export async function withdrawVersions(
  database: Database,
  documentId: string,
  version?: number,
  within?: (tx: Writer, versions: number[]) => Promise<void>,
): Promise<number[]> {
  return database.write(async (tx) => {
    let query = tx
      .updateTable('document_version')
      .set({ status: 'withdrawn' })
      .where('document_id', '=', documentId)
      .where('status', '=', 'published');
    if (version !== undefined) query = query.where('version', '=', version);
    const rows = await query.returning('version').execute();
    const versions = rows.map((row) => row.version);
    await within?.(tx, versions);
    return versions;
  });
}

/** Readable and unique: document, place and eight digits of version and text. A draft leaves given ids to the version in force. */
export function passageIds(documentId: string, version: number, text: string, sections: Section[], draft: boolean): string[] {
  return sections.map((section) => {
    if (section.id && !draft) return section.id;
    const digest = createHash('sha256')
      .update(`${version}\n${text.slice(section.start, section.end)}`)
      .digest('hex');
    return `${documentId}:${section.anchor}:${digest.slice(0, 8)}`;
  });
}

export function hashOf(prepared: PreparedDocument): string {
  return createHash('sha256')
    .update(JSON.stringify([prepared.meta, prepared.text, prepared.sections]))
    .digest('hex');
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
