/** Every page there is, at three widths, zoomed, spaced, in forced colours and in the dark: nothing that axe minds, nothing that sticks out. Pages come from the route table. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser, problems, sidewaysScroll } from './fixtures/open-browser.ts';

const WIDTHS = [320, 390, 1280];
/** WCAG 1.4.12. */
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
type Media = Parameters<Page['emulateMedia']>[0];
interface State {
  name: string;
  width: number;
  height: number;
  media: Media;
  css: string;
}
const PLAIN: Media = { forcedColors: 'none', colorScheme: 'light', reducedMotion: 'no-preference' };
const STATES: State[] = [
  { name: 'zoom 400 %', width: 320, height: 256, media: {}, css: '' },
  { name: 'spacing', width: 320, height: 640, media: {}, css: SPACING },
  { name: 'forced colours', width: 390, height: 800, media: { forcedColors: 'active' }, css: '' },
  { name: 'dark', width: 390, height: 800, media: { colorScheme: 'dark', reducedMotion: 'reduce' }, css: '' },
  { name: 'right to left', width: 390, height: 800, media: {}, css: 'html{direction:rtl}' },
];
/** Addresses with something in them, which a route alone does not tell. */
const MORE = [
  '/?lang=en',
  '/ask?q=Quanto+costa+la+carta+d%27identit%C3%A0%3F',
  '/ask?q=Quanto+pesa+la+luna%3F&lang=en',
  '/accessibility?lang=en',
  '/non-esiste',
];

