/** The console in a real browser: from what people ask to a published, tested answer, and back again. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startConsole } from '../../editor/fixtures/console.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const SHOTS = path.resolve(import.meta.dirname, '../../../docs');
/** Set to keep the screenshots of docs/. */
const keep = existsSync(path.join(SHOTS, '.take-screenshots'));
const QUESTION = 'Come si prende in affido un pappagallo del rifugio comunale?';

describe.skipIf(!hasBrowser)('the console (needs Debian’s chromium)', () => {
  let house: Awaited<ReturnType<typeof startConsole>>;
  let browser: Browser;
  let citizen: Awaited<ReturnType<typeof house.citizen>>;
  let editor: Page;

  const signIn = async (width: number, where = '/editor'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT' });
    const page = await context.newPage();
    await page.goto(house.serving.url + where);
    await page.fill('input[name=name]', 'Anna Redattrice');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('main.editor h1');
    return page;
  };
  const write = async (text: string) => {
    await editor.fill('textarea[name=markdown]', text);
    await editor.waitForFunction(() => /Bozza salvata/.test(document.querySelector('.acts')?.textContent ?? ''));
  };

  beforeAll(async () => {
    [browser, house] = await Promise.all([openBrowser(), startConsole({ DEMO: 'true' })]);
    citizen = await house.citizen();
    await citizen.say(QUESTION);
    await citizen.say('Nessuna di queste');
    await citizen.say('Avvisami quando lo sapete');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await house?.serving.stop();
  });

  test('a gap becomes a published, tested answer, and who asked is told', async () => {
    editor = await signIn(1280);
    await editor.waitForSelector('.gap');
    expect(await editor.innerText('.gap')).toMatch(/pappagallo[\s\S]*una persona aspetta/);
    expect(await problems(editor)).toEqual([]);
    await editor.click('text=Scrivi la risposta');
    await editor.waitForSelector('textarea[name=markdown]');
    await write(
      '# Affido di un pappagallo\n\n## Come fare\nPer prendere in affido un pappagallo del rifugio comunale telefona al rifugio. Il rifugio risponde entro 5 giorni.\n\n## Costi\nL’affido di un pappagallo costa 12 euro.\n',
    );
    await editor.waitForFunction(() => /12 euro/.test(document.querySelector('.passages')?.textContent ?? ''));
    expect(await problems(editor)).toEqual([]);
    if (keep) await editor.screenshot({ path: path.join(SHOTS, 'editor-1280.png') });
    await editor.click('text=Pubblica…');
    await editor.waitForSelector('dialog .fine');
    expect(await problems(editor)).toEqual([]);
    await editor.click('dialog button.primary');
    await editor.waitForFunction(() => /La lacuna è chiusa/.test(document.querySelector('.done')?.textContent ?? ''));
    await expect.poll(async () => (await citizen.read()).at(-1)?.text).toMatch(/Ora abbiamo la risposta[\s\S]*telefona al rifugio/);
    await editor.waitForFunction(() => /oggi passa/.test(document.querySelector('.tests')?.textContent ?? ''));
  });

  test('an edit that breaks the answer is stopped and named; with a reason it goes on, and comes back', async () => {
    await write('# Affido di un pappagallo\n\n## Costi\nL’affido costa 12 euro.\n\n## Contatti\nIl rifugio si trova in via dei Tigli.\n');
    await editor.click('text=Pubblica…');
    await editor.waitForSelector('dialog .failed');
    expect(await editor.innerText('dialog .failed')).toContain(QUESTION);
    expect(await problems(editor)).toEqual([]);
    await editor.click('dialog summary');
    await editor.fill('dialog textarea', 'Il rifugio è chiuso per lavori');
    await editor.click('dialog details button');
    await editor.waitForFunction(() => /Versione 2/.test(document.querySelector('.versions')?.textContent ?? ''));
    await editor.click('text=Che cosa cambia');
    await editor.waitForSelector('.diff del');
    expect(await editor.innerText('.diff')).toContain('telefona al rifugio');
    await editor.click('text=Rimetti in vigore');
    await editor.waitForFunction(() => /Versione 3/.test(document.querySelector('.versions')?.textContent ?? ''));
    const { knowledge, today } = house.sportello;
    const answer = await knowledge.answerQuestion({ text: QUESTION, lang: 'it', history: [], at: today(), audience: 'citizen' });
    expect(answer.citations[0]).toMatchObject({ version: 3 });
    // Yesterday's answer reopens with yesterday's text, and says that it is not today's.
    const told = (await citizen.read()).at(-1)?.text ?? '';
    const address = /https?:\/\/\S+\/sources\/[^\s"]+/.exec(told)?.[0];
    expect(address).toContain('/1');
    const reader = await editor.context().newPage();
    await reader.goto(address as string);
    expect(await reader.innerText('.stored')).toContain('Il rifugio risponde entro 5 giorni');
    expect(await reader.innerText('.band')).toMatch(/sostituito/);
    await reader.close();
  });

  test('a file is carried up and becomes a draft', async () => {
    await editor.goto(`${house.serving.url}/editor#pagine`);
    await editor.waitForSelector('.cards');
    expect(await problems(editor)).toEqual([]);
    await editor.click('text=Carica un file');
    const buffer = Buffer.from('# Rifugio delle tartarughe\n\nIl rifugio delle tartarughe apre alle 9:00 e chiude alle 12:00.\n');
    await editor.setInputFiles('input[type=file]', { name: 'tartarughe.md', mimeType: 'text/markdown', buffer });
    await editor.click('text=Carica come bozza');
    await editor.waitForFunction(() => /tartarughe/.test(document.querySelector('.passages')?.textContent ?? ''));
  });

  test('on a telephone nothing scrolls sideways, in any view', { timeout: 240_000 }, async () => {
    const page = await signIn(390);
    // Rereading every page for contradictions takes its time on a busy machine.
    page.setDefaultTimeout(120_000);
    for (const view of ['lacune', 'pagine', 'pagina/carta-identita', 'fonti', 'controlli', 'risposte', 'parole', 'prove']) {
      await page.goto(`${house.serving.url}/editor#${view}`);
      await page.waitForFunction(() => document.querySelector('main.editor h1') && !document.querySelector('main.editor [aria-busy]'));
      if (view === 'pagina/carta-identita') await page.waitForSelector('.passages li');
      expect(await problems(page), view).toEqual([]);
      expect(await sidewaysScroll(page), view).toBe(0);
      if (keep && view === 'pagina/carta-identita') await page.screenshot({ path: path.join(SHOTS, 'editor-390.png') });
    }
  });
});
