/** Rate limits in memory: who asks too often is told when to come back. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './route.ts';

/** Counts one use of `key`; throws Refusal 429 with Retry-After past `points` in `seconds`. */
export type Limit = (key: string) => Promise<void>;

export function createLimit(points: number, seconds: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const wait = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new Refusal(429, 'TooManyRequests', `Troppe richieste: riprova tra ${wait} secondi.`, { 'retry-after': String(wait) });
    }
  };
}
