/** The waiting room in a real browser: a ticket and an arrival at the totem, the clerk calls, the screen shows it. */
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDesk } from '../../../connectors/bookings/embedded/desk.ts';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const pictures = process.env['PICTURES'];
/** Open day and night: the test runs at any hour. */
const always: [string, string][] = [['00:00', '24:00']];
const plan = {
  places: [{ id: 'm', name: 'Municipio', address: 'piazza Uno 1' }],
  services: [
    { id: 'carta', name: 'Carta d’identità', office: 'Servizi demografici', minutes: 5, words: [], bring: [] },
    { id: 'tributi', name: 'Tributi', office: 'Tributi', minutes: 5, words: [], bring: [] },
  ],
  counters: [
    {
      id: 'uno',
      name: 'Sportello 1',
      place: 'm',
      services: ['carta', 'tributi'],
      week: Array.from({ length: 7 }, () => always),
      holidays: true,
    },
  ],
};

describe.skipIf(!hasBrowser)('the waiting room (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const open = async (where: string, width: number, javaScriptEnabled = true): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: width < 500 ? 640 : 900 }, locale: 'it-IT', javaScriptEnabled });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(office.serving.url + where);
    return page;
  };
  let count = 0;
  const look = async (page: Page, axe = true) => {
    count += 1;
    if (pictures) await page.screenshot({ path: path.join(pictures, `counter-${count}.png`), fullPage: true });
    expect(await sidewaysScroll(page)).toBe(0);
    if (axe) expect(await problems(page)).toEqual([]);
  };

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice()]);
    const desk = createDesk({ database: office.sportello.database });
    expect((await desk.savePlan(plan)).kind).toBe('ok');
    const start = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
    const person = { name: 'Anna Bianchi', phone: '3330000011' };
    expect((await desk.put({ service: 'carta', start, person, code: 'ABC2D3' })).kind).toBe('ok');
    await office.staff('Carla Rosa');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('a ticket and an arrival without JavaScript; called by the clerk; seen on the screen', async () => {
    const kiosk = await open('/counter/kiosk', 1280, false);
    await kiosk.click('button:has-text("Tributi")');
    const number = (await kiosk.locator('.number').innerText()).trim();
    expect(number).toMatch(/^T\d+$/);
    expect(await kiosk.innerText('main')).toMatch(/Sei il prossimo[\s\S]*L’attesa va da \d+ a \d+ minuti/);
    // The browser sends the same form again: still one ticket.
    await kiosk.reload();
    expect((await kiosk.locator('.number').innerText()).trim()).toBe(number);
    await kiosk.click('text=Fine');
    await kiosk.fill('#code', 'ABC2D3');
    await kiosk.fill('#fact', '3339999999');
    await kiosk.click('button:has-text("Sono qui")');
    expect(await kiosk.innerText('[role=alert]')).toMatch(/Non trovo nessun appuntamento/);
    await kiosk.click('text=Torna all’inizio');
    await kiosk.fill('#code', 'abc2d3');
    await kiosk.fill('#fact', '333 000 0011');
    await kiosk.click('button:has-text("Sono qui")');
    expect(await kiosk.innerText('main')).toMatch(/P-2D3[\s\S]*Carta d’identità[\s\S]*Municipio/);

    const display = await open('/counter/display', 1280);
    await display.waitForSelector('.waiting');
    await expect.poll(() => display.innerText('.waiting')).toMatch(/Tributi\s+1/);
    const clerk = await open('/counter/clerk', 1280);
    await clerk.fill('input[name=name]', 'Carla Rosa');
    await clerk.fill('input[name=password]', PASSWORD);
    await clerk.click('button.primary');
    await clerk.waitForSelector('.line');
    await clerk.fill('#counter', 'Sportello 1');
    for (const line of await clerk.locator('.line input').all()) await line.check();
    await expect.poll(() => clerk.innerText('fieldset')).toMatch(/Con appuntamento, già qui: P-2D3/);
    const call = async (label: string) => {
      await clerk.click('button:has-text("Chiama il prossimo")');
      await clerk.waitForFunction((wanted) => document.querySelector('.said')?.textContent?.includes(wanted), label);
      await display.waitForFunction((wanted) => document.querySelector('.called .number')?.textContent === wanted, label);
    };
    await call('P-2D3');
    // The server called somebody, and its answer was lost on the way: the clerk reads that nothing came back, presses again, and it is the same person.
    await clerk.route(
      '**/api/counter/next',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await clerk.click('button:has-text("Chiama il prossimo")');
    await clerk.waitForSelector('text=Il server non risponde');
    await call(number);
    await clerk.click('button:has-text("Chiama il prossimo")');
    await clerk.waitForFunction(() => document.querySelector('.said')?.textContent?.includes('Non aspetta nessuno'));
    expect(await display.innerText('main')).toMatch(new RegExp(`${number}\\s+Sportello 1[\\s\\S]*P-2D3`));
    await look(display);
    await look(clerk);
  });

  test('the clerk’s page looks once every five seconds, also after a call that fell into a look', async () => {
    const context = await browser.newContext({ locale: 'it-IT' });
    contexts.push(context);
    const clerk = await context.newPage();
    await clerk.clock.install();
    await clerk.goto(`${office.serving.url}/counter/clerk`);
    await clerk.fill('input[name=name]', 'Carla Rosa');
    await clerk.fill('input[name=password]', PASSWORD);
    await clerk.click('button.primary');
    await clerk.waitForSelector('.line');
    await clerk.fill('#counter', 'Sportello 1');
    for (const line of await clerk.locator('.line input').all()) await line.check();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let [asked, answered] = [0, 0];
    await clerk.route('**/api/counter/lines', async (route) => {
      asked++;
      await held;
      await route.continue();
    });
    clerk.on('requestfinished', (request) => {
      if (request.url().endsWith('/api/counter/lines')) answered++;
    });
    // From here on its time passes only when told to.
    await clerk.clock.pauseAt(Date.now() + 3_600_000);
    await expect.poll(() => asked).toBe(1);
    await clerk.click('button:has-text("Chiama il prossimo")');
    await expect.poll(() => asked).toBe(2);
    letGo();
    await expect.poll(() => answered).toBe(2);
    // What comes after the answers is taken after them.
    await clerk.evaluate(async () => (await fetch('/health/live')).text());
    await clerk.clock.fastForward(5_000);
    await expect.poll(() => asked).toBeGreaterThan(2);
    await expect.poll(() => answered).toBe(asked);
    expect(asked).toBe(3);
  });

  test('a question at the totem is answered or refused in words, with the way back', async () => {
    const kiosk = await open('/counter/kiosk', 1280, false);
    await kiosk.fill('#q', 'Quanto costa la carta d’identità?');
    await kiosk.click('button:has-text("Chiedi")');
    expect(await kiosk.innerText('.answer')).not.toBe('');
    await kiosk.click('text=Fine');
    expect(await kiosk.innerText('h1')).toMatch(/Benvenuto/);
  });

  test.each([320, 768, 1280])(
    'everything fits and is usable by everybody at %i px',
    async (width) => {
      for (const where of ['/counter/kiosk', '/counter/display', '/counter/clerk']) {
        const page = await open(where, width);
        await page.waitForSelector('h1');
        await look(page);
      }
      const ticket = await open('/counter/kiosk', width);
      await ticket.click('button:has-text("Carta d’identità")');
      await look(ticket);
    },
    60_000,
  );
});
