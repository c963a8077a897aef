/** What could be better in all the pages in force: what a console shows as a list of things to do. */
import type { Database } from '../../connectors/databases/contract.ts';
import { checkPage } from './checks.ts';
import { READABLE, WORTH_REWRITING } from './plain-words.ts';
import { readVersion } from './versions.ts';

export interface PageFindings {
  documentId: string;
  title: string;
  office: string;
  version: number;
  findings: {
    kind: 'past-date' | 'hard-to-read' | 'office-words' | 'missing-item' | 'broken-link' | 'expired' | 'review-due';
    detail: string;
  }[];
}

const SHOWN = 5;

/** O(text in force). A link is broken when it leads into our own pages and to none that is stored. */
export async function checkAll(database: Database, today: string, office: string | null): Promise<PageFindings[]> {
  const heads = await database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'source_url', 'office'])
    .where('status', '=', 'published')
    .orderBy('document_id')
    .execute();
  const addresses = new Set(heads.flatMap(({ source_url }) => (source_url ? [plain(source_url)] : [])));
  const hosts = new Set([...addresses].map((address) => address.split('/')[0] ?? ''));
  const pages: PageFindings[] = [];
  for (const head of heads) {
    if (office !== null && head.office !== office) continue;
    const stored = await readVersion(database, head.document_id, head.version);
    if (!stored) continue;
    const checks = checkPage(stored, today);
    const findings: PageFindings['findings'] = [];
    for (const note of checks.notes)
      if (note === 'expired' || note === 'review-due')
        findings.push({
          kind: note,
          detail: note === 'expired' ? `non è più in vigore dal ${stored.validUntil}` : `andava riletta entro il ${stored.reviewBy}`,
        });
    for (const { said, around } of checks.past.slice(0, SHOWN))
      findings.push({ kind: 'past-date', detail: `«${said}» è passato: … ${around} …` });
    if (stored.lang === 'it' && checks.gulpease < WORTH_REWRITING)
      findings.push({
        kind: 'hard-to-read',
        detail: `indice Gulpease ${checks.gulpease}${checks.gulpease < READABLE ? ': difficile per molte persone' : ''}`,
      });
    for (const { said, instead } of checks.phrases.slice(0, SHOWN))
      findings.push({ kind: 'office-words', detail: `«${said}» → ${instead}` });
    for (const item of checks.complete?.missing ?? []) findings.push({ kind: 'missing-item', detail: item });
    for (const link of checks.links.filter((url) => url !== stored.sourceUrl && hosts.has(plain(url).split('/')[0] ?? '')))
      if (!addresses.has(plain(link))) findings.push({ kind: 'broken-link', detail: link });
    if (findings.length > 0)
      pages.push({ documentId: stored.id, title: stored.title, office: stored.office, version: stored.version, findings });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return pages;
}

function plain(url: string): string {
  return url.replace(/^\w+:\/\/(?:www\.)?|[?#].*$|\/$/g, '').toLowerCase();
}
