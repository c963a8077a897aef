/** The page's client against a server that fails on purpose: nothing lost, nothing shown twice, every failure in one word. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Activity, type Connection, createDirectLine, type DirectLine, SendFailure } from './directline.ts';
import { type FakeLine, startFakeLine } from './fixtures/fake-line.ts';

class Memory {
  kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

let server: FakeLine;
let storage: Memory;
let lines: DirectLine[];
let seen: Activity[];
let states: Connection[];
let restarts: number;

function open(): DirectLine {
  const line = createDirectLine(server.origin, 'it-IT', storage as unknown as Storage, 'sportello', {
    activity: (activity) => void seen.push(activity),
    connection: (state) => void states.push(state),
    restarted: () => {
      restarts++;
    },
  });
  lines.push(line);
  return line;
}

const texts = () => seen.map((activity) => activity.text);
const until = (check: () => void, timeout = 30_000) => vi.waitFor(check, { timeout, interval: 20 });
const message = (text: string, id = text): Activity => ({ type: 'message', text, channelData: { clientActivityID: id } });
const connected = () => until(() => expect(server.calls).toContain('SOCKET'));

beforeEach(async () => {
  // The client is written for a browser; Node has everything else it uses.
  vi.stubGlobal('window', Object.assign(new EventTarget(), { setTimeout, setInterval }));
  server = await startFakeLine();
  [storage, lines, seen, states, restarts] = [new Memory(), [], [], [], 0];
});
afterEach(async () => {
  for (const line of lines) line.close();
  await server.close();
  vi.unstubAllGlobals();
});

describe('a conversation begins and goes on', () => {
  test('three calls and a socket; the greeting that comes on both ways is shown once', async () => {
    open();
    await connected();
    await until(() => expect(texts()).toEqual(['Ciao']));
    expect(server.calls.filter((call) => call.startsWith('POST'))).toEqual(['POST /tokens/generate', 'POST /conversations']);
    server.say('Ancora');
    await until(() => expect(texts()).toEqual(['Ciao', 'Ancora']));
    expect(states.at(-1)).toBe('online');
  });

  test('the stream is opened on the page’s own host, whatever the server calls itself behind a proxy', async () => {
    open();
    await connected();
    server.say('Arrivo dal canale giusto');
    await until(() => expect(texts()).toContain('Arrivo dal canale giusto'));
  });

  test('one’s own message comes back with the id it was sent with; sent twice, it is there once', async () => {
    const line = open();
    await until(() => expect(texts()).toEqual(['Ciao']));
    await line.send(message('Quanto costa?', 'm1'));
    await line.send(message('Quanto costa?', 'm1'));
    await until(() => expect(texts()).toEqual(['Ciao', 'Quanto costa?']));
    expect(seen.at(-1)?.channelData?.clientActivityID).toBe('m1');
    expect(server.posted).toHaveLength(2);
  });

  test('a reload shows the history of the same conversation', async () => {
    const first = open();
    await until(() => expect(texts()).toEqual(['Ciao']));
    await first.send(message('Domanda'));
    server.say('Risposta');
    await until(() => expect(texts()).toHaveLength(3));
    first.close();
    seen = [];
    open();
    await until(() => expect(texts()).toEqual(['Ciao', 'Domanda', 'Risposta']));
    expect(server.calls.filter((call) => call === 'POST /tokens/generate')).toHaveLength(1);
    expect(restarts).toBe(0);
  });

  test('without storage it works as long as the page is open', async () => {
    vi.spyOn(storage, 'setItem').mockImplementation(() => {
      throw new DOMException('forbidden', 'QuotaExceededError');
    });
    open();
    await until(() => expect(texts()).toEqual(['Ciao']));
  });

  test('a new conversation forgets the old one', async () => {
    const line = open();
    await connected();
    line.restart();
    await until(() => expect(server.calls.filter((call) => call === 'POST /conversations')).toHaveLength(2));
    await until(() => expect(texts()).toEqual(['Ciao', 'Ciao']));
    expect(JSON.parse(storage.getItem('sportello') ?? '{}')).toMatchObject({ conversationId: 'c2' });
  });
});

describe('a new conversation while the old one still answers', () => {
  const count = (call: string) => server.calls.filter((one) => one === call).length;

  test('a late read of the old one brings nothing of it back, and the new one is read from its beginning', async () => {
    server.withoutSockets = true;
    const line = open();
    await until(() => expect(states).toContain('online'));
    await line.send(message('Domanda'));
    server.say('Risposta');
    await until(() => expect(texts()).toEqual(['Ciao', 'Domanda', 'Risposta']));
    const letGo = server.hold(/^GET .*activities$/);
    const before = count('GET /conversations/c1/activities');
    await until(() => expect(count('GET /conversations/c1/activities')).toBeGreaterThan(before));
    seen = [];
    line.restart();
    await until(() => expect(count('POST /conversations')).toBe(2));
    letGo();
    await until(() => expect(texts()).toEqual(['Ciao']));
    server.say('Nuova risposta');
    await until(() => expect(texts()).toEqual(['Ciao', 'Nuova risposta']), 10_000);
  });

  test('a late return to the old one takes no message away from the new one', async () => {
    const line = open();
    await until(() => expect(texts()).toEqual(['Ciao']));
    const letGo = server.hold(/^GET \/conversations\/c1$/);
    server.dropSockets();
    await until(() => expect(count('GET /conversations/c1')).toBe(1));
    line.restart();
    await until(() => expect(texts()).toEqual(['Ciao', 'Ciao']));
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await line.send(message('Nella nuova'));
    expect(JSON.parse(storage.getItem('sportello') ?? '{}')).toMatchObject({ conversationId: 'c2' });
  });
});

describe('the connection breaks', () => {
  test('a new conversation begun meanwhile has one socket', async () => {
    const line = open();
    await connected();
    server.dropSockets();
    await until(() => expect(states.at(-1)).toBe('offline'));
    line.restart();
    await until(() => expect(texts()).toEqual(['Ciao', 'Ciao']));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(server.calls.filter((call) => call === 'SOCKET')).toHaveLength(2);
  });

  test('what was said meanwhile arrives after the reconnect, in order and once', async () => {
    open();
    await connected();
    await until(() => expect(texts()).toEqual(['Ciao']));
    for (let round = 1; round <= 3; round++) {
      const sockets = server.calls.filter((call) => call === 'SOCKET').length;
      server.dropSockets();
      await until(() => expect(states.at(-1)).toBe('offline'));
      server.say(`Durante il buco ${round}`);
      await until(() => expect(server.calls.filter((call) => call === 'SOCKET').length).toBeGreaterThan(sockets));
    }
    await until(() => expect(texts()).toEqual(['Ciao', 'Durante il buco 1', 'Durante il buco 2', 'Durante il buco 3']));
    expect(states.at(-1)).toBe('online');
    expect(restarts).toBe(0);
  });

  test('while the server is down it waits ever longer, and is back by itself', async () => {
    open();
    await connected();
    server.fail = { status: 503 };
    server.dropSockets();
    const before = server.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    // 0.75 s × 1.5 each time, give or take a quarter: two to four attempts in 3.5 s, never a storm.
    expect(server.calls.length - before).toBeGreaterThanOrEqual(2);
    expect(server.calls.length - before).toBeLessThanOrEqual(4);
    expect(states.at(-1)).toBe('offline');
    server.fail = null;
    server.say('Di nuovo qui');
    await until(() => expect(texts()).toContain('Di nuovo qui'));
  });

  test('a conversation that the server no longer knows is replaced, and the page is told', async () => {
    open();
    await connected();
    await until(() => expect(texts()).toEqual(['Ciao']));
    server.forget();
    server.dropSockets();
    await until(() => expect(restarts).toBe(1));
    await until(() => expect(texts()).toEqual(['Ciao', 'Ciao']));
  });

  test('a token that expired while the tab was closed begins a new conversation', async () => {
    storage.setItem('sportello', JSON.stringify({ conversationId: 'c0', token: 't0', expires: Date.now() - 1 }));
    open();
    await until(() => expect(texts()).toEqual(['Ciao']));
    expect(server.calls[0]).toBe('POST /tokens/generate');
  });

  test('a broken entry in the storage is no obstacle', async () => {
    storage.setItem('sportello', '{not json');
    open();
    await until(() => expect(texts()).toEqual(['Ciao']));
  });
});

describe('a proxy forbids sockets', () => {
  test('reads bring the answer in a moment, the page says it is connected, and the server is not stormed', async () => {
    server.withoutSockets = true;
    const line = open();
    await until(() => expect(states).toContain('online'));
    await line.send(message('Domanda'));
    server.say('Risposta');
    await until(() => expect(texts()).toEqual(['Ciao', 'Domanda', 'Risposta']), 3_000);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(states).not.toContain('offline');
    expect(server.calls.filter((call) => call.startsWith('GET')).length).toBeLessThanOrEqual(8);
  });
});

describe('a message cannot be sent', () => {
  test.each([
    [429, { 'retry-after': '7' }, 'busy', 7],
    [413, {}, 'too-long', 0],
    [403, {}, 'expired', 0],
    [500, {}, 'offline', 0],
  ] as const)('status %i', async (status, headers, reason, retryAfter) => {
    const line = open();
    await until(() => expect(texts()).toEqual(['Ciao']));
    server.fail = { status, headers, only: /^POST .*activities/ };
    const failure = await line.send(message('Domanda')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SendFailure);
    expect(failure).toMatchObject({ reason, retryAfter });
    server.fail = null;
    await line.send(message('Domanda'));
    await until(() => expect(texts()).toEqual(['Ciao', 'Domanda']));
  });
});
