import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Metrics } from '../http/metrics.ts';
import { addGauges } from './gauges.ts';

test('the delay of the event loop is what it came late by: little while nothing holds it, what held it once something did', async () => {
  const read = new Map<string, () => unknown>();
  const metrics = { gauge: (name: string, value: () => unknown) => void read.set(name, value) } as unknown as Metrics;
  const parts = { dataDir: '/', dependencies: [], passages: () => 0, ready: () => true, version: '0' };
  const stop = addGauges({ metrics, database: { engine: 'embedded' } as Database, ...parts });
  const delay = () => Number(read.get('event_loop_delay_p99_seconds')!());
  expect(delay()).toBe(0);
  await sleep(350);
  const free = delay();
  // The first look after a reading only begins to count.
  await sleep(250);
  const until = performance.now() + 600;
  while (performance.now() < until);
  await sleep(150);
  const held = delay();
  stop();
  expect(held).toBeGreaterThan(0.4);
  expect(held).toBeLessThan(60);
  expect(free).toBeLessThan(held);
});
