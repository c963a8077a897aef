/** A citizen and an agent in two browsers: asked for, taken, answered with sources, passed on, closed, rated. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

/** Set to keep the screenshots of docs/. */
const SHOTS = path.resolve(import.meta.dirname, '../../../docs');
const keep = existsSync(path.join(SHOTS, '.take-screenshots'));

describe.skipIf(!hasBrowser)('the desk (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  let citizen: Page;
  let agent: Page;
  const contexts: BrowserContext[] = [];

  const open = async (where: string, width: number, height = 900): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'it-IT' });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(office.serving.url + where);
    return page;
  };
  const signIn = async (name: string, width: number): Promise<Page> => {
    const page = await open('/desk', width);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.queue');
    return page;
  };
  const says = async (text: string) => {
    const before = await citizen.locator('li.bot').count();
    await citizen.fill('#question', text);
    await citizen.keyboard.press('Enter');
    await citizen.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
  };

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ DEMO: 'true' })]);
    await office.staff('Anna Neri');
    await office.staff('Bruno Blu');
    await office.staff('Sara Viola', 'supervisor');
    const found = await office.sportello.knowledge.answerQuestion(
      {
        text: 'Quanto costa la carta d’identità elettronica per un adulto?',
        history: [],
        at: office.sportello.today(),
        audience: 'citizen',
      },
      '',
    );
    const [source] = found.citations;
    const editor = await office.staff('Elena Verdi', 'editor');
    const text = source?.quote.split('\n')[0];
    const saved = await editor.call('POST', '/api/curated', {
      question: 'Prezzo della carta',
      text,
      documentId: source?.documentId,
      quote: source?.quote,
    });
    expect(saved.status).toBe(201);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('the form to sign in says what is wrong, and is usable by everybody', async () => {
    const page = await open('/desk', 390);
    await page.waitForSelector('input[name=name]');
    expect(await problems(page)).toEqual([]);
    await page.fill('input[name=name]', 'Anna Neri');
    await page.fill('input[name=password]', 'sbagliata sbagliata');
    await page.click('button.primary');
    await page.waitForSelector('.problem:not([hidden])');
    expect(await page.innerText('.problem')).toMatch(/non corretti/);
  });

  test('from the question to the mark', { timeout: 240_000 }, async () => {
    agent = await signIn('Anna Neri', 1280);
    expect(await problems(agent)).toEqual([]);
    citizen = await open('/', 390);
    await citizen.waitForSelector('li.bot');
    await says('Quanto costa la carta d’identità?');
    await says('vorrei parlare con una persona');
    expect(await citizen.locator('li.bot').last().innerText()).toMatch(/numero 1/);

    // It comes by itself: nobody reloads the page.
    await agent.waitForSelector('.queue li button');
    await expect.poll(() => agent.title()).toMatch(/^\(1\)/);
    await agent.click('.queue li button');
    await agent.waitForSelector('.transcript li.citizen');
    await expect.poll(() => agent.innerText('.facts-of')).toMatch(/sintesi automatica/);
    await agent.keyboard.press('c');
    await agent.waitForSelector('#reply');
    await citizen.waitForFunction(() => /Anna Neri/.test(document.body.innerText));

    await citizen.fill('#question', 'Quanto costa la carta d’identità elettronica per un adulto?');
    await citizen.keyboard.press('Enter');
    await agent.waitForFunction(() => /adulto/.test(document.querySelector('.transcript')?.textContent ?? ''));
    await agent.click('text=Suggerisci una risposta');
    await agent.waitForSelector('.suggestion');
    expect(await problems(agent)).toEqual([]);
    if (keep) await agent.screenshot({ path: path.join(SHOTS, 'desk-1280.png') });
    await agent.click('text=Usa e modifica');
    await expect.poll(() => agent.inputValue('#reply')).toMatch(/\[1\]/);
    await agent.click('text=Invia');
    await citizen.waitForFunction(() => {
      const last = [...document.querySelectorAll('li.bot')].at(-1);
      return /22,20/.test(last?.textContent ?? '') && last?.querySelector('a[href*="/sources/"]') !== null;
    });
    await agent.waitForFunction(() => document.querySelectorAll('.transcript li.agent').length === 1);

    // Books for them: what the form lacks it asks the citizen, who alone confirms.
    await agent.click('text=Appuntamento per il cittadino');
    await agent.selectOption('desk-booking select[name=service]', { label: 'Carta d’identità' });
    await agent.waitForSelector('desk-booking select[name=start]');
    await agent.fill('desk-booking input[name=name]', 'Maria Rossi');
    await agent.fill('desk-booking input[name=contact]', '333 1234567');
    expect(await problems(agent)).toEqual([]);
    const start = (await agent.inputValue('desk-booking select[name=start]')).split(' ')[0];
    await agent.click('text=Proponi al cittadino');
    await agent.waitForFunction(() => /modulo chiede/.test(document.querySelector('.standing')?.textContent ?? ''));
    await citizen.waitForFunction(() => /ti propone un appuntamento/.test(document.body.innerText));
    await citizen.fill('#question', 'RSSMRA80A41H501Y');
    await citizen.keyboard.press('Enter');
    await citizen.waitForSelector('.choices button:text-is("Sì, prenota")');
    expect(await problems(citizen)).toEqual([]);
    expect(await sidewaysScroll(citizen)).toBe(0);
    await agent.waitForFunction(() => /deve confermare/.test(document.querySelector('.standing')?.textContent ?? ''));
    expect(await problems(agent)).toEqual([]);
    if (keep) await agent.screenshot({ path: path.join(SHOTS, 'desk-booking-1280.png') });
    if (keep) await citizen.screenshot({ path: path.join(SHOTS, 'desk-booking-390.png') });
    const booked = () => office.sportello.database.read.selectFrom('booking').selectAll().where('status', '!=', 'held').execute();
    expect(await booked()).toEqual([]);
    await citizen.click('.choices button:text-is("Sì, prenota")');
    await citizen.waitForFunction(() => document.querySelector('a[href*="/calendar/"]') !== null);
    await agent.waitForFunction(() => document.querySelector('.standing') === null);
    const [booking] = await booked();
    expect(booking).toMatchObject({ status: 'booked', name: 'Maria Rossi', start_at: new Date(start ?? '').toISOString() });

    // What is asked of the citizen, and the replies that stand ready, by key.
    await agent.click('text=Chiedi al cittadino');
    await agent.selectOption('desk-asking select[name=what]', 'elsewhere');
    await agent.waitForSelector('desk-asking input[name=address]');
    expect(await problems(agent)).toEqual([]);
    await agent.click('text=Chiedi al cittadino');
    await agent.focus('.transcript');
    await agent.keyboard.press('p');
    await agent.waitForSelector('.canned li button');
    expect(await problems(agent)).toEqual([]);
    await agent.keyboard.type('passaporto xyz');
    await agent.waitForFunction(() => /Nessuna risposta pronta/.test(document.querySelector('.canned')?.textContent ?? ''));
    await agent.fill('.canned input', 'prezzo');
    await agent.keyboard.press('Enter');
    await agent.waitForFunction(() => /\[1\]/.test(document.querySelector<HTMLTextAreaElement>('#reply')?.value ?? ''));
    await agent.fill('#reply', '');

    await agent.fill('.facts-of form:not(desk-booking form):not(desk-asking form) textarea[name=text]', 'Ha fretta: parte lunedì');
    await agent.click('text=Aggiungi nota');
    await agent.waitForFunction(() => /parte lunedì/.test(document.querySelector('.facts-of')?.textContent ?? ''));
    expect(await citizen.innerText('body')).not.toMatch(/parte lunedì/);

    await agent.selectOption('select[name=to]', { label: 'Bruno Blu' });
    await agent.click('button:text-is("Passa")');
    await citizen.waitForFunction(() => /Bruno Blu/.test(document.body.innerText));
    const colleague = await signIn('Bruno Blu', 390);
    await colleague.click('.queue li button');
    await colleague.waitForSelector('#reply');
    expect(await problems(colleague)).toEqual([]);
    expect(await sidewaysScroll(colleague)).toBe(0);
    if (keep) await colleague.screenshot({ path: path.join(SHOTS, 'desk-390.png') });
    // And gives it back for them, the same way.
    await colleague.click('text=Appuntamento per il cittadino');
    await colleague.selectOption('desk-booking select[name=what]', 'cancel');
    await colleague.fill('desk-booking input[name=code]', booking?.code ?? '');
    expect(await problems(colleague)).toEqual([]);
    expect(await sidewaysScroll(colleague)).toBe(0);
    await colleague.click('text=Proponi al cittadino');
    await citizen.waitForFunction(() => /propone di disdire/.test(document.body.innerText));
    await citizen.fill('#question', '333 1234567');
    await citizen.keyboard.press('Enter');
    await citizen.click('.choices button:text-is("Sì, disdici")');
    await expect.poll(async () => (await booked())[0]?.status).toBe('cancelled');
    await colleague.fill('#reply', 'Buongiorno, sono Bruno. Tutto a posto?');
    await colleague.click('text=Invia');
    await citizen.waitForFunction(() => /sono Bruno/.test(document.body.innerText));
    await colleague.selectOption('select[name=outcome]', 'solved');
    await colleague.click('text=Chiudi la conversazione');
    await citizen.click('.choices button:text-is("Valuta il servizio")');
    await citizen.click('.choices button:has-text("4 ★★★★")');
    await citizen.waitForFunction(() => /aspetti che hai preferito/.test(document.body.innerText));
    await says('annulla');
    expect(await citizen.locator('li.bot').last().innerText()).toMatch(/parere/);
    expect(await office.sportello.database.read.selectFrom('rating').selectAll().execute()).toMatchObject([{ subject: 'desk', stars: 4 }]);
    await says('Quanto costa la carta d’identità?');
    expect(await citizen.locator('li.bot').last().innerText()).toMatch(/22,20/);
    expect(await problems(citizen)).toEqual([]);

    const supervisor = await open('/insight', 1280);
    await supervisor.fill('input[name=name]', 'Sara Viola');
    await supervisor.fill('input[name=password]', PASSWORD);
    await supervisor.click('button.primary');
    await supervisor.waitForSelector('.headline');
    expect(await supervisor.innerText('.headline')).toMatch(/1 richiest/);
    const marks = await supervisor.innerText('main.insight');
    expect(marks).toMatch(/Bruno Blu/);
    expect(await problems(supervisor)).toEqual([]);
    await supervisor.setViewportSize({ width: 390, height: 900 });
    expect(await sidewaysScroll(supervisor)).toBe(0);
    expect(await problems(supervisor)).toEqual([]);
  });

  test('a socket that is lost costs nothing: the page catches up by itself', async () => {
    const page = await signIn('Sara Viola', 1280);
    await page.waitForSelector('.empty');
    await page.context().setOffline(true);
    const other = office.citizens;
    const talk = await other.converse();
    await talk.until(1);
    await talk.say('voglio un operatore');
    await talk.until(3);
    await page.context().setOffline(false);
    await page.waitForSelector('.queue li button', { timeout: 30_000 });
  });
});
