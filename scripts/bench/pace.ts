/** Keeps a pace: what is late is not waited for. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves at `due`, a moment of performance.now(); at once when it has passed. */
export async function sleepUntil(due: number): Promise<void> {
  const early = due - performance.now();
  if (early > 0) await sleep(early);
}
