/** An editor on a slow line who goes on writing while the draft is being saved: nothing is lost, and “saved” is said of what is saved. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, startConsole } from '../../editor/fixtures/console.ts';
import { hold } from './fixtures/hold.ts';
import { hasBrowser, openBrowser } from './fixtures/open-browser.ts';

const GOLF = '# Campo da golf\n\n## Orari\nIl campo da golf apre alle 8:00.\n';

describe.skipIf(!hasBrowser)('a draft on a slow line (needs Debian’s chromium)', () => {
  let house: Awaited<ReturnType<typeof startConsole>>;
  let anna: Awaited<ReturnType<typeof house.signIn>>;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [browser, house] = await Promise.all([openBrowser(), startConsole()]);
    anna = await house.signIn('Anna Redattrice');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.serving.stop();
  });
  let id = '';
  let count = 0;
  beforeEach(async () => {
    id = `golf-${++count}`;
    expect((await anna('POST', '/api/documents', { id, title: 'Campo da golf', markdown: GOLF, office: 'Sport' })).status).toBe(201);
    expect((await anna('POST', `/api/documents/${id}/publish`, { override: { reason: 'prova' } })).status).toBe(200);
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(`${house.serving.url}/editor#pagina/${id}`);
    await page.fill('input[name=name]', 'Anna Redattrice');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('textarea[name=markdown]');
    return () => page.context().close();
  });

  const acts = () => page.innerText('.acts');
  const stored = async () => String((await anna('GET', `/api/documents/${id}`)).body.draft?.text);
  const write = async (words: string) => {
    await page.locator('textarea[name=markdown]').press('Control+End');
    await page.keyboard.type(words);
  };

  test('what is on its way is not called saved', async () => {
    await page.fill('textarea[name=markdown]', `${GOLF}\nPrimo.\n`);
    await expect.poll(acts).toContain('Bozza salvata');
    const late = await hold(page, 'PUT', `/api/documents/${id}/draft`);
    await page.fill('textarea[name=markdown]', `${GOLF}\nSecondo.\n`);
    await late.asked();
    expect(await acts()).not.toContain('Bozza salvata');
    await late.release();
    await expect.poll(acts).toContain('Bozza salvata');
    expect(await stored()).toContain('Secondo.');
  });

  test('words written while the first draft of a published page is saved stay, and are saved too', async () => {
    const late = await hold(page, 'GET', `/api/documents/${id}`);
    await write('\nPrimo.');
    await late.asked();
    await write(' Secondo.');
    await late.release();
    await expect.poll(stored).toContain('Primo. Secondo.');
    await expect.poll(acts).toContain('Bozza salvata');
    expect(await page.inputValue('textarea[name=markdown]')).toContain('Primo. Secondo.');
  });

  test('an answer that is lost just after the first draft was saved keeps nothing from being saved', async () => {
    const late = await hold(page, 'GET', `/api/documents/${id}`);
    await write('\nPrimo.');
    await late.asked();
    await late.release('is lost');
    await write(' Secondo.');
    await expect.poll(stored).toContain('Primo. Secondo.');
    await expect.poll(acts).toContain('Bozza salvata');
  });
});
