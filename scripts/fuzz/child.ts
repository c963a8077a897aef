/** One target in a process of its own, which may hang or die: `child.ts TARGET SEED FROM TO NOTES`. NOTES holds the number of the input at hand, written before it is taken; what was found so far is sent every few inputs, so that a death loses little. */
import { openSync, writeSync } from 'node:fs';
import { inputOf, mayThrow, targets } from './targets.ts';

const REPORT_EVERY = 250;
const [name, seed = '1', from = '0', to = '0', notes = ''] = process.argv.slice(2);
const target = targets.find((one) => one.name === name);
if (!target) throw new Error(`no target is called ${name}`);
const file = openSync(notes, 'w');
/** `next`: the first input that is not in these figures. */
const found = {
  next: Number(from),
  taken: 0,
  refused: 0,
  surprises: [] as { index: number; error: string }[],
  surprised: 0,
  slow: [] as { index: number; cpuMs: number }[],
  slowestCpuMs: 0,
  rssMb: 0,
};
const rss = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
const report = (next: number) => {
  found.next = next;
  found.rssMb = Math.max(found.rssMb, rss());
  process.send?.(found);
};

for (let index = Number(from); index < Number(to); index++) {
  const input = inputOf(target, Number(seed), index);
  writeSync(file, String(index).padStart(12), 0);
  const [before, began] = [process.cpuUsage(), performance.now()];
  try {
    await target.take(input);
    found.taken++;
  } catch (error) {
    if (mayThrow(error)) found.refused++;
    else if (found.surprised++ < 20)
      found.surprises.push({ index, error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : String(error) });
  }
  // Processor time: on a busy machine the clock on the wall says nothing of the parser.
  if (performance.now() - began > 200) {
    const { user, system } = process.cpuUsage(before);
    const cpuMs = Math.round((user + system) / 1_000);
    found.slowestCpuMs = Math.max(found.slowestCpuMs, cpuMs);
    if (cpuMs > 1_000) found.slow.push({ index, cpuMs });
  }
  if ((index + 1) % REPORT_EVERY === 0) report(index + 1);
}
report(Number(to));
process.disconnect?.();
