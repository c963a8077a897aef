/** Mark-up that wants to run, put where words can stand: in an answer's Markdown and in plain text. In a real browser when there is one. */
import { load } from 'cheerio';
import { z } from 'zod';
import { html, trusted } from '../../../bot/pages/shared/html.ts';
import { renderMarkdown } from '../../../bot/pages/shared/markdown.ts';
import { readLines } from '../../corpus.ts';
import type { SuiteArguments } from '../contract.ts';

const line = z.object({ id: z.string(), payload: z.string() });
const TAGS = new Set([
  'p',
  'br',
  'strong',
  'em',
  'ul',
  'ol',
  'li',
  'a',
  'code',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'main',
  'div',
  'span',
]);
const ATTRIBUTES = new Set(['href', 'title', 'class', 'aria-label', 'target', 'rel', 'scope', 'start', 'data-words']);

interface Seen {
  executed: boolean;
  outside: number;
}

/** Opens one page with this body, presses all that can be pressed, and tells what happened. */
type Look = (body: string) => Promise<Seen>;

export async function runXss(file: string, { out, progress }: SuiteArguments): Promise<Record<string, unknown>> {
  const lines = readLines(file, line);
  const browser = await openLook();
  if (!browser) progress('xss: no Chromium here; the rendered HTML is parsed instead');
  const look = browser?.look ?? parsed;
  const counts = { executed: 0, outsideRequests: 0, rawExecuted: 0 };
  try {
    for (const { id, payload } of lines) {
      const answer = trusted(renderMarkdown(payload, { marks: new Set([1]) }));
      const seen = await look(
        html`<main><div>${answer}</div><span title="${payload}" data-words="${payload}">${payload}</span></main>`.html,
      );
      if (seen.executed) counts.executed++;
      counts.outsideRequests += seen.outside;
      // The same without us: a harness that finds nothing here is broken.
      const raw = await look(`<main><div>${payload}</div></main>`);
      if (raw.executed) counts.rawExecuted++;
      out({ id, kind: 'xss', executed: seen.executed, outsideRequests: seen.outside, rawExecuted: raw.executed });
    }
  } finally {
    await browser?.close();
  }
  if (lines.length > 0 && counts.rawExecuted === 0) throw new Error('xss: nothing ran even without our renderer, so the harness is broken');
  return { n: lines.length, ...counts, by: browser ? 'chromium' : 'parser' };
}

async function openLook(): Promise<{ look: Look; close(): Promise<void> } | null> {
  // A development package: an installation without it parses.
  const tools = await import('../../../bot/pages/browser/fixtures/open-browser.ts').catch(() => null);
  if (!tools?.hasBrowser) return null;
  const browser = await tools.openBrowser();
  const context = await browser.newContext();
  let outside = 0;
  await context.route('**/*', (route) => {
    if (/^(?:about|data|blob):/.test(route.request().url())) return route.continue();
    outside++;
    return route.abort();
  });
  return {
    async look(body) {
      const page = await context.newPage();
      outside = 0;
      await page.setContent(body, { waitUntil: 'domcontentloaded' });
      const settled = () =>
        page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.__x !== undefined), 30)))');
      let executed = (await settled().catch(() => false)) === true;
      const unasked = outside;
      for (const target of await page.locator('a, button, input, summary, b').all()) {
        await target.dispatchEvent('click', {}, { timeout: 500 }).catch(() => {});
        if (!executed) executed = (await settled().catch(() => false)) === true;
      }
      await page.close();
      return { executed, outside: unasked };
    },
    close: () => browser.close(),
  };
}

/** Without a browser: any tag, attribute or scheme off the list counts as run. */
const parsed: Look = async (body) => {
  const page = load(body);
  let executed = false;
  let outside = 0;
  page('body *').each((_index, element) => {
    if (!('name' in element)) return;
    const attributes = 'attribs' in element ? element.attribs : {};
    if (!TAGS.has(element.name) || Object.keys(attributes).some((name) => !ATTRIBUTES.has(name))) executed = true;
    if (attributes['href'] && !/^(?:https?:|mailto:|tel:|\/|#)/i.test(attributes['href'])) executed = true;
    if (['img', 'link', 'iframe', 'object', 'style', 'source'].includes(element.name)) outside++;
  });
  return { executed, outside };
};
