/**
 * What a turn costs with one, two and four processes on one PostgreSQL: growing must not make it dearer. Beside them run as many strangers, each with a
 * database of its own: they share nothing but the machine, so what four of those cost more than one is the machine's, and the rest is the program's.
 */
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
const WARM_MS = 240_000;
/**
 * Each number of processes is measured between two slices of a single process and compared with their mean, since the machine's own speed changes within
 * seconds: what becomes slower or faster meanwhile falls on both.
 */
const SLICE_MS = 1_500;
const IDLE_MS = 5_000;
const MOST_ERRORS = 100;

interface Step {
  processes: number;
  /** Each has a database of its own. */
  strangers: boolean;
  turns: number;
  turnsPerSecond: number;
  /** User and system time of the server processes in use, all together; the database is not in it. */
  cpuMsPerTurn: number;
  /** The same in each slice: how far chance moves it. The single process has one before and after each of the others. */
  cpuMsPerTurnByRound: number[];
  /** Of the database, all its processes. */
  databaseCpuMsPerTurn: number;
  p50Ms: number;
  p95Ms: number;
}

export interface ScaleFigures {
  steps: Step[];
  /** CPU of the servers per turn against that of the smallest number of processes just before and after, median of the rounds: what is bounded. */
  ratios: Record<string, number>;
  /** The same of strangers, against the same one process: what so many busy processes cost on this machine, whatever they share. */
  ratiosOfStrangers: Record<string, number>;
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
  /**
   * At once when all processes are in use. Each has its part of them in every round: fewer messages at once cost one process more as well (they share
   * packets, commits and rounds of the event loop), and that must not pass for a cost of growing.
   */
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

/** So many processes, in use together. */
interface Group {
  processes: number;
  strangers: boolean;
  of: Member[];
  turns: number;
  cpu: number;
  database: number;
  ms: number;
  taken: number[];
  /** CPU of each turn in each slice. */
  slices: number[];
  /** Of each slice, its costs by those of the single process around it. */
  ratios: Cost[];
}

/** Of a turn: CPU of the servers, and with the database's. */
interface Cost {
  cpu: number;
  all: number;
}

const NOTHING = {
  steps: [],
  ratios: {},
  ratiosOfStrangers: {},
  ratiosWithDatabase: {},
  idleCpuMsPerSecond: 0,
  warmTurns: 0,
  rssMb: [],
  failed: [],
};
const NO_FAULT = { errors: 0, lost: 0, duplicated: 0, outOfOrder: 0 };

/** Some five minutes with 1, 2 and 4 processes on two quiet cores; at most `WARM_MS` more on busy ones. Eight servers: 3 to 4 GB. */
export async function benchScale(options: ScaleOptions): Promise<ScaleFigures> {
  const why = whyNoPostgres();
  if (why) return { ...NOTHING, ...NO_FAULT, skipped: why };
  const postgres = await startPostgres();
  const most = Math.max(...options.processes);
  const folders = Array.from({ length: 2 * most }, () => mkdtempSync(join(tmpdir(), 'sportello-scale-')));
  const servers: ServerProcess[] = [];
  try {
    const shared = await postgres.createDatabase();
    for (const [index, DATA_DIR] of folders.entries()) {
      options.progress(index < most ? `starting process ${index + 1} of ${most} on one database` : `starting stranger ${index - most + 1}`);
      const DATABASE_URL = index < most ? shared : await postgres.createDatabase();
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
  const most = members.length / 2;
  const each = Math.max(1, Math.floor(conversations / most));
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
  /** All conversations of these processes ask without a pause, as long as `goesOn`. Gives the milliseconds of each turn. */
  async function askAll(of: Member[], goesOn: (member: Member) => boolean): Promise<number[]> {
    const taken: number[] = [];
    await Promise.all(
      of.flatMap((member) =>
        member.talks.map(async (talk) => {
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

  const [together, strangers] = [members.slice(0, most), members.slice(most)];
  const groups = [
    ...counts.map((processes) => groupOf(processes, together, false)),
    ...counts.slice(1).map((processes) => groupOf(processes, strangers, true)),
  ];
  async function slice(group: Group, round: number): Promise<Cost> {
    // Each process has its turn to be the only one.
    const used = Array.from({ length: group.processes }, (_, i) => group.of[(round + i) % most]!);
    const [cpuFrom, databaseFrom, from] = [cpuOf(used), databaseCpuMs(), performance.now()];
    const taken = await askAll(used, () => performance.now() - from < SLICE_MS);
    const [cpu, database] = [cpuOf(used) - cpuFrom, databaseCpuMs() - databaseFrom];
    group.ms += performance.now() - from;
    group.turns += taken.length;
    group.cpu += cpu;
    group.database += database;
    group.taken.push(...taken);
    const turns = Math.max(1, taken.length);
    group.slices.push(cpu / turns);
    return { cpu: cpu / turns, all: (cpu + database) / turns };
  }

  const [one, ...others] = groups as [Group, ...Group[]];
  const rounds = Math.max(2, Math.round((seconds * 1000) / SLICE_MS));
  for (let round = 0; round < rounds; round++) {
    let before = await slice(one, round);
    for (const group of round % 2 ? others.toReversed() : others) {
      const cost = await slice(group, round);
      const after = await slice(one, round);
      const by = (key: keyof Cost) => cost[key] / ((before[key] + after[key]) / 2 || 1);
      group.ratios.push({ cpu: by('cpu'), all: by('all') });
      before = after;
    }
    const said = groups.map((group) => `${group.processes}${group.strangers ? ' strangers' : ''}: ${group.slices.at(-1)!.toFixed(2)}`);
    progress(`round ${round + 1} of ${rounds}, ms of CPU each turn with ${said.join(', ')}`);
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

  const steps = groups.map(({ processes, strangers, turns, cpu, database, ms, taken, slices }): Step => {
    const perTurn = (all: number) => rounded(all / Math.max(1, turns));
    return {
      processes,
      strangers,
      turns,
      turnsPerSecond: Math.round((turns / ms) * 1000),
      cpuMsPerTurn: perTurn(cpu),
      cpuMsPerTurnByRound: slices.map(rounded),
      databaseCpuMsPerTurn: perTurn(database),
      p50Ms: percentile(taken, 0.5),
      p95Ms: percentile(taken, 0.95),
    };
  });
  const ratiosOf = (strangers: boolean, key: keyof Cost) =>
    Object.fromEntries(
      [one, ...others]
        .filter((group) => group.strangers === strangers)
        .map((group) => [group.processes, group === one ? 1 : rounded(median(group.ratios.map((ratio) => ratio[key])))]),
    );
  const ratios = ratiosOf(false, 'cpu');
  const ratiosOfStrangers = ratiosOf(true, 'cpu');
  const failed = Object.entries(ratios).flatMap(([count, ratio]) =>
    ratio > DEARER ? [`${count} processes: CPU per turn × ${ratio} > ${DEARER}`] : [],
  );
  const { lost, duplicated, outOfOrder } = faults;
  if (errors + lost + duplicated + outOfOrder > 0)
    failed.push(`${errors} errors, ${lost} lost, ${duplicated} doubled, ${outOfOrder} out of order`);
  const ratiosWithDatabase = ratiosOf(false, 'all');
  return { steps, ratios, ratiosOfStrangers, ratiosWithDatabase, idleCpuMsPerSecond, warmTurns, ...faults, rssMb, failed };
}

const groupOf = (processes: number, of: Member[], strangers: boolean): Group => ({
  processes,
  strangers,
  of,
  turns: 0,
  cpu: 0,
  database: 0,
  ms: 0,
  taken: [],
  slices: [],
  ratios: [],
});

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
}

const cpuOf = (members: Member[]): number => members.reduce((sum, { server }) => sum + server.cpuMs(), 0);

const rounded = (figure: number): number => Math.round(figure * 100) / 100;
