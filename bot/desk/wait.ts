/** How long somebody in the queue will wait, said as a range that holds four times in five, or not at all. */

export interface Wait {
  /** Minutes: the wait is shorter than `from` one time in ten, longer than `to` one time in ten. */
  from: number;
  to: number;
}

/** Fewer finished conversations than this say nothing. */
const LEAST = 5;
const ROUNDS = 400;

/**
 * Plays the counter many times with the lengths of recent conversations: every agent is in the middle of one (long ones are met more often), and the
 * k-th in line is served when k of them have ended. `place` from 1; `minutes`: recent conversations from claim to close. Null when there is nobody or
 * too little to go by. O(400 × (place × agents)), the same range for the same figures.
 */
export function estimateWait(place: number, agents: number, minutes: number[]): Wait | null {
  const lengths = minutes.filter((one) => one > 0);
  if (agents < 1 || lengths.length < LEAST || place < 1) return null;
  const next = sequence();
  const total = lengths.reduce((sum, one) => sum + one, 0);
  const anyLength = () => lengths[Math.floor(next() * lengths.length)] as number;
  const rest = () => {
    let at = next() * total;
    for (const length of lengths) {
      at -= length;
      if (at < 0) return length * next();
    }
    return anyLength() * next();
  };
  const waits: number[] = [];
  const busy = new Float64Array(agents);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < agents; i++) busy[i] = rest();
    for (let k = 1; k < place; k++) {
      const first = firstOf(busy);
      busy[first] = (busy[first] as number) + anyLength();
    }
    waits.push(busy[firstOf(busy)] as number);
  }
  waits.sort((a, b) => a - b);
  const from = Math.floor(waits[Math.floor(ROUNDS * 0.1)] as number);
  return { from, to: Math.max(from + 1, Math.round(waits[Math.floor(ROUNDS * 0.9)] as number)) };
}

function firstOf(busy: Float64Array): number {
  let first = 0;
  for (let i = 1; i < busy.length; i++) if ((busy[i] as number) < (busy[first] as number)) first = i;
  return first;
}

/** Numbers between 0 and 1 that look random and are the same each time. */
function sequence(): () => number {
  let state = 12_345;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
