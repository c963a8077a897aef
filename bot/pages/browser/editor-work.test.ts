/** An editor's daily work in a real browser, and what goes wrong in it: cuts to mend, tests in bulk, a session that ends, two people on one draft. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startConsole } from '../../editor/fixtures/console.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const SHOTS = path.resolve(import.meta.dirname, '../../../docs');
/** Set to keep the screenshots of docs/. */
const keep = existsSync(path.join(SHOTS, '.take-screenshots'));
const GOLF = `# Campo da golf

## Orari
Il campo da golf apre alle 8:00. Il lunedì il campo è chiuso.

## Costi
Una buca costa 3 euro.
`;

describe.skipIf(!hasBrowser)('the editor’s work (needs Debian’s chromium)', () => {
  let house: Awaited<ReturnType<typeof startConsole>>;
  let anna: Awaited<ReturnType<typeof house.signIn>>;
  let browser: Browser;

  const signIn = async (width: number, place: string, name = 'Anna Redattrice'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT', acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${house.serving.url}/editor#${place}`);
    await enter(page, name);
    return page;
  };
  const enter = async (page: Page, name = 'Anna Redattrice') => {
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('main.editor h1');
  };
  const isFine = async (page: Page, what: string) => {
    expect(await problems(page), what).toEqual([]);
    expect(await sidewaysScroll(page), what).toBe(0);
  };
  const says = (page: Page, selector: string, words: string) =>
    page.waitForFunction(([where, text]) => document.querySelector(where ?? '')?.textContent?.includes(text ?? ''), [selector, words]);

  beforeAll(async () => {
    [browser, house] = await Promise.all([openBrowser(), startConsole()]);
    anna = await house.signIn('Anna Redattrice');
    await anna('POST', '/api/documents', { title: 'Campo da golf', markdown: GOLF, office: 'Sport' });
    await anna('POST', '/api/documents/campo-da-golf/publish', {});
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await house?.serving.stop();
  });

  test('a wrong cut is mended by hand, at both widths, and what is mended waits for the publication', { timeout: 120_000 }, async () => {
    const page = await signIn(1280, 'pagina/campo-da-golf');
    await page.waitForSelector('.passages li');
    await page.click('.passages li:first-child summary');
    await page.click('text=Unisci al passaggio che segue');
    await says(page, '.done', 'Divisione corretta nella bozza');
    await page.waitForFunction(() => document.querySelectorAll('.passages li').length === 1);
    await page.click('.passages li:first-child summary');
    await page.selectOption('select[name=at]', { label: 'Il lunedì il campo è chiuso. Costi Una buca costa 3 euro.…' });
    await isFine(page, 'mending');
    await page.click('text=Dividi qui');
    await page.waitForFunction(() => document.querySelectorAll('.passages li').length === 2);
    await page.click('.passages li:nth-child(2) summary');
    await page.fill('.passages li:nth-child(2) input[name=headings]', 'Chiusure › Costi');
    await page.click('text=Sposta sotto questo titolo');
    await says(page, '.passages', 'Chiusure › Costi');
    await page.click('.mends summary');
    await isFine(page, 'mended');
    const phone = await signIn(390, 'pagina/campo-da-golf');
    await phone.waitForSelector('.passages li');
    await phone.click('.passages li:first-child summary');
    await phone.waitForSelector('input[name=headings]');
    await isFine(phone, 'mending on a telephone');
    if (keep) {
      await page.locator('editor-passages').screenshot({ path: path.join(SHOTS, 'editor-mending-1280.png') });
      await phone.locator('editor-passages').screenshot({ path: path.join(SHOTS, 'editor-mending-390.png') });
    }
    const { knowledge, today } = house.sportello;
    const asked = { text: 'Quanto costa una buca?', lang: 'it', history: [], at: today(), audience: 'citizen' as const };
    expect((await knowledge.answerQuestion(asked)).citations[0]).toMatchObject({ version: 1, anchor: 'costi' });
    await page.click('text=Pubblica…');
    await page.waitForSelector('dialog .fine');
    await page.click('dialog button.primary');
    await says(page, '.done', 'Pubblicata');
    expect((await knowledge.answerQuestion(asked)).citations[0]).toMatchObject({ version: 2, anchor: 'orari-parte-2', heading: 'Costi' });
    // The words at the place change: the correction is dropped, and the page says so.
    await page.fill('textarea[name=markdown]', GOLF.replace('Il lunedì', 'Ogni lunedì'));
    await says(page, 'editor-passages .band', 'in quel punto il testo è cambiato');
    await isFine(page, 'a mend that holds no longer');
  });

  test('test questions come from a sheet, wrong lines are named, and go out as one', { timeout: 120_000 }, async () => {
    const page = await signIn(1280, 'prove');
    await page.click('text=Importa domande di prova');
    const sheet = 'pagina;domanda\ncampo-da-golf;Quanto costa una buca?\nmai-scritta;Chi risponde?\ncampo-da-golf;no\n';
    await page.setInputFiles('editor-test-files input[type=file]', { name: 'prove.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
    await page.click('editor-test-files button.primary');
    await says(page, 'editor-test-files [role=status]', 'Una domanda aggiunta');
    expect(await page.innerText('editor-test-files .failed')).toMatch(/Riga 3[\s\S]*mai-scritta[\s\S]*Riga 4/);
    await isFine(page, 'tests brought in');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Scarica come foglio')]);
    expect(download.suggestedFilename()).toBe('domande-di-prova.csv');
    const phone = await signIn(390, 'prove');
    await phone.click('text=Importa domande di prova');
    await isFine(phone, 'tests on a telephone');
  });

  test('a page is written as a service card, which says what is missing; nothing of the text goes lost', { timeout: 120_000 }, async () => {
    const page = await signIn(1280, 'pagine');
    await page.click('text=Nuova pagina');
    await page.fill('details.new input[name=title]', 'Noleggio pattini');
    await page.click('text=Comincia a scrivere');
    await page.waitForSelector('editor-card fieldset');
    await page.fill('editor-card label:has-text("Come fare") textarea', 'Ritira i pattini alla pista.');
    await page.fill('editor-card label:has-text("Cosa serve") textarea', 'Un documento di identità.');
    await page.fill('editor-card label:has-text("Contatti") textarea', 'Ufficio Sport, pista comunale.');
    await page.waitForFunction(() => /Scheda del servizio: 5 voci su 13/.test(document.body.textContent ?? ''));
    expect(await page.isVisible('textarea[name=markdown]')).toBe(false);
    expect(await page.innerText('editor-card legend')).toContain('5 voci su 13');
    await isFine(page, 'card');
    // The words that every new page begins with never reach citizens.
    await page.click('text=Pubblica…');
    await says(page, 'dialog .failed', 'testo di esempio');
    await page.click('text=Torna a scrivere');
    if (keep) await page.screenshot({ path: path.join(SHOTS, 'editor-card-1280.png'), fullPage: true });
    await page.click('text=Testo libero');
    expect(await page.inputValue('textarea[name=markdown]')).toMatch(/## Come fare\nRitira i pattini[\s\S]*## Cosa serve/);
    const phone = await signIn(390, 'pagina/noleggio-pattini?scheda');
    await phone.waitForSelector('editor-card fieldset');
    await isFine(phone, 'card on a telephone');
    if (keep) await phone.screenshot({ path: path.join(SHOTS, 'editor-card-390.png') });
  });

  test('a session that ends in mid-sentence costs nothing: signed in again, the words are there and are saved', {
    timeout: 120_000,
  }, async () => {
    const page = await signIn(1280, 'pagina/campo-da-golf');
    await page.waitForSelector('textarea[name=markdown]');
    await house.sportello.database.write((tx) => tx.deleteFrom('staff_session').execute());
    await page.fill('textarea[name=markdown]', `${GOLF}\n## Noleggio\nLe mazze si noleggiano in segreteria.\n`);
    await page.waitForSelector('input[name=password]');
    await isFine(page, 'session ended');
    await enter(page);
    await page.waitForFunction(() => /Bozza salvata/.test(document.querySelector('.acts')?.textContent ?? ''));
    expect(await page.inputValue('textarea[name=markdown]')).toContain('Le mazze si noleggiano');
    anna = await house.signIn('Anna Redattrice');
    expect((await anna('GET', '/api/documents/campo-da-golf')).body.draft.text).toContain('Le mazze si noleggiano');
  });

  test('two people on one draft: the second is told, and chooses', { timeout: 120_000 }, async () => {
    const page = await signIn(1280, 'pagina/campo-da-golf');
    await page.waitForSelector('textarea[name=markdown]');
    const dario = await house.signIn('Dario Dirigente');
    const theirs = await dario('PUT', '/api/documents/campo-da-golf/draft', {
      markdown: `${GOLF}\n## Bar\nIl bar del campo apre alle 10:00.\n`,
    });
    expect(theirs.status).toBe(200);
    await page.waitForSelector('editor-history .versions li');
    const others = ['/tests', '/versions'].map((end) => page.waitForResponse((answer) => new URL(answer.url()).pathname.endsWith(end)));
    await page.fill('textarea[name=markdown]', `${GOLF}\n## Doccia\nLa doccia del campo costa 1 euro.\n`);
    await says(page, '.problem', 'Dario Dirigente ha cambiato questa bozza');
    // The other parts of the page have read again and are well: that does not take these words away.
    await Promise.all(others);
    await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
    expect(await page.textContent('.problem')).toContain('Dario Dirigente ha cambiato questa bozza');
    await isFine(page, 'conflict');
    await page.click('text=Prendi l’altra bozza');
    await page.waitForFunction(() =>
      /Il bar del campo/.test(document.querySelector<HTMLTextAreaElement>('textarea[name=markdown]')?.value ?? ''),
    );
    await dario('PUT', '/api/documents/campo-da-golf/draft', { markdown: `${GOLF}\n## Bar\nIl bar del campo apre alle 11:00.\n` });
    await page.fill('textarea[name=markdown]', `${GOLF}\n## Doccia\nLa doccia del campo costa 1 euro.\n`);
    await page.click('text=Tieni quello che ho scritto');
    await page.waitForFunction(() => /Bozza salvata/.test(document.querySelector('.acts')?.textContent ?? ''));
    expect((await anna('GET', '/api/documents/campo-da-golf')).body.draft.text).toContain('La doccia del campo');
  });

  test('the back button leaves a page with what was written saved; a title of 5,000 letters is cut where it is typed', {
    timeout: 120_000,
  }, async () => {
    const page = await signIn(1280, 'pagine');
    await page.click('text=Campo da golf');
    await page.waitForSelector('textarea[name=markdown]');
    await page.fill('textarea[name=markdown]', `${GOLF}\n## Parcheggio\nIl parcheggio del campo è gratuito.\n`);
    await page.locator('input[name=title]').first().pressSequentially('x');
    const longest = await page.getAttribute('input[name=title]', 'maxlength');
    expect(longest).toBe('300');
    await page.goBack();
    await page.waitForSelector('.cards');
    await page.click('text=Campo da golf');
    await page.waitForFunction(() =>
      /Il parcheggio del campo/.test(document.querySelector<HTMLTextAreaElement>('textarea[name=markdown]')?.value ?? ''),
    );
    const long = await anna('PUT', '/api/documents/campo-da-golf/draft', { title: 'parola'.repeat(50) });
    expect(long.status).toBe(200);
    expect((await anna('PUT', '/api/documents/campo-da-golf/draft', { title: 'x'.repeat(5_000) })).status).toBe(400);
    const phone = await signIn(390, 'pagina/campo-da-golf');
    await phone.waitForSelector('textarea[name=markdown]');
    await isFine(phone, 'a long title on a telephone');
  });

  test('a gap is answered beside the nearest passages; who looks after a page sees that it expires', { timeout: 120_000 }, async () => {
    const { today } = house.sportello;
    await anna('PUT', '/api/documents/campo-da-golf/draft', {
      title: 'Campo da golf',
      markdown: GOLF,
      owner: 'Anna Redattrice',
      validUntil: today(),
    });
    expect((await anna('POST', '/api/documents/campo-da-golf/publish', { override: { reason: 'scade oggi' } })).status).toBe(200);
    const citizen = await house.citizen();
    await citizen.say('Il campo da golf affitta palline colorate?');
    await citizen.say('Nessuna di queste');
    const page = await signIn(1280, 'lacune');
    await says(page, '.duties', 'Campo da golf scade il');
    await isFine(page, 'duties');
    if (keep) await page.screenshot({ path: path.join(SHOTS, 'editor-gaps-1280.png') });
    const phone = await signIn(390, 'lacune');
    await phone.waitForSelector('.duties');
    await isFine(phone, 'duties on a telephone');
    if (keep) await phone.screenshot({ path: path.join(SHOTS, 'editor-gaps-390.png') });
    await page.click('text=Scrivi la risposta');
    await page.waitForSelector('.nearest .card');
    expect(await page.innerText('.nearest')).toContain('Campo da golf');
    await isFine(page, 'beside the nearest');
    if (keep) await page.screenshot({ path: path.join(SHOTS, 'editor-nearest-1280.png') });
    await page.click('text=Butta la bozza');
    await page.click('text=Sì, butta la bozza');
    await page.waitForSelector('editor-pages .cards');
    expect(await page.innerText('.cards')).not.toContain('palline colorate');
  });
});
