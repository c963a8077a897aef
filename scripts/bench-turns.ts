/** What a durable, answered turn costs: steady at 20 turns/s, then saturated, then a bare echo under the same client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Citizen, openCitizen, openPool, type SeenActivity } from './bench/citizen.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, type ServerProcess, startProcess } from './bench/server-process.ts';
import { judge, percentile, type SentMessage, type Verdict } from './bench/verdict.ts';

const STEADY_PER_SECOND = 20;
const ANSWER_MS = 20_000;
/** Saturated seconds before anything is counted, of server and echo alike: until then compilers work beside both. */
const WARM_S = 10;
/** Errors that are told of in words; all are counted. */
const MOST_TOLD = 10;

export interface TurnFigures {
  conversations: number;
  turnsPerSecond: number;
  echoPerSecond: number;
  cpuMsPerTurn: number;
  cpuMsPerEcho: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  errors: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
  rssMb: number;
}

export interface TurnOptions {
  conversations: number;
  /** Length of the steady and of the saturated phase. */
  seconds: number;
  /** Another length of the saturated phase. */
  saturatedSeconds?: number;
  progress: (line: string) => void;
  /** Another server script, for trials. */
  script?: string;
  /** Puts more than the demo into the folder, before the server starts. */
  prepare?(dataDir: string): Promise<void>;
  /** The n-th question; absent = one in the demo's words. */
  ask?(n: number): string;
  watch?: Watch;
}

/** What else is written down of the turns. */
export interface Watch {
  /** Of the steady phase; `acknowledgedMs`: from the post to its 200. */
  answered(n: number, answer: SeenActivity, acknowledgedMs: number): void;
  /** Called when the steady phase begins; what it returns, when it ends. */
  steady(server: ServerProcess): () => void;
}

export async function benchTurns(options: TurnOptions): Promise<TurnFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-bench-'));
  const settings = { DATA_DIR: dataDir, DEMO: 'true', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' };
  const port = await freePort();
  await options.prepare?.(dataDir);
  options.progress('starting a server with the demo municipality');
  const server = await startProcess(options.script ?? 'bot/main.ts', settings, port);
  try {
    const turns = await measureTurns(server, options);
    await server.stop();
    const echo = await measureEcho(options);
    return { ...turns, ...echo };
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Talk {
  citizen: Citizen;
  sent: SentMessage[];
}

async function measureTurns(server: ServerProcess, options: TurnOptions) {
  const { conversations, seconds, progress, watch } = options;
  const pool = openPool(server.origin, Math.min(conversations, 64));
  progress(`opening ${conversations} conversations`);
  const talks: Talk[] = [];
  for (let i = 0; i < conversations; i++) talks.push({ citizen: await openCitizen(pool), sent: [] });
  const ask = options.ask ?? questionMaker();
  let next = 0;
  let errors = 0;
  let steadily = false;

  async function turn({ citizen, sent }: Talk): Promise<number | null> {
    const began = performance.now();
    const n = next++;
    const clientActivityID = `q${n}`;
    const watched = steadily ? watch : undefined;
    try {
      const id = await citizen.post(ask(n), clientActivityID);
      const acknowledged = performance.now() - began;
      sent.push({ id, clientActivityID });
      const answer = await citizen.answered(id, ANSWER_MS);
      const ms = performance.now() - began;
      watched?.answered(n, answer, acknowledged);
      return ms;
    } catch (error) {
      errors++;
      if (errors <= MOST_TOLD) progress(`turn ${n}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  progress('warming up');
  await Promise.all(talks.map(turn));
  progress(`steady: ${STEADY_PER_SECOND} turns a second for ${seconds} s`);
  const running: Promise<number | null>[] = [];
  steadily = true;
  const over = watch?.steady(server);
  const began = performance.now();
  for (let i = 0; i < seconds * STEADY_PER_SECOND; i++) {
    const due = began + (i * 1000) / STEADY_PER_SECOND;
    if (due > performance.now()) await sleep(due - performance.now());
    running.push(turn(talks[i % talks.length]!));
  }
  const steady = (await Promise.all(running)).filter((ms) => ms !== null);
  over?.();
  steadily = false;

  /** Every conversation asks again as soon as it is answered. Resolves with the number of turns. */
  async function saturate(forSeconds: number): Promise<number> {
    const until = performance.now() + forSeconds * 1000;
    let turns = 0;
    await Promise.all(
      talks.map(async (talk) => {
        while (performance.now() < until) if ((await turn(talk)) !== null) turns++;
      }),
    );
    return turns;
  }
  const saturated = options.saturatedSeconds ?? seconds;
  const warm = Math.min(WARM_S, saturated);
  progress(`saturated: every conversation asks again as soon as it is answered, ${warm} s that do not count`);
  await saturate(warm);
  progress(`saturated, for ${saturated} s`);
  const from = performance.now();
  const cpuFrom = server.cpuMs();
  const turns = await saturate(saturated);
  const cpuMs = server.cpuMs() - cpuFrom;
  const elapsed = (performance.now() - from) / 1000;
  const rssMb = server.rssMb();

  progress('comparing what was sent with what the history holds');
  const verdicts: Verdict[] = [];
  for (const { citizen, sent } of talks) verdicts.push(judge(sent, await citizen.history()));
  for (const { citizen } of talks) citizen.close();
  await pool.destroy();
  const sum = (key: 'lost' | 'duplicated' | 'outOfOrder') => verdicts.reduce((total, verdict) => total + verdict[key], 0);
  return {
    conversations,
    turnsPerSecond: Math.round(turns / elapsed),
    cpuMsPerTurn: Math.round((cpuMs / Math.max(1, turns)) * 1000) / 1000,
    p50Ms: percentile(steady, 0.5),
    p95Ms: percentile(steady, 0.95),
    p99Ms: percentile(steady, 0.99),
    errors,
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    outOfOrder: sum('outOfOrder'),
    rssMb,
  };
}

async function measureEcho({ conversations, seconds, progress }: TurnOptions) {
  const length = Math.min(seconds, 10);
  progress(`a bare restify echo under the same client, for ${length} s`);
  const server = await startProcess('scripts/bench/echo-server.ts', {}, await freePort());
  const pool = openPool(server.origin, Math.min(conversations, 64));
  const ask = questionMaker();
  let n = 0;
  async function echo(): Promise<void> {
    const text = ask(n++);
    const body = JSON.stringify({ type: 'message', text, from: { id: 'bench' }, channelData: { clientActivityID: `q${n}` } });
    const answer = await pool.request({ method: 'POST', path: '/echo', headers: { 'content-type': 'application/json' }, body });
    await answer.body.text();
  }
  try {
    async function saturate(forSeconds: number): Promise<number> {
      const until = performance.now() + forSeconds * 1000;
      let echoes = 0;
      await Promise.all(
        Array.from({ length: conversations }, async () => {
          while (performance.now() < until) {
            await echo();
            echoes++;
          }
        }),
      );
      return echoes;
    }
    await saturate(Math.min(WARM_S, length));
    const from = performance.now();
    const cpuFrom = server.cpuMs();
    const echoes = await saturate(length);
    const cpuMs = server.cpuMs() - cpuFrom;
    return {
      echoPerSecond: Math.round((echoes * 1000) / (performance.now() - from)),
      cpuMsPerEcho: Math.round((cpuMs / echoes) * 1000) / 1000,
    };
  } finally {
    await pool.destroy();
    await server.kill();
  }
}
