/** What citizens come for, in a real browser: a question, its cited answer, an appointment, its calendar file, another day, the cancellation. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PASSWORD,
  startServer as startCalendars,
  type TestServer,
  whyNot,
} from '../../../connectors/bookings/fixtures/calendar-servers.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';
import { freePort, type RunningProcess, startServer } from './fixtures/start-server.ts';

const demoPlan = path.resolve(import.meta.dirname, '../../../knowledge/demo/appointments.json');
const counters = (JSON.parse(readFileSync(demoPlan, 'utf8')) as { counters: { id: string }[] }).counters.map(({ id }) => id);
/** Folder for pictures of every step, for whoever looks at them; usually none are taken. */
const pictures = process.env['PICTURES'];

interface Office {
  settings: Record<string, string>;
  /** Appointments the office's own tool holds; null = there is no such tool. */
  inTheTool: (() => Promise<number>) | null;
  stop(): Promise<void>;
}

const offices: { name: string; why: string | null; open(): Promise<Office> }[] = [
  { name: 'embedded', why: null, open: async () => ({ settings: {}, inTheTool: null, stop: async () => {} }) },
  {
    name: 'caldav on Radicale',
    why: whyNot('Radicale'),
    async open() {
      const server: TestServer = await startCalendars('Radicale');
      const user = await server.newUser();
      const home = `http://127.0.0.1:${server.port}/${user}/`;
      const authorization = `Basic ${Buffer.from(`${user}:${PASSWORD}`).toString('base64')}`;
      for (const counter of counters) await fetch(`${home}${counter}/`, { method: 'MKCALENDAR', headers: { authorization } });
      return {
        settings: { BOOKINGS: 'caldav', CALDAV_URL: home, CALDAV_USER: user, CALDAV_PASSWORD: PASSWORD },
        async inTheTool() {
          const all = await Promise.all(
            counters.map((id) => fetch(`${home}${id}/`, { headers: { authorization } }).then((answer) => answer.text())),
          );
          return all.join('\n').match(/BEGIN:VEVENT/g)?.length ?? 0;
        },
        stop: () => server.stop(),
      };
    },
  },
];

