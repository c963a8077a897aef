/** A fault that is brought about, and what must hold while and after it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Citizen, openCitizen, openPool } from '../citizen.ts';
import { questionMaker } from '../questions.ts';
import { freePort, startProcess } from '../server-process.ts';
import { judge, type SentMessage } from '../verdict.ts';

export interface CaseOptions {
  quick: boolean;
  progress(line: string): void;
  /** The case has taken too long: its servers are gone, and what it waits for will not come. */
  signal?: AbortSignal;
}

export interface Case {
  /** Number in the list of reliability tests. */
  id: string;
  name: string;
  /** Resolves with the measured words; rejects (Failed) with what did not hold, or Skipped with why it cannot be tried here. */
  run(options: CaseOptions): Promise<string>;
}

export class Failed extends Error {}
export class Skipped extends Error {}

export function must(holds: boolean, words: string): void {
  if (!holds) throw new Failed(words);
}

/** Settings of a server of its own; no limits, since one citizen of a benchmark writes as many. */
export const settingsFor = (DATA_DIR: string, more: Record<string, string> = {}): Record<string, string> => ({
  DATA_DIR,
  DEMO: 'false',
  MESSAGES_PER_MINUTE: '1000000',
  READS_PER_MINUTE: '1000000',
  LOG_LEVEL: 'error',
  ...more,
});

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-chaos-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let prepared: Promise<string> | undefined;

/** A folder of its own with the demo municipality in it: prepared once, then copied. */
export async function withDemo<T>(work: (folder: string) => Promise<T>): Promise<T> {
  prepared ??= prepareDemo();
  const made = await prepared;
  return withFolder(async (folder) => {
    cpSync(made, folder, { recursive: true });
    return work(folder);
  });
}

async function prepareDemo(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-chaos-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const server = await startProcess('bot/main.ts', settingsFor(folder, { DEMO: 'true' }), await freePort());
  await server.stop();
  return folder;
}

export interface Talk {
  citizen: Citizen;
  sent: SentMessage[];
}

/** Opens conversations at `origin`; close them and the pool at the end. */
export async function openTalks(origin: string, count: number) {
  const pool = openPool(origin, Math.min(count, 64));
  const talks: Talk[] = [];
  for (let i = 0; i < count; i++) talks.push({ citizen: await openCitizen(pool), sent: [] });
  return {
    talks,
    async close() {
      for (const { citizen } of talks) citizen.close();
      await pool.destroy();
    },
  };
}

const ask = questionMaker();
let asked = 0;

/** Posts one question until it is acknowledged. */
export async function post({ citizen, sent }: Talk, tries = 5_000): Promise<string> {
  const n = asked++;
  const clientActivityID = `c${n}`;
  const id = await citizen.post(ask(n), clientActivityID, tries);
  sent.push({ id, clientActivityID });
  return id;
}

/** Waits for every answer and compares: nothing lost, doubled or out of order, in the history and on the socket. */
export async function settle(talks: Talk[], patienceMs = 90_000): Promise<string> {
  const deadline = performance.now() + patienceMs;
  for (const { citizen, sent } of talks)
    for (const { id } of sent) await citizen.answered(id, Math.max(1, deadline - performance.now())).catch(() => {});
  const total = { sent: 0, lost: 0, duplicated: 0, outOfOrder: 0, visible: 0 };
  for (const { citizen, sent } of talks) {
    const verdict = judge(sent, await citizen.history());
    total.sent += sent.length;
    for (const key of ['lost', 'duplicated', 'outOfOrder'] as const) total[key] += verdict[key];
    total.visible += judge(sent, citizen.seen).duplicated;
  }
  const words = `${total.sent} messages: ${total.lost} lost, ${total.duplicated} doubled, ${total.outOfOrder} out of order, ${total.visible} shown twice`;
  must(total.lost + total.duplicated + total.outOfOrder + total.visible === 0, words);
  return words;
}
