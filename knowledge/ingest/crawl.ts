/** One page, a sitemap, or a whole site: robots.txt obeyed, unchanged pages not fetched again, nothing inside the network ever reached. */
import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio';
import robotsParser from 'robots-parser';
import type { Database } from '../../connectors/databases/contract.ts';
import { type Fetched, fetchSafely, type SafeFetchOptions } from '../../connectors/fetch-safely.ts';

export interface CrawlOptions extends SafeFetchOptions {
  database: Database;
  /** Follow links on the same host; a sitemap is followed anyway. */
  wholeSite?: boolean;
  mostPages?: number;
  delayMs?: number;
  progress?: (line: string) => void;
}

export type Crawled =
  | { url: string; bytes: Uint8Array; name: string; contentType: string }
  | { url: string; unchanged: true }
  | { url: string; failed: string };

const AGENT = 'Sportello';
const MOST_PAGES = 500;
const DELAY_MS = 100;

/** Yields each page once, as it is fetched. A page that fails is yielded with its reason; only a bad start address throws. */
export async function* crawl(start: string, options: CrawlOptions): AsyncGenerator<Crawled> {
  const most = options.mostPages ?? MOST_PAGES;
  const robots = await readRobots(start, options);
  const host = new URL(start).host;
  const queue = [start];
  const seen = new Set(queue);
  let fetched = 0;
  while (queue.length > 0 && fetched < most) {
    const url = queue.shift() as string;
    if (robots.isAllowed(url, AGENT) === false) {
      yield { url, failed: 'robots.txt chiede di non leggerla' };
      continue;
    }
    if (fetched++ > 0)
      await new Promise((resolve) => setTimeout(resolve, Math.max(options.delayMs ?? DELAY_MS, (robots.getCrawlDelay(AGENT) ?? 0) * 1000)));
    const enqueue = (found: string[]) => {
      for (const address of found) {
        const next = withoutFragment(address, url);
        if (next && new URL(next).host === host && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    };
    try {
      const page = await fetchIfChanged(url, options);
      if (page === 'unchanged') yield { url, unchanged: true };
      else if (page.status !== 200) yield { url, failed: `risponde ${page.status}` };
      else if (isSitemap(page)) enqueue(sitemapLinks(page.bytes));
      else {
        if (options.wholeSite && isHtml(page)) enqueue(pageLinks(page.bytes));
        await remember(options.database, url, page);
        yield { url: page.url, bytes: page.bytes, name: nameOf(page), contentType: page.headers.get('content-type') ?? '' };
      }
    } catch (error) {
      yield { url, failed: error instanceof Error ? error.message : String(error) };
    }
    options.progress?.(`${fetched} pagine lette, ${queue.length} in attesa`);
  }
}

/** The package's types do not fit Node's resolution of its CommonJS export. */
const parseRobots = robotsParser as unknown as (
  url: string,
  text: string,
) => { isAllowed(url: string, agent: string): boolean | undefined; getCrawlDelay(agent: string): number | undefined };

async function readRobots(start: string, options: CrawlOptions): Promise<ReturnType<typeof parseRobots>> {
  const url = new URL('/robots.txt', start).href;
  const text = await fetchSafely(url, options).then(
    (found) => (found.status === 200 ? new TextDecoder().decode(found.bytes) : ''),
    (error: unknown) => {
      if (error instanceof Error && error.name !== 'Error') throw error;
      return '';
    },
  );
  return parseRobots(url, text);
}

async function fetchIfChanged(url: string, options: CrawlOptions): Promise<Fetched | 'unchanged'> {
  const known = await options.database.read.selectFrom('crawl').selectAll().where('url', '=', url).executeTakeFirst();
  const headers: Record<string, string> = { ...options.headers };
  if (known?.etag) headers['if-none-match'] = known.etag;
  else if (known?.last_modified) headers['if-modified-since'] = known.last_modified;
  const page = await fetchSafely(url, { ...options, headers });
  return page.status === 304 ? 'unchanged' : page;
}

async function remember(database: Database, url: string, page: Fetched): Promise<void> {
  const row = { etag: page.headers.get('etag'), last_modified: page.headers.get('last-modified'), fetched_at: new Date().toISOString() };
  await database.write((tx) =>
    tx
      .insertInto('crawl')
      .values({ url, document_id: null, ...row })
      .onConflict((conflict) => conflict.column('url').doUpdateSet(row))
      .execute(),
  );
}

function isSitemap(page: Fetched): boolean {
  return (
    /\.xml(?:\.gz)?$/.test(new URL(page.url).pathname) && /<(?:urlset|sitemapindex)[\s>]/.test(sitemapText(page.bytes).slice(0, 2_000))
  );
}

function sitemapText(bytes: Uint8Array): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: 50 * 2 ** 20 }) : bytes;
  return new TextDecoder().decode(plain);
}

function sitemapLinks(bytes: Uint8Array): string[] {
  const $ = load(sitemapText(bytes), { xml: true });
  return $('loc')
    .map((_i, node) => $(node).text().trim())
    .get();
}

function pageLinks(bytes: Uint8Array): string[] {
  const $ = load(new TextDecoder().decode(bytes));
  return $('a[href]:not([rel~=nofollow])')
    .map((_i, node) => $(node).attr('href') ?? '')
    .get();
}

function withoutFragment(address: string, base: string): string | null {
  try {
    const url = new URL(address, base);
    url.hash = '';
    return /^https?:$/.test(url.protocol) && !/\.(?:jpe?g|png|gif|svg|css|js|zip|mp[34]|ico)$/i.test(url.pathname) ? url.href : null;
  } catch {
    return null;
  }
}

function isHtml(page: Fetched): boolean {
  return /html/.test(page.headers.get('content-type') ?? 'text/html');
}

/** A file name with the extension that the content type tells. */
function nameOf(page: Fetched): string {
  const last = new URL(page.url).pathname.split('/').filter(Boolean).at(-1) ?? 'index';
  const type = page.headers.get('content-type') ?? '';
  const extension = /pdf/.test(type)
    ? 'pdf'
    : /html/.test(type)
      ? 'html'
      : /wordprocessing/.test(type)
        ? 'docx'
        : /opendocument\.text/.test(type)
          ? 'odt'
          : /plain/.test(type)
            ? 'txt'
            : '';
  return !extension || last.toLowerCase().endsWith(`.${extension}`) ? last : `${last}.${extension}`;
}
