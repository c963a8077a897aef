/** Staff write to many in a browser: preview, publication, what citizens read of it, what became of it, the hours; usable by everybody at three widths. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

describe.skipIf(!hasBrowser)('notices (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  const signIn = async (name: string, width: number): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(`${office.serving.url}/notices`);
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('notices-write form');
    return page;
  };
  const fill = async (page: Page, type: string, fields: Record<string, string>) => {
    await page.check(`input[name=type][value=${type}]`);
    for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
    await page.click('text=Vedi l’anteprima');
    await page.waitForSelector('.look');
  };
  const publish = async (page: Page) => {
    await page.click('text=Pubblica');
    await page.waitForSelector('notices-sent .card');
  };

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice()]);
    await office.staff('Sara Viola', 'supervisor');
    await office.staff('Rita Neri', 'editor');
    await office.staff('Aldo Blu', 'agent');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  /** A conversation that said yes to news. */
  async function agreed(topic: string): Promise<string> {
    const { id } = await office.citizens.converse();
    const stamp = new Date().toISOString();
    await office.sportello.database.write((tx) =>
      tx
        .insertInto('notice_consent')
        .values({ conversation_id: id, kind: 'news', topic, lang: 'it', origin: '', given_at: stamp, ended_at: null })
        .execute(),
    );
    return id;
  }

  test('an emergency is looked at, published, read on the site with its source, and taken back', { timeout: 120_000 }, async () => {
    const page = await signIn('Sara Viola', 1280);
    await fill(page, 'crisis', {
      text: 'Acqua non potabile in via Roma.',
      title: 'Ordinanza 12',
      url: 'https://comune.example/ordinanza',
      until: '2099-01-01T10:00',
    });
    expect(await page.innerText('.look')).toMatch(
      /Acqua non potabile in via Roma[\s\S]*Ordinanza 12[\s\S]*Nessuno ha chiesto queste notizie/,
    );
    await publish(page);
    const site = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    for (const path of ['/', '/ask', '/?lang=ar']) {
      await site.goto(`${office.serving.url}${path}`);
      expect(await site.innerText('aside.crisis'), path).toContain('Acqua non potabile in via Roma.');
      expect(await site.getAttribute('aside.crisis a', 'href')).toBe('https://comune.example/ordinanza');
      expect(await problems(site), path).toEqual([]);
    }
    await page.click('text=Non vale più');
    await page.waitForFunction(() => /ritirato il/.test(document.querySelector('notices-sent')?.textContent ?? ''));
    await site.goto(`${office.serving.url}/`);
    expect(await site.locator('aside.crisis').count()).toBe(0);
  });

  test('a campaign says whom it reaches, and is counted once told', { timeout: 120_000 }, async () => {
    await agreed('rifiuti');
    await agreed('cultura');
    const page = await signIn('Rita Neri', 1280);
    await fill(page, 'campaign', { text: 'Sabato si raccolgono gli ingombranti.', title: 'Ufficio ambiente', topic: 'rifiuti' });
    expect(await page.innerText('.look')).toMatch(/Si scrive a 1 conversazione che ha detto sì[\s\S]*Sito\s+1\s+0\s+0/);
    await publish(page);
    const id = office.sportello.newsroom.list()[0]?.id ?? '';
    const [row] = await office.sportello.database.read.selectFrom('notice_consent').selectAll().where('topic', '=', 'rifiuti').execute();
    await office.sportello.database.write((tx) =>
      tx
        .insertInto('notice_told')
        .values({ notice_id: id, conversation_id: row?.conversation_id ?? '', channel: 'web', told_at: new Date().toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    await page.click('text=Aggiorna i conteggi');
    await page.waitForFunction(() => /Sito\s*1\s*1\s*0/.test(document.querySelector('notices-sent table')?.textContent ?? ''));
  });

  test('a correction of false news asks for its source; a supervisor sets the hours, an editor reads them', {
    timeout: 120_000,
  }, async () => {
    const page = await signIn('Sara Viola', 1280);
    await page.check('input[name=type][value=correction]');
    await page.fill('[name=text]', 'Non è vero che la TARI raddoppia.');
    await page.fill('[name=title]', 'Delibera 8');
    await page.click('text=Vedi l’anteprima');
    expect(await page.locator('.look').count()).toBe(0);
    expect(await page.evaluate(() => document.querySelector<HTMLInputElement>('[name=url]')?.validity.valueMissing)).toBe(true);
    await page.goto(`${office.serving.url}/notices#quando`);
    await page.waitForSelector('notices-hours form');
    await page.fill('notices-hours [name=from]', '09:30');
    await page.click('notices-hours button');
    await page.waitForFunction(() => /Salvato/.test(document.querySelector('.done')?.textContent ?? ''));
    expect(office.sportello.newsroom.hours.value()).toEqual({ from: '09:30', to: '20:00', perChannel: 20 });
    const editor = await signIn('Rita Neri', 390);
    await editor.goto(`${office.serving.url}/notices#quando`);
    await editor.waitForSelector('notices-hours strong');
    expect([await editor.locator('notices-hours form').count(), await editor.innerText('notices-hours')]).toEqual([
      0,
      expect.stringContaining('09:30'),
    ]);
  });

  test('every view is usable by everybody at three widths', { timeout: 180_000 }, async () => {
    for (const width of [1280, 390, 320]) {
      const page = await signIn('Sara Viola', width);
      for (const place of ['scrivi', 'inviati', 'quando']) {
        await page.goto(`${office.serving.url}/notices#${place}`);
        await page.waitForFunction(() => document.querySelector('main [aria-busy]') === null && document.querySelector('main h1') !== null);
        for (const summary of await page.locator('details:not([open]) > summary').all())
          if (await summary.isVisible()) await summary.click();
        expect(await problems(page), `${place} ${width}`).toEqual([]);
        expect(await sidewaysScroll(page), `${place} ${width}`).toBe(0);
      }
      await page.goto(`${office.serving.url}/notices#scrivi`);
      await page.waitForSelector('notices-write form');
      await fill(page, 'crisis', {
        text: 'Scuole chiuse domani.',
        title: 'Ordinanza',
        url: 'https://comune.example/o',
        until: '2099-01-01T10:00',
      });
      expect(await problems(page), `anteprima ${width}`).toEqual([]);
      expect(await sidewaysScroll(page), `anteprima ${width}`).toBe(0);
    }
  });
});
