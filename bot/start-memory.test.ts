/** What a peak took is given back once nothing is done any more, and not while somebody waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { expect, test, vi } from 'vitest';
import { giveBackWhenQuiet } from './start-memory.ts';

const MB = 1_000_000;
const taken = () => getHeapStatistics().total_heap_size;

test('a peak is given back in a quiet moment, not while somebody waits nor while the process works', async () => {
  let waiting = 1;
  const before = taken();
  const giving = giveBackWhenQuiet(() => waiting, 40);
  let peak: number[][] = Array.from({ length: 100 }, () => Array.from({ length: 100_000 }, (_, i) => i));
  expect(taken() - before).toBeGreaterThan(60 * MB);
  peak = [];
  await sleep(400);
  expect(taken() - before).toBeGreaterThan(60 * MB);
  waiting = 0;
  // Half of the time at work: nobody waits, but it is no quiet moment.
  for (let i = 0; i < 20; i++) {
    for (const until = performance.now() + 10; performance.now() < until; );
    await sleep(10);
  }
  expect(taken() - before).toBeGreaterThan(60 * MB);
  await vi.waitFor(() => expect(taken() - before).toBeLessThan(20 * MB), { timeout: 20_000, interval: 500 });
  giving.stop();
  expect(peak).toEqual([]);
});