describe.skipIf(!hasBrowser)('for everybody (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  let addresses: string[];
  let staffAddresses: string[];
  beforeAll(async () => {
    [browser, office] = await Promise.all([
      openBrowser(),
      openOffice({ DEMO: 'true', MESSAGES_PER_MINUTE: '1000', READS_PER_MINUTE: '10000' }),
    ]);
    await office.staff('Dario Dirigente', 'administrator');
    const talk = await office.citizens.converse();
    await talk.say('In quanti giorni si addestra un drago?');
    await talk.say('vorrei parlare con una persona');
    await vi.waitFor(async () => expect((await talk.read()).activities.length).toBeGreaterThanOrEqual(5), { timeout: 10_000 });
    const pages = office.serving.routes
      .filter(({ page, method, path }) => page && method === 'get' && !/[:.]/.test(path))
      .map(({ path }) => path);
    staffAddresses = [];
    for (const path of pages)
      if (/<sportello-(?!chat)/.test(await (await fetch(office.serving.url + path)).text())) staffAddresses.push(path);
    const source = await (await fetch(`${office.serving.url}${MORE[1]}`)).text();
    addresses = [...pages, ...MORE, /\/sources\/[^"#]+/.exec(source)?.[0] ?? 'no source'];
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext({ locale: 'it-IT', ...options })).newPage();
    await page.goto(office.serving.url + address);
    await settle(page);
    return page;
  }
  /** The page has said all that it says by itself. */
  async function settle(page: Page): Promise<void> {
    await page.waitForLoadState('networkidle', { timeout: 60_000 }).catch((error: unknown) => {
      throw new Error(`${page.url()} does not come to rest`, { cause: error });
    });
    await page.waitForFunction(
      () =>
        !document.querySelector('[aria-busy=true]') &&
        (!document.querySelector('sportello-chat') || document.querySelector('li.bot') !== null),
    );
  }
  async function look(page: Page, label: string): Promise<string[]> {
    const wide = await sidewaysScroll(page);
    return [...(await problems(page)), ...(wide > 0 ? [`${wide} px stick out`] : [])].map((line) => `${label}: ${line}`);
  }
  async function signedIn(width: number): Promise<Page> {
    const page = await open('/account', { viewport: { width, height: 800 } });
    await page.fill('input[name=name]', 'Dario Dirigente');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('button.primary');
    await page.waitForSelector('.band-top .who');
    return page;
  }

  /** The same page at every width: media queries follow, and it is loaded once. */
  async function lookAtWidths(page: Page, label: string): Promise<string[]> {
    const found: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      found.push(...(await look(page, `${label}, ${width} px`)));
    }
    return found;
  }

  /** What is found on citizens' pages at every width and in every state. Each is loaded once: width and media follow. */
  async function walkPages(): Promise<Record<'atWidths' | 'inStates', string[]>> {
    const found = { atWidths: [] as string[], inStates: [] as string[] };
    for (const address of addresses) {
      const page = await open(address);
      found.atWidths.push(...(await lookAtWidths(page, address)));
      for (const state of STATES) {
        await put(page, state);
        found.inStates.push(...(await look(page, `${state.name} ${address}`)));
        if (state.name === 'dark') found.inStates.push(...(await moving(page)).map((one) => `moves: ${address} ${one}`));
      }
      await page.context().close();
    }
    return found;
  }
  let walking: ReturnType<typeof walkPages> | undefined;
  const walked = () => {
    walking ??= walkPages();
    return walking;
  };

  test('citizens’ pages and the form to sign in, at 320, 390 and 1280 px', { timeout: 480_000 }, async () => {
    expect((await walked()).atWidths).toEqual([]);
  });

  test('400 % zoom, wide spacing, forced colours, dark, reduced motion, right to left: nothing sticks out, axe minds nothing', {
    timeout: 480_000,
  }, async () => {
    expect((await walked()).inStates).toEqual([]);
  });

  test('staff pages, signed in, at 320, 390 and 1280 px', { timeout: 180_000 }, async () => {
    const page = await signedIn(1280);
    const found: string[] = [];
    for (const address of [...staffAddresses, '/editor#pagine', '/editor#controlli', '/editor#risposte', '/editor#pagina/carta-identita']) {
      await page.goto('about:blank');
      await page.goto(office.serving.url + address);
      await settle(page);
      found.push(...(await lookAtWidths(page, address)));
    }
    await page.goto(`${office.serving.url}/desk`);
    await page.click('.queue li button');
    await page.waitForSelector('.transcript li.citizen');
    found.push(...(await lookAtWidths(page, 'desk, a conversation')));
    await page.context().close();
    expect(found).toEqual([]);
  });

  test('the choice of language changes title, language, heading, notice and links, and a reload keeps it', {
    timeout: 60_000,
  }, async () => {
    const page = await open('/', { viewport: { width: 1280, height: 800 } });
    const shell = () =>
      page.evaluate(() => [
        document.documentElement.lang,
        document.title,
        document.querySelector('h1')?.textContent,
        document.querySelector('.foot-links a')?.textContent,
      ]);
    const italian = await shell();
    await page.selectOption('.language select', 'en');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    const english = await shell();
    expect(english.map((word, i) => word === italian[i])).toEqual([false, false, false, false]);
    expect(english).toEqual(['en', expect.stringMatching(/^Assistant · /), 'Ask your municipality', 'Accessibility statement']);
    await page.reload();
    await settle(page);
    expect(await shell()).toEqual(english);
    await page.click('.foot-links a');
    expect(await page.innerText('h1')).toBe('Accessibility statement');
    await page.context().close();
  });

  test('U-14 without JavaScript, on a line of 400 kbit/s: asked and answered within ten seconds', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    const slow = await context.newPage();
    const session = await context.newCDPSession(slow);
    await session.send('Network.enable');
    const bytesASecond = 400_000 / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: bytesASecond,
      uploadThroughput: bytesASecond,
    });
    let bytes = 0;
    let journeys = 0;
    session.on('Network.requestWillBeSent', () => journeys++);
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await slow.goto(office.serving.url);
    await slow.fill('textarea', 'Quanto costa la carta d’identità?');
    await slow.click('button');
    await slow.waitForSelector('.answer');
    expect(await slow.innerText('.answer')).toMatch(/22,20 €/);
    // What was carried, one thing after the other, fits in the ten seconds twice, however quick or busy this machine is.
    expect(bytes).toBeGreaterThan(0);
    expect(bytes / bytesASecond + journeys * 0.15).toBeLessThan(10 / 2);
    await context.close();
  });

  test('without JavaScript the chat’s address asks and answers', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    const bare = await context.newPage();
    await bare.goto(office.serving.url);
    await bare.fill('textarea', 'Quanto costa la carta d’identità?');
    await bare.click('button');
    expect(await bare.innerText('.answer')).toMatch(/22,20 €/);
    expect(await sidewaysScroll(bare)).toBe(0);
    await context.close();
  });
});

/** What still runs although somebody asked for less movement. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one.playState === 'running')
      .map((one) => String((one as CSSAnimation).animationName ?? one.id)),
  );
}

async function put(page: Page, { width, height, media, css }: State): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ ...PLAIN, ...media });
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}
