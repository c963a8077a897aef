/** Threads that scan, started with the first question that needs them and again some time after they broke. They keep no process alive. */
import { Worker } from 'node:worker_threads';
import { READY, type ScanPart } from './scan-worker.ts';

/** How long no thread is asked after one has failed. */
const PAUSE_MS = 30_000;

export interface Threads {
  count: number;
  /** One job for each thread, at once. False: they are not ready, are down, or one did not answer in time; none of them works on a job then, or will. */
  run(jobs: Omit<ScanPart, 'part'>[]): Promise<boolean>;
  close(): Promise<void>;
}

export function createThreads(parts: { count: number; patienceMs: number; script?: URL; now?: () => number }): Threads {
  const { now = Date.now, script = new URL('./scan-worker.ts', import.meta.url) } = parts;
  let workers: Worker[] = [];
  let downUntil = 0;
  let part = 0;
  let ready = 0;
  const waiting = new Map<number, (done: boolean) => void>();

  function start(): void {
    for (let i = 0; i < parts.count; i++) {
      const worker = new Worker(script, { stdout: false, stderr: false });
      workers.push(worker);
      worker.unref();
      worker.on('message', (done: number) => {
        // What a thread said before it was ended counts for nobody.
        if (done === READY && workers.includes(worker)) ready++;
        waiting.get(done)?.(true);
        waiting.delete(done);
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
    ready = 0;
    await Promise.all(ending.map((worker) => worker.terminate()));
    for (const told of waiting.values()) told(false);
    waiting.clear();
  }

  return {
    count: parts.count,
    close,
    async run(jobs) {
      if (now() < downUntil) return false;
      if (workers.length === 0) tryStart();
      if (workers.length === 0 || ready < workers.length) return false;
      const answers = jobs.map((job, i) => {
        const number = ++part;
        const answer = new Promise<boolean>((told) => waiting.set(number, told));
        workers[i % workers.length]?.postMessage({ ...job, part: number } satisfies ScanPart);
        return answer;
      });
      const late = setTimeout(breakDown, parts.patienceMs);
      try {
        return (await Promise.all(answers)).every(Boolean);
      } finally {
        clearTimeout(late);
      }
    },
  };
}
