/** The best of many scores, without sorting them all. */

const BINS = 1_024;

/** Places of the `limit` best scores, best first; equal scores keep the order of the collection, so that two runs agree. O(scores + limit log limit). */
export function selectTop(scores: Float64Array, limit: number): number[] {
  const kept: number[] = [];
  const { scale, least } = scores.length > limit ? leastBin(scores, limit) : { scale: 0, least: 0 };
  // By the bin, not by its edge: dividing back is off by the last digit, and would lose whatever stands on it.
  for (let i = 0; i < scores.length; i++) if (binOf(scores[i] as number, scale) >= least) kept.push(i);
  sortByScore(kept, scores);
  if (kept.length > limit) kept.length = limit;
  return kept;
}

/** Runs of so many places are sorted by insertion, and then merged. */
const RUN = 8;
/** What is being sorted, and what it is merged into. Lent to one list at a time. */
let [lentPlaces, lentScores, mergedPlaces, mergedScores] = roomFor(512);

function roomFor(length: number): [Uint32Array, Float64Array, Uint32Array, Float64Array] {
  return [new Uint32Array(length), new Float64Array(length), new Uint32Array(length), new Float64Array(length)];
}

/** Best first; ascending places stay so among equal scores. O(n log n). */
function sortByScore(places: number[], scores: Float64Array): void {
  const count = places.length;
  if (count > lentPlaces.length) [lentPlaces, lentScores, mergedPlaces, mergedScores] = roomFor(2 * count);
  let [from, fromScores, to, toScores] = [lentPlaces, lentScores, mergedPlaces, mergedScores];
  for (let i = 0; i < count; i++) {
    const place = places[i] as number;
    const score = scores[place] as number;
    const first = i - (i % RUN);
    let at = i;
    for (; at > first && (fromScores[at - 1] as number) < score; at--) {
      from[at] = from[at - 1] as number;
      fromScores[at] = fromScores[at - 1] as number;
    }
    from[at] = place;
    fromScores[at] = score;
  }
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(start + 2 * width, count);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const isLeft = left < middle && (right >= end || !((fromScores[left] as number) < (fromScores[right] as number)));
        const next = isLeft ? left++ : right++;
        to[at] = from[next] as number;
        toScores[at] = fromScores[next] as number;
      }
    }
    [from, fromScores, to, toScores] = [to, toScores, from, fromScores];
  }
  for (let i = 0; i < count; i++) places[i] = from[i] as number;
}

const binOf = (score: number, scale: number): number => (score * scale) | 0;

/** Lent to one count at a time. */
const binCounts = new Uint32Array(BINS + 1);

/** The bin in which the last of the best `limit` falls: they are in it or above, and few others. */
function leastBin(scores: Float64Array, limit: number): { scale: number; least: number } {
  let top = 0;
  for (let i = 0; i < scores.length; i++) if ((scores[i] as number) > top) top = scores[i] as number;
  const counts = binCounts.fill(0);
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
