/** A citizen and an agent in two browsers: asked for, taken, answered with sources, passed on, closed, rated. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, seriousProblems, sidewaysScroll } from './fixtures/open-browser.ts';

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
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('the form to sign in says what is wrong, and is usable by everybody', async () => {
    const page = await open('/desk', 390);
    await page.waitForSelector('input[name=name]');
    expect(await seriousProblems(page)).toEqual([]);
    await page.fill('input[name=name]', 'Anna Neri');
    await page.fill('input[name=password]', 'sbagliata sbagliata');
    await page.click('button.primary');
    await page.waitForSelector('.problem:not([hidden])');
    expect(await page.innerText('.problem')).toMatch(/non corretti/);
  });

  test('from the question to the mark', { timeout: 120_000 }, async () => {
    agent = await signIn('Anna Neri', 1280);
    expect(await seriousProblems(agent)).toEqual([]);
    citizen = await open('/', 390);
    await citizen.waitForSelector('li.bot');
    await says('Quanto costa la carta d’identità?');
    await says('vorrei parlare con una persona');
    expect(await citizen.locator('li.bot').last().innerText()).toMatch(/numero 1/);

    // It comes by itself: nobody reloads the page.
    await agent.waitForSelector('.queue li button');
    expect(await agent.title()).toMatch(/^\(1\)/);
    await agent.click('.queue li button');
    await agent.waitForSelector('.transcript li.citizen');
    expect(await agent.innerText('.facts-of')).toMatch(/sintesi automatica/);
    await agent.keyboard.press('c');
    await agent.waitForSelector('#reply');
    await citizen.waitForFunction(() => /Anna Neri/.test(document.body.innerText));

    await citizen.fill('#question', 'Quanto costa la carta d’identità elettronica per un adulto?');
    await citizen.keyboard.press('Enter');
    await agent.waitForFunction(() => /adulto/.test(document.querySelector('.transcript')?.textContent ?? ''));
    await agent.click('text=Suggerisci una risposta');
    await agent.waitForSelector('.suggestion');
    expect(await seriousProblems(agent)).toEqual([]);
    if (keep) await agent.screenshot({ path: path.join(SHOTS, 'desk-1280.png') });
    await agent.click('text=Usa e modifica');
    expect(await agent.inputValue('#reply')).toMatch(/\[1\]/);
    await agent.click('text=Invia');
    await citizen.waitForFunction(() => {
      const last = [...document.querySelectorAll('li.bot')].at(-1);
      return /22,20/.test(last?.textContent ?? '') && last?.querySelector('a[href*="/sources/"]') !== null;
    });
    await agent.waitForFunction(() => document.querySelectorAll('.transcript li.agent').length === 1);

    await agent.fill('textarea[name=text]', 'Ha fretta: parte lunedì');
    await agent.click('text=Aggiungi nota');
    await agent.waitForFunction(() => /parte lunedì/.test(document.querySelector('.facts-of')?.textContent ?? ''));
    expect(await citizen.innerText('body')).not.toMatch(/parte lunedì/);

    await agent.selectOption('select[name=to]', { label: 'Bruno Blu' });
    await agent.click('button:text-is("Passa")');
    await citizen.waitForFunction(() => /Bruno Blu/.test(document.body.innerText));
    const colleague = await signIn('Bruno Blu', 390);
    await colleague.click('.queue li button');
    await colleague.waitForSelector('#reply');
    expect(await seriousProblems(colleague)).toEqual([]);
    expect(await sidewaysScroll(colleague)).toBe(0);
    if (keep) await colleague.screenshot({ path: path.join(SHOTS, 'desk-390.png') });
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
  });

  test('a socket that is lost costs nothing: the page catches up by itself', { timeout: 60_000 }, async () => {
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
