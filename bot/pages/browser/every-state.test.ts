/** Every staff page and every place in it × three widths × its states and looks: nothing that axe minds, whatever the impact, and nothing sticks out. Pages come from the route table, their places from their own menus. */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { LOOKS, lookEverywhere, wear } from './fixtures/looks.ts';
import { hasBrowser, openBrowser } from './fixtures/open-browser.ts';

const LIMIT = { timeout: 600_000 };
const refused = (route: Route) =>
  route.fulfill({
    status: 500,
    json: { error: { code: 'ServerError', message: 'Qualcosa non ha funzionato da parte nostra: riprova tra poco.' } },
  });
/** Who is there is answered, and nothing else. */
const ASKED = /\/api\/(?!me$|sign-in-ways$)/;

describe.skipIf(!hasBrowser)('every state of every staff page (needs Debian’s chromium)', () => {
  let office: Office;
  let bare: Office;
  let browser: Browser;
  let addresses: string[];

  beforeAll(async () => {
    [browser, office, bare] = await Promise.all([openBrowser(), openOffice({ DEMO: 'true' }), openOffice()]);
    for (const one of [office, bare]) await one.staff('Dario Dirigente', 'administrator');
    const talk = await office.citizens.converse();
    await talk.say('In quanti giorni si addestra un drago?');
    await talk.say('vorrei parlare con una persona');
    await vi.waitFor(async () => expect((await talk.read()).activities.length).toBeGreaterThanOrEqual(5), { timeout: 20_000 });
    addresses = await places();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([office?.stop(), bare?.stop()]);
  });

  async function signedIn(where: Office, name = 'Dario Dirigente'): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'it-IT' })).newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${where.serving.url}/account`);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.band-top .who');
    return page;
  }
  const atRest = (page: Page) =>
    page.waitForFunction(() => document.querySelector('main') !== null && document.querySelector('[aria-busy=true]') === null);

  async function go(page: Page, where: Office, address: string): Promise<void> {
    // Between two places of one page nothing would be loaded anew.
    await page.goto('about:blank');
    await page.goto(where.serving.url + address);
    await page.waitForSelector('.band-top .who');
  }

  /** The staff pages of the route table and what each one's menu leads to. */
  async function places(): Promise<string[]> {
    const page = await signedIn(office);
    const found: string[] = [];
    for (const { page: isPage, method, path } of office.serving.routes) {
      if (!isPage || method !== 'get' || /[:.]/.test(path)) continue;
      await page.goto(office.serving.url + path);
      await page.waitForLoadState('networkidle');
      // Staff pages alone say who is there.
      if ((await page.locator('.band-top .who').count()) === 0) continue;
      const menu = await page.$$eval('nav.views a[href^="#"]', (links) => links.map((link) => link.getAttribute('href')));
      found.push(...(menu.length > 0 ? menu.map((place) => path + place) : [path]));
    }
    await page.context().close();
    return [...found, '/editor#pagina/carta-identita'];
  }

  async function walk(where: Office, name: string, ready: (page: Page) => Promise<unknown>, before?: (page: Page) => Promise<unknown>) {
    const page = await signedIn(where);
    await before?.(page);
    const found: string[] = [];
    for (const address of addresses) {
      await go(page, where, address);
      const problem = await ready(page).then(
        () => null,
        (error: unknown) => String(error).split('\n')[0],
      );
      if (problem) found.push(`${name} ${address}: ${problem}; ${await page.innerText('main').catch(() => 'no main')}`);
      else found.push(...(await lookEverywhere(page, `${name} ${address}`)));
    }
    await page.context().close();
    expect(found).toEqual([]);
  }

  test('the menus lead to every place there is', () => {
    expect(addresses).toEqual(
      expect.arrayContaining(['/desk', '/insight', '/account', '/counter/clerk', '/editor#lacune', '/editor#prove', '/settings#utenti']),
    );
    expect(addresses.length).toBeGreaterThanOrEqual(18);
  });

  test('empty: an office where nothing has happened', LIMIT, () => walk(bare, 'empty', atRest));

  test('refused: the server answers everything with an error', LIMIT, () =>
    walk(office, 'refused', atRest, (page) => page.route(ASKED, refused)),
  );

  test('waiting: the server has not answered yet', LIMIT, () =>
    walk(
      office,
      'waiting',
      (page) => page.waitForSelector('main'),
      (page) => page.route(ASKED, () => {}),
    ),
  );

  test('not for this role, in words', LIMIT, async () => {
    await office.staff('Elsa Editrice', 'editor');
    const page = await signedIn(office, 'Elsa Editrice');
    await go(page, office, '/settings');
    expect(await page.innerText('main h1')).toBe('Questa pagina non è per il tuo ruolo');
    expect(await lookEverywhere(page, 'not for this role')).toEqual([]);
    await page.context().close();
  });

  test('filled, everything folded out, a dialog open: light, dark, high contrast, forced colours, right to left', LIMIT, async () => {
    const page = await signedIn(office);
    const found: string[] = [];
    /** Loaded once: the look follows, as it does when somebody changes it. */
    const inEveryLook = async (label: string) => {
      for (const look of LOOKS) {
        await wear(page, look);
        found.push(...(await lookEverywhere(page, `${look.name} ${label}`)));
      }
    };
    for (const address of addresses) {
      await go(page, office, address);
      await atRest(page);
      if (address === '/desk') {
        await page.click('.queue li button');
        await page.waitForSelector('.transcript li.citizen');
      }
      for (const summary of await page.locator('details:not([open]) > summary').all()) if (await summary.isVisible()) await summary.click();
      if (address.includes('#pagina/')) {
        await page.waitForSelector('.passages li');
        await inEveryLook(address);
        // The button waits for something to publish.
        await page.fill('textarea[name=markdown]', `${await page.inputValue('textarea[name=markdown]')}\n\nProva.\n`);
        await page.waitForFunction(() => /Bozza salvata/.test(document.querySelector('.acts')?.textContent ?? ''));
        await page.click('text=Pubblica…');
        await page.waitForSelector('dialog[open] .fine, dialog[open] .failed');
        await inEveryLook(`${address}, to be published`);
      } else await inEveryLook(address);
    }
    await page.context().close();
    expect(found).toEqual([]);
  });
});
