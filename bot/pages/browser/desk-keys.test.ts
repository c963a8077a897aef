/** WCAG 2.1.4: the desk's single letters can be turned off, and stay off for that agent. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

describe.skipIf(!hasBrowser)('keys of the desk (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice()]);
    await office.staff('Anna Neri');
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });
  async function signIn(): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    await page.goto(`${office.serving.url}/desk`);
    await page.fill('input[name=name]', 'Anna Neri');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.queue');
    return page;
  }

  test('on they open a request, off they do nothing, here and on another computer', { timeout: 240_000 }, async () => {
    const talk = await office.citizens.converse();
    await talk.say('vorrei parlare con una persona');
    const asked = () => office.sportello.database.read.selectFrom('handoff').select('id').execute();
    await expect.poll(async () => (await asked()).length, { timeout: 60_000 }).toBe(1);
    const page = await signIn();
    await page.waitForSelector('.queue li');
    await page.click('.keys summary');
    expect(await page.locator('.keys dt').allTextContents()).toContain('j');
    expect([await problems(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    await page.uncheck('input[name=keys]');
    await page.waitForSelector('.keys p:has-text("disattivate")');
    await page.locator('.keys summary').focus();
    await page.keyboard.press('j');
    const other = await signIn();
    await other.waitForSelector('.queue li');
    await other.click('.keys summary');
    await other.waitForSelector('.keys p:has-text("disattivate")');
    await other.locator('.keys summary').focus();
    await other.keyboard.press('j');
    for (const one of [page, other]) expect(await one.locator('.transcript').count()).toBe(0);
    await other.check('input[name=keys]');
    await other.waitForSelector('.keys p:has-text("Valgono")');
    await other.locator('.keys summary').focus();
    await other.keyboard.press('j');
    await other.waitForSelector('.transcript');
  });
});
