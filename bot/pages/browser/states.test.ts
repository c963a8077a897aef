/** States of the page that are hard to meet: loading, not sent, hostile words, slow line. The server is real for pages and files; Direct Line is scripted. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';
import { citedAnswer, type ScriptedLine, scriptLine } from './fixtures/script-line.ts';
import { freePort, type RunningProcess, startServer } from './fixtures/start-server.ts';

const payloads = path.resolve(import.meta.dirname, '../../../../shared/data/redteam/xss.jsonl');
const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-states-'));
let browser: Browser;
let server: RunningProcess;

async function open(line: ScriptedLine | null, options: BrowserContextOptions = {}, address = '/'): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 }, ...options })).newPage();
  if (line) await scriptLine(page, line);
  await page.goto(server.origin + address);
  return page;
}
const full = () => ({ activities: [citedAnswer('b1', 'La carta costa **22,20 €**.')], postStatus: 200, opens: true });

describe.skipIf(!hasBrowser)('the page in every state (needs Debian’s chromium)', () => {
  beforeAll(async () => {
    [browser, server] = await Promise.all([openBrowser(), startServer(dataDir, await freePort())]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  describe.each(['light', 'dark', 'contrast'])('%s', (theme) => {
    test.each([320, 390, 1280])(
      'loading, empty, full and not sent at %i px: usable by everybody, nothing sticks out',
      async (width) => {
        for (const state of ['loading', 'empty', 'full', 'not sent'] as const) {
          const line = { ...full(), activities: state === 'full' ? full().activities : [], opens: state !== 'loading', postStatus: 500 };
          const page = await open(line, { viewport: { width, height: 700 } });
          await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
          await page.waitForSelector(state === 'loading' ? '.status' : state === 'full' ? '.source' : '#question');
          if (state === 'not sent') {
            await page.waitForFunction(() => !document.querySelector('.status'));
            await page.fill('#question', 'Domanda '.repeat(120).trim());
            await page.keyboard.press('Enter');
            await page.waitForSelector('.failed button');
          }
          expect(await problems(page), state).toEqual([]);
          expect(await sidewaysScroll(page), state).toBe(0);
          await page.context().close();
        }
      },
      60_000,
    );
  });

  test('a message that was not sent can be sent again, as the same message', async () => {
    const line = { ...full(), postStatus: 500 };
    const page = await open(line);
    await page.waitForSelector('.source');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/activities'))
        sent.push(request.postDataJSON().channelData.clientActivityID);
    });
    await page.fill('#question', 'Mi senti?');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.failed button');
    line.postStatus = 200;
    await page.click('.failed button');
    await page.waitForFunction(() => !document.querySelector('.failed'));
    // The page takes the mark away before it sends.
    await expect.poll(() => sent.length).toBe(2);
    expect(sent[0]).toBe(sent[1]);
    await page.context().close();
  });

  test.skipIf(!existsSync(payloads))(
    'hostile words in text, title, heading, quotation, choice and name run nothing and fetch nothing (skipped without ../shared)',
    async () => {
      const words = readFileSync(payloads, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { payload: string }).payload);
      const urls = ['javascript:window.__x=1', 'data:text/html,<script>1</script>', 'JaVaScRiPt:window.__x=1'];
      const activities = words.map((word, i) => citedAnswer(`x${i}`, word, urls[i % urls.length]));
      const page = await (await browser.newContext()).newPage();
      const outside: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(server.origin) && !request.url().startsWith('data:')) outside.push(request.url());
      });
      await scriptLine(page, { ...full(), activities });
      await page.goto(server.origin);
      await page.waitForFunction((count) => document.querySelectorAll('li.bot').length === count, words.length);
      for (const word of words) {
        await page.fill('#question', word);
        await page.keyboard.press('Enter');
      }
      await page.evaluate(() => {
        for (const link of document.querySelectorAll<HTMLElement>('.log a, .log button')) link.click();
      });
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => (window as { __x?: unknown }).__x)).toBeUndefined();
      expect(await page.locator('.log :is(img, iframe, svg, form, style, script, base, details)').count()).toBe(0);
      expect(await page.locator('a[href^="javascript" i], a[href^="data" i]').count()).toBe(0);
      expect(outside).toEqual([]);
      await page.context().close();
    },
  );

  test('the page’s own policy holds: no complaint, no inline code', async () => {
    const complaints: string[] = [];
    const page = await (await browser.newContext()).newPage();
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const response = await page.goto(server.origin);
    await page.waitForSelector('li.bot');
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/unsafe-/);
    expect(await page.locator('script:not([src]), style, [onclick], [style]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('text twice as large, wide word spacing and forced colours cut nothing', async () => {
    const page = await open(full(), { viewport: { width: 320, height: 700 }, forcedColors: 'active', reducedMotion: 'reduce' });
    await page.waitForSelector('.source');
    await page.evaluate(() => {
      document.documentElement.dataset['size'] = '4';
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
      );
      document.adoptedStyleSheets = [sheet];
    });
    expect(await sidewaysScroll(page)).toBe(0);
    for (const name of ['#question', 'button.primary', 'button.person']) {
      await page.locator(name).scrollIntoViewIfNeeded();
      const box = await page.locator(name).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 320 && box.height >= 24, name).toBe(true);
    }
    await page.context().close();
  });

  test('every button and mark is at least 24 pixels each way', async () => {
    const page = await open(full());
    await page.waitForSelector('.source');
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, summary, textarea, a.mark')]
        .map((target) => ({ name: target.textContent?.trim(), box: target.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
    );
    expect(small).toEqual([]);
    await page.context().close();
  });

  test.each(['/ask?q=Quanto+costa+la+carta+d%27identit%C3%A0%3F', '/ask?q=Quanto+costa+la+patente%3F', '/privacy', 'source'])(
    '%s: axe minds nothing, nothing sticks out at 320 px',
    async (address) => {
      const page = await open(
        null,
        { viewport: { width: 320, height: 640 } },
        address === 'source' ? '/ask?q=Quanto+costa+la+cremazione%3F' : address,
      );
      if (address === 'source') await page.click('article a');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await problems(page), colorScheme).toEqual([]);
      }
      expect(await sidewaysScroll(page)).toBe(0);
      await page.context().close();
    },
  );

  test('scripts and styles weigh at most 50 kB packed, the widget’s script at most 3 kB', async () => {
    const page = await (await browser.newContext()).newPage();
    const sizes = new Map<string, Promise<number>>();
    page.on('response', (response) => {
      if (/\.(?:js|css)$/.test(new URL(response.url()).pathname))
        sizes.set(
          response.url(),
          response.body().then((body) => gzipSync(body).length),
        );
    });
    await page.goto(server.origin);
    await page.waitForSelector('li.bot');
    const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
    expect(sizes.size).toBeGreaterThanOrEqual(2);
    expect(total).toBeLessThanOrEqual(50_000);
    const widget = await (await fetch(`${server.origin}/widget.js`)).bytes();
    expect(gzipSync(widget).length).toBeLessThanOrEqual(3_000);
    await page.context().close();
  });
});
