/** U-02, U-03: wherever Tab goes, the eye can follow (WCAG 2.4.11), on wide screens, narrow ones and at 400 %; and nothing moves for who wants it still. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser } from './fixtures/open-browser.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 800 },
  { width: 320, height: 256 },
];
const MOST_STEPS = 150;

describe.skipIf(!hasBrowser)('where the focus is (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  beforeAll(async () => {
    [browser, office] = await Promise.all([
      openBrowser(),
      openOffice({ DEMO: 'true', MESSAGES_PER_MINUTE: '1000', READS_PER_MINUTE: '10000' }),
    ]);
    await office.staff('Dario Dirigente', 'administrator');
    const talk = await office.citizens.converse();
    await talk.say('vorrei parlare con una persona');
    await vi.waitFor(async () => expect((await talk.read()).activities.length).toBeGreaterThanOrEqual(3), { timeout: 30_000 });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  /** Presses Tab from where the focus is to the end of the page, and then once through all of it; what was focused and could not be seen. */
  async function hiddenStops(page: Page): Promise<{ hidden: string[]; stops: number }> {
    const hidden = new Set<string>();
    let stops = 0;
    let ends = 0;
    for (let steps = 0; steps < MOST_STEPS && ends < 2; steps++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(async () => {
        let focused = document.activeElement;
        while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
        if (!focused || focused === document.body) return { name: '', isSeen: true };
        const name = `${focused.tagName.toLowerCase()}.${focused.className} «${(focused.textContent ?? '').trim().slice(0, 30)}»`;
        const isSeenNow = () =>
          [...focused.getClientRects()].some((box) =>
            [0.1, 0.5, 0.9].some((across) =>
              [0.1, 0.5, 0.9].some((down) => {
                const there = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
                return there !== null && (focused.contains(there) || there.shadowRoot?.contains(focused) === true);
              }),
            ),
          );
        // A scroll that the focus begins takes some frames, and on a busy machine some of them come late.
        for (let frame = 0; frame < 12 && (frame < 2 || !isSeenNow()); frame++) await new Promise(requestAnimationFrame);
        return { name, isSeen: isSeenNow() };
      });
      if (seen.name === '') ends++;
      else stops++;
      if (!seen.isSeen) hidden.add(seen.name);
    }
    return { hidden: [...hidden], stops };
  }

  test('a citizen with an answer and its sources: no stop of Tab is hidden', { timeout: 180_000 }, async () => {
    const page = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    await page.goto(`${office.serving.url}/`);
    await page.waitForSelector('li.bot');
    await page.fill('#question', 'Quanto costa la carta d’identità?');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.source');
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const { hidden, stops } = await hiddenStops(page);
      expect(stops, JSON.stringify(size)).toBeGreaterThan(8);
      expect(hidden, JSON.stringify(size)).toEqual([]);
    }
    // The check itself: a bar over everything is noticed.
    await page.evaluate(() => {
      const bar = document.createElement('div');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('#bar{position:fixed;inset:0;background:#000}');
      document.adoptedStyleSheets = [sheet];
      bar.id = 'bar';
      document.body.append(bar);
    });
    expect((await hiddenStops(page)).hidden.length).toBeGreaterThan(5);
    await page.context().close();
  });

  test('staff, at the desk, the console and the settings: no stop of Tab is hidden', { timeout: 300_000 }, async () => {
    const page = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    await page.goto(`${office.serving.url}/account`);
    await page.fill('input[name=name]', 'Dario Dirigente');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.band-top .who');
    for (const address of ['/desk', '/editor', '/editor#pagine', '/settings']) {
      await page.goto('about:blank');
      await page.goto(office.serving.url + address);
      await page.waitForSelector('.band-top .who');
      await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
      if (address === '/desk') {
        await page.click('.queue li button');
        await page.waitForSelector('.transcript li.citizen');
      }
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect((await hiddenStops(page)).hidden, `${address} ${JSON.stringify(size)}`).toEqual([]);
      }
    }
    await page.context().close();
  });

  test('while an answer is awaited something moves, and nothing for who wants less motion', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await (await browser.newContext({ locale: 'it-IT', reducedMotion })).newPage();
      await page.goto(`${office.serving.url}/`);
      await page.waitForSelector('li.bot');
      // It is sent and never taken.
      await page.route('**/activities', () => {});
      await page.fill('#question', 'Quanto costa la carta d’identità?');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.typing .dots');
      const count = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length);
      await page.context().close();
      return count;
    };
    expect(await moving('no-preference')).toBeGreaterThan(0);
    expect(await moving('reduce')).toBe(0);
  });
});
