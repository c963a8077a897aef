/** Handing over under SIGKILL: a citizen asks for a person, one takes over, both write, a colleague takes over from there and closes. Every run has a kill somewhere in it; nothing said may be missing, doubled or in another order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import openDatabase from '../connectors/databases/embedded.ts';
import { createUser } from '../bot/staff/users.ts';
import { type Citizen, openCitizen, openPool } from './bench/citizen.ts';
import { openSteadyAgent, type SteadyAgent } from './bench/steady-agent.ts';
import { freePort, type ServerProcess, startProcess } from './bench/server-process.ts';

const PASSWORD = 'una password per la misura';
const TRIES = 5_000;
/** What each says before and after the second handing over. */
const WORDS = 3;
const STEPS_OF_A_RUN = 4 + 4 * WORDS;

export interface HandoffFigures {
  runs: number;
  kills: number;
  messages: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
  /** Requests that are not exactly one, closed by the second agent. */
  wrongRequests: number;
  failed: string[];
}

export interface HandoffOptions {
  runs: number;
  /** Runs that one kill falls into. */
  together: number;
  progress(line: string): void;
}

interface Run {
  citizen: Citizen;
  said: string[];
  handoffId: string;
}

export async function benchHandoff({ runs, together, progress }: HandoffOptions): Promise<HandoffFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-handoff-'));
  const settings = { DATA_DIR: dataDir, DEMO: 'false', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' };
  const database = await openDatabase({ dataDir });
  for (const name of ['Anna', 'Bruno']) await createUser(database, { name, role: 'agent', office: null, password: PASSWORD }, 'operator');
  await database.close();
  const port = await freePort();
  progress('starting a server');
  let server: ServerProcess = await startProcess('bot/main.ts', settings, port);
  const pool = openPool(server.origin, together + 10);
  const figures = { runs, kills: 0, messages: 0, lost: 0, duplicated: 0, outOfOrder: 0, wrongRequests: 0 };
  try {
    const [anna, bruno] = await Promise.all(['Anna', 'Bruno'].map((name) => openSteadyAgent(pool, name, PASSWORD)));
    if (!anna || !bruno) throw new Error('the agents did not sign in');
    for (let from = 0; from < runs; from += together) {
      const count = Math.min(together, runs - from);
      const total = count * STEPS_OF_A_RUN;
      let steps = 0;
      const killAt = 1 + Math.floor(Math.random() * (total - 1));
      const killing = (async () => {
        while (steps < killAt) await sleep(1);
        await sleep(Math.random() * 20);
        await server.kill();
        server = await startProcess('bot/main.ts', settings, port);
        figures.kills++;
      })();
      const done = Promise.all(Array.from({ length: count }, (_, i) => take(pool, [anna, bruno], from + i, () => steps++)));
      const [all] = await Promise.all([done, killing]);
      const transcripts = await Promise.all(all.map((run) => readBoth(run, bruno)));
      const requests = await bruno.requests();
      for (const [i, run] of all.entries()) {
        judge(run, transcripts[i] as Both, requests.get(run.citizen.conversationId) ?? 0, figures);
        run.citizen.close();
      }
      progress(`${from + count} of ${runs}: killed after ${killAt} of ${total} steps, ${figures.lost} lost`);
    }
  } finally {
    await pool.destroy();
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
  const failed = (['lost', 'duplicated', 'outOfOrder', 'wrongRequests'] as const)
    .filter((name) => figures[name] > 0)
    .map((name) => `${name} > 0`);
  return { ...figures, failed };
}

async function take(pool: Pool, [anna, bruno]: [SteadyAgent, SteadyAgent], n: number, step: () => void): Promise<Run> {
  const citizen = await again(() => openCitizen(pool));
  const said: string[] = [];
  async function asks(text: string): Promise<void> {
    await citizen.post(text, `${n}-${said.length}`, TRIES);
    said.push(text);
    step();
  }
  await asks(`vorrei parlare con una persona, caso ${n}`);
  const handoffId = await anna.find(citizen.conversationId);
  await anna.act(handoffId, 'claim', {}, ({ state, agent }) => state === 'accepted' && agent === 'Anna');
  step();
  async function talk(agent: SteadyAgent, from: number): Promise<void> {
    for (let k = from; k < from + WORDS; k++) {
      await asks(`caso ${n}, domanda ${k}`);
      const text = `caso ${n}, risposta ${k}`;
      await agent.act(handoffId, 'messages', { text, key: `${n}-${k}` });
      said.push(text);
      step();
    }
  }
  await talk(anna, 0);
  await anna.act(handoffId, 'transfer', { to: 'Bruno' }, ({ agent }) => agent === 'Bruno');
  step();
  await talk(bruno, WORDS);
  await bruno.act(handoffId, 'close', { outcome: 'solved' }, ({ state }) => state === 'completed');
  step();
  return { citizen, said, handoffId };
}

interface Both {
  /** What the citizen has, and what the agent sees; only what was said in this run. */
  citizen: string[];
  agent: string[];
  state: string;
  closedBy: string | null;
}

async function readBoth({ citizen, said, handoffId }: Run, agent: SteadyAgent): Promise<Both> {
  const own = new Set(said);
  const until = performance.now() + 20_000;
  let there: string[] = [];
  // Turns that a kill has cut are taken up again: what was acknowledged comes, a little later.
  do {
    there = (await citizen.history()).map(({ text }) => text ?? '').filter((text) => own.has(text));
    if (there.length >= said.length) break;
    await sleep(100);
  } while (performance.now() < until);
  const packet = await agent.packet(handoffId);
  return {
    citizen: there,
    agent: packet.transcript.map(({ text }) => text).filter((text) => own.has(text)),
    state: packet.state,
    closedBy: packet.agent,
  };
}

function judge({ said }: Run, both: Both, requests: number, figures: Omit<HandoffFigures, 'failed'>): void {
  figures.messages += said.length;
  for (const texts of [both.citizen, both.agent]) {
    figures.lost += said.filter((text) => !texts.includes(text)).length;
    figures.duplicated += texts.length - new Set(texts).size;
    // Each speaker's own order: what two people write in the same moment has none.
    for (const mine of [/domanda|persona/, /risposta/]) {
      const own = texts.filter((text, index) => mine.test(text) && texts.indexOf(text) === index).map((text) => said.indexOf(text));
      figures.outOfOrder += own.filter((at, index) => index > 0 && at < (own[index - 1] as number)).length;
    }
  }
  if (both.state !== 'completed' || both.closedBy !== 'Bruno' || requests !== 1) figures.wrongRequests++;
}

/** Until the server is back. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES) throw error;
      await sleep(50);
    }
  }
}
