/** An administrator sets the office up in a browser: hours, a switch, a user, the body; wide and narrow. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

/** Set to keep the screenshots of docs/. */
const SHOTS = path.resolve(import.meta.dirname, '../../../docs');
const keep = existsSync(path.join(SHOTS, '.take-screenshots'));

describe.skipIf(!hasBrowser)('settings (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  const signIn = async (name: string, width: number): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(`${office.serving.url}/settings`);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('settings-switches h1');
    return page;
  };
  const done = (page: Page, words: RegExp) =>
    page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.done')?.textContent ?? ''), words.source);

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ DEMO: 'true' })]);
    await office.staff('Capo', 'administrator');
    await office.staff('Sara Viola', 'supervisor');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('every view is usable by everybody at both widths', { timeout: 120_000 }, async () => {
    for (const width of [1280, 390]) {
      const page = await signIn('Capo', width);
      for (const place of ['interruttori', 'orari', 'uffici', 'utenti', 'ente', 'collegamenti']) {
        await page.goto(`${office.serving.url}/settings#${place}`);
        await page.waitForFunction(() => document.querySelector('main [aria-busy]') === null && document.querySelector('main h1') !== null);
        for (const summary of await page.locator('details:not([open]) > summary').all())
          if (await summary.isVisible()) await summary.click();
        expect(await problems(page), `${place} ${width}`).toEqual([]);
        expect(await sidewaysScroll(page), `${place} ${width}`).toBe(0);
        if (place === 'collegamenti')
          await expect.poll(() => page.innerText('main')).toMatch(/Appuntamenti\s+risponde\s+il nostro archivio[\s\S]*prenotare/);
        if (keep && place === 'orari') await page.screenshot({ path: path.join(SHOTS, `settings-${width}.png`) });
      }
    }
  });

  test('what is set counts', { timeout: 120_000 }, async () => {
    const page = await signIn('Capo', 1280);
    await page.selectOption('select[name=topic]', 'Tributi');
    await page.selectOption('select[name=mode]', 'closed');
    await page.fill('textarea[name=banner]', 'Tributi: torniamo lunedì.');
    await page.click('text=Applica subito');
    await done(page, /vale dal prossimo messaggio/);
    expect(office.sportello.switches.of('web', 'la TARI')?.banner).toBe('Tributi: torniamo lunedì.');
    await page.click('text=Torna a rispondere');
    await done(page, /di nuovo attivo/);
    expect(office.sportello.switches.of('web', 'la TARI')).toBeNull();

    await page.goto(`${office.serving.url}/settings#orari`);
    await page.waitForSelector('settings-hours .card');
    await page.click('settings-hours li.card:first-child summary');
    await page.fill('settings-hours li.card:first-child input[name=day6]', '9-12');
    await page.click('settings-hours li.card:first-child button:text-is("Salva")');
    await done(page, /Orari salvati/);
    expect(office.sportello.hours.list().find(({ office: name }) => name === '')?.hours.week[6]).toEqual([['09:00', '12:00']]);
    await page.fill('settings-hours li.card:first-child input[name=day6]', 'mattina');
    await page.click('settings-hours li.card:first-child button:text-is("Salva")');
    await page.waitForFunction(() => /non è un orario/.test(document.querySelector('.problem')?.textContent ?? ''));

    await page.goto(`${office.serving.url}/settings#utenti`);
    await page.waitForSelector('settings-users form.card');
    await page.fill('settings-users form.card input[name=name]', 'Anna Neri');
    await page.fill('settings-users form.card input[name=password]', PASSWORD);
    await page.click('text=Crea');
    await page.waitForSelector('settings-users h2:has-text("Anna Neri")');

    const supervisor = await signIn('Sara Viola', 390);
    expect(await supervisor.locator('nav.views a').allInnerTexts()).toEqual(['Interruttori', 'Orari e chiusure']);
  });
});
