/** A long steady load: does anything grow? Memory, open files, waiting work. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTalks, post, settle } from './bench/chaos/case.ts';
import { sleepUntil } from './bench/pace.ts';
import { freePort, startProcess } from './bench/server-process.ts';
import { percentile } from './bench/verdict.ts';

const CONVERSATIONS = 200;
const SAMPLE_MS = 1_000;
const SLOPE_MB = 1;

export interface SoakFigures {
  seconds: number;
  perSecond: number;
  turns: number;
  /** Least-squares slope of resident memory over the last two thirds. */
  rssSlopeMbPerMinute: number;
  rssMb: { first: number; last: number; most: number };
  openFiles: { first: number; last: number };
  p50Ms: number;
  p99Ms: number;
  verdict: string;
  failed: string[];
}

export async function benchSoak(options: { seconds: number; perSecond: number; progress(line: string): void }): Promise<SoakFigures> {
  const { seconds, perSecond, progress } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-soak-'));
  const settings = { DATA_DIR: dataDir, DEMO: 'true', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' };
  const server = await startProcess('bot/main.ts', settings, await freePort());
  const samples: { minutes: number; rssMb: number; files: number }[] = [];
  try {
    const { talks, close } = await openTalks(server.origin, CONVERSATIONS);
    const taken: number[] = [];
    const began = performance.now();
    const sampling = setInterval(
      () =>
        samples.push({
          minutes: (performance.now() - began) / 60_000,
          rssMb: server.rssMb(),
          files: readdirSync(`/proc/${server.pid}/fd`).length,
        }),
      SAMPLE_MS,
    );
    progress(`${perSecond} turns a second for ${seconds} s`);
    const running: Promise<unknown>[] = [];
    for (let n = 0; n < seconds * perSecond; n++) {
      await sleepUntil(began + (n * 1000) / perSecond);
      const talk = talks[n % talks.length]!;
      const from = performance.now();
      running.push(
        post(talk)
          .then((id) => talk.citizen.answered(id, 20_000))
          .then(
            () => taken.push(performance.now() - from),
            () => {},
          ),
      );
      if (n > 0 && n % (perSecond * 60) === 0) progress(`${n / perSecond} s, ${server.rssMb()} MB`);
    }
    await Promise.all(running);
    clearInterval(sampling);
    const verdict = await settle(talks).catch((error: Error) => `failed: ${error.message}`);
    await close();
    const late = samples.slice(Math.floor(samples.length / 3));
    const slope = slopeOf(late.map(({ minutes, rssMb }) => [minutes, rssMb]));
    const failed = [
      ...(slope >= SLOPE_MB ? [`memory grows by ${slope} MB a minute`] : []),
      ...(verdict.startsWith('failed') ? [verdict] : []),
      ...(taken.length < seconds * perSecond ? [`${seconds * perSecond - taken.length} questions were not answered in time`] : []),
    ];
    return {
      seconds,
      perSecond,
      turns: taken.length,
      rssSlopeMbPerMinute: slope,
      rssMb: { first: samples[0]?.rssMb ?? 0, last: samples.at(-1)?.rssMb ?? 0, most: Math.max(...samples.map(({ rssMb }) => rssMb)) },
      openFiles: { first: samples[0]?.files ?? 0, last: samples.at(-1)?.files ?? 0 },
      p50Ms: percentile(taken, 0.5),
      p99Ms: percentile(taken, 0.99),
      verdict,
      failed,
    };
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Least squares; y for each x, to two digits. */
export function slopeOf(points: [number, number][]): number {
  const mean = (pick: (point: [number, number]) => number) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  const above = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  const below = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return Math.round((above / (below || 1)) * 100) / 100;
}
