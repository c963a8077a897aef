/** How cost grows: with passages, with conversations, with processes. Each figure from the benchmark of its own, each in a process of its own; plots beside them. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { IndexFigures } from './bench-index.ts';
import type { ScaleFigures } from './bench-scale.ts';
import { drawPlot, type Plot } from './bench/plot.ts';

const SIZES = { passages: [1_000, 5_000, 20_000, 100_000], conversations: [50, 200, 800] };
const QUICK = { passages: [500, 2_000], conversations: [20, 60] };
const run = promisify(execFile);

export interface GrowthFigures {
  passages: (Pick<IndexFigures, 'passages' | 'buildMs' | 'rssMb' | 'diskMb'> & { lexicalP95Ms: number; hybridP95Ms: number })[];
  conversations: { conversations: number; cpuMsPerTurn: number; p95Ms: number; rssMb: number }[];
  processes: { processes: number; cpuMsPerTurn: number; databaseCpuMsPerTurn: number }[];
  /** Why there are no figures for processes. */
  skipped?: string;
  /** Files written. */
  plots: string[];
}

/** Some 15 minutes; `out`: a folder for the plots. Rejects when a benchmark cannot run. */
export async function benchGrowth(options: { quick: boolean; out?: string; progress(line: string): void }): Promise<GrowthFigures> {
  const { quick, out, progress } = options;
  const sizes = quick ? QUICK : SIZES;
  const passages: GrowthFigures['passages'] = [];
  for (const size of sizes.passages) {
    progress(`${size} passages`);
    const { lexical, hybrid, buildMs, rssMb, diskMb } = await bench<IndexFigures>('index', '--passages', size);
    passages.push({ passages: size, buildMs, rssMb, diskMb, lexicalP95Ms: lexical.p95Ms, hybridP95Ms: hybrid.p95Ms });
  }
  const conversations: GrowthFigures['conversations'] = [];
  for (const size of sizes.conversations) {
    progress(`${size} conversations`);
    const turns = await bench<GrowthFigures['conversations'][number]>('turns', '--seconds', quick ? 2 : 10, '--conversations', size);
    const { cpuMsPerTurn, p95Ms, rssMb } = turns;
    conversations.push({ conversations: size, cpuMsPerTurn, p95Ms, rssMb });
  }
  progress('processes');
  const { steps, skipped } = await bench<ScaleFigures>('scale', ...(quick ? ['--quick'] : ['--seconds', 8]));
  const processes = steps.map(({ processes: count, cpuMsPerTurn, databaseCpuMsPerTurn }) => ({
    processes: count,
    cpuMsPerTurn,
    databaseCpuMsPerTurn,
  }));
  const figures = { passages, conversations, processes, ...(skipped ? { skipped } : {}) };
  return { ...figures, plots: out ? write(out, figures) : [] };
}

/** Its one line of figures, also when it says that a bound was not kept. */
async function bench<T>(...argv: (string | number)[]): Promise<T> {
  const script = resolve(import.meta.dirname, 'bench.ts');
  const { stdout } = await run(process.execPath, [script, ...argv.map(String)], { maxBuffer: 1 << 24 }).catch(
    (error: Error & { stdout?: string }) => {
      if (error.stdout?.startsWith('{')) return { stdout: error.stdout };
      throw error;
    },
  );
  return JSON.parse(stdout) as T;
}

function write(folder: string, { passages, conversations, processes }: Omit<GrowthFigures, 'plots'>): string[] {
  const plots: Record<string, Plot> = {
    'passages-query': {
      title: 'A question, by passages',
      x: 'passages',
      y: 'ms, p95',
      logarithmic: true,
      series: [
        { name: 'words', points: passages.map((one) => [one.passages, one.lexicalP95Ms]) },
        { name: 'words and vectors', points: passages.map((one) => [one.passages, one.hybridP95Ms]) },
      ],
    },
    'passages-build': {
      title: 'Building the index, by passages',
      x: 'passages',
      y: 's',
      logarithmic: true,
      series: [{ name: 'build', points: passages.map((one) => [one.passages, one.buildMs / 1000]) }],
    },
    'passages-memory': {
      title: 'Memory and disk, by passages',
      x: 'passages',
      y: 'MB',
      logarithmic: true,
      series: [
        { name: 'memory', points: passages.map((one) => [one.passages, one.rssMb]) },
        { name: 'disk', points: passages.map((one) => [one.passages, one.diskMb]) },
      ],
    },
    conversations: {
      title: 'A turn, by conversations',
      x: 'conversations at once',
      y: 'ms of processor time',
      series: [{ name: 'one process', points: conversations.map((one) => [one.conversations, one.cpuMsPerTurn]) }],
    },
    ...(processes.length > 0 && {
      processes: {
        title: 'A turn on PostgreSQL, by processes',
        x: 'processes',
        y: 'ms of processor time',
        series: [
          { name: 'servers', points: processes.map((one) => [one.processes, one.cpuMsPerTurn] as [number, number]) },
          { name: 'database', points: processes.map((one) => [one.processes, one.databaseCpuMsPerTurn] as [number, number]) },
        ],
      },
    }),
  };
  mkdirSync(folder, { recursive: true });
  return Object.entries(plots).map(([name, plot]) => {
    const file = join(folder, `${name}.svg`);
    writeFileSync(file, drawPlot(plot));
    return file;
  });
}
