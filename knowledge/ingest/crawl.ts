/** One page, a sitemap, or a whole site: robots.txt obeyed, unchanged pages not fetched again, nothing inside the network ever reached. */
import robotsParser from 'robots-parser';
import type { Database } from '../../connectors/databases/contract.ts';
import { type Fetched, fetchSafely, type SafeFetchOptions } from '../../connectors/fetch-safely.ts';
import { isHtml, isSitemap, nameOf, pageLinks, sitemapLinks, withoutFragment } from './crawl/page.ts';

export interface CrawlOptions extends SafeFetchOptions {
  database: Database;
  /** Follow links on the same host; a sitemap is followed anyway. */
  wholeSite?: boolean;
  mostPages?: number;
  delayMs?: number;
  /** Says whether what is stored of the document still holds, so that its page need not be fetched when it has not changed. */
  isCurrent?: (documentId: string) => Promise<boolean>;
  progress?: (line: string) => void;
}

export type Crawled =
  /** `stored` remembers the page's mark; until it is called the page is fetched anew each time. */
  | { url: string; bytes: Uint8Array; name: string; contentType: string; stored(documentId: string): Promise<void> }
  | { url: string; unchanged: true; documentId: string }
  /** `status`: what the server said, where it said anything. */
  | { url: string; failed: string; status?: number };

/** What robots.txt knows us by. */
export const AGENT = 'Sportello';
const MOST_PAGES = 500;
const DELAY_MS = 100;

/** Yields each page once, as it is fetched. A page that fails is yielded with its reason. Cost grows with the pages. */
export async function* crawl(start: string, options: CrawlOptions): AsyncGenerator<Crawled> {
  if (!URL.canParse(start)) {
    yield { url: start, failed: 'non è un indirizzo' };
    return;
  }
  const most = options.mostPages ?? MOST_PAGES;
  let host = new URL(start).host;
  let robots = await readRobots(start, options);
  const queue = [start];
  const seen = new Set(queue);
  const read = new Set<string>();
  let fetched = 0;
  let recalled = false;
  const enqueue = (found: string[], base: string) => {
    for (const address of found) {
      const next = withoutFragment(address, base);
      if (next && new URL(next).host === host && !seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  };
  while (queue.length > 0 && fetched < most) {
    const url = queue.shift() as string;
    if (robots.isAllowed(url, AGENT) === false) {
      yield { url, failed: 'robots.txt chiede di non leggerla' };
      continue;
    }
    if (fetched++ > 0)
      await new Promise((resolve) => setTimeout(resolve, Math.max(options.delayMs ?? DELAY_MS, (robots.getCrawlDelay(AGENT) ?? 0) * 1000)));
    try {
      const known = await options.database.read.selectFrom('crawl').selectAll().where('url', '=', url).executeTakeFirst();
      const page = await fetchIfChanged(url, known, options);
      // A site that answers elsewhere (www., https) is the site we were sent to.
      if (fetched === 1 && new URL(page.url).host !== host) {
        host = new URL(page.url).host;
        robots = await readRobots(page.url, options);
      }
      const landed = page.url !== url;
      if (page.status === 304 && known?.document_id) {
        yield { url, unchanged: true, documentId: known.document_id };
        // A page not sent again shows no links: those seen in earlier runs stand in for them.
        if (options.wholeSite && !recalled) {
          recalled = true;
          enqueue(await knownPages(options.database), url);
        }
      } else if (landed && new URL(page.url).host !== host) yield { url, failed: `rimanda fuori dal sito, a ${page.url}` };
      else if (landed && robots.isAllowed(page.url, AGENT) === false)
        yield { url, failed: `rimanda a ${page.url}, che robots.txt chiede di non leggere` };
      else if (page.status !== 200) yield { url, failed: `risponde ${page.status}`, status: page.status };
      else if (isSitemap(page)) enqueue(sitemapLinks(page.bytes), page.url);
      else if (!read.has(page.url)) {
        read.add(page.url);
        seen.add(page.url);
        if (options.wholeSite && isHtml(page)) enqueue(pageLinks(page.bytes), page.url);
        if (!known) await remember(options.database, url, { etag: null, last_modified: null, document_id: null });
        const marks = { etag: page.headers.get('etag'), last_modified: page.headers.get('last-modified') };
        yield {
          url: page.url,
          bytes: page.bytes,
          name: nameOf(page),
          contentType: page.headers.get('content-type') ?? '',
          stored: (documentId) => remember(options.database, url, { ...marks, document_id: documentId }),
        };
      }
    } catch (error) {
      yield { url, failed: error instanceof Error ? error.message : String(error) };
    }
    options.progress?.(`${fetched} pagine lette, ${queue.length} in attesa`);
  }
  if (queue.length > 0) yield { url: start, failed: `restano ${queue.length} pagine non lette: il limite è ${most} alla volta` };
}

/** The package's types do not fit Node's resolution of its CommonJS export. */
const parseRobots = robotsParser as unknown as (
  url: string,
  text: string,
) => { isAllowed(url: string, agent: string): boolean | undefined; getCrawlDelay(agent: string): number | undefined };

/** A site without readable robots.txt forbids nothing; the pages themselves say when it cannot be reached. */
export async function readRobots(start: string, options: SafeFetchOptions): Promise<ReturnType<typeof parseRobots>> {
  const url = new URL('/robots.txt', start).href;
  const text = await fetchSafely(url, options).then(
    (found) => (found.status === 200 ? new TextDecoder().decode(found.bytes) : ''),
    () => '',
  );
  return parseRobots(url, text);
}

interface Known {
  etag: string | null;
  last_modified: string | null;
  document_id: string | null;
}

async function fetchIfChanged(url: string, known: Known | undefined, options: CrawlOptions): Promise<Fetched> {
  const headers: Record<string, string> = { ...options.headers };
  if (known?.document_id && ((await options.isCurrent?.(known.document_id)) ?? true)) {
    if (known.etag) headers['if-none-match'] = known.etag;
    else if (known.last_modified) headers['if-modified-since'] = known.last_modified;
  }
  return fetchSafely(url, { ...options, headers });
}

/** What is known of an address: its marks and the document it became. */
export async function remember(database: Database, url: string, known: Known): Promise<void> {
  const row = { ...known, fetched_at: new Date().toISOString() };
  await database.write((tx) =>
    tx
      .insertInto('crawl')
      .values({ url, ...row })
      .onConflict((conflict) => conflict.column('url').doUpdateSet(row))
      .execute(),
  );
}

async function knownPages(database: Database): Promise<string[]> {
  const rows = await database.read.selectFrom('crawl').select('url').execute();
  return rows.map((row) => row.url);
}
