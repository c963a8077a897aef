/** S-06, S-10: hostile words through every door a stranger or an editor has, read by everybody else in a real browser. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD, type Signed } from '../../desk/fixtures/open-office.ts';
import { hasBrowser, openBrowser } from './fixtures/open-browser.ts';

const payloads = readFileSync(path.resolve(import.meta.dirname, '../../../eval/datasets/xss.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { payload: string }).payload);

describe.skipIf(!hasBrowser)('hostile words (needs Debian’s chromium)', () => {
  let office: Office;
  let browser: Browser;
  let context: BrowserContext;
  let boss: Signed;
  const outside: string[] = [];

  beforeAll(async () => {
    [browser, office] = await Promise.all([openBrowser(), openOffice({ DEMO: 'true' })]);
    boss = await office.staff('Dario Dirigente', 'administrator');
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'it-IT' });
    context.on('request', (request) => {
      if (!request.url().startsWith(office.serving.url) && !/^(?:data|blob):/.test(request.url())) outside.push(request.url());
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  /** Opens it, presses what can be pressed without leaving, and says whether a payload ran or made an element of its own. */
  async function visit(page: Page, address: string, ready: string): Promise<string[]> {
    await page.goto('about:blank');
    await page.goto(office.serving.url + address);
    await page.waitForSelector(ready);
    await page.waitForLoadState('networkidle');
    return page.evaluate((where) => {
      for (const summary of document.querySelectorAll<HTMLElement>('summary')) summary.click();
      for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]'))
        if (/^(?:javascript|data|vbscript):/i.test(link.href)) link.click();
      const own = document.querySelectorAll(
        'main :is(script, iframe, object, embed, base, meta, marquee, video, audio, math), [onerror], [onload], [onclick], [onfocus], [onbegin]',
      ).length;
      return [...('__x' in window ? [`${where}: ran`] : []), ...(own > 0 ? [`${where}: ${own} elements`] : [])];
    }, address);
  }

  test('S-06 as message, name, file name, note, feedback, page title, page, answer: nothing runs at the desk, the console, the figures, the source', {
    timeout: 180_000,
  }, async () => {
    const talk = await office.citizens.converse();
    for (const payload of payloads) await talk.post({ type: 'message', text: payload, from: { id: 'x', name: payload } });
    const form = new FormData();
    form.append(
      'activity',
      new Blob([JSON.stringify({ type: 'message', text: payloads[0] })], { type: 'application/vnd.microsoft.activity' }),
    );
    for (const payload of payloads.slice(0, 3)) form.append('file', new Blob(['%PDF-1.7 x']), `${payload}.pdf`);
    const sent = await fetch(`${office.serving.url}/v3/directline${talk.path}/upload?userId=x`, {
      method: 'POST',
      headers: { authorization: `Bearer ${talk.token}` },
      body: form,
    });
    expect(sent.status).toBe(200);
    await talk.say('Quanto costa la carta d’identità?');
    const answerOf = async () =>
      (await talk.read()).activities
        .map(({ channelData }) => (channelData?.['sportello'] as { outcome?: string; answerId?: string }) ?? {})
        .find(({ outcome }) => outcome === 'answered')?.answerId;
    await expect.poll(answerOf).toBeTruthy();
    await talk.post({
      type: 'event',
      name: 'sportello/feedback',
      value: { answerId: await answerOf(), vote: 'down', text: payloads.slice(0, 10).join(' ') },
    });
    await talk.say('vorrei parlare con una persona');
    const waiting = async () => ((await boss.call('GET', '/api/handoffs?view=open')).body['handoffs'] as { id: string }[])[0]?.id;
    await expect.poll(waiting).toBeTruthy();
    const id = await waiting();
    await boss.call('POST', `/api/handoffs/${id}/claim`, {});
    expect((await boss.call('POST', `/api/handoffs/${id}/notes`, { text: payloads.join('\n') })).status).toBeLessThan(300);
    expect((await boss.call('POST', `/api/handoffs/${id}/messages`, { text: payloads.slice(0, 12).join('\n') })).status).toBeLessThan(300);

    const page = `Il draghificio comunale apre alle 9:00. ${payloads.join('\n\n')}`;
    const made = await boss.call('POST', '/api/documents', {
      id: 'draghificio',
      title: `Draghificio ${payloads[1]}`,
      markdown: `# Draghificio ${payloads[0]}\n\n## Orari ${payloads[2]}\n${page}\n`,
    });
    expect(made.status).toBeLessThan(300);
    expect((await boss.call('POST', '/api/documents/draghificio/publish', { override: { reason: 'prova' } })).status).toBeLessThan(300);

    const staff = await context.newPage();
    await staff.goto(`${office.serving.url}/account`);
    await staff.fill('input[name=name]', 'Dario Dirigente');
    await staff.fill('input[name=password]', PASSWORD);
    await staff.click('button.primary');
    await staff.waitForSelector('.band-top .who');
    const found = [
      ...(await visit(staff, '/editor#lacune', 'main.editor h1')),
      ...(await visit(staff, '/editor#pagine', '.cards')),
      ...(await visit(staff, '/editor#pagina/draghificio', 'textarea[name=markdown]')),
      ...(await visit(staff, '/insight', 'main h1')),
      ...(await visit(staff, '/settings', 'main h1')),
      ...(await visit(staff, '/sources/draghificio/1', '.stored')),
      ...(await visit(staff, `/ask?q=${encodeURIComponent(`Quando apre il draghificio? ${payloads[1]}`)}`, 'main')),
    ];
    await staff.goto(`${office.serving.url}/desk`);
    await staff.waitForSelector('.queue');
    await staff.click('.views button >> nth=1');
    await staff.waitForSelector('.queue li button');
    await staff.click('.queue li button');
    await staff.waitForSelector('.transcript li.citizen');
    expect(await staff.innerText('.transcript')).toContain(payloads[1]);
    found.push(
      ...(await staff.evaluate(() =>
        '__x' in window || document.querySelector('.transcript :is(script, img, svg, iframe, form)') ? ['desk: ran'] : [],
      )),
    );
    expect(found).toEqual([]);
    expect(outside).toEqual([]);
  });

  test('S-10 the widget hears its own frame alone, and of it one word', async () => {
    const host = createServer((_request, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>Altro</title><h1>Comune</h1><script src="${office.serving.url}/widget.js" async></script>`),
    );
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', () => resolve()));
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://localhost:${(host.address() as { port: number }).port}/`);
    await page.click('button:has-text("Apri l’assistente")');
    const frame = page.frames().find((one) => one !== page.mainFrame()) ?? (await page.waitForEvent('frameattached'));
    await page.frameLocator('iframe').locator('li.bot').first().waitFor();
    const expanded = () => page.getAttribute('button', 'aria-expanded');
    // The page itself, another frame of another place, and our frame with words of another shape.
    await page.evaluate(() => {
      window.postMessage({ sportello: 'close' }, '*');
      const other = document.createElement('iframe');
      other.srcdoc = '<script>parent.postMessage({ sportello: "close" }, "*")</script>';
      document.body.append(other);
      return new Promise((resolve) => other.addEventListener('load', () => setTimeout(resolve, 0)));
    });
    for (const shape of ['"close"', '{"sportello":"open"}', '{"sportello":{"close":1}}', '[]', 'null'])
      await frame.evaluate((text) => parent.postMessage(JSON.parse(text), '*'), shape);
    expect(await expanded()).toBe('true');
    await frame.evaluate(() => parent.postMessage({ sportello: 'close' }, '*'));
    await expect.poll(expanded).toBe('false');
    await page.context().close();
    host.close();
  });
});
