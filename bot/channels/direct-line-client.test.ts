/** The real botframework-directlinejs against the real server. */
import { randomUUID } from 'node:crypto';
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RequestOverFetch } from './fixtures/request-over-fetch.ts';
import { type RunningWeb, startWeb } from './fixtures/start-web.ts';

let web: RunningWeb;
let client: DirectLine;
beforeAll(() => {
  Object.assign(globalThis, { XMLHttpRequest: RequestOverFetch });
});
afterEach(async () => {
  client.end();
  await web.stop();
});

async function connect(options: object = {}) {
  const answer = await fetch(`${web.domain}/tokens/generate`, {
    method: 'POST',
    body: '{"user":{"id":"dl_anna"}}',
    headers: { 'content-type': 'application/json' },
  });
  const generated = (await answer.json()) as { token: string };
  client = new DirectLine({ token: generated.token, domain: web.domain, ...options });
  const seen: Activity[] = [];
  const statuses: ConnectionStatus[] = [];
  client.connectionStatus$.subscribe((status) => statuses.push(status));
  // The end of a conversation and an expired token come as errors too; the status says which.
  client.activity$.subscribe({ next: (activity) => seen.push(activity), error: () => {} });
  const texts = () => seen.filter((activity) => activity.type === 'message').map((activity) => (activity as { text?: string }).text);
  const post = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const activity = { type: 'message', text, from: { id: 'someone' }, channelData: { clientActivityID: randomUUID() } };
      client.postActivity(activity as unknown as Activity).subscribe(resolve, reject);
    });
  return { seen, statuses, texts, post };
}

describe.each([
  ['by socket', {}],
  ['by polling', { webSocket: false, pollingInterval: 200 }],
])('botframework-directlinejs %s', (_name, options) => {
  test('is greeted, posts, sees its own message under its id, and is answered', async () => {
    web = await startWeb();
    const { seen, texts, post } = await connect(options);
    await expect.poll(texts).toEqual(['Ciao, sono un sistema automatico.']);
    const id = await post('ciao');
    await expect.poll(texts).toEqual(['Ciao, sono un sistema automatico.', 'ciao', 'Eco: ciao (1)']);
    expect(seen[1]).toMatchObject({ id, from: { id: 'dl_anna' } });
    expect(seen[2]).toMatchObject({ replyToId: id });
  });
});

test('reconnects by itself after the server was away, without loss or doubles', async () => {
  web = await startWeb();
  const { texts, post } = await connect();
  await expect.poll(texts).toHaveLength(1);
  await post('uno');
  await expect.poll(texts).toHaveLength(3);
  const { port, dataDir } = web;
  await web.stop();
  web = await startWeb({ port, dataDir });
  await expect.poll(async () => post('due').catch(() => 'retry'), { timeout: 20_000, interval: 500 }).not.toBe('retry');
  await expect.poll(texts).toEqual(['Ciao, sono un sistema automatico.', 'uno', 'Eco: uno (1)', 'due', 'Eco: due (3)', 'E ancora.']);
});

test('is told when its token has expired', async () => {
  let clock = 0;
  web = await startWeb({ now: () => Date.now() + clock });
  const { statuses, texts, post } = await connect();
  await expect.poll(texts).toHaveLength(1);
  clock = 1_801_000;
  await post('ciao').catch(() => {});
  await expect.poll(() => statuses).toContain(ConnectionStatus.ExpiredToken);
});
