/** Do the addresses in the pages still lead somewhere? Asked a few at a time, each once a week, never inside the network. */
import type { Database } from '../../connectors/databases/contract.ts';
import { linksOf } from './checks.ts';

export interface LinkChecks {
  /** Asks the links whose turn it is, at most `most`, one host at a time with a pause. Resolves with how many were asked. */
  checkDue(most?: number, now?: Date): Promise<number>;
}

export interface LinkParts {
  database: Database;
  allow?: string[];
  /** Between two requests to one host. */
  pauseMs?: number;
}

type Verdict = { status: 'ok' | 'gone' | 'failing' | 'refused'; detail: string; failures: number };

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const PAUSE_MS = 1_000;
/** Nothing ever answers there (RFC 2606). */
const RESERVED = /\.(?:example|test|invalid|localhost)$/i;
/** So many hosts that answered until now all failing at once says something about our own line, not about theirs. */
const MANY_HOSTS = 3;

export function createLinkChecks({ database, allow, pauseMs = PAUSE_MS }: LinkParts): LinkChecks {
  let running = false;

  async function dueOf(most: number, now: Date): Promise<Map<string, number>> {
    const urls = new Set<string>();
    const rows = await database.read
      .selectFrom('document_version')
      .select(['text', 'source_url'])
      .where('status', '=', 'published')
      .execute();
    for (const { text, source_url } of rows) for (const url of linksOf({ text, sourceUrl: source_url })) urls.add(url);
    const known = new Map((await database.read.selectFrom('link_check').selectAll().execute()).map((row) => [row.url, row]));
    const gone = [...known.keys()].filter((url) => !urls.has(url));
    if (gone.length > 0) await database.write((tx) => tx.deleteFrom('link_check').where('url', 'in', gone.slice(0, 500)).execute());
    const due = [...urls].filter((url) => {
      if (!URL.canParse(url) || RESERVED.test(new URL(url).hostname)) return false;
      const last = known.get(url);
      const every = last?.status === 'failing' ? DAY_MS : WEEK_MS;
      return !last || Date.parse(last.checked_at) + every <= now.getTime();
    });
    due.sort((a, b) => ((known.get(a)?.checked_at ?? '') < (known.get(b)?.checked_at ?? '') ? -1 : 1));
    return new Map(due.slice(0, most).map((url) => [url, known.get(url)?.failures ?? 0]));
  }

  async function ask(url: string, before: number): Promise<Verdict> {
    const { fetchSafely, Forbidden } = await import('../../connectors/fetch-safely.ts');
    const options = allow ? { allow } : {};
    try {
      let found = await fetchSafely(url, { ...options, method: 'HEAD' });
      // Some servers do not know HEAD.
      if ([403, 404, 405, 501].includes(found.status)) found = await fetchSafely(url, options);
      if (found.status < 400) return { status: 'ok', detail: '', failures: 0 };
      const status = found.status === 404 || found.status === 410 ? 'gone' : 'failing';
      return { status, detail: `risponde ${found.status}`, failures: before + 1 };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { status: error instanceof Forbidden ? 'refused' : 'failing', detail, failures: before + 1 };
    }
  }

  return {
    async checkDue(most = 50, now = new Date()) {
      if (running) return 0;
      running = true;
      try {
        const verdicts: [url: string, verdict: Verdict][] = [];
        const newly = new Set<string>();
        const asked = new Map<string, number>();
        for (const [url, before] of await dueOf(most, now)) {
          const { host } = new URL(url);
          const wait = (asked.get(host) ?? 0) + pauseMs - Date.now();
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
          verdicts.push([url, await ask(url, before)]);
          if (before === 0) newly.add(host);
          asked.set(host, Date.now());
        }
        if (newly.size >= MANY_HOSTS && verdicts.every(([, { status }]) => status === 'failing')) return verdicts.length;
        const checked_at = now.toISOString();
        await database.write(async (tx) => {
          for (const [url, verdict] of verdicts)
            await tx
              .insertInto('link_check')
              .values({ url, ...verdict, checked_at })
              .onConflict((conflict) => conflict.column('url').doUpdateSet({ ...verdict, checked_at }))
              .execute();
        });
        return verdicts.length;
      } finally {
        running = false;
      }
    },
  };
}

/** Address → what is wrong with it, in words. One bad day of a server is none. */
export async function brokenLinks(database: Database): Promise<Map<string, string>> {
  const rows = await database.read.selectFrom('link_check').selectAll().where('status', 'in', ['gone', 'failing', 'refused']).execute();
  return new Map(rows.filter(({ status, failures }) => status !== 'failing' || failures > 1).map(({ url, detail }) => [url, detail]));
}
