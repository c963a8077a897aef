/** The nearest vectors among some places of the column: in this thread or in another, the same code. */
import { cosineOf, deskOf, inverseLength, STRETCH, startOf, type VectorMemory } from '../collection/vector-column.ts';
import { ROWS_AT_ONCE, type ScanRows, type Scans, scansOver } from './dense-scan.ts';
import { takeStretch } from './stretches.ts';

/** In `rows`: a place whose vector is not looked at. */
export const NO_ROW = 0xffffffff;

/** Rows and the cosines of their vectors with the question's. */
export interface Near {
  rows: Uint32Array;
  cosines: Float32Array;
}

export const NOTHING_NEAR: Near = { rows: new Uint32Array(0), cosines: new Float32Array(0) };

export interface Comparison {
  layout: VectorMemory;
  query: Int8Array;
  /** By place: the row whose vector stands there, NO_ROW where none is or the filter does not admit it. */
  rows: Uint32Array;
  /** Where this thread writes its products; no other may at the same time. */
  desk: number;
  limit: number;
}

export interface NearestPart extends Comparison {
  fromPlace: number;
  toPlace: number;
}

export interface NearestShared extends Comparison {
  /** Of the question (stretches.ts). */
  ticket: number;
}

const scansOf = new WeakMap<WebAssembly.Memory, Scans>();

function scanFor({ memory, width }: VectorMemory, query: Int8Array): ScanRows {
  let scans = scansOf.get(memory);
  if (!scans) {
    scans = scansOver(memory, width);
    scansOf.set(memory, scans);
  }
  return scans.relaxed && !query.includes(-128) ? scans.relaxed : scans.plain;
}

/** The question's vector must stand at the beginning of the memory (`lay`). Cosines above 0 only; equal ones by row. O(places × dimension). */
export function nearestIn({ fromPlace, toPlace, ...comparison }: NearestPart): Near {
  const { compare, done } = openComparison(comparison);
  compare(fromPlace, toPlace);
  return done();
}

/** The same for the stretches that are left, `most` of them at most. `taken`: how many those were. */
export function nearestShared({ ticket, ...comparison }: NearestShared, most = Number.POSITIVE_INFINITY): { near: Near; taken: number } {
  const { layout, rows } = comparison;
  const { compare, done } = openComparison(comparison);
  let taken = 0;
  for (; taken < most; taken++) {
    const place = takeStretch(layout, ticket, rows.length);
    if (place < 0) break;
    compare(place, Math.min(rows.length, place + STRETCH));
  }
  return { near: done(), taken };
}

function openComparison({ layout, query, rows, desk, limit }: Comparison): { compare(from: number, to: number): void; done(): Near } {
  const { memory, width, perBlock, blockBytes, first } = layout;
  const scan = scanFor(layout, query);
  const own = inverseLength(query);
  const out = deskOf(width, desk);
  const dots = new Int32Array(memory.buffer, out, STRETCH);
  const best = keepBest(limit);
  let bound = 0;

  function compare(fromPlace: number, toPlace: number): void {
    for (let place = fromPlace; place < toPlace; ) {
      // Blocks and stretches hold whole groups, so that none begins in one and ends in another.
      const start = place - (place % ROWS_AT_ONCE);
      const block = Math.floor(place / perBlock);
      const end = Math.min(toPlace, (block + 1) * perBlock, start + STRETCH);
      const inverse = new Float32Array(memory.buffer, first + block * blockBytes + perBlock * width, perBlock);
      const offset = block * perBlock;
      const from = startOf(layout, start);
      scan(from, from + (end - start) * width, width, out);
      for (let i = place; i < end; i++) {
        const dot = dots[i - start] as number;
        if (dot <= 0) continue;
        const cosine = cosineOf(dot, own, inverse[i - offset] as number);
        if (cosine < bound || rows[i] === NO_ROW || cosine === 0) continue;
        bound = best.add(rows[i] as number, cosine);
      }
      place = end;
    }
  }

  return { compare, done: best.done };
}

/** Writes the question's vector where the kernel reads it: one question at a time. */
export function lay({ memory, width }: VectorMemory, query: Int8Array): void {
  const [whole, above, below] = [0, 1, 2].map((part) => new Int8Array(memory.buffer, part * width, width).fill(0)) as [
    Int8Array,
    Int8Array,
    Int8Array,
  ];
  whole.set(query);
  for (let i = 0; i < query.length; i++) {
    const number = query[i] as number;
    if (number > 0) above[i] = number;
    else below[i] = -number;
  }
}

/** The nearest of several parts. */
export function mergeNear(parts: Near[], limit: number): Near {
  if (parts.length === 1) return parts[0] as Near;
  const best = keepBest(limit);
  for (const { rows, cosines } of parts) for (let i = 0; i < rows.length; i++) best.add(rows[i] as number, cosines[i] as number);
  return best.done();
}

/** The `limit` largest of what is added, largest first, equal ones by row. `add` returns a bound: what is below it is none of them. */
export function keepBest(limit: number): { add(row: number, cosine: number): number; done(): Near } {
  let kept: { row: number; cosine: number }[] = [];
  let bound = 0;
  function cut(): void {
    kept.sort((a, b) => b.cosine - a.cosine || a.row - b.row);
    if (kept.length < limit) return;
    kept = kept.slice(0, limit);
    bound = kept.at(-1)?.cosine ?? 0;
  }
  return {
    add(row, cosine) {
      kept.push({ row, cosine });
      if (kept.length >= 4 * limit) cut();
      return bound;
    },
    done() {
      cut();
      return { rows: Uint32Array.from(kept, ({ row }) => row), cosines: Float32Array.from(kept, ({ cosine }) => cosine) };
    },
  };
}