describe.skipIf(!hasBrowser).each(offices)('an appointment from the first question to its cancellation, $name', ({ why, open }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-appointment-'));
  let browser: Browser;
  let server: RunningProcess;
  let office: Office;

  beforeAll(async () => {
    if (why) return;
    office = await open();
    [browser, server] = await Promise.all([openBrowser(), startServer(dataDir, await freePort(), office.settings)]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.kill('SIGTERM');
    await office?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test.skipIf(why).each([320, 1280])(
    `at %i px${why ? `: ${why}` : ''}`,
    async (width) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width, height: width < 500 ? 640 : 800 } });
      const page = await context.newPage();
      await page.goto(server.origin);
      await page.waitForSelector('li.bot');
      let picture = 0;
      const look = async () => {
        picture += 1;
        if (pictures) await page.screenshot({ path: path.join(pictures, `${width}-${picture}.png`) });
        expect(await sidewaysScroll(page)).toBe(0);
        await inSight(page);
      };
      const said = async (text: string): Promise<string> => {
        const answer = await follows(page, async () => {
          await page.fill('#question', text);
          await page.keyboard.press('Enter');
        });
        await look();
        return answer;
      };
      const pressed = async (choice: string | RegExp): Promise<string> => {
        const answer = await follows(page, () => page.locator('.choices button', { hasText: choice }).first().click());
        await look();
        return answer;
      };
      const calendar = async (): Promise<string> => {
        const address = await page.locator('li.bot').last().locator('a[href*=".ics"]').getAttribute('href');
        const file = await fetch(new URL(address ?? '', server.origin));
        expect(file.headers.get('content-type')).toMatch(/^text\/calendar/);
        return file.text();
      };

      await look();
      const before = (await office.inTheTool?.()) ?? 0;
      await said('vorrei rifare la carta d’identità');
      expect(await page.locator('li.bot').last().locator('.source').count()).toBeGreaterThan(0);
      expect(await pressed('Prenota un appuntamento')).toMatch(/che giorno/i);
      expect(await pressed(/\d{4}/)).toMatch(/a che ora/i);
      expect(await pressed(/^\d{1,2}:\d{2}$/)).toMatch(/nome e cognome/i);
      expect(await said('Anna Bianchi')).toMatch(/codice fiscale/i);
      expect(await said('BNCNNA80A41F205U')).toMatch(/telefono|e-mail/i);
      const summary = await said('anna.bianchi@example.org');
      expect(summary).toMatch(/riepilogo[\s\S]*Carta d’identità[\s\S]*Anna Bianchi[\s\S]*Confermi la prenotazione/);
      expect(await problems(page)).toEqual([]);
      const booked = await pressed('Sì, prenota');
      const code = /\b[A-HJ-NP-Z2-9]{6,10}\b/.exec(booked)?.[0] ?? '';
      expect(booked).toContain(code);
      const first = await calendar();
      expect(first).toMatch(/METHOD:PUBLISH[\s\S]*SEQUENCE:0[\s\S]*STATUS:CONFIRMED/);
      const uid = /UID:(.*)/.exec(first)?.[1] ?? '?';
      if (office.inTheTool) expect(await office.inTheTool()).toBe(before + 1);

      expect(await pressed('Sposta il mio appuntamento')).toMatch(/che giorno/i);
      expect(await pressed(/\d{4}/)).toMatch(/a che ora/i);
      expect(await pressed(/^\d{1,2}:\d{2}$/)).toMatch(/confermi/i);
      expect(await pressed('Sì, sposta')).toContain(code);
      const second = await calendar();
      expect(second).toContain(`UID:${uid}`);
      expect(Number(/SEQUENCE:(\d+)/.exec(second)?.[1])).toBeGreaterThan(0);
      expect(/DTSTART:.*/.exec(second)?.[0]).not.toBe(/DTSTART:.*/.exec(first)?.[0]);
      if (office.inTheTool) expect(await office.inTheTool()).toBe(before + 1);

      const link = await page.locator('li.bot').last().locator('a[href*=".ics"]').getAttribute('href');
      expect(await pressed('Disdici il mio appuntamento')).toMatch(/davvero disdire/i);
      expect(await pressed('Sì, disdici')).toMatch(/disdett|annullat/i);
      const third = await (await fetch(new URL(link ?? '', server.origin))).text();
      expect(third).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/);
      // A receipt of each by e-mail, after the fact.
      for (const [sequence, method] of ['PUBLISH', 'PUBLISH', 'CANCEL'].entries()) {
        const letter = path.join(dataDir, 'mails', `booking_${code}_${sequence}.eml`);
        await expect.poll(() => existsSync(letter)).toBe(true);
        expect(readFileSync(letter, 'utf8')).toMatch(new RegExp(`To: anna\\.bianchi@example\\.org[\\s\\S]*method=${method}`));
      }
      if (office.inTheTool) expect(await office.inTheTool()).toBe(before);
      expect(await problems(page)).toEqual([]);
      await context.close();
    },
    120_000,
  );
});

/** Does something and resolves with the words of the bot's message that comes of it. */
async function follows(page: Page, act: () => Promise<void>): Promise<string> {
  const before = await page.locator('li.bot').count();
  await act();
  await page.waitForFunction((count) => document.querySelectorAll('li.bot').length > count, before);
  return page.locator('li.bot').last().innerText();
}

/** The beginning of the newest message stands within the log: who has just asked need not look for the answer. */
async function inSight(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const log = document.querySelector('.log')?.getBoundingClientRect();
    const last = document.querySelector('.log > ol > li:last-child')?.getBoundingClientRect();
    return log !== undefined && last !== undefined && last.top >= log.top - 1 && last.top < log.bottom;
  });
}
