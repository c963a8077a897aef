/** B-cubed precision, recall and F1 of clusters against labels, as everybody computes it (Bagga and Baldwin, 1998). */
export function bCubed(clusters: string[][], label: (id: string) => string): { precision: number; recall: number; f1: number } {
  const truth = new Map<string, number>();
  for (const id of clusters.flat()) truth.set(label(id), (truth.get(label(id)) ?? 0) + 1);
  let precision = 0;
  let recall = 0;
  let n = 0;
  for (const members of clusters) {
    const inside = new Map<string, number>();
    for (const id of members) inside.set(label(id), (inside.get(label(id)) ?? 0) + 1);
    for (const id of members) {
      const same = inside.get(label(id)) as number;
      precision += same / members.length;
      recall += same / (truth.get(label(id)) as number);
      n++;
    }
  }
  const p = precision / n;
  const r = recall / n;
  return { precision: p, recall: r, f1: (2 * p * r) / (p + r) };
}
