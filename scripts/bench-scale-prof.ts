/** What a turn costs with one, two and four processes on one PostgreSQL: growing must not make it dearer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, whyNoPostgres } from '../connectors/databases/fixtures/start-postgres.ts';
import { type Citizen, openCitizen, openPool } from './bench/citizen.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, type ServerProcess, startProcess } from './bench/server-process.ts';
import { judge, percentile, type SentMessage } from './bench/verdict.ts';

const ANSWER_MS = 30_000;
const DEARER = 1.15;

interface Step {
  processes: number;
  turns: number;
  turnsPerSecond: number;
  /** Of all server processes together. */
  cpuMsPerTurn: number;
  /** Of the database, all its processes. */
  databaseCpuMsPerTurn: number;
  p50Ms: number;
  p95Ms: number;
  errors: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
  rssMb: number[];
}

export interface ScaleFigures {
  steps: Step[];
  /** CPU per turn against that of one process. */
  ratios: Record<string, number>;
  failed: string[];
  skipped?: string;
}

export interface ScaleOptions {
  processes: number[];
  conversations: number;
  seconds: number;
  progress(line: string): void;
}

export async function benchScale(options: ScaleOptions): Promise<ScaleFigures> {
  const why = whyNoPostgres();
  if (why) return { steps: [], ratios: {}, failed: [], skipped: why };
  const postgres = await startPostgres();
  try {
    const DATABASE_URL = await postgres.createDatabase();
    const steps: Step[] = [];
    for (const count of options.processes) steps.push(await measure(count, DATABASE_URL, options, postgres.cpuMs));
    const first = steps[0];
    const ratios = Object.fromEntries(
      steps.map((step) => [step.processes, Math.round((step.cpuMsPerTurn / (first?.cpuMsPerTurn || 1)) * 100) / 100]),
    );
    const failed = [
      ...Object.entries(ratios).flatMap(([count, ratio]) =>
        ratio > DEARER ? [`${count} processes: CPU per turn × ${ratio} > ${DEARER}`] : [],
      ),
      ...steps.flatMap(({ processes, errors, lost, duplicated, outOfOrder }) =>
        errors + lost + duplicated + outOfOrder > 0
          ? [`${processes} processes: ${errors} errors, ${lost} lost, ${duplicated} doubled, ${outOfOrder} out of order`]
          : [],
      ),
    ];
    return { steps, ratios, failed };
  } finally {
    await postgres.stop();
  }
}

async function measure(
  count: number,
  DATABASE_URL: string,
  { conversations, seconds, progress }: ScaleOptions,
  databaseCpuMs: () => number,
): Promise<Step> {
  const folders = Array.from({ length: count }, () => mkdtempSync(join(tmpdir(), 'sportello-scale-')));
  const servers: ServerProcess[] = [];
  try {
    progress(`starting ${count} processes on one PostgreSQL`);
    for (const DATA_DIR of folders) {
      const settings = {
        NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=/tmp/holds-scale/p${count}`,
        DATA_DIR,
        DATABASE_URL,
        DEMO: 'true',
        MESSAGES_PER_MINUTE: '1000000',
        READS_PER_MINUTE: '1000000',
      };
      servers.push(await startProcess('bot/main.ts', settings, await freePort()));
    }
    const pools = servers.map(({ origin }) => openPool(origin, 64));
    const talks: { citizen: Citizen; sent: SentMessage[] }[] = [];
    for (let i = 0; i < conversations; i++) talks.push({ citizen: await openCitizen(pools[i % count]!), sent: [] });
    const ask = questionMaker();
    let n = 0;
    let errors = 0;
    const taken: number[] = [];
    const turn = async ({ citizen, sent }: (typeof talks)[number]) => {
      const began = performance.now();
      const clientActivityID = `${count}-${n}`;
      try {
        const id = await citizen.post(ask(n++), clientActivityID);
        sent.push({ id, clientActivityID });
        await citizen.answered(id, ANSWER_MS);
        taken.push(performance.now() - began);
      } catch {
        errors++;
      }
    };
    const askFor = async (ms: number) => {
      const from = performance.now();
      await Promise.all(
        talks.map(async (talk) => {
          while (performance.now() - from < ms) await turn(talk);
        }),
      );
    };
    // Each process compiles its own code: with fewer turns each, more processes need longer until they are warm.
    progress(`warming up for ${2 * seconds * count} s`);
    await askFor(2000 * seconds * count);
    taken.length = 0;
    progress(`${conversations} conversations ask without a pause for ${seconds} s`);
    const [cpuFrom, databaseFrom, from] = [sumCpu(servers), databaseCpuMs(), performance.now()];
    await askFor(seconds * 1000);
    const elapsed = (performance.now() - from) / 1000;
    const turns = taken.length;
    const perTurn = (ms: number) => Math.round((ms / Math.max(1, turns)) * 100) / 100;
    const step = { cpuMsPerTurn: perTurn(sumCpu(servers) - cpuFrom), databaseCpuMsPerTurn: perTurn(databaseCpuMs() - databaseFrom) };
    const verdicts = await Promise.all(talks.map(async ({ citizen, sent }) => judge(sent, await citizen.history())));
    for (const { citizen } of talks) citizen.close();
    const sum = (key: 'lost' | 'duplicated' | 'outOfOrder') => verdicts.reduce((total, verdict) => total + verdict[key], 0);
    const rssMb = servers.map((server) => server.rssMb());
    await Promise.all(pools.map((pool) => pool.destroy()));
    return {
      processes: count,
      turns,
      turnsPerSecond: Math.round(turns / elapsed),
      ...step,
      p50Ms: percentile(taken, 0.5),
      p95Ms: percentile(taken, 0.95),
      errors,
      lost: sum('lost'),
      duplicated: sum('duplicated'),
      outOfOrder: sum('outOfOrder'),
      rssMb,
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

const sumCpu = (servers: ServerProcess[]): number => servers.reduce((sum, server) => sum + server.cpuMs(), 0);
