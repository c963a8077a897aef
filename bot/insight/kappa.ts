/** How far two people agree beyond chance. */

export interface Agreement {
  /** Pairs of verdicts. */
  n: number;
  /** Share of pairs that are equal. */
  observed: number | null;
  /** Cohen's kappa; null without pairs, or when both always said the same one thing (chance explains it all). */
  kappa: number | null;
}

/** Pairs in the order first, second. O(n). */
export function cohenKappa(pairs: [string, string][]): Agreement {
  const n = pairs.length;
  if (n === 0) return { n, observed: null, kappa: null };
  const observed = pairs.filter(([a, b]) => a === b).length / n;
  const shareOf = (at: 0 | 1, verdict: string) => pairs.filter((pair) => pair[at] === verdict).length / n;
  const chance = [...new Set(pairs.flat())].reduce((sum, verdict) => sum + shareOf(0, verdict) * shareOf(1, verdict), 0);
  return { n, observed: round(observed), kappa: chance === 1 ? null : round((observed - chance) / (1 - chance)) };
}

const round = (value: number): number => Number(value.toFixed(3));
