/** Announced waits against a simulated counter: the range must hold about four times in five. */
import { expect, test } from 'vitest';
import { estimateWait } from './wait.ts';

/** Seeded, so that the figures below are the same every day. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 0.5) / 4_294_967_296;
  };
}

test('nothing is said with nobody there or too little to go by', () => {
  expect(estimateWait(1, 0, [5, 5, 5, 5, 5, 5])).toBeNull();
  expect(estimateWait(1, 2, [5, 5])).toBeNull();
});

test.each([1, 3, 8])('with %i agents the range holds in 75 to 85 of 100 cases', (agents) => {
  const next = random(7 + agents);
  // Sums of two exponentials: conversations are less scattered than memoryless ones.
  const talk = () => -4 * Math.log(next()) - 4 * Math.log(next());
  let held = 0;
  let width = 0;
  let error = 0;
  let far = 0;
  const rounds = 1_500;
  for (let round = 0; round < rounds; round++) {
    const recent = Array.from({ length: 60 }, talk);
    const place = 1 + Math.floor(next() * 15);
    // A day at this counter: everybody who is served before, from a long time ago.
    const busy = Array.from({ length: agents }, talk);
    const arrival = 40 + next() * 200;
    const serve = () => {
      busy.sort((a, b) => a - b);
      const start = busy[0] as number;
      busy[0] = start + talk();
      return start;
    };
    while (Math.min(...busy) < arrival) serve();
    for (let k = 1; k < place; k++) serve();
    const waited = Math.min(...busy) - arrival;
    const wait = estimateWait(place, agents, recent)!;
    if (waited >= wait.from && waited <= wait.to) held++;
    width += wait.to - wait.from;
    if (place < 10) continue;
    far++;
    error += Math.abs((wait.from + wait.to) / 2 - waited) / waited;
  }
  console.info(
    `waits, ${agents} agents: held ${held / rounds}, mean width ${(width / rounds).toFixed(1)} min, mean error from the tenth place on ${(error / far).toFixed(2)}`,
  );
  expect(held / rounds).toBeGreaterThan(0.75);
  expect(held / rounds).toBeLessThan(0.85);
  expect(error / far).toBeLessThan(0.3);
});
