/** A service's form as a page: without JavaScript, at every width, with its mistakes told, sent once. */
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const pictures = process.env['PICTURES'];

describe.skipIf(!hasBrowser)('a form as a page (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const open = async (width: number, javaScriptEnabled: boolean): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`${office.serving.url}/forms/passo-carrabile`);
    return page;
  };
  const cases = () =>
    office.sportello.database.read.selectFrom('case_file').selectAll().where('subject', '=', 'Richiesta di passo carrabile').execute();
  const fill = async (page: Page, answers: Record<string, string>) => {
    for (const [id, value] of Object.entries(answers)) {
      const field = page.locator(`#${id}`);
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
    await page.click('button:has-text("Continua")');
  };

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ DEMO: 'true' })]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('mistakes are told beside their question, all is read back, and pressing twice sends once', async () => {
    const page = await open(1280, false);
    const good = {
      nome: 'Marta',
      cognome: 'De Guidi',
      codice_fiscale: 'GDUMRT84E52D612J',
      indirizzo: 'via Po <b>3</b>',
      larghezza: '3,5',
      contrassegno: 'no',
    };
    await fill(page, { ...good, codice_fiscale: 'GDUMRT84E52D612X', qualita: 'Inquilino', consenso: 'no' });
    expect(await page.title()).toMatch(/^Da correggere/);
    expect(await page.innerText('[role=alert]')).toMatch(/codice fiscale contiene un errore[\s\S]*Senza il consenso scritto/);
    expect(await page.locator('#cognome').inputValue()).toBe('De Guidi');
    expect(await page.locator('[aria-invalid]').count()).toBe(2);
    await fill(page, { codice_fiscale: good.codice_fiscale, qualita: 'Proprietario' });
    const review = await page.innerText('main');
    expect(review).toMatch(/Rileggi e invia[\s\S]*De Guidi[\s\S]*via Po <b>3<\/b>/);
    expect(review).not.toMatch(/Consenso scritto/);
    expect(await cases()).toEqual([]);
    await page.click('button:has-text("Correggi")');
    await page.setInputFiles('#allegati', [{ name: 'piantina.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }]);
    await fill(page, { larghezza: '4' });
    expect(await page.innerText('main')).toMatch(/Piantina e fotografie\s+piantina\.pdf/);
    await page.click('button:has-text("Invia")');
    const number = /pratica:\s*(\d+\/\d{4})/.exec(await page.innerText('main'))?.[1];
    expect(number).toBeDefined();
    await page.reload();
    expect(await page.innerText('main')).toContain(number);
    expect(await page.innerText('main')).toContain('Allegati ricevuti: piantina.pdf');
    const [made, ...others] = await cases();
    expect(others).toEqual([]);
    expect(made?.history).toMatch(/Larghezza del passo, in metri: 4/);
  });

  test.each([320, 1280])('everything fits and is usable by everybody at %i px', async (width) => {
    const page = await open(width, true);
    expect(await problems(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.evaluate(() => document.querySelector('form')?.setAttribute('novalidate', ''));
    await page.click('button:has-text("Continua")');
    expect(await page.locator('[role=alert] li').count()).toBeGreaterThan(4);
    expect(await problems(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    if (pictures) await page.screenshot({ path: path.join(pictures, `form-${width}.png`) });
  });
});
