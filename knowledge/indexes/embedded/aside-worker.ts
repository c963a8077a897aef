/** A thread that scores its share of the rows. It sees the memory of one index at a time and knows nothing of passages. */
import { parentPort } from 'node:worker_threads';
import type { VectorMemory } from '../collection/vector-column.ts';
import type { Nearness } from './dense.ts';
import { FIGURES } from './found-hit.ts';
import { type Near, nearestIn, type NearestPart, nearestShared, type NearestShared, NOTHING_NEAR } from './nearest.ts';
import type { Largest, Lists, Terms } from './lists.ts';
import { type Found, openShard, type Shard } from './scoring.ts';

/** Said once, when the thread can take jobs. */
export const READY = -1;

/** First half of a question: sums, and the nearest vectors. `index`: whose; what comes with it is looked at only when it is another one. */
export interface AddJob {
  kind: 'add';
  index: number;
  lists: Lists;
  fromBlock: number;
  toBlock: number;
  terms: Terms;
  admitted: Uint8Array;
  near: VectorJob | null;
}

/** `column`: whose; another one has another memory. */
export type VectorJob = NearestPart & { column: number };
export type SharedJob = NearestShared & { column: number };

/** The nearest vectors alone. */
export interface NearJob {
  kind: 'near';
  near: SharedJob;
}

/** Second half, when the largest of all threads is known. */
export interface ChooseJob {
  kind: 'choose';
  largest: Largest;
  near: Nearness;
  limit: number;
}

/** Nothing of an index that is no more may keep its memory. */
export interface ForgetJob {
  kind: 'forget';
}

export type Job = AddJob | NearJob | ChooseJob | ForgetJob;

export interface Added {
  largest: Largest;
  near: Near;
}

let held: { index: number; shard: Shard } | null = null;
let vectors: { column: number; layout: VectorMemory } | null = null;

function addNow({ index, lists, fromBlock, toBlock, terms, admitted, near }: AddJob): Added {
  if (held?.index !== index) held = { index, shard: openShard(lists, fromBlock, toBlock, true) };
  const largest = held.shard.add(terms, admitted);
  return { largest, near: near === null ? NOTHING_NEAR : nearestIn(known(near)) };
}

/** Over the memory that is held: what the kernel was made for. */
function known<J extends VectorJob | SharedJob>(job: J): J {
  if (vectors?.column !== job.column) vectors = { column: job.column, layout: job.layout };
  return { ...job, layout: vectors.layout };
}

function chooseNow({ largest, near, limit }: ChooseJob): Found | null {
  const found = held?.shard.choose(largest, near, limit);
  if (!found) return null;
  const { rows, scores, figures, at } = found;
  // A view would be sent with all that it is a part of.
  return { rows, scores, figures: figures.slice(at, at + rows.length * FIGURES), at: 0 };
}

function forgetNow(): null {
  held = null;
  vectors = null;
  return null;
}

function doNow(job: Job): Added | Near | Found | null {
  if (job.kind === 'add') return addNow(job);
  if (job.kind === 'near') return nearestShared(known(job.near)).near;
  return job.kind === 'choose' ? chooseNow(job) : forgetNow();
}

parentPort?.on('message', ({ part, job }: { part: number; job: Job }) => {
  parentPort?.postMessage({ part, result: doNow(job) });
});
parentPort?.postMessage({ part: READY, result: null });
