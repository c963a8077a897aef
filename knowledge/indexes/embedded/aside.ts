/**
 * A question to a large collection is scored by other threads, each its share of the rows: from some size on it takes longer than the rest of a turn, and
 * whoever else asks would wait for it. All threads see one memory; a question is two messages there and two back. Threads that are down cost time, not the answer.
 */
import { availableParallelism } from 'node:os';
import type { VectorColumn } from '../collection/vector-column.ts';
import type { Added, VectorJob } from './aside-worker.ts';
import { NEAREST, type Nearness, nearnessOf } from './dense.ts';
import { lay, mergeNear } from './nearest.ts';
import { blocksOf, type Found, type Largest, type Lists, largestOf, type Terms } from './scoring.ts';
import { createThreads, type Threads } from './threads.ts';

/** Bytes of vectors: below it (some 40,000 passages of 384 numbers, 3 ms) the way to another thread costs more than it saves on a machine whose cores are taken. */
const WORTH_BYTES = 16_000_000;
/** The main thread needs a core of its own. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Some hundred times what it takes: a thread that needs longer is not waited for. */
const PATIENCE_MS = 5_000;

export const worthAside = (rows: number, dimension: number): boolean => rows * dimension >= WORTH_BYTES;

/** Whose lists a thread holds: numbers of this process. */
let numbers = 0;
export const nextNumber = (): number => ++numbers;

/** Those of all indexes of this process, made when first asked. */
let pool: Threads | null = null;
let last: Promise<unknown> = Promise.resolve();

export interface AsideQuestion {
  /** Of the lists: another one has other lists. */
  index: number;
  lists: Lists;
  terms: Terms;
  admitted: Uint8Array;
  /** What other rows come to at most, scored in this thread. */
  besides: Largest[];
  /** `places`: by place, the admitted row. `number`: of the column. */
  dense: { query: Int8Array; column: VectorColumn; number: number; places: Uint32Array } | null;
  limit: number;
}

export interface AsideAnswer {
  parts: Found[];
  largest: Largest;
  nearness: Nearness | null;
}

/** null = this thread must do it. One question at a time: the threads have room for one. `threads`: others than those of this process. */
export function scoreAside(question: AsideQuestion, threads?: Threads): Promise<AsideAnswer | null> {
  pool ??= threads ? null : createThreads({ count: THREADS, patienceMs: PATIENCE_MS });
  const asked = threads ?? (pool as Threads);
  if (!asked.ready()) return Promise.resolve(null);
  const next = last.then(() => ask(question, asked));
  last = next.catch(() => {});
  return next;
}

/** Lists that are no more: threads let go of their memory. */
export function forgetAside(threads = pool): void {
  if (threads?.running()) void threads.run(Array.from({ length: threads.count }, () => ({ kind: 'forget' })));
}

async function ask(question: AsideQuestion, threads: Threads): Promise<AsideAnswer | null> {
  const { index, lists, terms, admitted, besides, dense, limit } = question;
  const layout = dense?.column.layout() ?? null;
  const places = dense?.places.length ?? 0;
  const { count } = threads;
  const blocks = blocksOf(lists);
  if (dense && layout) lay(layout, dense.query);
  const share = (all: number, part: number) => Math.floor((all * part) / count);
  const vectorJob = (part: number): VectorJob | null =>
    dense && layout
      ? {
          column: dense.number,
          layout,
          query: dense.query,
          rows: dense.places,
          fromPlace: share(places, part),
          toPlace: share(places, part + 1),
          desk: part,
          limit: NEAREST,
        }
      : null;
  const jobs = Array.from({ length: count }, (_, part) => ({
    ...{ kind: 'add' as const, index, lists, terms, admitted, near: vectorJob(part) },
    ...{ fromBlock: share(blocks, part), toBlock: share(blocks, part + 1) },
  }));
  const added = (await threads.run(jobs)) as Added[] | null;
  if (!added) return null;
  const nearness = dense
    ? nearnessOf(
        mergeNear(
          added.map(({ near }) => near),
          NEAREST,
        ),
      )
    : null;
  const largest = largestOf([...added.map((one) => one.largest), ...besides]);
  const none = { rows: new Uint32Array(0), nearness: new Float64Array(0) };
  const choose = { kind: 'choose' as const, largest, near: nearness ?? none, limit };
  const parts = (await threads.run(Array.from({ length: count }, () => choose))) as (Found | null)[] | null;
  // A thread that was told to forget in between has nothing to choose from.
  return parts && !parts.includes(null) ? { parts: parts as Found[], largest, nearness } : null;
}
