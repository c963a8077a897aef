/** The one-time link as a browser without JavaScript follows it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble } from '../assemble.ts';
import { newFolder } from '../fixtures/run-sportello.ts';
import { type Serving, serve } from '../serve.ts';

let serving: Serving;
beforeAll(async () => {
  const settings = { DATA_DIR: newFolder(), DEMO: 'false', PORT: '0', LOG_LEVEL: 'silent' };
  serving = await serve(await assemble(settings, { progress() {} }));
});
afterAll(() => serving?.stop());

const submit = async (fields: Record<string, string>) => {
  const reply = await fetch(`${serving.url}/first-administrator`, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: reply.status, text: await reply.text() };
};

test('the link opens a form and may be opened twice; mistakes are told in words; it works once', async () => {
  const link = serving.firstAdministrator as string;
  const token = new URL(link).searchParams.get('token') as string;
  for (let i = 0; i < 2; i++) {
    const page = await (await fetch(link)).text();
    expect(page).toContain(`name="token" value="${token}"`);
    expect(page).not.toContain('<script');
  }
  const short = await submit({ token, name: 'Ada', password: 'corta' });
  expect([short.status, short.text]).toEqual([400, expect.stringMatching(/role="alert">Non va bene: .*12/)]);
  expect(short.text).toContain('value="Ada"');
  expect(short.text).not.toContain('corta"');
  const guess = await submit({ token: 'inventato', name: 'Eva', password: 'una password lunga' });
  expect([guess.status, guess.text]).toEqual([400, expect.stringContaining('non è valido')]);
  const done = await submit({ token, name: 'Ada', password: 'una password lunga' });
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('«Ada» è pronto')]);
  const again = await submit({ token, name: 'Eva', password: 'una password lunga' });
  expect([again.status, again.text]).toEqual([400, expect.stringContaining('non è valido')]);
  const entered = await fetch(`${serving.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', password: 'una password lunga' }),
  });
  expect(await entered.json()).toMatchObject({ name: 'Ada', role: 'administrator' });
});

test('what comes in the address or the form is text, never markup', async () => {
  const evil = '"><script>alert(1)</script>';
  const page = await (await fetch(`${serving.url}/first-administrator?token=${encodeURIComponent(evil)}`)).text();
  const reply = await submit({ token: evil, name: evil, password: 'una password lunga' });
  for (const text of [page, reply.text]) expect(text).not.toContain('<script');
});
