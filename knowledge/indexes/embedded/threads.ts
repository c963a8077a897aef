/** Threads that score, started with the first question that needs them and again some time after they broke. They keep no process alive. */
import { Worker } from 'node:worker_threads';
import { type Job, READY } from './aside-worker.ts';

/** How long no thread is asked after one has failed. */
const PAUSE_MS = 30_000;

export interface Threads {
  count: number;
  /** Whether all of them can take a job now; the first time, they are started. */
  ready(): boolean;
  /** The same, without starting any. */
  running(): boolean;
  /** One job for each thread, at once, and their results. null: they are not ready, are down, or one did not answer in time; none of them works on a job then, or will. */
  run(jobs: Job[]): Promise<unknown[] | null>;
  close(): Promise<void>;
}

interface Told {
  part: number;
  result: unknown;
}

export function createThreads(parts: { count: number; patienceMs: number; script?: URL; now?: () => number }): Threads {
  const { now = Date.now, script = new URL('./aside-worker.ts', import.meta.url) } = parts;
  let workers: Worker[] = [];
  let downUntil = 0;
  let part = 0;
  let begun = 0;
  const waiting = new Map<number, (told: Told | null) => void>();

  function start(): void {
    for (let i = 0; i < parts.count; i++) {
      const worker = new Worker(script, { stdout: false, stderr: false });
      workers.push(worker);
      worker.unref();
      worker.on('message', (told: Told) => {
        // What a thread said before it was ended counts for nobody.
        if (told.part === READY && workers.includes(worker)) begun++;
        waiting.get(told.part)?.(told);
        waiting.delete(told.part);
      });
      worker.once('error', breakDown);
      worker.once('exit', () => {
        if (workers.includes(worker)) breakDown();
      });
    }
  }

  /** A machine that gives no more threads says so when one is made. */
  function tryStart(): void {
    try {
      start();
    } catch {
      breakDown();
    }
  }

  function breakDown(): void {
    downUntil = now() + PAUSE_MS;
    void close();
  }

  /** Resolves when no thread runs any more. */
  async function close(): Promise<void> {
    const ending = workers;
    workers = [];
    begun = 0;
    await Promise.all(ending.map((worker) => worker.terminate()));
    for (const tell of waiting.values()) tell(null);
    waiting.clear();
  }

  function ready(): boolean {
    if (now() < downUntil) return false;
    if (workers.length === 0) tryStart();
    return workers.length > 0 && begun === workers.length;
  }

  return {
    count: parts.count,
    ready,
    running: () => workers.length > 0 && begun === workers.length,
    close,
    async run(jobs) {
      if (!ready()) return null;
      const answers = jobs.map((job, i) => {
        const number = ++part;
        const answer = new Promise<Told | null>((tell) => waiting.set(number, tell));
        workers[i % workers.length]?.postMessage({ part: number, job });
        return answer;
      });
      const late = setTimeout(breakDown, parts.patienceMs);
      try {
        const told = await Promise.all(answers);
        return told.includes(null) ? null : told.map((one) => (one as Told).result);
      } finally {
        clearTimeout(late);
      }
    },
  };
}
