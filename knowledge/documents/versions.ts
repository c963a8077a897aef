/** Reads stored versions back: whole, for the page of sources, and as passages, for the index. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { DocumentVersionTable } from '../../connectors/databases/schema.ts';
import type { Passage } from '../answering/question.ts';
import { ownText } from '../indexes/collection/own-text.ts';
import type { StoredVersion } from './document.ts';
import { phrasingsOfAll } from './draft.ts';
import { readMending } from './mend-store.ts';

type Row = Omit<DocumentVersionTable, 'hash' | 'created_at' | 'published_at'>;

/** Drafts are not shown by this door, unless it is an editor's. null = no such version. */
export async function readVersion(database: Database, documentId: string, version: number, drafts = false): Promise<StoredVersion | null> {
  const row = await database.read
    .selectFrom('document_version')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row || (row.status === 'draft' && !drafts)) return null;
  const passages = await database.read
    .selectFrom('passage')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .orderBy('position')
    .execute();
  const mending = await readMending(database.read, documentId, version);
  const anchors = new Set(passages.map(({ anchor }) => anchor));
  const former = mending?.sections.filter(({ anchor }) => !anchors.has(anchor)) ?? [];
  return {
    id: row.document_id,
    version: row.version,
    status: row.status as StoredVersion['status'],
    title: row.title,
    lang: row.lang,
    office: row.office,
    audience: row.audience as 'citizen' | 'staff',
    sourceUrl: row.source_url,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    updatedOn: row.updated_on,
    owner: row.owner,
    reviewBy: row.review_by,
    text: row.text,
    passages: passages.map((passage) => ({
      id: passage.id,
      anchor: passage.anchor,
      headings: JSON.parse(passage.headings) as string[],
      position: passage.position,
      start: passage.start_at,
      end: passage.end_at,
    })),
    ...(former.length > 0 ? { formerAnchors: former.map(({ anchor, start }) => ({ anchor, start })) } : {}),
  };
}

/** Documents whose passages are read at once. */
const READ_AT_ONCE = 200;

/** Passages of published versions, document by document, for the index; all of them, or one document's. Cost grows with their text. */
export async function* publishedPassages(database: Database, documentId?: string): AsyncGenerator<Passage[]> {
  let query = database.read.selectFrom('document_version').select(['document_id', 'version']).where('status', '=', 'published');
  if (documentId !== undefined) query = query.where('document_id', '=', documentId);
  const named = await query.orderBy('document_id').orderBy('version').execute();
  const share = createSharing();
  for (let from = 0; from < named.length; from += READ_AT_ONCE) {
    const keys = named.slice(from, from + READ_AT_ONCE);
    const ids = keys.map((key) => key.document_id);
    // Their texts only now: those of a large collection together would be as much memory again as its index.
    const texts = await database.read
      .selectFrom('document_version')
      .selectAll()
      .where('document_id', 'in', ids)
      .where('status', '=', 'published')
      .execute();
    const byKey = new Map(texts.map((version) => [`${version.version} ${version.document_id}`, version]));
    const some = keys.flatMap((key) => byKey.get(`${key.version} ${key.document_id}`) ?? []);
    const rows = await database.read
      .selectFrom('passage')
      .innerJoin('document_version', (join) =>
        join.onRef('document_version.document_id', '=', 'passage.document_id').onRef('document_version.version', '=', 'passage.version'),
      )
      .selectAll('passage')
      .where('passage.document_id', 'in', ids)
      .where('document_version.status', '=', 'published')
      .orderBy('passage.position')
      .execute();
    const byVersion = Map.groupBy(rows, (row) => `${row.version} ${row.document_id}`);
    const phrasings = await phrasingsOfAll(database, ids);
    for (const version of some) {
      const key = `${version.version} ${version.document_id}`;
      const others = phrasings.get(key);
      yield (byVersion.get(key) ?? []).map((row) => toPassage(version, row, others, share));
    }
  }
}

function toPassage(
  version: Row,
  row: { id: string; position: number; anchor: string; headings: string; start_at: number; end_at: number },
  phrasings: string | undefined,
  share: Sharing,
): Passage {
  const passage: Passage = {
    id: row.id,
    documentId: version.document_id,
    version: version.version,
    title: version.title,
    headings: share.headings(row.headings),
    anchor: share.text(row.anchor),
    position: row.position,
    lang: share.text(version.lang),
    office: share.text(version.office),
    audience: version.audience as 'citizen' | 'staff',
    validFrom: version.valid_from && share.text(version.valid_from),
    validUntil: version.valid_until && share.text(version.valid_until),
    updatedOn: share.text(version.updated_on),
    sourceUrl: version.source_url,
    start: row.start_at,
    end: row.end_at,
    text: ownText(version.text.slice(row.start_at, row.end_at)),
  };
  if (phrasings) passage.phrasings = phrasings;
  return passage;
}

/** Equal texts and headings of many passages, held once. */
interface Sharing {
  text(value: string): string;
  headings(json: string): string[];
}

/** So that a collection of other kinds of text costs nothing to speak of while it is read. */
const SHARED_AT_ONCE = 10_000;

function createSharing(): Sharing {
  const texts = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const keep = <V>(known: Map<string, V>, key: string, value: V): V => {
    if (known.size >= SHARED_AT_ONCE) known.clear();
    known.set(key, value);
    return value;
  };
  return {
    text: (value) => texts.get(value) ?? keep(texts, value, value),
    headings: (json) => lists.get(json) ?? keep(lists, json, JSON.parse(json) as string[]),
  };
}

/** A stored version, drafts included, as the passages it would answer with. */
export function passagesOf(stored: StoredVersion, phrasings = ''): Passage[] {
  return stored.passages.map(({ id, anchor, headings, position, start, end }) => ({
    id,
    documentId: stored.id,
    version: stored.version,
    title: stored.title,
    headings,
    anchor,
    position,
    lang: stored.lang,
    office: stored.office,
    audience: stored.audience,
    validFrom: stored.validFrom,
    validUntil: stored.validUntil,
    updatedOn: stored.updatedOn,
    sourceUrl: stored.sourceUrl,
    start,
    end,
    text: stored.text.slice(start, end),
    ...(phrasings ? { phrasings } : {}),
  }));
}
