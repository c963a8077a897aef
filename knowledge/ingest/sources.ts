/** Sites that are read again by themselves: what changed becomes a draft with the answers it touches, or is published once it passes the checks. */
import type { SourceTable } from '../../connectors/databases/schema/sources.ts';
import { Unreadable } from '../readers/contract.ts';
import { claimSource, leaseFrom } from './claim-source.ts';
import type { Crawled } from './crawl.ts';
import { createNaming } from './name.ts';
import { type ReadAs, recordGone, type SourceParts, takePage } from './take-page.ts';

export interface SourceRun {
  read: number;
  unchanged: number;
  /** New and changed pages, published or waiting as drafts. */
  changes: number;
  published: number;
  gone: number;
  skipped: { source: string; reason: string }[];
}

export interface Sources {
  /** Reads every source whose time has come, one after the other, each in one process only. Minutes for a large site. */
  readDue(as: ReadAs): Promise<number>;
  /** Why the address is not one we go to, in one line; null when it is. */
  refusal(address: string): Promise<string | null>;
  /** Ends the reading in progress after the page it is at; waits some seconds for it. */
  stop(): Promise<void>;
}

const RENEWED_MS = 5 * 60_000;
const STOP_MS = 3_000;
/** Pages that nothing leads to any more and that are asked for by name, in one reading. */
const MOST_ASKED = 100;

export function createSources(parts: SourceParts): Sources {
  const { database } = parts;
  let running: Promise<number> | null = null;
  let stopped = false;

  async function* pagesOf(source: SourceTable): AsyncGenerator<Crawled> {
    const options = { database, ...(parts.allow ? { allow: parts.allow } : {}) };
    // Loaded only when somebody reads a site: its libraries cost memory and start time.
    const [{ crawl }, { readWordpress }] = await Promise.all([import('./crawl.ts'), import('./wordpress.ts')]);
    const services = source.kind === 'wordpress';
    const seen = new Set<string>();
    let whole = true;
    const pages = services ? readWordpress(source.url, options) : crawl(source.url, { ...options, wholeSite: source.kind === 'site' });
    for await (const page of pages) {
      seen.add(page.url);
      // Half of a site says nothing about the other half.
      if ('failed' in page && page.url === source.url) whole = false;
      yield page;
    }
    if (!whole || seen.size < 2) return;
    // Of a service that is no longer listed only one thing is asked: is its page gone too?
    for (const url of await forgotten(source.url, seen))
      for await (const page of crawl(url, options)) if (!services || 'failed' in page) yield page;
  }

  /** Addresses of the same site that hold a page of ours and that this reading did not come by. */
  async function forgotten(start: string, seen: Set<string>): Promise<string[]> {
    const rows = await database.read
      .selectFrom('crawl')
      .innerJoin('document_version', 'document_version.document_id', 'crawl.document_id')
      .select('crawl.url')
      .distinct()
      .where('document_version.status', '=', 'published')
      .where('crawl.url', 'like', `${new URL(start).origin}/%`)
      .where('crawl.url', 'not like', '%#%')
      .orderBy('crawl.url')
      .execute();
    return rows
      .map(({ url }) => url)
      .filter((url) => !seen.has(url))
      .slice(0, MOST_ASKED);
  }

  async function read(source: SourceTable, as: ReadAs): Promise<SourceRun> {
    const run: SourceRun = { read: 0, unchanged: 0, changes: 0, published: 0, gone: 0, skipped: [] };
    const naming = createNaming(database);
    let renewed = Date.now();
    for await (const page of pagesOf(source)) {
      if (stopped) break;
      if (Date.now() - renewed > RENEWED_MS) {
        renewed = Date.now();
        const claimed_until = leaseFrom(new Date(renewed));
        await database.write((tx) => tx.updateTable('source').set({ claimed_until }).where('id', '=', source.id).execute());
      }
      if ('failed' in page) {
        if (page.status === 404 || page.status === 410) {
          if (await recordGone(database, source, page.url, new Date())) run.gone++;
        } else run.skipped.push({ source: page.url, reason: page.failed });
        continue;
      }
      run.read++;
      if ('unchanged' in page) {
        run.unchanged++;
        continue;
      }
      try {
        const taken = await takePage(parts, source, page, naming, as);
        if (taken === 'unchanged') run.unchanged++;
        else {
          run.changes++;
          if (taken.published) run.published++;
        }
      } catch (error) {
        if (!(error instanceof Unreadable)) parts.onSurprise(error);
        const reason = error instanceof Unreadable ? error.message : 'non letta per un errore imprevisto del programma';
        run.skipped.push({ source: page.url, reason });
      }
    }
    return run;
  }

  async function readAll(as: ReadAs): Promise<number> {
    for (let count = 0; ; count++) {
      const source = stopped ? null : await claimSource(database, new Date());
      if (!source) return count;
      let run: SourceRun;
      try {
        run = await read(source, as);
      } catch (error) {
        if (!stopped) parts.onSurprise(error);
        run = { read: 0, unchanged: 0, changes: 0, published: 0, gone: 0, skipped: [{ source: source.url, reason: 'errore imprevisto' }] };
      }
      if (stopped) {
        await database.write((tx) => tx.updateTable('source').set({ claimed_until: null }).where('id', '=', source.id).execute());
        return count;
      }
      const now = Date.now();
      const next_at = new Date(now + source.every_hours * 60 * 60_000).toISOString();
      const row = { next_at, claimed_until: null, last_at: new Date(now).toISOString(), last_result: JSON.stringify(run) };
      await database.write((tx) => tx.updateTable('source').set(row).where('id', '=', source.id).execute());
    }
  }

  return {
    readDue(as) {
      running ??= readAll(as).finally(() => {
        running = null;
      });
      return running;
    },
    async refusal(address) {
      const { checkAddress } = await import('../../connectors/fetch-safely.ts');
      try {
        checkAddress(address, new Set(parts.allow ?? []));
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    async stop() {
      stopped = true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, STOP_MS);
      });
      await Promise.race([running?.catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}
