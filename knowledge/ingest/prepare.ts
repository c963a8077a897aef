/** What a reader made of a file, as a document with its metadata and passages. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { DocumentMeta, PreparedDocument } from '../documents/document.ts';
import { type ReadDocument, Unreadable } from '../readers/contract.ts';
import { checkMetadata, completeMetadata, type Metadata } from './metadata.ts';
import { placeGiven, splitDocument } from './split.ts';

export interface ReadFrom {
  /** Path or address, as stored with the document. */
  name: string;
  /** What the file is called. */
  file: string;
  /** For a document that brings no id. */
  id: string;
  /** Metadata that stands beside the file. */
  sidecar: Metadata;
  url: string | null;
}

/** Throws Unreadable with one line for the editor. */
export async function prepareRead(
  parts: { database: Database; guessLanguage(text: string): string },
  given: Metadata,
  from: ReadFrom,
  read: ReadDocument,
): Promise<PreparedDocument> {
  const own = { ...checkMetadata(read.meta), ...from.sidecar };
  const { text, sections } = read.given ? placeGiven(read.given) : splitDocument(read.blocks);
  if (sections.length === 0) throw new Unreadable('non contiene testo da cui rispondere');
  const title = read.title ?? from.file.replace(/\.\w+$/, '');
  const lang = read.lang && /^[a-z]{2}$/.test(read.lang) ? read.lang : parts.guessLanguage(text.slice(0, 2_000));
  const meta = completeMetadata({
    given,
    own: from.url && !own.url ? { ...own, url: from.url } : own,
    title,
    id: from.id,
    lang,
    today: new Date().toISOString().slice(0, 10),
  });
  // The day of reading is not a change of the document: an unchanged file must keep its hash.
  const kept = (own.updatedOn ?? given.updatedOn) ? meta : await keepUpdatedOn(parts.database, meta, text);
  return { meta: kept, source: from.name, text, sections };
}

async function keepUpdatedOn(database: Database, meta: DocumentMeta, text: string): Promise<DocumentMeta> {
  const same = await database.read
    .selectFrom('document_version')
    .select('updated_on')
    .where('document_id', '=', meta.id)
    .where('text', '=', text)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return same ? { ...meta, updatedOn: same.updated_on } : meta;
}
