/** What a turn costs with one, two and four processes on one PostgreSQL: growing must not make it dearer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, whyNoPostgres } from '../connectors/databases/fixtures/start-postgres.ts';
import { type Citizen, openCitizen, openPool } from './bench/citizen.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, type ServerProcess, startProcess } from './bench/server-process.ts';
import { judge, percentile, type SentMessage } from './bench/verdict.ts';

const ANSWER_MS = 30_000;
const DEARER = 1.15;
/** What each process has answered before anything is counted: by then its code is compiled, which is no cost of growing. */
const WARM_TURNS = 5_000;
/** A machine too busy for that is measured as it is, and the figures say how warm. */
const WARM_MS = 150_000;
/** Numbers of processes take turns, so that what else the machine does falls on all of them alike. */
const ROUNDS = 4;
const IDLE_MS = 5_000;
const MOST_ERRORS = 100;

interface Step {
  processes: number;
  turns: number;
  turnsPerSecond: number;
  /** User and system time of the server processes in use, all together; the database is not in it. */
  cpuMsPerTurn: number;
  /** The same in each round: how far chance moves it. */
  cpuMsPerTurnByRound: number[];
  /** Of the database, all its processes. */
  databaseCpuMsPerTurn: number;
  p50Ms: number;
  p95Ms: number;
}

export interface ScaleFigures {
  steps: Step[];
  /** CPU of the servers per turn against that of the smallest number of processes: what is bounded. */
  ratios: Record<string, number>;
  /** The same with the database's. */
  ratiosWithDatabase: Record<string, number>;
  /** What a process costs with open conversations in which nobody writes: sweeps, looks, chores. */
  idleCpuMsPerSecond: number;
  /** Turns of the process that had answered fewest when counting began. */
  warmTurns: number;
  errors: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
  rssMb: number[];
  failed: string[];
  skipped?: string;
}

export interface ScaleOptions {
  processes: number[];
  /** At once, shared among the processes in use. */
  conversations: number;
  /** Counted for each number of processes, in rounds. */
  seconds: number;
  progress(line: string): void;
}

interface Talk {
  citizen: Citizen;
  sent: SentMessage[];
}

interface Member {
  server: ServerProcess;
  talks: Talk[];
  turns: number;
}

const NOTHING = { steps: [], ratios: {}, ratiosWithDatabase: {}, idleCpuMsPerSecond: 0, warmTurns: 0, rssMb: [], failed: [] };
const NO_FAULT = { errors: 0, lost: 0, duplicated: 0, outOfOrder: 0 };

