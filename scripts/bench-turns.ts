/** What a durable, answered turn costs: steady at 20 turns/s, then saturated, then a bare echo and one over a turn's own wire under the same client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Citizen, openCitizen, openPool, type SeenActivity } from './bench/citizen.ts';
import { sleepUntil } from './bench/pace.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, type ServerProcess, startProcess } from './bench/server-process.ts';
import { saturate, warmSeconds } from './bench/saturate.ts';
import { judge, percentile, type SentMessage, type Verdict } from './bench/verdict.ts';

const STEADY_PER_SECOND = 20;
const ANSWER_MS = 20_000;
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
  /** What the same citizens cost a bare restify server that says back over the socket what it hears (bench/echo-bot.ts). */
  cpuMsPerSocketEcho: number;
  socketEchoPerSecond: number;
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
    return { ...turns, ...echo, ...(await measureSocketEcho(options)) };
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
    await sleepUntil(began + (i * 1000) / STEADY_PER_SECOND);
    running.push(turn(talks[i % talks.length]!));
  }
  const steady = (await Promise.all(running)).filter((ms) => ms !== null);
  over?.();
  steadily = false;

  const saturated = options.saturatedSeconds ?? seconds;
  const load = { server, askers: talks, warm: warmSeconds(saturated), seconds: saturated, progress };
  const turns = await saturate({ ...load, ask: async (talk) => (await turn(talk)) !== null });
  const rssMb = server.rssMb();

  progress('comparing what was sent with what the history holds');
  const verdicts: Verdict[] = [];
  for (const { citizen, sent } of talks) verdicts.push(judge(sent, await citizen.history()));
  for (const { citizen } of talks) citizen.close();
  await pool.destroy();
  const sum = (key: 'lost' | 'duplicated' | 'outOfOrder') => verdicts.reduce((total, verdict) => total + verdict[key], 0);
  return {
    conversations,
    turnsPerSecond: turns.perSecond,
    cpuMsPerTurn: turns.cpuMsEach,
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

/** Echoes are counted for so long: less than turns need, since each is as the other. */
const ECHO_S = 10;

async function measureEcho({ conversations, seconds, progress }: TurnOptions) {
  progress('a bare restify echo under the same client');
  const server = await startProcess('scripts/bench/echo-server.ts', {}, await freePort());
  const pool = openPool(server.origin, Math.min(conversations, 64));
  const askers = Array.from({ length: conversations }, () => pool);
  const question = questionMaker();
  let n = 0;
  async function ask(): Promise<boolean> {
    const text = question(n++);
    const body = JSON.stringify({ type: 'message', text, from: { id: 'bench' }, channelData: { clientActivityID: `q${n}` } });
    const answer = await pool.request({ method: 'POST', path: '/echo', headers: { 'content-type': 'application/json' }, body });
    await answer.body.text();
    return true;
  }
  try {
    const echoes = await saturate({ server, askers, warm: warmSeconds(seconds), seconds: Math.min(seconds, ECHO_S), ask, progress });
    return { echoPerSecond: echoes.perSecond, cpuMsPerEcho: echoes.cpuMsEach };
  } finally {
    await pool.destroy();
    await server.kill();
  }
}

/** The wire of a turn, and nothing behind it: the same citizens, posts with a token, the answer pushed over their socket. */
async function measureSocketEcho({ conversations, seconds, progress }: TurnOptions) {
  progress('an echo over Direct Line under the same client');
  const server = await startProcess('scripts/bench/echo-bot.ts', {}, await freePort());
  const pool = openPool(server.origin, Math.min(conversations, 64));
  const citizens: Citizen[] = [];
  const question = questionMaker();
  let n = 0;
  async function ask(citizen: Citizen): Promise<boolean> {
    const text = question(n++);
    await citizen.answered(await citizen.post(text, `q${n}`), ANSWER_MS);
    return true;
  }
  try {
    for (let i = 0; i < conversations; i++) citizens.push(await openCitizen(pool));
    const load = { server, askers: citizens, warm: warmSeconds(seconds), seconds: Math.min(seconds, ECHO_S) };
    const echoes = await saturate({ ...load, ask, progress });
    return { socketEchoPerSecond: echoes.perSecond, cpuMsPerSocketEcho: echoes.cpuMsEach };
  } finally {
    for (const citizen of citizens) citizen.close();
    await pool.destroy();
    await server.kill();
  }
}
