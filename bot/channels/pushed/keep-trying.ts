/** Does something that another service must agree to, again until it does or `signal` ends it. Never throws. */
import { setTimeout as sleep } from 'node:timers/promises';
import { backOffMs } from '../../conversation/back-off.ts';

export async function keepTrying(work: () => Promise<void>, signal: AbortSignal, failed: (error: unknown) => void): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return;
      failed(error);
      await sleep(backOffMs(failures + 2), undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
