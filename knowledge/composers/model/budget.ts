/** Daily token cap, kept in this process. What a call may cost is set aside before it is made, so that calls at once cannot overshoot. */

const DAY_MS = 24 * 60 * 60 * 1000;
/** Room for the reply of a call, in tokens. */
export const REPLY_TOKENS = 700;

export interface Budget {
  /** Sets the cost of a call aside; null when it would not fit. */
  reserve(characters: number): Reservation | null;
  spent(): number;
  /** True when no further call fits. */
  exhausted(): boolean;
}

export interface Reservation {
  /** What was used in the end; null = not told, so what was set aside counts. */
  settle(tokens: number | null): void;
}

export function createBudget(perDay: number, now: () => number): Budget {
  let day = -1;
  let used = 0;
  let refused = false;
  const today = (): number => {
    const current = Math.floor(now() / DAY_MS);
    if (current !== day) {
      day = current;
      used = 0;
      refused = false;
    }
    return current;
  };
  return {
    reserve(characters) {
      const started = today();
      const cost = Math.ceil(characters / 3) + REPLY_TOKENS;
      if (used + cost > perDay) {
        refused = true;
        return null;
      }
      used += cost;
      refused = false;
      return {
        settle(tokens) {
          if (tokens !== null && today() === started) used += tokens - cost;
        },
      };
    },
    spent() {
      today();
      return used;
    },
    exhausted() {
      today();
      return refused || used >= perDay;
    },
  };
}
