/** Rate limits in memory: who asks too often is told when to come back. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './route.ts';

/** Counts one use of `key`; throws Refusal 429 with Retry-After past `points` in `seconds`. */
export type Limit = (key: string) => Promise<void>;

/** `giveBack` undoes one use, where only failures should count. */
export function createLimit(points: number, seconds: number): Limit & { giveBack(key: string): Promise<void> } {
  // No two share a memory: a prefix would only be put before each key anew.
  const limiter = new RateLimiterMemory({ points, duration: seconds, keyPrefix: '' });
  const limit: Limit = async (key) => {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const wait = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new Refusal(429, 'TooManyRequests', `Troppe richieste: riprova tra ${wait} secondi.`, { 'retry-after': String(wait) });
    }
  };
  return Object.assign(limit, {
    async giveBack(key: string) {
      await limiter.reward(key);
    },
  });
}
