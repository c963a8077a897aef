/** A server of its own for a benchmark: started as operators start it, watched from outside by /proc. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

export interface ServerProcess {
  origin: string;
  pid: number;
  /** Milliseconds from the start of the process to its first ready answer. */
  startMs: number;
  /** Processor time until then. */
  startCpuMs: number;
  /** Processor time so far, user and system, in milliseconds; resolution 10 ms. */
  cpuMs(): number;
  rssMb(): number;
  /** The last lines it wrote. */
  said(): string;
  /** Ended, by itself or by a signal. */
  ended(): boolean;
  kill(): Promise<void>;
  /** Resolves with the exit status. */
  stop(): Promise<number | null>;
}

const living = new Set<ChildProcess>();

/** A server that ended instead of becoming ready; `status` as it ended with, null = by a signal. */
export class EndedInStart extends Error {
  status: number | null;
  constructor(status: number | null, said: string) {
    super(`The server ended with ${status ?? 'a signal'} while it started:\n${said}`);
    this.status = status;
  }
}

/** Ends every server that this process has started: whoever waits for one hears of it. */
export async function endAll(): Promise<void> {
  await Promise.all([...living].map((child) => end(child, 'SIGKILL')));
}

export const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Starts `node <script>` with these settings and waits until `ready` answers 200. Throws with the last lines it wrote when it ends instead. */
export async function startProcess(
  script: string,
  environment: Record<string, string>,
  port: number,
  ready = '/health/ready',
): Promise<ServerProcess> {
  const began = performance.now();
  const child = spawn(process.execPath, [resolve(ROOT, script), String(port)], {
    cwd: ROOT,
    // Nothing of this process' environment: a benchmark's settings are all its own.
    env: { PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(origin + ready))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new EndedInStart(child.exitCode, said);
    if (performance.now() - began > 180_000) throw new Error(`The server was not ready after 180 s:\n${said}`);
    await sleep(15);
  }
  const pid = child.pid!;
  return {
    origin,
    pid,
    said: () => said,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    startMs: performance.now() - began,
    startCpuMs: cpuMs(pid),
    cpuMs: () => cpuMs(pid),
    rssMb: () => rssMb(pid),
    kill: async () => void (await end(child, 'SIGKILL')),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

function rssMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const ended = new Promise<number | null>((done) => child.once('exit', (status) => done(status)));
  child.kill(signal);
  const forced = setTimeout(() => child.kill('SIGKILL'), 15_000);
  return ended.finally(() => clearTimeout(forced));
}
