/** An orderly end: what runs may finish, what waits is let go, and nothing holds the server open until its grace is over. */
import { Agent, get } from 'node:http';
import { expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { quiet } from './fixtures/start-routes.ts';
import { createServer } from './server.ts';

/** Longer than any test may take: who waits for it does not end. */
const GRACE_MS = 600_000;
const slow = { method: 'get', path: '/slow', permission: 'public', summary: 'slow' } as const;

async function start(upgrade?: Parameters<typeof createServer>[0]['upgrade'], begun: () => void = () => {}) {
  const handle = () => {
    begun();
    return new Promise<{ status: number }>((resolve) => setTimeout(() => resolve({ status: 200 }), 300));
  };
  const parts = { routes: [{ ...slow, handle }], log: quiet, publicUrl: '', trustProxy: false, identify: async () => null };
  const server = createServer({ ...parts, ...(upgrade ? { upgrade } : {}) });
  return { server, origin: `127.0.0.1:${await server.listen(0, '127.0.0.1')}` };
}

test('a request in flight on a connection that would stay open gets its answer, and the connection ends', async () => {
  let begun: () => void = () => {};
  const isInFlight = new Promise<void>((resolve) => (begun = resolve));
  const { server, origin } = await start(undefined, () => begun());
  const agent = new Agent({ keepAlive: true });
  const status = new Promise((resolve, reject) =>
    get(`http://${origin}/slow`, { agent }, (reply) => resolve(reply.resume().statusCode)).on('error', reject),
  );
  await isInFlight;
  await server.close(GRACE_MS);
  expect(await status).toBe(200);
  agent.destroy();
});

test('an open stream holds the server no longer than its grace', async () => {
  const sockets = new WebSocketServer({ noServer: true });
  const { server, origin } = await start((request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, () => {});
    return true;
  });
  const stream = new WebSocket(`ws://${origin}/stream`);
  stream.on('error', () => {});
  await new Promise((resolve) => stream.once('open', resolve));
  const closed = new Promise((resolve) => stream.once('close', resolve));
  await server.close(200);
  await closed;
});
