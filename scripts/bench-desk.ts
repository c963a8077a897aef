/** What the desk costs when it is full: a citizen's message on the agent's screen and the reply back, and the list while 200 wait. Agents do what the page does: read again when the socket says so. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import openDatabase from '../connectors/databases/embedded.ts';
import { createUser } from '../bot/staff/users.ts';
import { type Agent, openAgent } from './bench/agent.ts';
import { type Citizen, openCitizen, openPool } from './bench/citizen.ts';
import { freePort, startProcess } from './bench/server-process.ts';
import { percentile } from './bench/verdict.ts';

const PASSWORD = 'una password per la misura';
const WAITING = 200;
const LIMITS = { screenP95Ms: 200, backP95Ms: 200, listP95Ms: 100 };
/** A message every half minute in each conversation: how people write. */
const SECONDS_BETWEEN = 30;
const PATIENCE_MS = 20_000;

export interface DeskFigures {
  agents: number;
  conversations: number;
  messages: number;
  messagesPerSecond: number;
  /** From the citizen's post to the agent's screen holding it. */
  screenP50Ms: number;
  screenP95Ms: number;
  /** From the agent's post to the citizen's socket. */
  backP50Ms: number;
  backP95Ms: number;
  waiting: number;
  /** From the socket's hint to the list of 200 read. */
  listP50Ms: number;
  listP95Ms: number;
  lost: number;
  cpuShare: number;
  rssMb: number;
  failed: string[];
}

export interface DeskOptions {
  agents: number;
  conversations: number;
  seconds: number;
  progress(line: string): void;
}

