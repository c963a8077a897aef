/** The services of a site with the WordPress theme "Modello Comuni", over its REST interface; each as the service card its fields make, else as its public page. */
import type { Database } from '../../connectors/databases/contract.ts';
import { fetchSafely, type SafeFetchOptions } from '../../connectors/fetch-safely.ts';
import { AGENT, type Crawled, crawl, readRobots, remember } from './crawl.ts';
import { cardMarkup, fieldsOf, type Service, serviceOf } from './wordpress/service-card.ts';

export interface WordpressOptions extends SafeFetchOptions {
  database: Database;
  delayMs?: number;
}

const MOST_LISTS = 20;
const AT_ONCE = 100;
const DELAY_MS = 100;

/** `start`: the site, or its list of services. Yields each service once. Asks for 100 services at a time; a public page only when its service has changed. */
export async function* readWordpress(start: string, options: WordpressOptions): AsyncGenerator<Crawled> {
  const list = new URL(/\/wp-json\//.test(start) ? start : '/wp-json/wp/v2/servizi', start);
  const host = list.host;
  if ((await readRobots(start, options)).isAllowed(list.href, AGENT) === false) {
    yield { url: start, failed: 'robots.txt chiede di non leggerla' };
    return;
  }
  for (let page = 1; page <= MOST_LISTS; page++) {
    list.searchParams.set('per_page', String(AT_ONCE));
    list.searchParams.set('page', String(page));
    const found = await fetchSafely(list.href, options).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    const items = found instanceof Error ? null : listOf(found.status, found.bytes);
    if (found instanceof Error || items === null) {
      yield { url: start, failed: found instanceof Error ? found.message : `l’elenco dei servizi risponde ${found.status} o non è JSON` };
      return;
    }
    for (const item of items) {
      const service = serviceOf(item);
      if (service && new URL(service.link).host === host) yield* readService(service, item, options);
      else yield { url: start, failed: `un servizio dell’elenco non ha un indirizzo di questo sito: ${service?.link ?? 'nessuno'}` };
    }
    if (page >= Number(found.headers.get('x-wp-totalpages') ?? 1)) return;
    await pause(options);
  }
  yield { url: start, failed: `restano servizi non letti: il limite è ${MOST_LISTS * AT_ONCE} alla volta` };
}

async function* readService(service: Service, item: unknown, options: WordpressOptions): AsyncGenerator<Crawled> {
  const { database } = options;
  const { link: url, modified } = service;
  const fields = fieldsOf(item);
  if (fields) {
    yield {
      url,
      bytes: new TextEncoder().encode(cardMarkup(service, fields)),
      name: 'servizio.html',
      contentType: 'text/html; charset=utf-8',
      stored: (documentId) => remember(database, url, { etag: null, last_modified: null, document_id: documentId }),
    };
    return;
  }
  // The theme as it comes shows no fields there: the list says which services there are and when they changed, their pages say the rest.
  const mark = `${url}#servizio`;
  const known = await database.read.selectFrom('crawl').selectAll().where('url', '=', mark).executeTakeFirst();
  if (modified && known?.last_modified === modified && known.document_id) {
    yield { url, unchanged: true, documentId: known.document_id };
    return;
  }
  await pause(options);
  for await (const page of crawl(url, options))
    yield 'stored' in page
      ? {
          ...page,
          async stored(documentId) {
            await page.stored(documentId);
            await remember(database, mark, { etag: null, last_modified: modified, document_id: documentId });
          },
        }
      : page;
}

/** null = no list. */
function listOf(status: number, bytes: Uint8Array): unknown[] | null {
  if (status !== 200) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function pause({ delayMs }: WordpressOptions): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs ?? DELAY_MS));
}
