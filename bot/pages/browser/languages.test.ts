/** The chat in every language it speaks, on a small phone: nothing sticks out, nothing that axe minds, and Arabic runs from the right. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../../desk/fixtures/open-office.ts';
import { LANGUAGE_NAMES } from '../shared/languages.ts';
import { wordsIn } from '../shared/words.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

describe.skipIf(!hasBrowser)('in every language (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  beforeAll(async () => {
    [browser, office] = await Promise.all([
      openBrowser(),
      openOffice({ DEMO: 'true', MESSAGES_PER_MINUTE: '1000', READS_PER_MINUTE: '10000' }),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test.each(Object.keys(LANGUAGE_NAMES))('%s at 320 px', { timeout: 120_000 }, async (lang) => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 720 } })).newPage();
    await page.goto(`${office.serving.url}/?lang=${lang}`);
    await page.waitForSelector('li.bot');
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await page.getAttribute('html', 'dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr');
    await expect.poll(() => page.innerText('button.primary'), { timeout: 20_000 }).toBe(wordsIn(lang).send);
    expect(await page.innerText('li.bot')).toContain(wordsIn(lang).bot);
    const question = await page.innerText('.choices button >> nth=0');
    await page.click('.choices button >> nth=0');
    await page.waitForSelector('li.bot >> nth=1');
    expect(await page.innerText('li.own')).toContain(question);
    // One's own words stand at the end of the line: on the left where lines end there.
    const away = await page.evaluate((rtl) => {
      const [own, list] = ['li.own', '.log > ol'].map((one) => document.querySelector(one)?.getBoundingClientRect());
      return own && list ? Math.round(rtl ? own.left - list.left : list.right - own.right) : null;
    }, lang === 'ar');
    expect(away).toBe(0);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/chat-${lang}.png` });
    expect([...(await problems(page)), await sidewaysScroll(page)]).toEqual([0]);
    await page.context().close();
  });

  test('words that come after the greeting: the page waits for them; words that do not come: Italian', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 720 } });
    const late = await context.newPage();
    let asked = 0;
    await late.route(/\/assets\/ar-[^/]*\.js$/, async (route) => {
      asked++;
      await new Promise((done) => setTimeout(done, 300));
      await route.continue();
    });
    await late.goto(`${office.serving.url}/?lang=ar`);
    await late.waitForSelector('button.primary');
    expect(await late.innerText('button.primary')).toBe(wordsIn('ar').send);
    expect(asked).toBe(1);
    const without = await context.newPage();
    await without.route(/\/assets\/ar-[^/]*\.js$/, (route) => route.abort());
    await without.goto(`${office.serving.url}/?lang=ar`);
    await without.waitForSelector('li.bot');
    expect(await without.innerText('button.primary')).toBe(wordsIn('it').send);
    await context.close();
  });

  test('a language chosen on the page is the one that the assistant answers in', { timeout: 120_000 }, async () => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(office.serving.url);
    await page.waitForSelector('li.bot');
    await page.selectOption('.language select', 'uk');
    await page.waitForFunction(() => document.documentElement.lang === 'uk');
    await page.fill('textarea', 'SPID');
    await page.click('button.primary');
    await page.waitForSelector('li.bot >> nth=1');
    expect(await page.getAttribute('li.bot >> nth=1', 'lang')).toBe('uk');
    await page.context().close();
  });
});
