/** Load that never pauses: the same for a server and for what it is measured against. */
import type { ServerProcess } from './server-process.ts';

/**
 * Saturated seconds before anything counts, of server and echo alike. After ten seconds V8's helpers still compile, some 250 us of each turn, and what they
 * have not compiled yet makes the main thread slow (1.5 ms a turn instead of 0.85); after thirty it is 40 us.
 */
const WARM_S = 30;

/** A short benchmark stays short. */
export const warmSeconds = (seconds: number): number => Math.min(WARM_S, seconds);

export interface Saturated {
  done: number;
  perSecond: number;
  /** User and system time of the server, all its threads. */
  cpuMsEach: number;
}

/**
 * Each of `askers` asks again as soon as it is answered: first for the seconds of `warm`, which do not count, then for `seconds`. `ask` resolves with false
 * when it was not answered, which does not count either.
 */
export async function saturate<Asker>(parts: {
  server: Pick<ServerProcess, 'cpuMs'>;
  askers: Asker[];
  warm: number;
  seconds: number;
  ask(asker: Asker): Promise<boolean>;
  progress(line: string): void;
}): Promise<Saturated> {
  const { server, askers, warm, seconds, ask, progress } = parts;
  async function run(forSeconds: number): Promise<number> {
    const until = performance.now() + forSeconds * 1000;
    let done = 0;
    await Promise.all(
      askers.map(async (asker) => {
        while (performance.now() < until) if (await ask(asker)) done++;
      }),
    );
    return done;
  }
  progress(`saturated: each asks again as soon as it is answered, ${warm} s that do not count`);
  await run(warm);
  progress(`saturated, for ${seconds} s`);
  const from = performance.now();
  const cpuFrom = server.cpuMs();
  const done = await run(seconds);
  const cpuMs = server.cpuMs() - cpuFrom;
  return {
    done,
    perSecond: Math.round((done * 1000) / (performance.now() - from)),
    cpuMsEach: Math.round((cpuMs / Math.max(1, done)) * 1000) / 1000,
  };
}
