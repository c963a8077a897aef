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
