import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { writeText } from './frame.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** The two ends of a connection that ws has made: our own socket, and the client that reads it. */
async function connect(): Promise<{ socket: Duplex; server: WebSocket; client: WebSocket; heard: string[] }> {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const upgraded = new Promise<{ socket: Duplex; server: WebSocket }>((resolve) => {
    http.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, (server) => resolve({ socket, server })));
  });
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, { perMessageDeflate: false });
  const heard: string[] = [];
  client.on('message', (data) => heard.push(String(data)));
  const [ends] = await Promise.all([upgraded, once(client, 'open')]);
  open.push({ close: () => client.terminate() }, http);
  return { ...ends, client, heard };
}

test('a frame of every length arrives as it was written, also beside those that ws writes', async () => {
  const { socket, server, heard } = await connect();
  const lengths = [0, 1, 125, 126, 127, 4_000, 21_841, 21_842, 65_535, 65_536, 200_000];
  const texts = [...lengths.map((length) => 'x'.repeat(length)), 'perché no? 22,21 € 👍🏽', 'è'.repeat(65_536)];
  for (const text of texts) {
    writeText(socket, text);
    server.ping();
    server.send(`ws: ${text.length}`);
  }
  await expect.poll(() => heard.length).toBe(2 * texts.length);
  expect(heard).toEqual(texts.flatMap((text) => [text, `ws: ${text.length}`]));
});

test('what a slow reader has not taken yet is not written over', async () => {
  const [slow, quick] = [await connect(), await connect()];
  slow.client.pause();
  const texts = Array.from({ length: 2_000 }, (_, n) => `${n} ${String.fromCharCode(97 + (n % 26)).repeat(20_000)}`);
  for (const text of texts) writeText(slow.socket, text);
  expect(slow.socket.writableLength).toBeGreaterThan(0);
  for (let n = 0; n < 100; n++) writeText(quick.socket, 'A'.repeat(20_000));
  slow.client.resume();
  await expect.poll(() => slow.heard.length, { timeout: 10_000 }).toBe(texts.length);
  expect(slow.heard).toEqual(texts);
  await expect.poll(() => quick.heard.length).toBe(100);
  expect(new Set(quick.heard)).toEqual(new Set(['A'.repeat(20_000)]));
});
