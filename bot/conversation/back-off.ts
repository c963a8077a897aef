/** No pause is longer; one that seems so comes of a clock that was set back. */
export const LONGEST_PAUSE_MS = 36_000;

/** Milliseconds to wait after the n-th failure: 250 × 2ⁿ, at most 30 s, spread by ± 20 % so that many do not come back at once. */
export function backOffMs(failures: number): number {
  return Math.min(250 * 2 ** failures, 30_000) * (0.8 + Math.random() * 0.4);
}
