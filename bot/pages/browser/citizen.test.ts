/** The page as a citizen uses it: the real server, the demo municipality, a real browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser, problems } from './fixtures/open-browser.ts';
import { freePort, type RunningProcess, startServer } from './fixtures/start-server.ts';

let browser: Browser;
let server: RunningProcess;
let port: number;
const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-citizen-'));

/** Types a question and resolves with the words of the answer that follows. */
async function ask(page: Page, question: string): Promise<string> {
  const before = await page.locator('li.bot').count();
  await page.fill('#question', question);
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
  return page.locator('li.bot').last().innerText();
}

async function open(width: number, height = 800, address = '/'): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height } })).newPage();
  await page.goto(server.origin + address);
  return page;
}

describe.skipIf(!hasBrowser)('citizen page (needs Debian’s chromium)', () => {
  beforeAll(async () => {
    port = await freePort();
    [browser, server] = await Promise.all([openBrowser(), startServer(dataDir, port)]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('says first that an automatic system answers, offers three ways to begin and a person', async () => {
    const page = await open(390);
    await page.waitForSelector('li.bot');
    expect(await page.locator('li.bot').first().innerText()).toMatch(/assistente automatico/i);
    await expect.poll(() => page.locator('.choices button').count()).toBe(3);
    expect(await page.locator('button.person').isVisible()).toBe(true);
    await page.context().close();
  });

  test('five questions get right answers whose quotations stand byte for byte on the source page', async () => {
    const page = await open(1280);
    await page.waitForSelector('li.bot');
    const expected: [string, RegExp][] = [
      ['Quanto costa la carta d’identità?', /22,20 €/],
      ['Entro quando devo fare il cambio di residenza?', /20 giorni/],
      ['Quanto costa la cremazione?', /620,31 €/],
      ['Orari dell’ufficio tributi', /9:00-12:30/],
      ['How much does the identity card cost?', /22\.20/],
    ];
    for (const [question, answer] of expected) {
      expect(await ask(page, question), question).toMatch(answer);
      const source = page.locator('li.bot').last().locator('.source').first();
      const quote = (await source.locator('blockquote').textContent()) ?? '';
      const href = (await source.locator('a').getAttribute('href')) ?? '';
      const sourcePage = await page.context().newPage();
      await sourcePage.goto(href);
      const stored = (await sourcePage.locator('.stored').textContent()) ?? '';
      expect(stored.includes(quote), `${question}: ${quote}`).toBe(true);
      expect(await sourcePage.locator(':target').count(), href).toBe(1);
      await sourcePage.close();
    }
    await page.context().close();
  });

  test('what the documents do not hold is refused with an office, its hours and a person', async () => {
    const page = await open(390);
    await page.waitForSelector('li.bot');
    expect(await ask(page, 'Che tempo fa domani?')).toMatch(/non riguarda i servizi del Comune/);
    // One letter away from a word of the documents, which hold nothing of it.
    expect(await ask(page, 'Come si chiede il porto d’armi?')).toMatch(/Non sono sicuro di aver capito|non trovo una risposta/);
    for (const question of ['Quanto costa la patente?', 'Quanto costa un telescopio?']) {
      const answer = await ask(page, question);
      expect(answer).toMatch(/non trovo una risposta|non ho documenti/);
      expect(answer).toMatch(/Orari: .*\d{1,2}:\d{2}/);
      expect(await page.locator('li.bot').last().locator('.source').count()).toBe(0);
      expect(await page.locator('.choices').innerText()).toMatch(/Parla con una persona/);
    }
    await page.context().close();
  });

  test('a request for a person takes a contact and is registered', async () => {
    const page = await open(390);
    await page.waitForSelector('li.bot');
    const before = await page.locator('li.bot').count();
    await page.click('button.person');
    await page.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
    expect(await ask(page, 'Sono Anna, scrivetemi voi')).toMatch(/numero di telefono o un indirizzo e-mail/);
    expect(await ask(page, 'anna@example.org, per la TARI')).toMatch(/n\. [0-9A-F]{8}/);
    await page.context().close();
  });

  test('a reload keeps the conversation; a killed server comes back without loss or doubles', async () => {
    const page = await open(390);
    await page.waitForSelector('li.bot');
    await ask(page, 'Quanto costa lo scuolabus?');
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('li.bot').length === 2);
    await server.kill();
    server = await startServer(dataDir, port);
    await page.waitForFunction(() => !document.querySelector('.status'), undefined, { timeout: 25_000 });
    await ask(page, 'E per una sola corsa?');
    expect(await page.locator('li.own').count()).toBe(2);
    expect(await page.locator('li.bot').count()).toBe(3);
    await page.context().close();
  });

  test('useful or not is recorded, and “not useful” asks why', async () => {
    const page = await open(390);
    await page.waitForSelector('li.bot');
    await ask(page, 'Quanto costa la cremazione?');
    await page.click('.opinion button:has-text("Non utile")');
    await page.click('.reasons button >> nth=1');
    await expect.poll(() => page.locator('.opinion').innerText()).toMatch(/Grazie/);
    await page.context().close();
  });

  test.each([320, 390, 1280])(
    'no serious accessibility problem and no sideways scroll at %i px, in every theme',
    async (width) => {
      const page = await open(width);
      await page.waitForSelector('li.bot');
      expect(await problems(page)).toEqual([]);
      await ask(page, 'Quanto costa la carta d’identità?');
      for (const theme of ['auto', 'dark', 'contrast']) {
        await page.evaluate((name) => {
          document.documentElement.dataset['theme'] = name;
        }, theme);
        expect(await problems(page), theme).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      await page.context().close();
    },
    60_000,
  );

  test('at 400 % zoom everything is there and nothing scrolls sideways', async () => {
    const page = await open(320, 256);
    await page.waitForSelector('li.bot');
    await ask(page, 'Quanto costa un loculo?');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.locator('button.person').scrollIntoViewIfNeeded();
    expect(await page.locator('button.person').isVisible()).toBe(true);
    await page.context().close();
  });

  test('works by keyboard alone: suggestion, source, question, back in the field', async () => {
    const page = await open(1280);
    await page.waitForSelector('.choices button');
    await page.locator('.choices button').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.source');
    await page.locator('.mark').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#fonte-/);
    await page.locator('#question').focus();
    await page.keyboard.type('Quando scade il saldo IMU?');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('li.bot').length === 3);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('question');
    await page.context().close();
  });

  test('without JavaScript the same question is answered as a page', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${server.origin}/ask`);
    await page.fill('textarea', 'Quanto costa la carta d’identità?');
    await page.click('button');
    expect(await page.locator('.answer').innerText()).toMatch(/22,20 €/);
    expect(await page.locator('blockquote').count()).toBeGreaterThan(0);
    await context.close();
  });

  test('the widget opens the chat on another website', async () => {
    const host = createServer((_request, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>Altro sito</title><h1>Comune</h1><script src="${server.origin}/widget.js" async></script>`),
    );
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', () => resolve()));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://localhost:${(host.address() as { port: number }).port}/`);
    await page.click('button:has-text("Apri l’assistente")');
    const frame = page.frameLocator('iframe');
    await frame.locator('li.bot').first().waitFor();
    await frame.locator('#question').press('Escape');
    // The frame tells the page by a message, which comes a moment later.
    await expect.poll(() => page.locator('button').getAttribute('aria-expanded')).toBe('false');
    await context.close();
    host.close();
  });
});
