/** Desks that are open while the database is away for a moment. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Database } from '../../connectors/databases/contract.ts';
import openEmbedded from '../../connectors/databases/embedded.ts';
import { temporary } from '../../connectors/databases/fixtures/engines.ts';
import { createLive, LIVE_PATH } from './live.ts';

test('a change that could not be read when it came is told once it can be', async () => {
  const real = await openEmbedded({ dataDir: temporary() });
  let isAway = false;
  const read = new Proxy(real.read, {
    get(target, key) {
      if (isAway && key === 'selectFrom') throw new Error('Connection terminated unexpectedly');
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const database: Database = { ...real, read };
  const staff = { id: 'anna', name: 'Anna', role: 'agent' as const, office: null };
  const live = createLive({ database, line: { watch: () => () => {} }, identify: async () => ({ staff }), here: async () => {} });
  await live.start();
  const server = createServer().on('upgrade', (request, socket, head) => live.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${LIVE_PATH}`);
  const told: string[] = [];
  socket.on('message', (data: Buffer) => told.push((JSON.parse(data.toString()) as { changed: string }).changed));
  await expect.poll(() => told).toEqual(['queue']);
  isAway = true;
  live.changed('one');
  live.changed('two');
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(told).toEqual(['queue']);
  isAway = false;
  await expect.poll(() => told.toSorted()).toEqual(['one', 'queue', 'two']);
  socket.terminate();
  live.stop();
  server.close();
  await real.close();
});
