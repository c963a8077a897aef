/** An agent asks who the citizen is: a link in the chat, a real provider, and the level on the agent's screen. */
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedProvider, startProvider } from '../../connectors/identities/fixtures/provider.ts';
import { figuresOn, openBrowser } from '../citizens/fixtures/browser.ts';
import { type Office, openOffice } from './fixtures/open-office.ts';

const WAIT = { timeout: 60_000 };
let provider: StartedProvider;
let office: Office;
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
beforeAll(async () => {
  const port = await freePort();
  provider = await startProvider([`http://127.0.0.1:${port}/sign-in/callback`]);
  office = await openOffice({ IDENTITIES: 'oidc', ...provider.settings, PORT: String(port) });
}, 240_000);
afterAll(async () => {
  await office?.stop();
  await provider?.stop();
});

test('one click sends the link; from another browser the figures are written to the agent’s chat; the level shows', {
  timeout: 240_000,
}, async () => {
  const anna = await office.staff('Anna Neri');
  await anna.call('POST', '/api/desk/here', {});
  const talk = await office.citizens.converse();
  const last = async () => String((await talk.read()).activities.at(-1)?.text ?? '');
  await talk.until(1);
  await talk.say('vorrei parlare con una persona');
  await talk.until(3);
  const [listed] = (await anna.call('GET', '/api/handoffs')).body['handoffs'] as { id: string }[];
  const url = `/api/handoffs/${listed?.id}`;
  await anna.call('POST', `${url}/claim`, {});
  expect((await anna.call('GET', url)).body).toMatchObject({ identity: 'unknown', level: null });
  expect((await anna.call('POST', `${url}/ask`, { what: 'sign-in' })).status).toBe(202);
  const link = () => last().then((text) => /http:[^)"\s]+\/sign-in\/[\w-]{22}/.exec(text)?.[0] ?? '');
  await expect.poll(link, WAIT).not.toBe('');
  expect(await last()).toMatch(/Anna Neri\*\* ti chiede di farti riconoscere/);

  provider.next = { account: 'mario', level: 2 };
  const figures = figuresOn(await openBrowser(provider).signIn(await link()));
  expect(figures).toMatch(/^\d{6}$/);
  await expect.poll(last, WAIT).toContain('6 cifre');
  expect((await anna.call('GET', url)).body['level']).toBeNull();
  await talk.say(figures);
  await expect.poll(last, WAIT).toContain('Mario Rossi');
  expect((await anna.call('GET', url)).body).toMatchObject({ identity: 'verified', level: 2 });
  // The person goes on talking with a person.
  await talk.say('ecco fatto');
  expect((await anna.call('POST', `${url}/messages`, { text: 'Grazie, la vedo.' })).status).toBe(201);
  await expect.poll(last, WAIT).toBe('Grazie, la vedo.');
});
