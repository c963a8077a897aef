/** The pages around a sign-in and «Le mie cose» in all ten languages: their words, their direction, usable by everybody on a narrow telephone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../../desk/fixtures/open-office.ts';
import { citizenWords, citizenWordsIn } from '../shared/citizen-words.ts';
import { directionOf } from '../shared/languages.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

/** Checked with axe: one of each script and direction; the others have the same markup. */
const LOOKED_AT = ['it', 'ar', 'zh', 'de'];

describe.skipIf(!hasBrowser)('a citizen’s own pages (need Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ IDENTITIES: 'embedded' })]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test.each(Object.keys(citizenWords))(
    'in %s: before, on the way, after, my things, out',
    async (lang) => {
      const t = citizenWordsIn(lang);
      const { url } = office.serving;
      const { signIns } = office.sportello.citizens;
      const talk = await office.citizens.converse();
      const { code, keep } = signIns.issue({ conversationId: talk.id, channel: 'web', citizenId: `citizen-${lang}` }, { lang, wish: null });
      await office.sportello.database.write((tx) => keep(tx));
      const page = await (await browser.newContext({ viewport: { width: 320, height: 800 }, locale: lang })).newPage();
      const look = async (heading: string) => {
        await page.waitForFunction((words) => document.querySelector('h1')?.textContent === words, heading);
        expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([lang, directionOf(lang)]);
        expect(await sidewaysScroll(page), heading).toBe(0);
        if (LOOKED_AT.includes(lang)) expect(await problems(page), heading).toEqual([]);
      };

      // Nobody is signed in: the browser says what it reads.
      await page.goto(`${url}/me`);
      await look(t.mine);
      expect(await page.innerText('main')).toContain(t.stranger);
      await page.goto(`${url}/sign-in/${code}`);
      await look(t.signIn);
      await page.click('main button');
      await page.waitForURL(/\/sign-in\/made-up/);
      await look(t.madeUp);
      await page.click('main li a:has-text("Mario Rossi")');
      await look(t.done);
      expect(await page.innerText('main')).toMatch(/\d{3} \d{3}/);
      await page.click(`main a:text-is("${t.mine}")`);
      await look(t.mine);
      const text = await page.innerText('main');
      for (const words of [t.happened, t.notices, t.remindersOn, t.profile, t.actForMe, t.iActFor]) expect(text).toContain(words);
      await page.click(`button:text-is("${t.stopReminders}")`);
      await page.waitForSelector('[role=status]');
      await look(t.mine);
      expect(await page.innerText('[role=status]')).toBe(t.didSave);
      await page.click(`button:text-is("${t.signOut}")`);
      await page.waitForFunction((words) => document.querySelector('main')?.textContent?.includes(words), t.stranger);
      await look(t.mine);
      await page.goto(`${url}/sign-in/${code}`);
      await look(t.problem);
      await page.context().close();
    },
    120_000,
  );
});
