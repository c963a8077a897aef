/**
 * Work begins some at a time in each round of the event loop, in order: however much waits, what citizens send is taken in between. The first `singly`
 * begin one at a time: what runs for the first times is compiled on the way. Where a multitude waits half of it begins at once, at most `inCrowd`: what
 * commits together costs less.
 */
export function createGate(atOnce: number, singly = 0, inCrowd = atOnce): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let begun = 0;
  const open = (): void => {
    const now = begun < singly ? 1 : Math.max(atOnce, Math.min(inCrowd, Math.floor(waiting.length / 2)));
    begun += now;
    for (const begin of waiting.splice(0, now)) begin();
    if (waiting.length > 0) setImmediate(open);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(open);
    });
}

/** Of each name, so many are in at a time; the others wait in order. `enter` resolves with the way out. */
export function createLanes(atOnce: number): { enter(name: string): Promise<() => void> } {
  const lanes = new Map<string, { inside: number; waiting: (() => void)[] }>();
  return {
    async enter(name) {
      const lane = lanes.get(name) ?? { inside: 0, waiting: [] };
      lanes.set(name, lane);
      if (lane.inside < atOnce) lane.inside++;
      else await new Promise<void>((resolve) => lane.waiting.push(resolve));
      return () => {
        const next = lane.waiting.shift();
        // The place is handed on.
        if (next) next();
        else lane.inside--;
      };
    },
  };
}
