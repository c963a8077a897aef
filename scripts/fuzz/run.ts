/** A target's inputs in child processes: one after the other in a warm child, a new child behind an input that killed or held it. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const HEAP_MB = 512;
/** Without a step for so long it hangs, on whatever machine. */
const STUCK_MS = 20_000;
/** What a parser may keep: caches of fonts and patterns, not inputs. */
const MOST_RSS_MB = 900;
const MOST_DEATHS = 10;
const TELL_EVERY = 10_000;

interface Found {
  /** The first input that is not in these figures. */
  next: number;
  taken: number;
  refused: number;
  surprised: number;
  surprises: { index: number; error: string }[];
  slow: { index: number; cpuMs: number }[];
  slowestCpuMs: number;
  rssMb: number;
}
export interface Result extends Found {
  target: string;
  crashes: { index: number; how: string }[];
  hangs: { index: number }[];
  seconds: number;
}
interface Run {
  from: number;
  inputs: number;
  seed: number;
  stop: AbortSignal;
  progress(line: string): void;
}

export const isBad = ({ crashes, hangs, slow, surprised, rssMb }: Result): boolean =>
  crashes.length + hangs.length + slow.length + surprised > 0 || rssMb > MOST_RSS_MB;

/** Inputs `from` to `inputs` − 1. Ends early, with `next` below `inputs`, when stopped or after ten deaths. */
export async function fuzz(target: string, { from, inputs, seed, stop, progress }: Run): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sportello-fuzz-'));
  const notes = path.join(folder, 'at');
  const result: Result = { target, ...nothing(from), crashes: [], hangs: [], seconds: 0 };
  const began = performance.now();
  while (result.next < inputs && !stop.aborted && result.crashes.length + result.hangs.length < MOST_DEATHS) {
    const args = [target, String(seed), String(result.next), String(inputs), notes];
    const { found, death } = await runChild(args, { notes, stop, told: (next) => progress(`${target}: ${next} of ${inputs}`) });
    add(result, found);
    if (!death) continue;
    progress(`${target}: input ${death.index} ${death.how}`);
    if (death.how === 'hang') result.hangs.push({ index: death.index });
    else result.crashes.push(death);
    // What was taken since its last word is taken again, up to the one that killed it.
    if (death.index > result.next) {
      const again = [target, String(seed), String(result.next), String(death.index), notes];
      add(result, (await runChild(again, { notes, stop, told() {} })).found);
    }
    result.next = Math.max(result.next, death.index + 1);
  }
  rmSync(folder, { recursive: true, force: true });
  result.seconds = Math.round((performance.now() - began) / 1_000);
  return result;
}

const nothing = (next: number): Found => ({
  next,
  taken: 0,
  refused: 0,
  surprised: 0,
  surprises: [],
  slow: [],
  slowestCpuMs: 0,
  rssMb: 0,
});

function add(result: Found, found: Found): void {
  for (const key of ['taken', 'refused', 'surprised'] as const) result[key] += found[key];
  result.surprises.push(...found.surprises);
  result.slow.push(...found.slow);
  result.slowestCpuMs = Math.max(result.slowestCpuMs, found.slowestCpuMs);
  result.rssMb = Math.max(result.rssMb, found.rssMb);
  result.next = Math.max(result.next, found.next);
}

interface Watch {
  notes: string;
  stop: AbortSignal;
  told(next: number): void;
}

/** Resolves with the child's last word, and with the input at hand when it died or was held too long. */
function runChild(args: string[], { notes, stop, told }: Watch): Promise<{ found: Found; death?: { index: number; how: string } }> {
  return new Promise((resolve) => {
    const child = fork(path.resolve(import.meta.dirname, 'child.ts'), args, {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let found = nothing(Number(args[2]));
    let how = '';
    let seen = '';
    let since = performance.now();
    const end = (why: string) => {
      how = why;
      child.kill('SIGKILL');
    };
    const halt = () => end('stopped');
    stop.addEventListener('abort', halt);
    const watch = setInterval(() => {
      const now = noted(notes);
      if (now !== seen) [seen, since] = [now, performance.now()];
      // Before the first input the child is still loading, which a busy machine may take its time over.
      else if (now !== '' && performance.now() - since > STUCK_MS) end('hang');
    }, 500);
    child.on('message', (value) => {
      found = value as Found;
      if (found.next % TELL_EVERY === 0) told(found.next);
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      stop.removeEventListener('abort', halt);
      if (how === 'stopped' || found.next >= Number(args[3])) resolve({ found });
      else resolve({ found, death: { index: Number(noted(notes)) || 0, how: how || `ended with ${signal ?? code}` } });
    });
  });
}

function noted(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