/** Some two minutes with 1, 2 and 4 processes on two quiet cores; at most `WARM_MS` more on busy ones. */
export async function benchScale(options: ScaleOptions): Promise<ScaleFigures> {
  const why = whyNoPostgres();
  if (why) return { ...NOTHING, ...NO_FAULT, skipped: why };
  const postgres = await startPostgres();
  const most = Math.max(...options.processes);
  const folders = Array.from({ length: most }, () => mkdtempSync(join(tmpdir(), 'sportello-scale-')));
  const servers: ServerProcess[] = [];
  try {
    const DATABASE_URL = await postgres.createDatabase();
    for (const [index, DATA_DIR] of folders.entries()) {
      options.progress(`starting process ${index + 1} of ${most} on one PostgreSQL`);
      const settings = { DATA_DIR, DATABASE_URL, DEMO: 'true', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' };
      servers.push(await startProcess('bot/main.ts', settings, await freePort()));
    }
    return await measure(servers, postgres.cpuMs, options);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    await postgres.stop();
  }
}

async function measure(servers: ServerProcess[], databaseCpuMs: () => number, options: ScaleOptions): Promise<ScaleFigures> {
  const { conversations, seconds, progress } = options;
  const counts = [...new Set(options.processes)].sort((a, b) => a - b);
  const pools = servers.map(({ origin }) => openPool(origin, 64));
  const members: Member[] = servers.map((server) => ({ server, talks: [], turns: 0 }));
  // The smallest number of processes has them all in few hands.
  const each = Math.ceil(conversations / counts[0]!);
  progress(`opening ${each} conversations at each process`);
  for (const [index, { talks }] of members.entries())
    for (let i = 0; i < each; i++) talks.push({ citizen: await openCitizen(pools[index]!), sent: [] });

  const ask = questionMaker();
  let n = 0;
  let errors = 0;
  async function turn(member: Member, { citizen, sent }: Talk, taken: number[]): Promise<void> {
    const began = performance.now();
    const clientActivityID = `s${n}`;
    try {
      const id = await citizen.post(ask(n++), clientActivityID);
      sent.push({ id, clientActivityID });
      await citizen.answered(id, ANSWER_MS);
      taken.push(performance.now() - began);
      member.turns++;
    } catch (error) {
      if (++errors > MOST_ERRORS) throw error;
    }
  }
  /** `conversations` of these processes ask without a pause, as long as `goesOn`. Gives the milliseconds of each turn. */
  async function askAll(of: Member[], goesOn: (member: Member) => boolean): Promise<number[]> {
    const taken: number[] = [];
    const share = Math.max(1, Math.floor(conversations / of.length));
    await Promise.all(
      of.flatMap((member) =>
        member.talks.slice(0, share).map(async (talk) => {
          while (goesOn(member)) await turn(member, talk, taken);
        }),
      ),
    );
    return taken;
  }

  progress(`warming up: ${WARM_TURNS} turns at each process`);
  const cold = performance.now();
  await askAll(members, ({ turns }) => turns < WARM_TURNS && performance.now() - cold < WARM_MS);
  const warmTurns = Math.min(...members.map(({ turns }) => turns));

  const sums = counts.map((processes) => ({ processes, cpu: 0, database: 0, ms: 0, taken: [] as number[], rounds: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const sum of sums) {
      // Each process has its turn to be the only one.
      const used = Array.from({ length: sum.processes }, (_, i) => members[(round + i) % members.length]!);
      const [cpuFrom, databaseFrom, from] = [cpuOf(used), databaseCpuMs(), performance.now()];
      const taken = await askAll(used, () => performance.now() - from < (seconds * 1000) / ROUNDS);
      const cpu = cpuOf(used) - cpuFrom;
      sum.ms += performance.now() - from;
      sum.cpu += cpu;
      sum.database += databaseCpuMs() - databaseFrom;
      sum.taken.push(...taken);
      sum.rounds.push(rounded(cpu / Math.max(1, taken.length)));
      progress(`round ${round + 1} of ${ROUNDS}, ${sum.processes} processes: ${taken.length} turns, ${sum.rounds.at(-1)} ms of CPU each`);
    }
  }
  progress('nobody writes: what idle processes cost');
  const idleFrom = cpuOf(members);
  await sleep(IDLE_MS);
  const idleCpuMsPerSecond = rounded((cpuOf(members) - idleFrom) / (IDLE_MS / 1000) / members.length);

  progress('comparing what was sent with what the history holds');
  const faults = { ...NO_FAULT, errors };
  for (const { citizen, sent } of members.flatMap(({ talks }) => talks)) {
    const verdict = judge(sent, await citizen.history());
    for (const key of ['lost', 'duplicated', 'outOfOrder'] as const) faults[key] += verdict[key];
    citizen.close();
  }
  const rssMb = servers.map((server) => server.rssMb());
  await Promise.all(pools.map((pool) => pool.destroy()));

  const steps = sums.map(({ processes, cpu, database, ms, taken, rounds }): Step => {
    const turns = taken.length;
    const perTurn = (all: number) => rounded(all / Math.max(1, turns));
    return {
      processes,
      turns,
      turnsPerSecond: Math.round((turns / ms) * 1000),
      cpuMsPerTurn: perTurn(cpu),
      cpuMsPerTurnByRound: rounds,
      databaseCpuMsPerTurn: perTurn(database),
      p50Ms: percentile(taken, 0.5),
      p95Ms: percentile(taken, 0.95),
    };
  });
  const against = (cost: (step: Step) => number) =>
    Object.fromEntries(steps.map((step) => [step.processes, rounded(cost(step) / (cost(steps[0]!) || 1))]));
  const ratios = against(({ cpuMsPerTurn }) => cpuMsPerTurn);
  const failed = Object.entries(ratios).flatMap(([count, ratio]) =>
    ratio > DEARER ? [`${count} processes: CPU per turn × ${ratio} > ${DEARER}`] : [],
  );
  const { lost, duplicated, outOfOrder } = faults;
  if (errors + lost + duplicated + outOfOrder > 0)
    failed.push(`${errors} errors, ${lost} lost, ${duplicated} doubled, ${outOfOrder} out of order`);
  const ratiosWithDatabase = against((step) => step.cpuMsPerTurn + step.databaseCpuMsPerTurn);
  return { steps, ratios, ratiosWithDatabase, idleCpuMsPerSecond, warmTurns, ...faults, rssMb, failed };
}

const cpuOf = (members: Member[]): number => members.reduce((sum, { server }) => sum + server.cpuMs(), 0);

const rounded = (figure: number): number => Math.round(figure * 100) / 100;
