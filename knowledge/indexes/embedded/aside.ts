/**
 * A question to a large collection is scored by other threads, each its share of the rows: from some size on it takes longer than the rest of a turn, and
 * whoever else asks would wait for it. All threads see one memory; a question is two messages there and two back. Where words are quickly added up and only
 * vectors take long, other threads compare those while this one adds up the words and then helps: one message there and one back. Threads that are down cost time, not the answer.
 */
import { availableParallelism } from 'node:os';
import { STRETCH, type VectorColumn } from '../collection/vector-column.ts';
import type { Added, VectorJob } from './aside-worker.ts';
import { NEAREST, type Nearness, nearnessOf } from './dense.ts';
import { lay, mergeNear, type Near, nearestShared } from './nearest.ts';
import { blocksOf, type Largest, type Lists, largestOf, type Terms } from './lists.ts';
import type { Found } from './scoring.ts';
import { openStretches, stretchesOf } from './stretches.ts';
import { createThreads, type Threads } from './threads.ts';

/** Bytes of vectors: below it (some 40,000 passages of 384 numbers, 1 to 3 ms) the way to another thread costs more than it saves on a machine whose cores are taken. */
export const VECTORS_ASIDE = 16_000_000;
/** The main thread needs a core of its own. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Some hundred times what it takes: a thread that needs longer is not waited for. */
const PATIENCE_MS = 5_000;

/** Whose lists a thread holds: numbers of this process. */
let numbers = 0;
export const nextNumber = (): number => ++numbers;

/** Those of all indexes of this process, made when first asked. */
let pool: Threads | null = null;
let last: Promise<unknown> = Promise.resolve();

/** `places`: by place, the admitted row. `number`: of the column. */
export interface AsideVector {
  query: Int8Array;
  column: VectorColumn;
  number: number;
  places: Uint32Array;
}

export interface AsideQuestion {
  /** Of the lists: another one has other lists. */
  index: number;
  lists: Lists;
  terms: Terms;
  admitted: Uint8Array;
  /** What other rows come to at most, scored in this thread. */
  besides: Largest[];
  dense: AsideVector | null;
  limit: number;
}

export interface AsideAnswer {
  parts: Found[];
  largest: Largest;
  nearness: Nearness | null;
}

/** null = this thread must do it. `threads`: others than those of this process. */
export function scoreAside(question: AsideQuestion, threads?: Threads): Promise<AsideAnswer | null> {
  return inTurn((asked) => ask(question, asked), threads);
}

/**
 * The nearest vectors alone. This thread does `meanwhile` first and then its part of what is left, `most` bytes of vectors at most; threads that come when nothing is left are not waited for.
 * null = this thread must do it; `meanwhile` may have been done or not.
 */
export function nearAside(dense: AsideVector, meanwhile: () => void, most: number, threads?: Threads): Promise<Near | null> {
  return inTurn(async (asked) => {
    const { query, column, number, places: rows } = dense;
    const layout = column.layout();
    if (layout === null) return null;
    lay(layout, query);
    const ticket = openStretches(layout);
    const shared = (desk: number) => ({ layout, query, rows, desk, limit: NEAREST, ticket });
    const jobs = Array.from({ length: asked.count }, (_, part) => ({ kind: 'near' as const, near: { ...shared(part), column: number } }));
    const answers = asked.run(jobs);
    meanwhile();
    const { near, taken } = nearestShared(shared(asked.count), Math.floor(most / (layout.width * STRETCH)));
    if (taken === stretchesOf(rows.length)) return near;
    const parts = (await answers) as Near[] | null;
    return parts && mergeNear([...parts, near], NEAREST);
  }, threads);
}

/** One question at a time: the threads have room for one. */
function inTurn<T>(work: (threads: Threads) => Promise<T | null>, threads?: Threads): Promise<T | null> {
  pool ??= threads ? null : createThreads({ count: THREADS, patienceMs: PATIENCE_MS });
  const asked = threads ?? (pool as Threads);
  if (!asked.ready()) return Promise.resolve(null);
  const next = last.then(() => work(asked));
  last = next.catch(() => {});
  return next;
}

/** Lists that are no more: threads let go of their memory. */
export function forgetAside(threads = pool): void {
  if (threads?.running()) void threads.run(Array.from({ length: threads.count }, () => ({ kind: 'forget' })));
}

async function ask(question: AsideQuestion, threads: Threads): Promise<AsideAnswer | null> {
  const { index, lists, terms, admitted, besides, dense, limit } = question;
  const { count } = threads;
  const blocks = blocksOf(lists);
  const near = dense ? vectorJobs(dense, count) : [];
  const jobs = Array.from({ length: count }, (_, part) => ({
    ...{ kind: 'add' as const, index, lists, terms, admitted, near: near[part] ?? null },
    ...{ fromBlock: share(blocks, part, count), toBlock: share(blocks, part + 1, count) },
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

/** Where the share of a part begins. */
const share = (all: number, part: number, parts: number): number => Math.floor((all * part) / parts);

/** One for each thread, none while there are no vectors. Lays the question's vector where they look for it. */
function vectorJobs({ query, column, number, places: rows }: AsideVector, count: number): VectorJob[] {
  const layout = column.layout();
  if (layout === null) return [];
  lay(layout, query);
  return Array.from({ length: count }, (_, part) => ({
    ...{ column: number, layout, query, rows, desk: part, limit: NEAREST },
    ...{ fromPlace: share(rows.length, part, count), toPlace: share(rows.length, part + 1, count) },
  }));
}
