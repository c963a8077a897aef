/** The draft of a document: one at a time, changed until it is published, then immutable. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { splitDocument } from '../ingest/split.ts';
import { read as readMarkdown } from '../readers/md.ts';
import type { DocumentMeta, PreparedDocument } from './document.ts';
import type { Mend } from './mend.ts';
import { inheritedMends, insertMending, mended } from './mend-store.ts';
import { hashOf, passageIds } from './publish.ts';
import { insertPassages, insertVersion } from './rows.ts';

/** What an editor hands over beside the text. */
export interface DraftNote {
  /** null when the text came from a file. */
  markdown: string | null;
  /** Synonyms and example questions: indexed with the passages. */
  phrasings: string[];
  author: { id: string; name: string };
  /** How the cutting is mended; absent = as in the version before, where the text still says the same. */
  mends?: Mend[];
}

/** Markdown → text and passages, as ingestion would read it. Throws Unreadable. */
export async function prepareMarkdown(markdown: string, meta: DocumentMeta, source: string): Promise<PreparedDocument> {
  const [document] = await readMarkdown(new TextEncoder().encode(markdown), 'pagina.md');
  const { text, sections } = splitDocument(document?.blocks ?? []);
  return { meta, source, text, sections };
}

/** Takes the place of the draft before it, if any. Resolves with its version number. One transaction. */
export async function saveDraft(database: Database, prepared: PreparedDocument, note: DraftNote, now = new Date()): Promise<number> {
  return database.write((tx) => writeDraft(tx, prepared, note, now));
}

/** The same in the caller's transaction; `read` is the text as the reader cut it. */
export async function writeDraft(tx: Writer, read: PreparedDocument, note: DraftNote, now: Date): Promise<number> {
  const { meta, text } = read;
  const at = now.toISOString();
  const known = await tx.selectFrom('document_version').select(['version', 'status']).where('document_id', '=', meta.id).execute();
  const { prepared, mending } = mended(read, note.mends ?? (await inheritedMends(tx, meta.id, known, true)));
  const { sections } = prepared;
  await dropDraft(tx, meta.id);
  const settled = known.filter(({ status }) => status !== 'draft');
  const version = Math.max(0, ...settled.map((row) => row.version)) + 1;
  const base = Math.max(0, ...settled.filter(({ status }) => status === 'published').map((row) => row.version)) || null;
  await tx
    .insertInto('document')
    .values({ id: meta.id, title: meta.title, source: prepared.source, created_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await insertVersion(tx, prepared, { version, status: 'draft', hash: hashOf(prepared), at });
  await insertPassages(tx, meta.id, version, sections, passageIds(meta.id, version, text, sections, true));
  await insertMending(tx, meta.id, version, mending);
  await tx
    .insertInto('version_note')
    .values({
      document_id: meta.id,
      version,
      markdown: note.markdown,
      phrasings: JSON.stringify(note.phrasings),
      author: note.author.id,
      author_name: note.author.name,
      stage: 'writing',
      reviewer: null,
      reviewer_name: null,
      base,
    })
    .execute();
  return version;
}

/** Resolves with the versions that are gone; what was published stays. */
export async function dropDraft(tx: Writer, documentId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('document_version')
    .select('version')
    .where('document_id', '=', documentId)
    .where('status', '=', 'draft')
    .execute();
  const versions = rows.map(({ version }) => version);
  if (versions.length > 0)
    for (const table of ['passage', 'version_note', 'section_mend', 'document_version'] as const)
      await tx.deleteFrom(table).where('document_id', '=', documentId).where('version', 'in', versions).execute();
  return versions;
}

/** What is indexed beside the text; '' without any. */
export async function phrasingsOf(database: Database, documentId: string, version: number): Promise<string> {
  const row = await database.read
    .selectFrom('version_note')
    .select('phrasings')
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? (JSON.parse(row.phrasings) as string[]).join(' ') : '';
}

/** The same for many documents, by `version document`. */
export async function phrasingsOfAll(database: Database, documentIds: string[]): Promise<Map<string, string>> {
  const rows = await database.read
    .selectFrom('version_note')
    .select(['document_id', 'version', 'phrasings'])
    .where('document_id', 'in', documentIds)
    .execute();
  return new Map(rows.map((row) => [`${row.version} ${row.document_id}`, (JSON.parse(row.phrasings) as string[]).join(' ')]));
}
