/** Counting n-grams while a passage is read. */
import type { Arena } from './arena.ts';

/** Counts the n-grams of one passage in an array by slot, which a hash map would take four times as long for. */
export function createTally(arena: Arena) {
  let counts = new Uint8Array(1 << 12);
  const touched: number[] = [];
  let total = 0;
  return {
    addAll(slots: Uint32Array): void {
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] as number;
        if (slot >= counts.length) {
          const larger = new Uint8Array(Math.max(slot + 1, counts.length * 2));
          larger.set(counts);
          counts = larger;
        }
        const count = counts[slot] as number;
        if (count === 0) touched.push(slot);
        if (count < 255) counts[slot] = count + 1;
      }
      total += slots.length;
    },
    /** What was counted, and the tally empty again. */
    take(): { grams: Uint32Array; gramCounts: Uint8Array; gramTotal: number } {
      const grams = arena.words(touched);
      const gramCounts = arena.bytes(touched.length);
      for (let i = 0; i < touched.length; i++) {
        gramCounts[i] = counts[touched[i] as number] as number;
        counts[touched[i] as number] = 0;
      }
      const taken = { grams, gramCounts, gramTotal: total };
      touched.length = 0;
      total = 0;
      return taken;
    },
  };
}
