/** The best of many scores, without sorting them all. */

const BINS = 1_024;

/** Above this many, sorting them one after the other costs more than comparing pairs. */
const FEW = 256;

/** Places of the `limit` best scores, best first; equal scores keep the order of the collection, so that two runs agree. O(scores + limit log limit). */
export function selectTop(scores: Float64Array, limit: number): number[] {
  const kept: number[] = [];
  const { scale, least } = scores.length > limit ? leastBin(scores, limit) : { scale: 0, least: 0 };
  // By the bin, not by its edge: dividing back is off by the last digit, and would lose whatever stands on it.
  for (let i = 0; i < scores.length; i++) if (binOf(scores[i] as number, scale) >= least) kept.push(i);
  if (kept.length > FEW) kept.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  else insertionSort(kept, scores);
  if (kept.length > limit) kept.length = limit;
  return kept;
}

/** Ascending places stay so among equal scores. */
function insertionSort(places: number[], scores: Float64Array): void {
  for (let i = 1; i < places.length; i++) {
    const place = places[i] as number;
    const score = scores[place] as number;
    let at = i;
    for (; at > 0 && (scores[places[at - 1] as number] as number) < score; at--) places[at] = places[at - 1] as number;
    places[at] = place;
  }
}

const binOf = (score: number, scale: number): number => (score * scale) | 0;

/** The bin in which the last of the best `limit` falls: they are in it or above, and few others. */
function leastBin(scores: Float64Array, limit: number): { scale: number; least: number } {
  let top = 0;
  for (let i = 0; i < scores.length; i++) if ((scores[i] as number) > top) top = scores[i] as number;
  const counts = new Uint32Array(BINS + 1);
  const scale = BINS / (top || 1);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i] as number, scale);
    counts[bin] = (counts[bin] as number) + 1;
  }
  let least = BINS;
  for (let above = counts[least] as number; above < limit && least > 0; above += counts[least] as number) least--;
  return { scale, least };
}

/** What a score that is told apart from the bound only in its last digits may differ by. */
const NEARLY = 1 - 1e-9;

/** Scores that come one after another. */
export interface Top {
  /** Places ascend. Returns a bound: a score below it is none of the best, whatever comes. */
  add(place: number, score: number): number;
  /** The best, best first; equal scores by place. */
  best(): { place: number; score: number }[];
}

/** Of all that is added, the `limit` best: the bound rises with what has come, so that most need not be added at all. `most`: above any score. */
export function gatherTop(limit: number, most: number): Top {
  const places: number[] = [];
  const scores: number[] = [];
  const counts = new Uint32Array(BINS + 1);
  const scale = BINS / most;
  /** The highest bin with at least `limit` scores in it and above, and how many those are. */
  let bin = 0;
  let above = 0;
  let bound = Number.NEGATIVE_INFINITY;
  return {
    add(place, score) {
      const its = Math.min(BINS, (score * scale) | 0);
      if (its < bin) return bound;
      places.push(place);
      scores.push(score);
      counts[its] = (counts[its] as number) + 1;
      above++;
      if (above - (counts[bin] as number) >= limit) {
        while (bin < BINS && above - (counts[bin] as number) >= limit) above -= counts[bin++] as number;
        bound = (bin / scale) * NEARLY;
      }
      return bound;
    },
    best: () => selectTop(Float64Array.from(scores), limit).map((i) => ({ place: places[i] as number, score: scores[i] as number })),
  };
}
