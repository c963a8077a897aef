/** Signing in from the chat through a real OpenID Connect provider, in a real browser: what is one's own without a code, and out again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedProvider, startProvider } from '../../../connectors/identities/fixtures/provider.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';
import { freePort, type RunningProcess, startServer } from './fixtures/start-server.ts';

/** Folder for pictures of every step, for whoever looks at them; usually none are taken. */
const pictures = process.env['PICTURES'];
const SLOW = { timeout: 60_000 };

describe.skipIf(!hasBrowser)('a citizen signs in (needs Debian’s chromium)', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-sign-in-'));
  let browser: Browser;
  let server: RunningProcess;
  let provider: StartedProvider;

  beforeAll(async () => {
    const port = await freePort();
    provider = await startProvider([`http://127.0.0.1:${port}/sign-in/callback`]);
    provider.next = null;
    browser = await openBrowser();
    server = await startServer(dataDir, port, { IDENTITIES: 'oidc', ...provider.settings });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.kill('SIGTERM');
    await provider?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('le mie prenotazioni, at 390 px', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 390, height: 800 } });
    const chat = await context.newPage();
    chat.setDefaultTimeout(60_000);
    let picture = 0;
    const look = async (page: Page) => {
      picture += 1;
      if (pictures) await page.screenshot({ path: path.join(pictures, `sign-in-${picture}.png`), fullPage: page !== chat });
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await problems(page)).toEqual([]);
    };
    const last = () => chat.locator('li.bot').last().innerText();
    /** The words of the answer that follows. */
    const follows = async (act: () => Promise<void>): Promise<string> => {
      const before = await chat.locator('li.bot').count();
      await act();
      await chat.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before, SLOW);
      return last();
    };
    const say = (text: string) =>
      follows(async () => {
        await chat.fill('#question', text);
        await chat.keyboard.press('Enter');
      });
    const press = (choice: string | RegExp) => follows(() => chat.locator('.choices button', { hasText: choice }).first().click());

    await chat.goto(server.origin);
    await chat.waitForSelector('li.bot', SLOW);
    expect(await say('le mie prenotazioni')).toContain('Accedi con SPID o CIE');
    await look(chat);
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      chat.locator('li.bot').last().locator('a', { hasText: 'Accedi' }).click(),
    ]);
    await tab.waitForSelector('h1', SLOW);
    expect(await tab.locator('main').innerText()).toContain('chat iniziata sul sito');
    await look(tab);
    const entered = await follows(async () => {
      await tab.locator('button').click();
      await tab.waitForURL(new RegExp(`^${provider.issuer}/interaction/`), SLOW);
      await tab.locator('a', { hasText: 'mario' }).click();
      await tab.waitForURL(/\/sign-in\/callback/, SLOW);
    });
    expect(await tab.locator('main').innerText()).toMatch(/Hai fatto l’accesso come Mario Rossi/);
    await look(tab);
    expect(entered).toContain('Mario Rossi');
    expect(entered).toContain('Non hai prenotazioni in programma');
    await look(chat);

    // Neither name nor fiscal code is asked for again.
    await say('vorrei prenotare un appuntamento per la carta d’identità');
    await press(/\d{4}/);
    expect(await press(/^\d{1,2}:\d{2}$/)).toMatch(/telefono|e-mail/i);
    expect(await say('mario.rossi@example.org')).toMatch(/Mario Rossi[\s\S]*RSSMRA85T10A562S/);
    const booked = await press('Sì, prenota');
    const code = /\b[A-HJ-NP-Z2-9]{6,10}\b/.exec(booked)?.[0] ?? '?';
    const mine = await say('le mie prenotazioni');
    expect(mine).toMatch(/Le tue prenotazioni[\s\S]*Carta d’identità/);
    expect(mine).toContain(code);
    await look(chat);
    // It may be moved at once: no code, no second fact.
    expect(await press('Sposta il mio appuntamento')).toMatch(/che giorno/i);
    await press('Annulla');

    expect(await say('le mie pratiche')).toMatch(/Le tue pratiche[\s\S]*\d+\/\d{4}/);
    expect(await press('Esci')).toContain('Sei uscito');
    expect(await say('le mie prenotazioni')).toContain('Accedi con SPID o CIE');
    await context.close();
  }, 240_000);
});
