/** U-03, U-12: everything from the question to the goodbye with a keyboard alone, on both sides of the counter; U-04: what a screen reader hears of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { type Keyboard, keyboardOf } from './fixtures/keyboard.ts';
import { hasBrowser, openBrowser, problems } from './fixtures/open-browser.ts';

describe.skipIf(!hasBrowser)('by keyboard alone (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  let citizen: Page;
  let keys: Keyboard;

  const open = async (where: string, width = 1280): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width, height: 800 }, locale: 'it-IT' })).newPage();
    await page.goto(office.serving.url + where);
    return page;
  };
  const signIn = async (where: string, name: string): Promise<[Page, Keyboard]> => {
    const page = await open(where);
    const hands = keyboardOf(page);
    await page.waitForSelector('input[name=name]');
    await hands.reach('input[name=name]');
    await hands.type(name);
    await hands.press('Tab');
    await hands.type(PASSWORD);
    await hands.press('Enter');
    await page.waitForSelector('.band-top .who');
    return [page, hands];
  };
  /** Says it in the field, by Enter, and waits for the answer; the focus stays in the field. */
  const says = async (text: string): Promise<string> => {
    const before = await citizen.locator('li.bot').count();
    await keys.reach('#question');
    await keys.type(text);
    await keys.press('Enter');
    await citizen.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
    expect(await citizen.evaluate(() => document.activeElement?.id)).toBe('question');
    return citizen.locator('li.bot').last().innerText();
  };
  /** Chooses a suggested answer by Tab and Enter. */
  const chooses = async (words: string): Promise<string> => {
    const before = await citizen.locator('li.bot').count();
    await keys.reach('.choices button', words, true);
    await keys.press('Enter');
    await citizen.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
    return citizen.locator('li.bot').last().innerText();
  };

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ DEMO: 'true' })]);
    await office.staff('Anna Neri');
    await office.staff('Dario Dirigente', 'administrator');
    citizen = await open('/');
    keys = keyboardOf(citizen);
    await citizen.waitForSelector('li.bot');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('U-03 a citizen asks, opens the source, books, asks for a person', async () => {
    expect(await says('Quanto costa la carta d’identità?')).toMatch(/22,20/);
    await keys.reach('.source a', '', true);
    const [source] = await Promise.all([citizen.context().waitForEvent('page'), keys.press('Enter')]);
    await source.waitForSelector('.stored');
    await source.close();
    await citizen.bringToFront();
    await keys.reach('.opinion button');
    await keys.press('Enter');
    await citizen.waitForSelector('.opinion[role=status]');

    await says('appuntamento carta d’identità');
    // The day, then the hour: the first that is offered.
    for (const _ of ['day', 'hour']) await chooses((await citizen.locator('.choices button').first().textContent()) ?? '');
    for (const answer of ['Mario Rossi', 'RSSMRA85T10A562S', '333 1234567']) await says(answer);
    expect(await chooses('Sì, prenota')).toMatch(/Prenotato/);
    const booked = await office.sportello.database.read.selectFrom('booking').select(['name', 'status']).execute();
    expect(booked).toEqual([{ name: 'Mario Rossi', status: 'booked' }]);

    await keys.reach('button.person');
    const before = await citizen.locator('li.bot').count();
    await keys.press('Enter');
    await citizen.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
    expect(keys.complaints).toEqual([]);
  });

  test('U-12 an agent takes it, answers with a suggestion, adds a note and closes it', async () => {
    const [desk, hands] = await signIn('/desk', 'Anna Neri');
    await desk.waitForSelector('.queue li button');
    await hands.reach('.queue li button');
    await hands.press('Enter');
    await desk.waitForSelector('.transcript li.citizen');
    await hands.press('c');
    await desk.waitForSelector('#reply');
    await hands.press('r');
    await expect.poll(() => desk.evaluate(() => document.activeElement?.id)).toBe('reply');
    await hands.type('Buongiorno, sono Anna: come posso aiutarla?');
    await hands.press('Control+Enter');
    await citizen.waitForFunction(() => /sono Anna/.test(document.body.innerText));
    await hands.reach('textarea[name=text]');
    await hands.type('Chiamare martedì');
    await hands.reach('button', 'Aggiungi nota');
    await hands.press('Enter');
    await desk.waitForFunction(() => /Chiamare martedì/.test(document.querySelector('.facts-of')?.textContent ?? ''));
    await hands.reach('select[name=outcome]');
    await hands.reach('button', 'Chiudi la conversazione');
    await hands.press('Enter');
    await citizen.waitForFunction(() => document.querySelectorAll('.choices button').length > 0);
    expect(await problems(desk)).toEqual([]);
    expect(hands.complaints).toEqual([]);
    await desk.context().close();
  });

  test('U-03 the citizen marks the service and is with the assistant again', async () => {
    await chooses('Valuta il servizio');
    await chooses('4');
    await says('annulla');
    expect(await says('Quanto costa la carta d’identità?')).toMatch(/22,20/);
    expect(keys.complaints).toEqual([]);
  });

  test('U-11 an editor changes a page and publishes it; Escape closes the dialog and the focus comes back', {
    timeout: 90_000,
  }, async () => {
    const [console, hands] = await signIn('/editor#pagina/carta-identita', 'Dario Dirigente');
    await console.waitForSelector('textarea[name=markdown]');
    await hands.reach('textarea[name=markdown]');
    await hands.press('Control+End', 'Enter', 'Enter');
    await hands.type('Lo sportello ha una rampa di accesso.');
    await console.waitForFunction(() => /Bozza salvata/.test(document.querySelector('.acts')?.textContent ?? ''));
    await hands.reach('button', 'Pubblica…');
    await hands.press('Enter');
    await console.waitForSelector('dialog[open]');
    await hands.press('Escape');
    await console.waitForSelector('dialog[open]', { state: 'detached' });
    await expect.poll(() => console.evaluate(() => document.activeElement?.textContent)).toContain('Pubblica…');
    await hands.press('Enter');
    await console.waitForSelector('dialog[open] .fine');
    await hands.reach('dialog button.primary');
    await hands.press('Enter');
    await console.waitForFunction(() => /Versione 2/.test(document.querySelector('.versions')?.textContent ?? ''));
    expect(hands.complaints).toEqual([]);
    await console.context().close();
  });

  test('U-04 a screen reader: one live region for the conversation, each answer in its language, named and added once', {
    timeout: 60_000,
  }, async () => {
    const page = await open('/');
    await page.waitForSelector('li.bot');
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((records) => {
        for (const { addedNodes } of records)
          for (const node of addedNodes) if (node instanceof HTMLElement) heard.push(node.className.split(' ')[0] ?? '');
      }).observe(document.querySelector('[role=log]')!, { childList: true, subtree: true });
    });
    await page.fill('#question', 'Quanto costa la carta d’identità?');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.source');
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard.filter((name) => name === 'bot')).toHaveLength(1);
    expect(heard.filter((name) => name === 'typing').length).toBeLessThanOrEqual(1);
    expect(await page.locator('[aria-live], [role=log]').count()).toBe(1);
    expect(await page.getAttribute('[role=log]', 'aria-live')).toBe('polite');
    expect(await page.getAttribute('[role=log]', 'aria-label')).toBeTruthy();
    await page.fill('#question', 'How much does the identity card cost?');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.source').length > 1);
    const langs = await page.locator('li.bot').evaluateAll((items) => items.map((item) => item.getAttribute('lang')?.slice(0, 2)));
    expect(langs).toEqual(['it', 'it', 'en']);
    await page.context().close();
  });
});
