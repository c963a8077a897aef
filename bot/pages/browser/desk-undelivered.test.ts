/** What failed for good stands on the desk with its reason; an agent tries it again once, it arrives, and is gone. */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTown, type Town } from '../../channels/fixtures/open-town.ts';
import { PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const WAIT = { timeout: 30_000 };
const SHOTS = process.env['SCREENSHOTS'];

describe.skipIf(!hasBrowser)('what did not arrive (needs Debian’s chromium)', () => {
  let town: Town;
  let browser: Browser;

  beforeAll(async () => {
    [browser, town] = await Promise.all([openBrowser(), openTown({ DEMO: 'false' })]);
    await town.staff('Anna Neri');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await town?.stop();
  });

  test('seen with its reason, tried again from the desk, arrived, gone; usable at three widths', { timeout: 180_000 }, async () => {
    const citizen = town.telegram.citizen(4711);
    await citizen.say('buongiorno');
    await expect.poll(() => citizen.texts().length, WAIT).toBeGreaterThan(1);
    const dead = () => town.sportello.line.listDeadLetters();
    town.telegram.faults.push({ kind: '403' });
    await citizen.say('grazie');
    await expect.poll(dead, WAIT).toHaveLength(1);
    const got = citizen.texts().length;
    // A turn that failed three times, as the worker leaves it.
    await town.sportello.database.write((tx) =>
      tx
        .updateTable('inbox')
        .set({ status: 'dead', attempts: 3, error: 'Error: the index is away' })
        .where('id', 'in', tx.selectFrom('inbox').select('id').where('channel', '=', 'telegram').orderBy('id').limit(1))
        .execute(),
    );

    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(`${town.url}/desk`);
    await page.fill('input[name=name]', 'Anna Neri');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.dead-letters');
    await page.click('.dead-letters summary');
    const text = await page.innerText('.dead-letters');
    expect(text).toMatch(/Non consegnati \(2\)/);
    expect(text).toMatch(
      /Risposta non consegnata\s+Telegram, [\s\S]*Il cittadino ha bloccato l’assistente su Telegram\.\s+Forbidden: bot was blocked by the user/,
    );
    expect(text).toMatch(/Messaggio senza risposta[\s\S]*L’assistente non è riuscito a rispondere, in tre tentativi/);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await problems(page), `${width}`).toEqual([]);
      expect(await sidewaysScroll(page), `${width}`).toBe(0);
      if (!SHOTS) continue;
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: `${SHOTS}/undelivered-${width}.png` });
    }
    // By keyboard, while Telegram asks for a pause: it stays in sight until it has gone out.
    // Long enough to be seen on a busy machine.
    town.telegram.faults.push({ kind: '429', retryAfter: 12 });
    await page.focus('button[aria-label^="Riprova: Risposta non consegnata"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.dead-letters .tag:has-text("in corso")');
    await expect.poll(() => page.innerText('.dead-letters'), WAIT).toContain('Non consegnati (1)');
    await expect.poll(() => page.innerText('desk-undelivered [role=status]'), WAIT).toContain('il messaggio è partito');
    await expect.poll(() => citizen.texts().length, WAIT).toBe(got + 1);
    await page.click('button[aria-label^="Riprova: Messaggio senza risposta"]');
    await expect.poll(() => page.locator('.dead-letters').count(), WAIT).toBe(0);
    expect(await dead()).toEqual([]);
    const audit = await town.sportello.database.read
      .selectFrom('audit')
      .select(['action', 'subject'])
      .where('action', '=', 'dead-letter.retry')
      .execute();
    expect(audit.map(({ subject }) => subject.split('/')[0])).toEqual(['outbox', 'inbox']);
  });
});
