/** The supervisor's figures and the public's, in a browser: drawn, in words, as files; wide and narrow. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { plant } from '../../insight/fixtures/plant.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

/** Set to keep the screenshots of docs/. */
const SHOTS = path.resolve(import.meta.dirname, '../../../docs');
const keep = existsSync(path.join(SHOTS, '.take-screenshots'));

describe.skipIf(!hasBrowser)('figures (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  const open = async (where: string, width: number): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(office.serving.url + where);
    return page;
  };
  const signIn = async (name: string, width: number): Promise<Page> => {
    const page = await open('/insight', width);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    return page;
  };
  const ago = (days: number, hour: number) =>
    `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:10:00.000Z`;

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice()]);
    await office.staff('Sara Viola', 'supervisor');
    await office.staff('Anna Neri');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('before anything has happened the page says so', async () => {
    const page = await signIn('Sara Viola', 390);
    await page.waitForSelector('.headline');
    await expect.poll(() => page.innerText('#argomenti')).toMatch(/Ancora nessun dato/);
    expect(await problems(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test('figures are drawn, stand in a table, and are a file', { timeout: 120_000 }, async () => {
    const titles = ['TARI', 'Carta d’identità', 'Cambio di residenza', 'Rette della mensa'];
    await plant(
      office.sportello.database,
      Array.from({ length: 60 }, (_, i) => ({
        id: `c${i}`,
        at: ago((i * 7) % 25, 7 + (i % 10)),
        channel: i % 4 === 0 ? 'telegram' : 'web',
        answers: [
          i % 9 === 0
            ? { outcome: 'unanswerable', reason: 'no_passage' }
            : { outcome: 'answered', documentId: `d${i % 4}`, title: titles[i % 4] ?? '', ...(i % 3 === 0 ? { vote: 'up' as const } : {}) },
        ],
        ...(i % 6 === 0
          ? {
              handoff: {
                state: i % 12 === 0 ? 'completed' : 'left',
                office: 'Tributi',
                agent: 'Anna Neri',
                ...(i % 12 === 0 ? { claimedAfter: 40 + i, repliedAfter: 60 + i, closedAfter: 600, firstDueAfter: 90 } : {}),
              },
            }
          : {}),
        ...(i % 5 === 0 ? { stars: [{ subject: 'answer', stars: 1 + (i % 5 === 0 ? (i % 4) + 1 : 0), aspect: 'clear' }] } : {}),
      })),
    );
    const page = await signIn('Sara Viola', 1280);
    await page.waitForSelector('#canali svg');
    await expect.poll(() => page.innerText('.headline')).toMatch(/60/);
    expect(await page.innerText('#canali table')).toMatch(/Telegram[\s\S]*Sito/);
    expect(await page.locator('#giorni svg rect').count()).toBe(30);
    expect(await problems(page)).toEqual([]);
    if (keep) await page.screenshot({ path: path.join(SHOTS, 'insight-1280.png'), fullPage: true });
    await page.click('text=Ultimi 7 giorni');
    await page.waitForFunction(() => document.querySelectorAll('#giorni svg rect').length === 7);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#canali a[download]')]);
    expect(file.suggestedFilename()).toBe('canali.csv');

    const narrow = await signIn('Sara Viola', 390);
    await narrow.waitForSelector('#canali svg');
    expect(await problems(narrow)).toEqual([]);
    expect(await sidewaysScroll(narrow)).toBe(0);
    if (keep) await narrow.screenshot({ path: path.join(SHOTS, 'insight-390.png') });
    const agent = await signIn('Anna Neri', 1280);
    await agent.waitForSelector('text=non è per il tuo ruolo');
  });

  test('the period chosen last is shown, whichever comes last', async () => {
    const page = await signIn('Sara Viola', 1280);
    const days = async () => {
      const [from, to] = await page
        .locator('form.period input')
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
      return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000 + 1;
    };
    await page.waitForSelector('form.period');
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let count = 0;
    await page.route(/\/api\/insight\?from=/, async (route) => {
      if (count++ === 0) await held;
      await route.continue();
    });
    await page.click('text=Ultimi 90 giorni');
    await expect.poll(() => count).toBe(1);
    await page.click('text=Ultimi 7 giorni');
    await expect.poll(days).toBe(7);
    const late = page.waitForResponse(/\/api\/insight\?from=/);
    letGo();
    await (await late).finished();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    expect(await days()).toBe(7);
    await page.context().close();
  });

  test('open data: a page for everybody and three files', async () => {
    for (const width of [1280, 390]) {
      const page = await open('/open-data', width);
      await page.waitForSelector('table');
      expect(await problems(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      if (keep) await page.screenshot({ path: path.join(SHOTS, `open-data-${width}.png`) });
    }
    const get = (file: string) => fetch(`${office.serving.url}/open-data/${file}`);
    const csv = await (await get('indicatori.csv')).text();
    expect(csv).toMatch(/^mese,conversazioni,/);
    expect(csv.trim().split('\r\n')).toHaveLength(14);
    const { indicatori } = (await (await get('indicatori.json')).json()) as { indicatori: Record<string, unknown>[] };
    expect(indicatori).toHaveLength(13);
    const described = await get('catalogo.jsonld');
    expect(described.headers.get('content-type')).toMatch(/ld\+json/);
    const { 'dcat:dataset': datasets } = (await described.json()) as {
      'dcat:dataset': { 'dcat:distribution': { 'dcat:downloadURL': { '@id': string } }[] }[];
    };
    for (const { 'dcat:downloadURL': url } of datasets[0]?.['dcat:distribution'] ?? []) expect((await fetch(url['@id'])).status).toBe(200);
    expect((await get('altro.csv')).status).toBe(404);
  });
});
