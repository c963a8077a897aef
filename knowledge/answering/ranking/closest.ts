/** Which of the hits are read closely. */
import type { IndexHit } from '../../indexes/contract.ts';

/**
 * Fills `closest` with the places of the best hits, best first, as many as it has room for; equal ones stand in the order of their documents. Gives the best
 * score of the rest. Hits come nearly in their order, so that few have to move.
 */
export function chooseClosest(hits: IndexHit[], scores: Float64Array, closest: Int32Array): number {
  const most = closest.length;
  let rest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < hits.length; i++) {
    let at = Math.min(i, most);
    if (at === most) {
      const last = closest[at - 1] as number;
      const stays = !isCloser(hits, scores, i, last);
      rest = Math.max(rest, scores[stays ? i : last] as number);
      if (stays) continue;
      at--;
    }
    for (; at > 0 && isCloser(hits, scores, i, closest[at - 1] as number); at--) closest[at] = closest[at - 1] as number;
    closest[at] = i;
  }
  return rest;
}

function isCloser(hits: IndexHit[], scores: Float64Array, i: number, other: number): boolean {
  const score = scores[i] as number;
  const against = scores[other] as number;
  return score > against || (score === against && positionOf(hits, i) < positionOf(hits, other));
}

function positionOf(hits: IndexHit[], i: number): number {
  return (hits[i] as IndexHit).entry.passage.position;
}
