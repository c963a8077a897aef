/** Garbage of a calm process is looked for long before V8 would, that of a busy one is not; in a process of its own, whose flags are nobody else's. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SCRIPT = `
import { PerformanceObserver, constants } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { paceCollections } from ${JSON.stringify(path.join(import.meta.dirname, 'start-memory.ts'))};
setFlagsFromString('--heap-growing-percent=50');
const held = Array.from({ length: 500_000 }, (_, i) => ({ at: i, row: [i] }));
let majors = 0;
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) majors++;
}).observe({ entryTypes: ['gc'] });
const ring = new Map();
let n = 0;
/** Eight seconds of rows that grow old before they are thrown away. */
async function live(busy) {
  const before = majors;
  const until = performance.now() + 8_000;
  while (performance.now() < until) {
    for (let i = 0; i < 250; i++) {
      ring.set(n, Array.from({ length: 60 }, (_, k) => k + n + 0.5));
      ring.delete(n++ - 60_000);
    }
    const young = Array.from({ length: 5_000 }, (_, k) => ({ k }));
    if (busy) for (const end = performance.now() + 40; performance.now() < end; );
    await sleep(busy ? 1 : 20, young.length);
  }
  return majors - before;
}
await live(false);
const alone = await live(false);
const pacing = paceCollections(100, 200);
const calm = (await live(false)) + (await live(false));
await live(true);
const busy = await live(true);
pacing.stop();
console.log(JSON.stringify({ alone, calm, busy, held: held.length }));
`;

test('in calm early, under load by V8’s own rules', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', SCRIPT]);
  const { alone, calm, busy } = JSON.parse(stdout) as Record<'alone' | 'calm' | 'busy', number>;
  // Twice as long as each of the others.
  expect(calm, stdout).toBeGreaterThan(2 * alone);
  expect(calm, stdout).toBeGreaterThan(2 * busy);
}, 90_000);
