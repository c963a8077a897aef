/** The agent who has a request sees who the citizen is and what did not arrive; each look is recorded; a deed seen at the counter becomes a mandate. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figuresOn, openBrowser as citizensBrowser } from '../../citizens/fixtures/browser.ts';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const WAIT = { timeout: 30_000 };

describe.skipIf(!hasBrowser)('the citizen on the desk (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ IDENTITIES: 'embedded' })]);
    await office.staff('Anna Neri');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  const signIn = async (width: number): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, locale: 'it-IT' })).newPage();
    await page.goto(`${office.serving.url}/desk`);
    await page.fill('input[name=name]', 'Anna Neri');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.queue li button');
    await page.click('.queue li button');
    return page;
  };

  /** Mario Rossi, made up, signs in and asks for a person. */
  async function asks(): Promise<string> {
    const talk = await office.citizens.converse();
    const last = async () => String((await talk.read()).activities.filter((one) => one['type'] === 'message').at(-1)?.['text'] ?? '');
    const { url } = office.serving;
    await talk.say('accedi');
    await expect.poll(last, WAIT).toMatch(/\/sign-in\/[\w-]{22}/);
    const walker = citizensBrowser({ walk: async (to) => new URL(to, url) });
    const choose = await walker.setOut(`${url}${/\/sign-in\/[\w-]{22}/.exec(await last())?.[0]}`);
    const state = choose.searchParams.get('state') ?? '';
    const done = await walker.go(`${url}/sign-in/callback?${new URLSearchParams({ code: 'mario', state })}`);
    await expect.poll(last, WAIT).toContain('codice di 6 cifre');
    await talk.say(figuresOn(done));
    await expect.poll(last, WAIT).toContain('Mario Rossi');
    await talk.say('voglio parlare con una persona');
    await expect
      .poll(async () => (await office.sportello.database.read.selectFrom('handoff').selectAll().execute()).length, WAIT)
      .toBeGreaterThan(0);
    return talk.id;
  }

  test('taken, looked at, recorded; what failed stands there with its reason; usable at three widths', { timeout: 180_000 }, async () => {
    const conversationId = await asks();
    const { database } = office.sportello;
    const row = { conversation_id: conversationId, channel: 'telegram', attempts: 1, claimed_until: null, external_id: null };
    const stamp = new Date().toISOString();
    const outgoing = (text: string) => JSON.stringify({ activityId: text, reply: { text, lang: 'it', choices: [] }, conversationId });
    await database.write((tx) =>
      tx
        .insertInto('outbox')
        .values([
          {
            ...row,
            dedup: 'x:0',
            json: outgoing('Il tuo documento è pronto.'),
            status: 'dead',
            error: 'bot was blocked',
            next_at: stamp,
            created_at: stamp,
          },
          {
            ...row,
            dedup: 'x:1',
            json: outgoing('Ti aspettiamo domani.'),
            status: 'moved',
            error: 'bot was blocked → mail',
            next_at: stamp,
            created_at: stamp,
          },
        ])
        .execute(),
    );
    const page = await signIn(1280);
    await page.waitForSelector('.undelivered');
    expect(await page.innerText('.undelivered')).toMatch(
      /Non consegnati \(2\)[\s\S]*Telegram: bot was blocked[\s\S]*Ti aspettiamo domani[\s\S]*Arrivato invece per e-mail[\s\S]*Il tuo documento è pronto/,
    );
    expect(await page.locator('text=Vedi la storia del cittadino').count()).toBe(0);
    await page.click('button.primary:has-text("Prendi in carico")');
    await page.click('button:has-text("Vedi la storia del cittadino")');
    await page.waitForSelector('.citizen-story');
    await expect.poll(() => page.innerText('.citizen-story')).toMatch(/identità verificata[\s\S]*Richiesta di una persona/);
    await expect.poll(() => page.innerText('.facts-of dl')).toMatch(/Identità\s+accesso fatto, livello 2/);
    const looks = await database.read.selectFrom('audit').select('actor').where('action', '=', 'citizen.timeline').execute();
    expect(looks).toHaveLength(1);
    await page.click('text=Registra una delega');
    const year = new Date().getFullYear() + 1;
    const fields = {
      'holder-name': 'Mario Rossi',
      'holder-code': 'RSSMRA85T10A562S',
      'principal-name': 'Luca Rossi',
      'principal-code': 'GDUMRT84E52D612J',
      until: `${year}-01-15`,
      basis: 'Stato di famiglia',
    };
    for (const [name, value] of Object.entries(fields)) await page.fill(`desk-mandate [name="${name}"]`, value);
    await page.click('desk-mandate button');
    await page.waitForSelector('desk-mandate [role=status]:not([hidden])');
    const mandates = await database.read.selectFrom('mandate').select(['kind', 'scope', 'until_day', 'basis']).execute();
    expect(mandates).toEqual([{ kind: 'parent', scope: 'bookings', until_day: `${year}-01-15`, basis: 'Stato di famiglia' }]);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await problems(page), `${width}`).toEqual([]);
      expect(await sidewaysScroll(page), `${width}`).toBe(0);
    }
  });
});
