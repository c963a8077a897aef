/**
 * Vectors of a large collection are compared by other threads, each its share of the rows: at 100,000 passages the scan takes longer than the rest of a turn,
 * and whoever else asks would wait for it. All threads see one memory; a question is one message there and one back.
 */
import { availableParallelism } from 'node:os';
import { kernel, layOut, type ScanRows, scanOver } from './dense-scan.ts';
import { createThreads, type Threads } from './scan-threads.ts';

/** Bytes of vectors: below it (some 40,000 passages of 384 numbers, 3 ms) the way to another thread costs more than it saves on a machine whose cores are taken. */
const WORTH_BYTES = 16_000_000;
/** The main thread needs a core of its own. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Some hundred times what it takes: a thread that needs longer is not waited for. */
const PATIENCE_MS = 2_000;

export const worthAside = (rows: number, dimension: number): boolean => rows * dimension >= WORTH_BYTES;

export interface AsideScan {
  dimension: number;
  /** Hands the products, by row, to `use`, which must be done with them when it returns. Threads that are down cost time, not the answer. */
  scan(query: Int8Array, use: (dots: Int32Array) => void): Promise<void>;
}

let pool: Threads | null = null;
let opened = 0;

/** Copies the vectors to where the threads see them. `threads`: those of all indexes of this process when absent. */
export function openAside(vectors: (Int8Array | null)[], dimension: number, threads?: Threads): AsideScan {
  const { memory, bytes, dots, width, matrix, out } = layOut(vectors, dimension, true);
  const module = kernel(true);
  const index = ++opened;
  let scanHere: ScanRows | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const count = threads?.count ?? THREADS;
  const jobs = Array.from({ length: count }, (_, part) => {
    const from = Math.floor((vectors.length * part) / count);
    const to = Math.floor((vectors.length * (part + 1)) / count);
    return { index, module, memory, firstByte: matrix + from * width, endByte: matrix + to * width, width, out: out + from * 4 };
  });

  async function scanNow(query: Int8Array, use: (dots: Int32Array) => void): Promise<void> {
    bytes.set(query, 0);
    pool ??= createThreads({ count: THREADS, patienceMs: PATIENCE_MS });
    if (!(await (threads ?? pool).run(jobs))) {
      scanHere ??= scanOver(module, memory);
      scanHere(matrix, out, width, out);
    }
    use(dots);
  }

  return {
    dimension,
    scan(query, use) {
      // The memory has room for one question; the next one follows.
      const next = last.then(() => scanNow(query, use));
      last = next.catch(() => {});
      return next;
    },
  };
}
