/** What could be better in all the pages in force: what a console shows as a list of things to do. */
import type { Database } from '../../connectors/databases/contract.ts';
import { checkPage } from './checks.ts';
import { brokenLinks } from './links.ts';
import { comingDeadlines } from './deadlines.ts';
import { inWords } from './mend.ts';
import { readMending } from './mend-store.ts';
import { pageUse } from './page-use.ts';
import { READABLE, WORTH_REWRITING } from './plain-words.ts';
import { checkTranslations } from './translations.ts';
import { readVersion } from './versions.ts';

export type FindingKind =
  | 'past-date'
  | 'hard-to-read'
  | 'office-words'
  | 'missing-item'
  | 'broken-link'
  | 'expired'
  | 'review-due'
  | 'unused'
  | 'stale-translation'
  | 'missing-language'
  | 'lost-mend'
  | 'expires-soon';

export interface PageFindings {
  documentId: string;
  title: string;
  office: string;
  version: number;
  findings: {
    kind: FindingKind;
    detail: string;
  }[];
}

const SHOWN = 5;
/** With fewer answers nothing can be said of what is of use, nor of a page this young. */
const ANSWERS_TO_JUDGE = 50;
const YOUNG_DAYS = 30;

/** O(text in force + answers of 90 days). A link is broken when it does not answer (links.ts), or leads into our own pages and to none that is stored. */
export async function checkAll(database: Database, today: string, office: string | null): Promise<PageFindings[]> {
  const heads = await database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'source_url', 'office', 'published_at'])
    .where('status', '=', 'published')
    .orderBy('document_id')
    .execute();
  const addresses = new Set(heads.flatMap(({ source_url }) => (source_url ? [plain(source_url)] : [])));
  const hosts = new Set([...addresses].map((address) => address.split('/')[0] ?? ''));
  const now = new Date();
  const [broken, translations, use] = await Promise.all([brokenLinks(database), checkTranslations(database), pageUse(database, now)]);
  const deadlines = await comingDeadlines(database, today);
  const old = new Date(now.getTime() - YOUNG_DAYS * 86_400_000).toISOString();
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
    const soon = deadlines.find(
      ({ documentId, version, kind }) => kind === 'expires' && documentId === stored.id && version === stored.version,
    );
    if (soon) findings.push({ kind: 'expires-soon', detail: `vale fino al ${soon.on}` });
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
    for (const link of checks.links) if (broken.has(link)) findings.push({ kind: 'broken-link', detail: `${link}: ${broken.get(link)}` });
    for (const mend of (await readMending(database.read, stored.id, stored.version))?.mends ?? [])
      if (!mend.holds) findings.push({ kind: 'lost-mend', detail: inWords(mend) });
    const behind = translations.stale.get(stored.id);
    if (behind)
      findings.push({
        kind: 'stale-translation',
        detail: `la pagina che traduce, «${behind.of}», è cambiata il ${behind.since}: va riletta`,
      });
    const lacking = translations.missing.get(stored.id);
    if (lacking) findings.push({ kind: 'missing-language', detail: lacking.map((code) => nameOf(code)).join(', ') });
    const idle = !use.cited.has(stored.id) && !use.read.has(stored.id);
    if (idle && use.answers >= ANSWERS_TO_JUDGE && head.published_at !== null && head.published_at < old)
      findings.push({ kind: 'unused', detail: 'in 90 giorni nessuna risposta l’ha citata e nessuno l’ha aperta' });
    for (const link of checks.links.filter((url) => url !== stored.sourceUrl && hosts.has(plain(url).split('/')[0] ?? '')))
      if (!addresses.has(plain(link)) && !broken.has(link)) findings.push({ kind: 'broken-link', detail: link });
    if (findings.length > 0)
      pages.push({ documentId: stored.id, title: stored.title, office: stored.office, version: stored.version, findings });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return pages;
}

function nameOf(lang: string): string {
  return new Intl.DisplayNames(['it'], { type: 'language' }).of(lang) ?? lang;
}

function plain(url: string): string {
  return url.replace(/^\w+:\/\/(?:www\.)?|[?#].*$|\/$/g, '').toLowerCase();
}