export async function benchDesk(options: DeskOptions): Promise<DeskFigures> {
  const { agents: count, progress } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-desk-'));
  const names = Array.from({ length: count }, (_, i) => `Agente ${i}`);
  const database = await openDatabase({ dataDir });
  for (const name of names) await createUser(database, { name, role: 'agent', office: null, password: PASSWORD }, 'operator');
  await database.close();
  progress('starting a server with the demo municipality');
  const server = await startProcess(
    'bot/main.ts',
    { DATA_DIR: dataDir, DEMO: 'true', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' },
    await freePort(),
  );
  const pool = openPool(server.origin, 64);
  const open: { close(): void }[] = [];
  try {
    const agents: Agent[] = [];
    for (const name of names) agents.push(await openAgent(pool, server.origin, name, PASSWORD));
    open.push(...agents);
    const talks = await fill(pool, agents, options);
    open.push(...talks.map(({ citizen }) => citizen));
    const live = await measureLive(talks, options, () => server.cpuMs());
    const list = await measureList(pool, agents, open, progress);
    const figures = { agents: count, conversations: talks.length, ...live, ...list, rssMb: server.rssMb() };
    return { ...figures, failed: judge(figures) };
  } finally {
    for (const one of open) one.close();
    await server.stop();
    await pool.close().catch(() => {});
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Talk {
  citizen: Citizen;
  agent: Agent;
  handoffId: string;
}

/** Citizens ask for a person and every agent takes the same share. */
async function fill(pool: Pool, agents: Agent[], { conversations, progress }: DeskOptions): Promise<Talk[]> {
  progress(`${conversations} citizens ask for a person, ${agents.length} agents take them`);
  const talks: Talk[] = [];
  for (let from = 0; from < conversations; from += agents.length) {
    const citizens = await Promise.all(
      agents.slice(0, conversations - from).map(async (agent, i) => {
        const citizen = await openCitizen(pool);
        const id = await citizen.post('vorrei parlare con una persona', `ask-${from + i}`);
        await citizen.answered(id, PATIENCE_MS);
        return { citizen, agent };
      }),
    );
    const waiting = new Map((await agents[0]!.list('waiting')).map(({ conversationId, id }) => [conversationId, id]));
    for (const { citizen, agent } of citizens) {
      const handoffId = waiting.get(citizen.conversationId);
      if (!handoffId) throw new Error('a request for a person is not in the list');
      await agent.act(handoffId, 'claim', {});
      talks.push({ citizen, agent, handoffId });
    }
  }
  return talks;
}

async function measureLive(talks: Talk[], { seconds, progress }: DeskOptions, cpuMs: () => number) {
  const perSecond = talks.length / SECONDS_BETWEEN;
  progress(`${perSecond.toFixed(1)} messages a second for ${seconds} s, each answered`);
  const screen: number[] = [];
  const back: number[] = [];
  let lost = 0;

  async function exchange({ citizen, agent, handoffId }: Talk, n: number): Promise<void> {
    const words = `domanda numero ${n}, grazie`;
    const began = performance.now();
    const shown = agent.shows(handoffId, citizen.conversationId, words, PATIENCE_MS);
    await citizen.post(words, `m-${n}`);
    await shown;
    screen.push(performance.now() - began);
    const reply = `risposta numero ${n}, prego`;
    const answered = performance.now();
    const heard = hears(citizen, reply);
    await agent.act(handoffId, 'messages', { text: reply, key: `k-${n}` });
    await heard;
    back.push(performance.now() - answered);
  }

  // The first look at a conversation is written to the audit, and code is cold: neither is what a day is like.
  for (let from = 0; from < talks.length; from += 20)
    await Promise.all(talks.slice(from, from + 20).map((talk, i) => exchange(talk, -1 - from - i)));
  screen.length = 0;
  back.length = 0;
  const running: Promise<void>[] = [];
  const total = Math.round(perSecond * seconds);
  const began = performance.now();
  const cpuBefore = cpuMs();
  for (let n = 0; n < total; n++) {
    const talk = talks[(n * 7919) % talks.length] as Talk;
    running.push(
      exchange(talk, n).catch(() => {
        lost++;
      }),
    );
    await sleep(Math.max(0, began + ((n + 1) * 1000) / perSecond - performance.now()));
  }
  await Promise.all(running);
  const took = performance.now() - began;
  return {
    messages: total,
    messagesPerSecond: Number((total / (took / 1000)).toFixed(1)),
    screenP50Ms: percentile(screen, 0.5),
    screenP95Ms: percentile(screen, 0.95),
    backP50Ms: percentile(back, 0.5),
    backP95Ms: percentile(back, 0.95),
    lost,
    cpuShare: Number(((cpuMs() - cpuBefore) / took).toFixed(2)),
  };
}

async function hears(citizen: Citizen, words: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  // The citizen's socket keeps what it has seen; looking every few milliseconds is finer than what is measured.
  while (!citizen.seen.slice(-10).some(({ text }) => text === words)) {
    if (performance.now() > until) throw new Error('the reply did not come');
    await sleep(3);
  }
}

async function measureList(pool: Pool, agents: Agent[], open: { close(): void }[], progress: (line: string) => void) {
  progress(`${WAITING} wait; the list is read again for each one more`);
  const ask = async (n: number): Promise<void> => {
    const citizen = await openCitizen(pool);
    open.push(citizen);
    await citizen.answered(await citizen.post('vorrei parlare con una persona', `w-${n}`), PATIENCE_MS);
  };
  for (let n = 0; n < WAITING; n += 20) await Promise.all(Array.from({ length: 20 }, (_, i) => ask(n + i)));
  const times: number[] = [];
  const [agent] = agents as [Agent];
  for (let n = 0; n < 30; n++) {
    const hint = agent.hint(PATIENCE_MS);
    await ask(WAITING + n);
    await hint;
    const began = performance.now();
    const list = await agent.list('waiting');
    times.push(performance.now() - began);
    if (list.length < WAITING) throw new Error(`the list holds ${list.length}, not ${WAITING}`);
  }
  return { waiting: WAITING, listP50Ms: percentile(times, 0.5), listP95Ms: percentile(times, 0.95) };
}

function judge(figures: Omit<DeskFigures, 'failed'>): string[] {
  const failed = (Object.keys(LIMITS) as (keyof typeof LIMITS)[])
    .filter((name) => figures[name] > LIMITS[name])
    .map((name) => `${name} > ${LIMITS[name]}`);
  return figures.lost > 0 ? [...failed, 'lost > 0'] : failed;
}
