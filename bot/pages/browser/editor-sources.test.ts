/** The console in a real browser: a site that is read again, what changed in it, and the other views with something in them. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startConsole } from '../../editor/fixtures/console.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const SHOTS = path.resolve(import.meta.dirname, '../../../docs');
/** Set to keep the screenshots of docs/. */
const keep = existsSync(path.join(SHOTS, '.take-screenshots'));
const PAGE = (price: string) =>
  `<html lang="it"><body><main><h1>Noleggio biciclette</h1><h2>Costi</h2><p>Una bicicletta del Comune costa ${price} euro al giorno.</p><h2>Come fare</h2><p>Le biciclette si ritirano in stazione con un documento.</p></main></body></html>`;

describe.skipIf(!hasBrowser)('sources, tests and words in the console (needs Debian’s chromium)', () => {
  let house: Awaited<ReturnType<typeof startConsole>>;
  let browser: Browser;
  let site: Server;
  let address = '';
  let price = '4';

  const signIn = async (width: number, name = 'Anna Redattrice'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${house.serving.url}/editor#fonti`);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('main.editor h1');
    return page;
  };
  const isFine = async (page: Page, what: string) => {
    expect(await problems(page), what).toEqual([]);
    expect(await sidewaysScroll(page), what).toBe(0);
  };
  const says = (page: Page, words: string) =>
    page.waitForFunction((text) => document.querySelector('main.editor')?.textContent?.includes(text), words);

  beforeAll(async () => {
    site = createServer((request, response) => {
      response.statusCode = request.url === '/biciclette' ? 200 : 404;
      response.setHeader('content-type', 'text/html');
      response.end(request.url === '/biciclette' ? PAGE(price) : '');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', () => resolve()));
    const here = `127.0.0.1:${(site.address() as { port: number }).port}`;
    address = `http://${here}/biciclette`;
    [browser, house] = await Promise.all([openBrowser(), startConsole({ CRAWL_HOSTS: here })]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await house?.serving.stop();
    site?.close();
  });

  test('a site is added, its page reviewed and published; when it changes, the lines and the answers it touches are shown', {
    timeout: 240_000,
  }, async () => {
    const page = await signIn(1280);
    await isFine(page, 'no source');
    await page.click('text=Nuova fonte');
    await page.fill('input[name=url]', address);
    await page.fill('input[name=office]', 'Mobilità');
    await isFine(page, 'form');
    await page.click('text=Aggiungi e leggi');
    await says(page, 'pagina nuova');
    await page.click('text=Apri la bozza');
    await page.waitForSelector('.passages li');
    expect(await page.getAttribute('.passages a', 'href')).toMatch(/biciclette#:~:text=Una%20bicicletta/);
    await page.click('text=Pubblica…');
    await page.click('dialog button.primary');
    await page.waitForFunction(() => /Pubblicata/.test(document.querySelector('.done')?.textContent ?? ''));

    const citizen = await house.citizen();
    expect((await citizen.say('Quanto costa una bicicletta del Comune?')).text).toContain('4 euro');
    price = '6';
    await page.goto(`${house.serving.url}/editor#fonti`);
    await page.click('text=Leggi adesso');
    await says(page, 'tocca una risposta data');
    await page.click('text=Che cosa cambia');
    await page.waitForSelector('.diff ins');
    expect(await page.innerText('.diff')).toMatch(/4 euro[\s\S]*6 euro/);
    expect(await page.innerText('main.editor')).toContain('«Quanto costa una bicicletta del Comune?»');
    await isFine(page, 'a change');
    if (keep) await page.screenshot({ path: path.join(SHOTS, 'editor-sources-1280.png') });
    const phone = await signIn(390);
    await phone.click('text=Che cosa cambia');
    await phone.waitForSelector('.diff ins');
    await isFine(phone, 'a change, on a telephone');
    if (keep) await phone.screenshot({ path: path.join(SHOTS, 'editor-sources-390.png') });
  });

  test('all tests are run with one click, what fails is named; a word is added; the archive is offered', { timeout: 240_000 }, async () => {
    const page = await signIn(1280, 'Dario Dirigente');
    await page.waitForSelector('a[href="/api/knowledge/export"]');
    const anna = await house.signIn('Anna Redattrice');
    await anna('POST', '/api/documents/biciclette/tests', { question: 'Quanto costa una bicicletta del Comune?' });
    await anna('POST', '/api/documents/biciclette/tests', { question: 'Quanto costa un monopattino?' });
    await page.goto(`${house.serving.url}/editor#prove`);
    await page.click('text=Prova tutto');
    await says(page, '1 su 2 passano');
    await says(page, 'monopattino');
    await isFine(page, 'a run');
    if (keep) await page.screenshot({ path: path.join(SHOTS, 'editor-tests-1280.png') });
    const { database } = house.sportello;
    const figures = (first: number) => ({ first, mrr10: first, ndcg10: first });
    const verdict = {
      questions: 120,
      pages: 20,
      untrained: figures(0.61),
      trained: figures(0.68),
      better: true,
      madeOn: '2026-11-25T10:00:00.000Z',
    };
    const value = JSON.stringify({ verdict, model: { mean: [], spread: [], linear: [], hidden: 1, networks: [] } });
    await database.write((tx) =>
      tx.insertInto('learned').values({ name: 'reranker-proposal', value, learned_at: verdict.madeOn }).execute(),
    );
    await page.reload();
    await says(page, '0,680');
    await isFine(page, 'a verdict');
    await page.click('text=Usa l’ordine imparato');
    await says(page, 'Torna all’ordine di sempre');
    await page.goto(`${house.serving.url}/editor#parole`);
    await page.fill('input[name=everyday]', 'bici gialle');
    await page.fill('input[name=official]', 'biciclette');
    await page.click('text=Collega');
    await says(page, '«biciclette»');
    await isFine(page, 'words');
    const phone = await signIn(390);
    for (const view of ['prove', 'parole', 'controlli', 'pagina/biciclette']) {
      await phone.goto(`${house.serving.url}/editor#${view}`);
      await phone.waitForFunction(() => document.querySelector('main.editor h1') && !document.querySelector('main.editor [aria-busy]'));
      await isFine(phone, `${view} on a telephone`);
      if (keep && view === 'prove') await phone.screenshot({ path: path.join(SHOTS, 'editor-tests-390.png') });
    }
  });
});
