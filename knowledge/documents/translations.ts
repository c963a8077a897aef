/** Pages that say in another language what another page says: which fall behind, and which languages are missing. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';

/** `of`: null = a page of its own. Called whenever its text is written: it follows the original as that stands now. */
export async function setTranslation(tx: Writer, documentId: string, of: string | null): Promise<void> {
  if (of === null) {
    await tx.deleteFrom('page_translation').where('document_id', '=', documentId).execute();
    return;
  }
  const original = await tx
    .selectFrom('document_version')
    .select('version')
    .where('document_id', '=', of)
    .where('status', '=', 'published')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const row = { of_document: of, of_version: original?.version ?? 0 };
  await tx
    .insertInto('page_translation')
    .values({ document_id: documentId, ...row })
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet(row))
    .execute();
}

export async function translationOf(database: Database, documentId: string): Promise<string | null> {
  const row = await database.read
    .selectFrom('page_translation')
    .select('of_document')
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return row?.of_document ?? null;
}

export interface Translations {
  /** Translation → the original that says something else by now. */
  stale: Map<string, { of: string; since: string }>;
  /** Original → languages that other pages are translated to and this one is not. */
  missing: Map<string, string[]>;
}

/** Reads the texts of translated pages only. */
export async function checkTranslations(database: Database): Promise<Translations> {
  const links = await database.read.selectFrom('page_translation').selectAll().execute();
  const stale: Translations['stale'] = new Map();
  const missing: Translations['missing'] = new Map();
  if (links.length === 0) return { stale, missing };
  const heads = await database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'lang', 'published_at', 'audience'])
    .where('status', '=', 'published')
    .orderBy('version')
    .execute();
  const inForce = new Map(heads.map((head) => [head.document_id, head]));
  const textOf = async (documentId: string, version: number) =>
    (
      await database.read
        .selectFrom('document_version')
        .select('text')
        .where('document_id', '=', documentId)
        .where('version', '=', version)
        .executeTakeFirst()
    )?.text;
  const done = new Map<string, Set<string>>();
  for (const { document_id, of_document, of_version } of links) {
    const [translation, original] = [inForce.get(document_id), inForce.get(of_document)];
    if (!translation || !original) continue;
    done.set(of_document, (done.get(of_document) ?? new Set()).add(translation.lang));
    if (original.version > of_version && (await textOf(of_document, original.version)) !== (await textOf(of_document, of_version)))
      stale.set(document_id, { of: of_document, since: (original.published_at ?? '').slice(0, 10) });
  }
  const spoken = new Set([...done.values()].flatMap((languages) => [...languages]));
  const translations = new Set(links.map(({ document_id }) => document_id));
  for (const { document_id, lang, audience } of inForce.values()) {
    if (lang !== 'it' || audience !== 'citizen' || translations.has(document_id)) continue;
    const lacking = [...spoken].filter((language) => language !== lang && !done.get(document_id)?.has(language)).sort();
    if (lacking.length > 0) missing.set(document_id, lacking);
  }
  return { stale, missing };
}
