/** Threads share out vectors while they compare them: whoever is free takes the next stretch, so that none waits for one that came late or has other work. */
import { agreedAt, STRETCH, type VectorMemory } from '../collection/vector-column.ts';

/** Of the word they agree on: the question's ticket above, the next stretch below. */
const BITS = 16;
const NEXT = (1 << BITS) - 1;

let tickets = 0;

const agreed = ({ memory, width }: VectorMemory): Uint32Array => new Uint32Array(memory.buffer, agreedAt(width), 1);

export const stretchesOf = (places: number): number => Math.ceil(places / STRETCH);

/** Stretches of the question whose vector was laid there (nearest.ts); returns its ticket. Who still holds an earlier one gets nothing more. */
export function openStretches(layout: VectorMemory): number {
  tickets = (tickets + 1) & NEXT;
  Atomics.store(agreed(layout), 0, tickets * (NEXT + 1));
  return tickets;
}

/** Takes a stretch of the first `places`, as its first place; -1 = none is left, or another question has come. */
export function takeStretch(layout: VectorMemory, ticket: number, places: number): number {
  const word = agreed(layout);
  for (;;) {
    const seen = Atomics.load(word, 0);
    const next = seen & NEXT;
    if (seen >>> BITS !== ticket || next >= stretchesOf(places)) return -1;
    if (Atomics.compareExchange(word, 0, seen, seen + 1) === seen) return next * STRETCH;
  }
}
