/** One page of a source: nothing to do, a draft, or a publication. What an editor has set aside is not brought again, and their draft is never written over. */
import { createHash, randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { SourceTable } from '../../connectors/databases/schema/sources.ts';
import { touchedAnswers } from '../documents/citing.ts';
import type { PreparedDocument } from '../documents/document.ts';
import { saveDraft } from '../documents/draft.ts';
import type { Editing } from '../documents/editing.ts';
import { Unreadable } from '../readers/contract.ts';
import type { Converter } from './convert.ts';
import type { Crawled } from './crawl.ts';
import type { Metadata } from './metadata.ts';
import type { createNaming } from './name.ts';
import { prepareRead } from './prepare.ts';

export interface SourceParts {
  database: Database;
  converter: Converter;
  editing: Pick<Editing, 'check' | 'publish'>;
  guessLanguage(text: string): string;
  onSurprise(error: unknown): void;
  /** `host:port` pairs inside the network that may be read. */
  allow?: string[];
}

export interface ReadAs {
  today(): string;
  mask(text: string): string;
  /** Writes in the transaction of a publication that nobody clicked: the audit. */
  within(tx: Writer, change: Change): Promise<void>;
}

export interface Change {
  sourceId: string;
  documentId: string;
  version: number;
  published: boolean;
}

type Page = Extract<Crawled, { bytes: Uint8Array }>;

/** Throws Unreadable with one line for the editor. */
export async function takePage(
  parts: SourceParts,
  source: SourceTable,
  page: Page,
  naming: ReturnType<typeof createNaming>,
  as: ReadAs,
): Promise<Change | 'unchanged'> {
  const { database } = parts;
  const [read, ...others] = await parts.converter.convert(page.bytes, page.name);
  if (!read) throw new Unreadable('non contiene testo da cui rispondere');
  if (others.length > 0) throw new Unreadable('contiene più documenti');
  const from = { name: page.url, file: page.name, id: await naming.address(page.url), sidecar: {}, url: page.url };
  const given: Metadata = { ...(source.office ? { office: source.office } : {}), ...(source.lang ? { lang: source.lang } : {}) };
  const fresh = await prepareRead(parts, given, from, read);
  const { id } = fresh.meta;
  const known = await readKnown(database, id);
  const hash = createHash('sha256').update(`${fresh.meta.title}\n${fresh.text}`).digest('hex');
  if (known.isSaid(fresh) || (await isSetAside(database, id, hash))) {
    await page.stored(id);
    return 'unchanged';
  }
  if (known.signedBy && !known.signedBy.startsWith('source:'))
    throw new Unreadable('è cambiata, ma qualcuno sta scrivendo una bozza della stessa pagina: la riporto quando la bozza è chiusa');

  // What editors said of the page holds on; the page itself says the rest.
  const { owner, reviewBy, audience, office } = known.newest ?? {};
  const meta = {
    ...fresh.meta,
    owner: fresh.meta.owner ?? owner ?? null,
    reviewBy: fresh.meta.reviewBy ?? reviewBy ?? null,
    ...(audience ? { audience } : {}),
    // Whose page it is decides which editors and which rules: another source that comes by it changes nothing of that.
    ...(office && (!fresh.meta.office || !(await broughtBefore(database, source, id))) ? { office } : {}),
  };
  const author = { id: `source:${source.id}`, name: `Lettura di ${new URL(source.url).host}` };
  const version = await saveDraft(database, { ...fresh, meta }, { markdown: null, phrasings: known.phrasings, author });
  const now = new Date();
  const touched = known.inForce === null ? 0 : (await touchedAnswers(database, id, fresh.text, now)).length;
  const change: Change = { sourceId: source.id, documentId: id, version, published: false };
  const failed = await whyNot(parts, source, change, { office: meta.office, withdrawn: known.withdrawn }, as);
  const row = {
    id: randomUUID(),
    source_id: source.id,
    document_id: id,
    url: page.url,
    kind: known.inForce === null ? 'new' : 'changed',
    from_version: known.inForce,
    to_version: version,
    text_hash: hash,
    failed: JSON.stringify(failed ?? []),
    touched,
    found_at: now.toISOString(),
    settled_at: null,
  };
  await database.write(async (tx) => {
    await tx
      .updateTable('source_change')
      .set({ settled_at: row.found_at })
      .where('document_id', '=', id)
      .where('settled_at', 'is', null)
      .execute();
    await tx.insertInto('source_change').values(row).execute();
  });
  if (failed === null) {
    change.published = true;
    await parts.editing.publish(id, version, {
      async within(tx) {
        await tx.updateTable('source_change').set({ settled_at: row.found_at }).where('id', '=', row.id).execute();
        await as.within(tx, change);
      },
    });
  }
  await page.stored(id);
  return change;
}

/** null = it may be published without anybody reading it; else why it waits, in words (none where the source asks for a person anyway). */
async function whyNot(
  parts: SourceParts,
  source: SourceTable,
  { documentId, version }: Change,
  { office, withdrawn }: { office: string; withdrawn: boolean },
  { today, mask }: ReadAs,
): Promise<string[] | null> {
  if (source.publish !== 1) return [];
  if (withdrawn) return ['la pagina era stata ritirata'];
  const rule = await parts.database.read
    .selectFrom('editor_office')
    .select('second_person')
    .where('office', '=', office)
    .executeTakeFirst();
  if (rule?.second_person === 1) return ['in questo ufficio una seconda persona rilegge ogni bozza'];
  const report = await parts.editing.check(documentId, version, { today: today(), mask });
  if (!report) return ['la bozza non c’è più'];
  const failed = report.failed.map(({ question, detail }) => (question ? `«${question}»: ${detail}` : detail));
  return failed.length > 0 ? failed : null;
}

/** A page that answers 404 or 410 while we answer from it: told once, decided by a person. Resolves with whether it is news. */
export async function recordGone(database: Database, source: SourceTable, url: string, now: Date): Promise<boolean> {
  const page = await database.read
    .selectFrom('crawl')
    .innerJoin('document_version', 'document_version.document_id', 'crawl.document_id')
    .select(['document_version.document_id as id', 'document_version.version'])
    .where('crawl.url', '=', url)
    .where('document_version.status', '=', 'published')
    .orderBy('document_version.version', 'desc')
    .executeTakeFirst();
  if (!page) return false;
  const told = await database.read
    .selectFrom('source_change')
    .select('id')
    .where('document_id', '=', page.id)
    .where('kind', '=', 'gone')
    .where('from_version', '=', page.version)
    .executeTakeFirst();
  if (told) return false;
  const touched = (await touchedAnswers(database, page.id, '', now)).length;
  const row = {
    id: randomUUID(),
    source_id: source.id,
    document_id: page.id,
    url,
    kind: 'gone',
    from_version: page.version,
    to_version: null,
  };
  await database.write((tx) =>
    tx
      .insertInto('source_change')
      .values({ ...row, text_hash: '', failed: '[]', touched, found_at: now.toISOString(), settled_at: null })
      .execute(),
  );
  return true;
}

/** What stands of a document: in force, and as a draft. */
async function readKnown(database: Database, documentId: string) {
  const rows = await database.read
    .selectFrom('document_version as v')
    .leftJoin('version_note as n', (join) => join.onRef('n.document_id', '=', 'v.document_id').onRef('n.version', '=', 'v.version'))
    .select(['v.version', 'v.status', 'v.title', 'v.text', 'v.owner', 'v.review_by', 'v.audience', 'v.office', 'n.author', 'n.phrasings'])
    .where('v.document_id', '=', documentId)
    .orderBy('v.version', 'desc')
    .execute();
  const settled = rows.filter(({ status }) => status !== 'draft');
  const draft = rows.find(({ status }) => status === 'draft');
  const inForce = settled.find(({ status }) => status === 'published') ?? null;
  const newest = inForce ?? settled[0] ?? null;
  return {
    inForce: inForce?.version ?? null,
    withdrawn: inForce === null && newest?.status === 'withdrawn',
    signedBy: draft ? draft.author : null,
    phrasings: JSON.parse(newest?.phrasings ?? '[]') as string[],
    newest: newest && {
      owner: newest.owner,
      reviewBy: newest.review_by,
      audience: newest.audience as PreparedDocument['meta']['audience'],
      office: newest.office,
    },
    isSaid: ({ text, meta }: PreparedDocument) =>
      [newest, draft].some((version) => version !== undefined && version !== null && version.text === text && version.title === meta.title),
  };
}

async function broughtBefore(database: Database, source: SourceTable, documentId: string): Promise<boolean> {
  const row = await database.read
    .selectFrom('source_change')
    .select('id')
    .where('document_id', '=', documentId)
    .where('source_id', '=', source.id)
    .executeTakeFirst();
  return row !== undefined;
}

/** The last thing brought of a page, whatever became of it: it is no news. */
async function isSetAside(database: Database, documentId: string, hash: string): Promise<boolean> {
  const last = await database.read
    .selectFrom('source_change')
    .select('text_hash')
    .where('document_id', '=', documentId)
    .where('to_version', 'is not', null)
    .orderBy('found_at', 'desc')
    .executeTakeFirst();
  return last?.text_hash === hash;
}
