/** npm run -s fuzz -- [--inputs 100000] [--only html,pdf] [--seed 1] [--json]: every parser that meets strangers, fed with spoilt input; exit 1 when one crashes, hangs, is surprised or grows. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finish, progress, readArguments } from '../bot/command-line.ts';
import { BadCommand } from '../bot/control.ts';
import { targets } from './fuzz/targets.ts';

const HEAP_MB = 512;
/** Without a step for so long it hangs, on whatever machine. */
const STUCK_MS = 20_000;
/** What a parser may keep: caches of fonts and patterns, not inputs. */
const MOST_RSS_MB = 900;

interface Found {
  taken: number;
  refused: number;
  surprised: number;
  surprises: { index: number; error: string }[];
  slow: { index: number; cpuMs: number }[];
  slowestCpuMs: number;
  rssMb: number;
}
interface Result extends Found {
  target: string;
  inputs: number;
  crashes: { index: number; how: string }[];
  hangs: { index: number }[];
  seconds: number;
}

/** Goes on behind an input that killed or held the child. */
async function fuzz(name: string, inputs: number, seed: number): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sportello-fuzz-'));
  const notes = path.join(folder, 'at');
  const result: Result = {
    target: name,
    inputs,
    taken: 0,
    refused: 0,
    surprised: 0,
    surprises: [],
    slow: [],
    slowestCpuMs: 0,
    rssMb: 0,
    crashes: [],
    hangs: [],
    seconds: 0,
  };
  const began = performance.now();
  for (let from = 0; from < inputs; ) {
    const { found, index, how } = await runChild([name, String(seed), String(from), String(inputs), notes], notes);
    if (found) {
      for (const key of ['taken', 'refused', 'surprised'] as const) result[key] += found[key];
      result.surprises.push(...found.surprises);
      result.slow.push(...found.slow);
      result.slowestCpuMs = Math.max(result.slowestCpuMs, found.slowestCpuMs);
      result.rssMb = Math.max(result.rssMb, found.rssMb);
      break;
    }
    if (how === 'hang') result.hangs.push({ index });
    else result.crashes.push({ index, how });
    progress(`${name}: input ${index} ${how}`);
    if (result.crashes.length + result.hangs.length >= 10) break;
    from = index + 1;
  }
  rmSync(folder, { recursive: true, force: true });
  result.seconds = Math.round((performance.now() - began) / 1_000);
  return result;
}

function runChild(args: string[], notes: string): Promise<{ found?: Found; index: number; how: string }> {
  return new Promise((resolve) => {
    const child = fork(path.resolve(import.meta.dirname, 'fuzz/child.ts'), args, {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let found: Found | undefined;
    let stuck = false;
    let seen = '';
    let since = performance.now();
    const at = () => {
      try {
        return readFileSync(notes, 'utf8');
      } catch {
        return '';
      }
    };
    const watch = setInterval(() => {
      const now = at();
      if (now !== seen) [seen, since] = [now, performance.now()];
      // Before the first input the child is still loading, which a busy machine may take its time over.
      else if (now !== '' && performance.now() - since > STUCK_MS) {
        stuck = true;
        child.kill('SIGKILL');
      }
    }, 500);
    child.on('message', (value) => {
      found = value as Found;
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve({ ...(found && { found }), index: Number(at()) || 0, how: stuck ? 'hang' : `ended with ${signal ?? code}` });
    });
  });
}

await finish(async () => {
  const { values, flags } = readArguments(process.argv.slice(2), { values: ['inputs', 'only', 'seed'], flags: ['json'] });
  const inputs = Number(values['inputs'] ?? 100_000);
  const seed = Number(values['seed'] ?? 1);
  if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed))
    throw new BadCommand('--inputs and --seed must be whole numbers, inputs from 1 on');
  const names = targets.map(({ name }) => name);
  const chosen = values['only']?.split(',') ?? names;
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new BadCommand(`--only names ${unknown.join(', ')}; there are ${names.join(', ')}`);
  const results: Result[] = [];
  for (const name of chosen) {
    results.push(await fuzz(name, inputs, seed));
    const { taken, refused, surprised, crashes, hangs, slow, rssMb, seconds } = results.at(-1) as Result;
    progress(
      `${name}: ${taken} taken, ${refused} refused, ${surprised} surprises, ${crashes.length} crashes, ${hangs.length + slow.length} over 1 s, ${rssMb} MB, ${seconds} s`,
    );
  }
  const bad = results.filter(
    ({ crashes, hangs, slow, surprised, rssMb }) => crashes.length + hangs.length + slow.length + surprised > 0 || rssMb > MOST_RSS_MB,
  );
  console.log(JSON.stringify({ inputs, seed, targets: results, ok: bad.length === 0 }, null, flags.has('json') ? 0 : 2));
  return bad.length > 0 ? 1 : 0;
});
