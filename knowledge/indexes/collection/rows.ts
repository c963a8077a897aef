/**
 * Numbers of passages that stay while few of them change, so that what was built over them stays too: a new passage is appended, and one that leaves leaves its
 * number behind. Small collections are numbered anew with each change: building over them costs little, and is exact.
 */

/** A passage that knows its number; -1 = none. */
export interface Numbered {
  row: number;
}

export interface Rows<E> {
  /** Another one: all numbers are new. */
  epoch: number;
  /** Rows that stood when the epoch began; those after them have come since. */
  settled: number;
  /** By row; one that has left still stands there. */
  entries: readonly E[];
  /** Rows that have left. */
  gone: ReadonlySet<number>;
}

/** Passages from which on numbers stay. */
export const STEADY_FROM = 20_000;
/** What may change before all are numbered anew: what has come is read again with each change. */
const FEW = 2_000;
const FEW_SHARE = 0.05;

export interface RowOrder<E> {
  added(entry: E): void;
  removed(entry: E): void;
  current(): Rows<E>;
}

export function createRows<E extends Numbered>(living: ReadonlySet<E>, steadyFrom = STEADY_FROM): RowOrder<E> {
  let entries: E[] = [];
  let gone = new Set<number>();
  let settled = 0;
  let epoch = 0;
  let changed = true;

  function renumber(): void {
    entries = [...living];
    for (let row = 0; row < entries.length; row++) (entries[row] as E).row = row;
    gone = new Set();
    settled = entries.length;
    epoch++;
  }

  return {
    added(entry) {
      changed = true;
      // While nobody has asked there is nothing to keep.
      if (settled === 0) return;
      entry.row = entries.length;
      entries.push(entry);
    },
    removed(entry) {
      changed = true;
      if (entry.row >= 0) gone.add(entry.row);
      entry.row = -1;
    },
    current() {
      const since = entries.length - settled + gone.size;
      if (changed && (settled < steadyFrom || living.size < steadyFrom || since > Math.max(FEW, settled * FEW_SHARE))) renumber();
      changed = false;
      return { epoch, settled, entries, gone };
    },
  };
}
