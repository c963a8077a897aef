/** Circuit breaker: after some failures in a row nothing is asked for a while, then one try decides. */

const FAILURES = 3;
const OPEN_MS = 30_000;

export interface Breaker {
  /** True when a call may be made; a half-open breaker lets one through. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
  /** A call that was allowed and ended without telling anything. */
  released(): void;
  state(): 'up' | 'degraded' | 'down';
}

export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let openUntil = 0;
  let trying = false;
  return {
    allows() {
      if (failures < FAILURES) return true;
      if (trying || now() < openUntil) return false;
      trying = true;
      return true;
    },
    succeeded() {
      failures = 0;
      trying = false;
    },
    failed() {
      failures++;
      trying = false;
      if (failures >= FAILURES) openUntil = now() + OPEN_MS;
    },
    released() {
      trying = false;
    },
    state() {
      if (failures === 0) return 'up';
      return failures >= FAILURES && now() < openUntil ? 'down' : 'degraded';
    },
  };
}
