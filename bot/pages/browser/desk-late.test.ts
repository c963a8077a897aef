/** An agent with two citizens on a slow line: what is answered late neither calls back to the other citizen nor takes away what was written meanwhile. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hold } from './fixtures/hold.ts';
import { hasBrowser, openBrowser } from './fixtures/open-browser.ts';

describe.skipIf(!hasBrowser)('late answers at the desk (need Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  let page: Page;
  interface Request {
    id: string;
    number: number;
    read: Awaited<ReturnType<Office['citizens']['converse']>>['read'];
  }
  let one: Request;
  let two: Request;

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice()]);
    const anna = await office.staff('Anna Neri');
    const asks = async () => {
      const talk = await office.citizens.converse();
      await talk.say('vorrei parlare con una persona');
      const waiting = async () =>
        ((await anna.call('GET', '/api/handoffs?view=waiting')).body['handoffs'] as { id: string; number: number }[])[0];
      await vi.waitFor(async () => expect(await waiting()).toBeTruthy(), { timeout: 60_000 });
      const { id = '', number = 0 } = (await waiting()) ?? {};
      expect((await anna.call('POST', `/api/handoffs/${id}/claim`, {})).status).toBe(200);
      return { id, number, read: talk.read };
    };
    one = await asks();
    two = await asks();
  });
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });
  beforeEach(async () => {
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(`${office.serving.url}/desk`);
    await page.fill('input[name=name]', 'Anna Neri');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await choose(one);
    return () => page.context().close();
  });

  const click = ({ number }: Request) => page.click(`.queue li button:has-text("n. ${number}")`);
  const isAt = ({ number }: Request) =>
    page.waitForFunction((words) => document.querySelector('.talk h2')?.textContent === words, `Richiesta n. ${number}`);
  const choose = async (request: Request) => {
    await click(request);
    await isAt(request);
    await page.waitForSelector('#reply');
  };
  const said = async ({ read }: Request) => (await read()).activities.map(({ text }) => String(text ?? ''));

  test('an agent who has gone on to another citizen stays there, with the words for that one', async () => {
    await choose(two);
    const late = await hold(page, 'GET', `/api/handoffs/${one.id}`);
    await click(one);
    await late.asked();
    await choose(two);
    await page.fill('#reply', 'Per il secondo');
    await late.release();
    await isAt(two);
    expect(await page.inputValue('#reply')).toBe('Per il secondo');
  });

  test('what is sent goes to the one it was written to, and leaves the agent where they are', async () => {
    const late = await hold(page, 'POST', `/api/handoffs/${one.id}/messages`);
    await page.fill('#reply', 'Buongiorno al primo');
    await page.click('text=Invia');
    await late.asked();
    await choose(two);
    await page.fill('#reply', 'Buongiorno al secondo');
    await late.release();
    await expect.poll(() => said(one)).toContain('Buongiorno al primo');
    await isAt(two);
    expect(await page.inputValue('#reply')).toBe('Buongiorno al secondo');
    // And nothing of it is left to be sent twice.
    await choose(one);
    expect(await page.inputValue('#reply')).toBe('');
  });

  test('what is written while a message is on its way stays', async () => {
    const late = await hold(page, 'POST', `/api/handoffs/${one.id}/messages`);
    await page.fill('#reply', 'Un momento, guardo.');
    await page.click('text=Invia');
    await late.asked();
    await page.locator('#reply').press('Control+End');
    await page.keyboard.type(' Ecco, ho trovato');
    await late.release();
    await expect.poll(() => said(one)).toContain('Un momento, guardo.');
    await expect.poll(() => page.inputValue('#reply')).toBe('Ecco, ho trovato');
  });

  test('a suggestion for one citizen is not laid before another', async () => {
    const late = await hold(page, 'POST', `/api/handoffs/${one.id}/suggest`);
    await page.click('text=Suggerisci una risposta');
    await late.asked();
    await choose(two);
    await late.release();
    expect(await page.locator('.suggestion').count()).toBe(0);
  });

  test('on a telephone what was begun is there again after a look at the list', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.fill('#reply', 'Sto scrivendo');
    await page.click('.talk .back');
    await page.waitForSelector('.desk[data-view=queue]');
    await choose(one);
    expect(await page.inputValue('#reply')).toBe('Sto scrivendo');
  });

  test('what was begun for one citizen does not stand beside another: a note, an appointment with a fiscal code', async () => {
    await page.fill('.facts-of textarea[name=text]', 'Nota sul primo');
    await page.click('text=Appuntamento per il cittadino');
    await page.fill('desk-booking input[name=name]', 'Mario Rossi');
    await page.fill('desk-booking input[name=fiscalCode]', 'RSSMRA85T10A562S');
    await choose(two);
    await page.click('text=Appuntamento per il cittadino');
    for (const field of ['.facts-of textarea[name=text]', 'desk-booking input[name=name]', 'desk-booking input[name=fiscalCode]'])
      expect(await page.inputValue(field), field).toBe('');
  });

  test('the times of the service that is chosen are shown, whichever comes last', async () => {
    const services = ['Anagrafe', 'Tributi'].map((name) => ({ id: name, name, office: name, places: [] }));
    const slots = (hour: string) => [{ start: `2099-01-05T${hour}:00+01:00`, place: 'm', placeName: 'Municipio' }];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(/\/api\/desk\/services$/, (route) => route.fulfill({ json: { services } }));
    await page.route(/\/api\/desk\/slots\?service=Tributi$/, (route) => route.fulfill({ json: { slots: slots('11:00') } }));
    await page.route(/\/api\/desk\/slots\?service=Anagrafe$/, async (route) => {
      await held;
      await route.fulfill({ json: { slots: slots('09:00') } });
    });
    await page.click('text=Appuntamento per il cittadino');
    await page.selectOption('desk-booking select[name=service]', { label: 'Anagrafe' });
    await page.selectOption('desk-booking select[name=service]', { label: 'Tributi' });
    await page.waitForSelector('desk-booking select[name=start]');
    const late = page.waitForResponse(/service=Anagrafe$/);
    letGo();
    await (await late).finished();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    expect(await page.inputValue('desk-booking select[name=start]')).toBe('2099-01-05T11:00:00+01:00 m');
  });
});
