/** The best of many scores, without sorting them all. */

/** Of scores that come one after another, and of those that are there. */
const BINS = 1_024;
const FEW_BINS = 256;
/** In so many places of one bin each finds its own among those before it; more are sorted by the runtime. */
const CROWDED = 256;

/** By bin: how many scores are in it, then where the next of them goes. Lent to one list at a time, as what follows. */
const bins = new Uint32Array(FEW_BINS + 1);
let places = new Uint32Array(512);
let sorted = new Float64Array(512);

/** Places and what they score, best first: the first `count` of each. */
export interface Best {
  count: number;
  places: Uint32Array;
  scores: Float64Array;
}

/** Places of the `limit` best scores, best first; equal scores keep the order of the collection, so that two runs agree. */
export function selectTop(scores: Float64Array, limit: number): number[] {
  const { places, count } = chooseBest(scores, limit, scores.length);
  return Array.from(places.subarray(0, count));
}

/**
 * The `limit` best of the first `count` scores, lent until the next call; equal scores keep the order of the collection, so that two runs agree. They are laid out by
 * bins and put in order there: a comparison whose outcome cannot be foreseen costs more than counting. O(scores + limit log limit).
 */
export function chooseBest(scores: Float64Array, limit: number, count: number): Best {
  let top = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const score = scores[i] as number;
    top = Math.max(top, score);
    low = Math.min(low, score);
  }
  // From the best on, by the bin and not by its edge: dividing back is off by the last digit, and would lose whatever stands on it. Few are the best by far, so
  // that bins are wide there and narrow where many stand.
  const scale = top > low ? FEW_BINS / ((top - low) * (top - low)) : 0;
  bins.fill(0);
  for (let i = 0; i < count; i++) {
    const below = top - (scores[i] as number);
    const bin = (below * below * scale) | 0;
    bins[bin] = (bins[bin] as number) + 1;
  }
  let kept = 0;
  let most = 0;
  let all = 0;
  for (let bin = 0; bin <= FEW_BINS; bin++) {
    const its = bins[bin] as number;
    bins[bin] = all;
    all += its;
    if (kept >= limit) continue;
    kept = all;
    most = Math.max(most, its);
  }
  if (count > places.length) [places, sorted] = [new Uint32Array(2 * count), new Float64Array(2 * count)];
  // Those that are none of the best as well: leaving them out would be a guess for each.
  for (let i = 0; i < count; i++) {
    const score = scores[i] as number;
    const below = top - score;
    const bin = (below * below * scale) | 0;
    const at = bins[bin] as number;
    bins[bin] = at + 1;
    places[at] = i;
    sorted[at] = score;
  }
  if (most <= CROWDED) putInOrder(kept);
  else {
    places.subarray(0, kept).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
    for (let i = 0; i < kept; i++) sorted[i] = scores[places[i] as number] as number;
  }
  return { count: Math.min(kept, limit), places, scores: sorted };
}

/** Best first; most of them stand where they belong, and no bin is crowded. */
function putInOrder(count: number): void {
  for (let i = 1; i < count; i++) {
    const score = sorted[i] as number;
    let at = i;
    if (!((sorted[at - 1] as number) < score)) continue;
    const place = places[i] as number;
    for (; at > 0 && (sorted[at - 1] as number) < score; at--) {
      places[at] = places[at - 1] as number;
      sorted[at] = sorted[at - 1] as number;
    }
    places[at] = place;
    sorted[at] = score;
  }
}

/** What a score that is told apart from the bound only in its last digits may differ by. */
const NEARLY = 1 - 1e-9;

/** Scores that come one after another. */
export interface Top {
  /** Places ascend. Returns a bound: a score below it is none of the best, whatever comes. */
  add(place: number, score: number): number;
  /** The best, best first; equal scores by place. Asked for once, at the end. */
  best(): { place: number; score: number }[];
}

/** Counts that nobody is using. */
let spare: Uint32Array | null = null;

/** Of all that is added, the `limit` best: the bound rises with what has come, so that most need not be added at all. `most`: above any score. */
export function gatherTop(limit: number, most: number): Top {
  const places: number[] = [];
  const scores: number[] = [];
  const counts = spare?.fill(0) ?? new Uint32Array(BINS + 1);
  spare = null;
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
    best() {
      spare = counts;
      return selectTop(new Float64Array(scores), limit).map((i) => ({ place: places[i] as number, score: scores[i] as number }));
    },
  };
}
