/** Retrieval figures over one ranking, gain 1 per relevant passage. */

export interface RetrievalFigures {
  recall1: number;
  recall5: number;
  recall10: number;
  mrr10: number;
  ndcg10: number;
}

/** `ranked`: passage ids, best first. The ideal is over min(10, number of relevant passages). */
export function retrievalFigures(ranked: string[], relevant: string[]): RetrievalFigures {
  const wanted = new Set(relevant);
  const recall = (k: number) => ranked.slice(0, k).filter((id) => wanted.has(id)).length / wanted.size;
  const first = ranked.slice(0, 10).findIndex((id) => wanted.has(id));
  let gain = 0;
  let ideal = 0;
  for (let i = 0; i < 10; i++) {
    const discount = 1 / Math.log2(i + 2);
    if (wanted.has(ranked[i] ?? '')) gain += discount;
    if (i < wanted.size) ideal += discount;
  }
  return { recall1: recall(1), recall5: recall(5), recall10: recall(10), mrr10: first < 0 ? 0 : 1 / (first + 1), ndcg10: gain / ideal };
}

/** The value below which a share `p` of the values lies. */
export function percentile(values: number[], p: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] as number;
}

export function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Chance that a random positive scores above a random negative; ties count half. O(n log n). */
export function auroc(positives: number[], negatives: number[]): number {
  if (positives.length === 0 || negatives.length === 0) return 0.5;
  const all = [...positives.map((value) => ({ value, positive: 1 })), ...negatives.map((value) => ({ value, positive: 0 }))].sort(
    (a, b) => a.value - b.value,
  );
  let wins = 0;
  let below = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    const tied = all.slice(from, to);
    const up = tied.filter(({ positive }) => positive).length;
    const down = tied.length - up;
    wins += up * (below + down / 2);
    below += down;
    from = to;
  }
  return wins / (positives.length * negatives.length);
}

/** Share of unanswerable questions refused at each share of answerable ones refused, moving one threshold. */
export function refusalCurve(answerable: number[], unanswerable: number[]): { falseRefusal: number; refused: number; threshold: number }[] {
  const sorted = [...answerable].sort((a, b) => a - b);
  const points: { falseRefusal: number; refused: number; threshold: number }[] = [];
  for (const target of [0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5]) {
    const threshold = sorted[Math.floor(target * sorted.length)] ?? 0;
    const below = (values: number[]) => values.filter((value) => value < threshold).length / Math.max(1, values.length);
    points.push({ falseRefusal: round(below(answerable), 4), refused: round(below(unanswerable), 4), threshold: round(threshold, 4) });
  }
  return points;
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** 95 % interval of a share of n (Wilson). */
export function wilson(share: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  const z = 1.96;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

const RESAMPLES = 2_000;

/** Mean of paired differences with its 95 % bootstrap interval. Deterministic. */
export function pairedInterval(differences: number[]): { mean: number; low: number; high: number } {
  return { mean: round(mean(differences), 4), ...resampledInterval(differences, mean) };
}

/** 95 % bootstrap interval of any figure over cases. Deterministic; O(2,000 × cases). */
export function resampledInterval<T>(cases: T[], figure: (cases: T[]) => number): { low: number; high: number } {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const values = Array.from({ length: cases.length === 0 ? 1 : RESAMPLES }, () =>
    figure(cases.map(() => cases[Math.floor(next() * cases.length)] as T)),
  );
  return { low: round(percentile(values, 0.025), 4), high: round(percentile(values, 0.975), 4) };
}
