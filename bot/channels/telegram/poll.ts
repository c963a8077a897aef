/** Asks Telegram for updates, for a body without a public address. An update is confirmed by the next request, when it is durable here. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import { backOffMs } from '../../conversation/back-off.ts';
import { UPDATES } from './update.ts';

/** Telegram answers earlier when something comes. */
const WAIT_SECONDS = 25;

/** Resolves when `signal` ends it. `take` throws when the update could not be stored: then it is asked for again. */
export async function poll(parts: {
  api: Api;
  take(update: unknown): Promise<void>;
  signal: AbortSignal;
  log: { warn(fields: object, message: string): void };
}): Promise<void> {
  const { api, signal, log } = parts;
  let offset = 0;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const updates = await api.getUpdates({ offset, timeout: WAIT_SECONDS, limit: 100, allowed_updates: [...UPDATES] }, signal as never);
      for (const update of updates) {
        if (signal.aborted) return;
        await parts.take(update);
        offset = update.update_id + 1;
      }
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ error: error instanceof Error ? error.message : 'not an Error' }, 'Telegram could not be asked for updates');
      await sleep(backOffMs(failures++), undefined, { signal }).catch(() => {});
    }
  }
}
