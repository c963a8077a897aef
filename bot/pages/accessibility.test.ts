/** What a page must do before any script runs: the statement and the way to it, an error in words for people, HEAD like GET. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';

let office: Office;
let plain: string[];
beforeAll(async () => {
  office = await openOffice({ ACCESSIBILITY_CONTACT: 'accessibile@comune.example', BODY_NAME: 'Comune <di> Prova' });
  plain = office.serving.routes.filter(({ page, method, path }) => page && method === 'get' && !/[:.]/.test(path)).map(({ path }) => path);
});
afterAll(() => office?.stop());

const get = (path: string, headers: Record<string, string> = { accept: 'text/html,application/xhtml+xml' }, method = 'GET') =>
  fetch(office.serving.url + path, { method, headers });

test('every page leads to the statement, says its language and has one heading to begin with or makes it by script', async () => {
  expect(plain).toEqual(expect.arrayContaining(['/', '/ask', '/privacy', '/desk', '/editor', '/account', '/first-administrator']));
  for (const path of [...plain, '/non-esiste']) {
    const page = await (await get(path)).text();
    // A totem and a screen on the wall lead nowhere else.
    if (!path.startsWith('/counter/')) expect(page, path).toMatch(/<a [^>]*href="\/accessibility"/);
    expect(page, path).toMatch(/^<!doctype html><html lang="it"/);
    expect(page, path).toMatch(/<title>[^<]+<\/title>/);
  }
});

test.each([
  [
    '/accessibility',
    'it',
    ['Stato di conformità', 'Contenuti non accessibili', 'Come è stata redatta', 'Segnalazioni e recapiti', 'Procedura di attuazione'],
  ],
  [
    '/accessibility?lang=en',
    'en',
    ['Conformance status', 'not accessible', 'How it was drawn up', 'Feedback and contacts', 'Enforcement procedure'],
  ],
])('%s holds every part of the model, with the body’s contact', async (path, lang, headings) => {
  const page = await (await get(path)).text();
  expect(page).toContain(`<html lang="${lang}">`);
  for (const heading of headings) expect(page).toMatch(new RegExp(`<h2>[^<]*${heading}`));
  expect(page).toContain('mailto:accessibile@comune.example');
  expect(page).toContain('Comune &#60;di&#62; Prova');
});

test('an address that is not there: words for people, JSON for programs, and nothing of what was asked is repeated as markup', async () => {
  for (const path of ['/non-esiste', '/sources/nessuno/1', '/assets/manca.js', '/<script>x</script>']) {
    const page = await get(path);
    expect([page.status, page.headers.get('content-type')], path).toEqual([404, 'text/html; charset=utf-8']);
    const text = await page.text();
    expect(text, path).toMatch(/<h1>Pagina non trovata<\/h1>/);
    expect(text).not.toContain('<script>x');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    const json = await get(path, { accept: 'application/json' });
    expect([json.status, ((await json.json()) as { error: { code: string } }).error.code], path).toEqual([404, 'NotFound']);
  }
  for (const path of ['/api/nessuna', '/v3/directline/nessuna', '/open311/v3/x'])
    expect((await get(path)).headers.get('content-type'), path).toMatch(/json/);
});

test('HEAD says what GET says, without the body', async () => {
  for (const path of [...plain, '/widget.js', '/api/openapi.json', '/health/live', '/api/me', '/non-esiste']) {
    const [head, full] = [await get(path, undefined, 'HEAD'), await get(path)];
    expect(head.status, path).toBe(full.status);
    expect(await head.text(), path).toBe('');
    expect(head.headers.get('content-type'), path).toBe(full.headers.get('content-type'));
  }
});

test('without JavaScript the chat’s page is a form that answers, in its language', async () => {
  for (const [path, lang] of [
    ['/', 'it'],
    ['/?lang=en', 'en'],
  ]) {
    const page = await (await get(path as string)).text();
    const form = /<noscript><form[^>]*action="\/ask"[\s\S]*?<\/form><\/noscript>/.exec(page)?.[0];
    expect(form).toContain(`name="lang" value="${lang}"`);
    const answer = await fetch(`${office.serving.url}/ask`, {
      method: 'POST',
      body: new URLSearchParams({ q: 'Quanto costa?', lang: lang as string }),
    });
    expect(await answer.text()).toContain(`<html lang="${lang}"`);
  }
});
