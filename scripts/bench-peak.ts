/** Deadline day: many new conversations in a minute, each with its first question. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCitizen, openPool } from './bench/citizen.ts';
import { sleepUntil } from './bench/pace.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, startProcess } from './bench/server-process.ts';
import { percentile } from './bench/verdict.ts';

const ANSWER_MS = 60_000;
const ECHOES = 300;

export interface PeakFigures {
  conversations: number;
  seconds: number;
  errors: number;
  /** From the post of the question to its 200. */
  acknowledged: { p50Ms: number; p95Ms: number; p99Ms: number };
  /** From the post to the answer on the socket. */
  answered: { p50Ms: number; p95Ms: number; p99Ms: number };
  /** From the first request of a conversation to its open socket. */
  opened: { p50Ms: number; p95Ms: number; p99Ms: number };
  /** From the last question to the last answer. */
  drainMs: number;
  rssMb: number;
  /** A bare restify echo under the same client at the same pace. */
  echo: { p50Ms: number; p95Ms: number; p99Ms: number };
  failed: string[];
}

export interface PeakOptions {
  conversations: number;
  seconds: number;
  progress(line: string): void;
}

const threePoints = (values: number[]) => ({
  p50Ms: percentile(values, 0.5),
  p95Ms: percentile(values, 0.95),
  p99Ms: percentile(values, 0.99),
});

export async function benchPeak({ conversations, seconds, progress }: PeakOptions): Promise<PeakFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-peak-'));
  const settings = { DATA_DIR: dataDir, DEMO: 'true', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' };
  progress('starting a server with the demo municipality');
  const server = await startProcess('bot/main.ts', settings, await freePort());
  try {
    const pool = openPool(server.origin, 64);
    const ask = questionMaker();
    const opened: number[] = [];
    const acknowledged: number[] = [];
    const answered: number[] = [];
    let errors = 0;
    let lastPost = 0;
    let lastAnswer = 0;

    async function one(n: number): Promise<void> {
      const began = performance.now();
      try {
        const citizen = await openCitizen(pool);
        opened.push(performance.now() - began);
        const posted = performance.now();
        const id = await citizen.post(ask(n), `p${n}`);
        acknowledged.push(performance.now() - posted);
        lastPost = Math.max(lastPost, posted);
        await citizen.answered(id, ANSWER_MS);
        answered.push(performance.now() - posted);
        lastAnswer = performance.now();
        citizen.close();
      } catch {
        errors++;
      }
    }
    await Promise.all(Array.from({ length: 5 }, (_, n) => one(1_000_000 + n)));
    for (const list of [opened, acknowledged, answered]) list.length = 0;

    progress(`${conversations} new conversations in ${seconds} s`);
    await atPace(conversations, seconds, one);
    const rssMb = server.rssMb();
    await pool.destroy();
    await server.stop();
    const figures = {
      conversations,
      seconds,
      errors,
      acknowledged: threePoints(acknowledged),
      answered: threePoints(answered),
      opened: threePoints(opened),
      drainMs: Math.round(lastAnswer - lastPost),
      rssMb,
      echo: await echoAtPace(conversations / seconds, progress),
    };
    return { ...figures, failed: judge(figures) };
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The targets of R-15. */
function judge({ errors, acknowledged, drainMs }: Pick<PeakFigures, 'errors' | 'acknowledged' | 'drainMs'>): string[] {
  const failed: string[] = [];
  if (errors > 0) failed.push(`errors ${errors} > 0`);
  if (acknowledged.p99Ms > 1_000) failed.push(`acknowledged p99 ${acknowledged.p99Ms} ms > 1000 ms`);
  if (drainMs > 60_000) failed.push(`drained after ${drainMs} ms > 60000 ms`);
  return failed;
}

/** Starts `count` works evenly over so many seconds, whether or not earlier ones have ended; resolves when all have. */
async function atPace(count: number, seconds: number, work: (n: number) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < count; n++) {
    await sleepUntil(began + (n * seconds * 1000) / count);
    running.push(work(n));
  }
  await Promise.all(running);
}

async function echoAtPace(perSecond: number, progress: (line: string) => void) {
  progress('a bare restify echo at the same pace');
  const server = await startProcess('scripts/bench/echo-server.ts', {}, await freePort());
  const pool = openPool(server.origin, 64);
  const ask = questionMaker();
  const taken: number[] = [];
  try {
    await atPace(ECHOES, ECHOES / perSecond, async (n) => {
      const began = performance.now();
      const body = JSON.stringify({ type: 'message', text: ask(n), from: { id: 'bench' } });
      const answer = await pool.request({ method: 'POST', path: '/echo', headers: { 'content-type': 'application/json' }, body });
      await answer.body.text();
      taken.push(performance.now() - began);
    });
    return threePoints(taken);
  } finally {
    await pool.destroy();
    await server.kill();
  }
}
