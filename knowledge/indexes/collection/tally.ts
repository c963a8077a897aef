/** Counting n-grams while a passage is read. */

/** Distinct n-grams, in the order of their first sight, and how often each occurs (at most 255). */
export interface Grams {
  slots: Uint32Array;
  counts: Uint8Array;
  /** All occurrences. */
  total: number;
}

export interface Tally {
  add(slot: number): void;
  /** What was counted, lent until the next call; the tally is empty again. */
  take(): Grams;
}

/** Counts the n-grams of one passage in an array by slot, which a hash map would take four times as long for. */
export function createTally(): Tally {
  let counts = new Uint8Array(1 << 12);
  let touched = new Uint32Array(1 << 10);
  let lent = new Uint8Array(1 << 10);
  let found = 0;
  let total = 0;

  function first(slot: number): void {
    if (found === touched.length) {
      const larger = new Uint32Array(2 * found);
      larger.set(touched);
      touched = larger;
      lent = new Uint8Array(2 * found);
    }
    touched[found++] = slot;
  }

  return {
    add(slot) {
      if (slot >= counts.length) {
        const larger = new Uint8Array(Math.max(slot + 1, counts.length * 2));
        larger.set(counts);
        counts = larger;
      }
      const count = counts[slot] as number;
      if (count === 0) first(slot);
      if (count < 255) counts[slot] = count + 1;
      total++;
    },
    take() {
      for (let i = 0; i < found; i++) {
        const slot = touched[i] as number;
        lent[i] = counts[slot] as number;
        counts[slot] = 0;
      }
      const taken = { slots: touched.subarray(0, found), counts: lent.subarray(0, found), total };
      found = 0;
      total = 0;
      return taken;
    },
  };
}
