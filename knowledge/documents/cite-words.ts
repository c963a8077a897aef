/** Finds words where they stand: the passage of the version in force that holds them, as a citation. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Citation } from '../answering/question.ts';

/** `at`: `YYYY-MM-DD`. Root-relative address. Null when no version in force on that day holds the words in one passage. */
export async function citeWords(database: Database, documentId: string, quote: string, at: string): Promise<Citation | null> {
  const versions = await database.read
    .selectFrom('document_version')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('status', '=', 'published')
    .where('audience', '=', 'citizen')
    .where((eb) => eb.or([eb('valid_from', 'is', null), eb('valid_from', '<=', at)]))
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', at)]))
    .orderBy('version', 'desc')
    .execute();
  for (const version of versions) {
    const start = version.text.indexOf(quote);
    if (start < 0) continue;
    const passage = await database.read
      .selectFrom('passage')
      .selectAll()
      .where('document_id', '=', documentId)
      .where('version', '=', version.version)
      .where('start_at', '<=', start)
      .where('end_at', '>=', start + quote.length)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    if (!passage) continue;
    return {
      position: 1,
      documentId,
      passageId: passage.id,
      version: version.version,
      title: version.title,
      anchor: passage.anchor,
      heading: (JSON.parse(passage.headings) as string[]).at(-1) ?? version.title,
      url: `/sources/${encodeURIComponent(documentId)}/${version.version}#${passage.anchor}`,
      quote,
      validFrom: version.valid_from,
      validUntil: version.valid_until,
      updatedOn: version.updated_on,
    };
  }
  return null;
}
