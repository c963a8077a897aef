/** How cost grows: with passages, with conversations, with processes. Each figure from the benchmark of its own, each in a process of its own; plots beside them. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
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
  /** Where and when; a quick run is for a look, not to be quoted. */
  taken: { at: string; processor: string; cores: number; memoryGb: number; node: string; quick: boolean };
  /** Files written. */
  plots: string[];
}

/** Some ten minutes on two quiet cores; `out`: a folder for the plots and the figures behind them (`growth.json`). Rejects when a benchmark cannot run. */
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
  const processes = steps
    .filter(({ strangers }) => !strangers)
    .map(({ processes: count, cpuMsPerTurn, databaseCpuMsPerTurn }) => ({
      processes: count,
      cpuMsPerTurn,
      databaseCpuMsPerTurn,
    }));
  const [core] = cpus();
  const taken = {
    at: new Date().toISOString().slice(0, 16),
    processor: core?.model ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    quick,
  };
  const figures = { taken, passages, conversations, processes, ...(skipped ? { skipped } : {}) };
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

function write(folder: string, figures: Omit<GrowthFigures, 'plots'>): string[] {
  const { passages, conversations, processes } = figures;
  const plots: Record<string, Plot> = {
    'passages-query': {
      title: 'What a question takes in a growing collection',
      x: 'passages',
      y: 'milliseconds, 95th percentile',
      logarithmic: true,
      series: [
        { name: 'words', points: passages.map((one) => [one.passages, one.lexicalP95Ms]) },
        { name: 'words and vectors', points: passages.map((one) => [one.passages, one.hybridP95Ms]) },
      ],
    },
    'passages-build': {
      title: 'What a start reads: the index of a growing collection',
      x: 'passages',
      y: 'seconds, from the database to the first answer',
      logarithmic: true,
      series: [{ name: 'words', points: passages.map((one) => [one.passages, one.buildMs / 1000]) }],
    },
    'passages-memory': {
      title: 'Memory and disk of a growing collection, with vectors',
      x: 'passages',
      y: 'megabytes',
      logarithmic: true,
      series: [
        { name: 'memory', points: passages.map((one) => [one.passages, one.rssMb]) },
        { name: 'disk', points: passages.map((one) => [one.passages, one.diskMb]) },
      ],
    },
    conversations: {
      title: 'What a turn costs with more conversations at once',
      x: 'conversations that all ask without a pause',
      y: 'milliseconds of processor time for each turn',
      series: [{ name: 'one server', points: conversations.map((one) => [one.conversations, one.cpuMsPerTurn]) }],
    },
    ...(processes.length > 0 && {
      processes: {
        title: 'What a turn costs with more processes on one PostgreSQL',
        x: 'processes in use',
        y: 'milliseconds of processor time for each turn',
        series: [
          { name: 'servers', points: processes.map((one) => [one.processes, one.cpuMsPerTurn] as [number, number]) },
          { name: 'database', points: processes.map((one) => [one.processes, one.databaseCpuMsPerTurn] as [number, number]) },
        ],
      },
    }),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'growth.json'), `${JSON.stringify(figures, null, 2)}\n`);
  return Object.entries(plots).map(([name, plot]) => {
    const file = join(folder, `${name}.svg`);
    writeFileSync(file, drawPlot(plot));
    return file;
  });
}
