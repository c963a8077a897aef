/** Loading sources and filling the index leaves twice as much memory taken as an idle server needs; V8 would keep it. */
import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const LOOK_MS = 500;
const QUIET_MS = 60_000;
/** Share of a minute that the event loop may have worked in for the minute to be quiet. */
const QUIET = 0.02;
const PACE_MS = 60_000;
/** So long of each minute: what is held is looked through once or twice then, however fast garbage comes. */
const OPEN_MS = 20_000;
/** Share of one core: below it a collection takes nothing from anybody. */
const CALM = 0.25;
/** How far towards its limit V8 begins to look for garbage: in calm, in per cent; 0 = by its own rules, close to the limit. */
const EARLY = 10;
/** What is not worth a full collection. */
const LITTLE_BYTES = 16_000_000;

/** One full collection that also gives pages back to the system, at the first moment when nobody waits: it stands for some 100 ms. */
export function giveBackStartMemory(waiting: () => number): void {
  if (waiting() > 0) {
    setTimeout(() => giveBackStartMemory(waiting), LOOK_MS).unref();
    return;
  }
  collectAll();
}

/**
 * Of what turns make next to nothing outlives them: the helper threads that V8 wakes to collect it together cost more than they take off the main one.
 * While much is being loaded they are worth it.
 */
export function collectTurnsAlone(): void {
  setFlagsFromString('--no-parallel-scavenge');
}

/**
 * Under a steady load of a few turns a second V8 takes the process for idle: every few minutes it stops it for half a second to give a hundred megabytes
 * back, and takes them again by and by. What a peak took is given back here, in the first minute in which next to nothing is done.
 */
export function giveBackWhenQuiet(waiting: () => number, every = QUIET_MS): { stop(): void } {
  setFlagsFromString('--memory-reducer-gc-count=0');
  // Left to itself it then lets what is held and what is garbage together grow with every collection: half as much garbage is enough.
  setFlagsFromString('--heap-growing-percent=50');
  const pacing = paceCollections();
  let held = getHeapStatistics().total_heap_size;
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const taken = getHeapStatistics().total_heap_size;
    // What was given back by other ways counts as well.
    held = Math.min(held, taken);
    if (utilization > QUIET || waiting() > 0 || taken - held < LITTLE_BYTES) return;
    collectAll();
    held = getHeapStatistics().total_heap_size;
  }, every).unref();
  return {
    stop() {
      clearInterval(timer);
      pacing.stop();
    },
  };
}

/**
 * With turns few and far between it takes an hour until there is half as much garbage as is held, and memory would climb until then. While the process has
 * little to do it is looked for earlier: in steps, each far shorter than a turn. Processor time tells how much there is to do, not how late the event loop
 * is: on a machine that others use as well an idle process is late too.
 */
export function paceCollections(every = PACE_MS, open = OPEN_MS): { stop(): void } {
  const look = (percent: number) => setFlagsFromString(`--incremental-marking-soft-trigger=${percent}`);
  let before = process.cpuUsage();
  let at = performance.now();
  let closing: NodeJS.Timeout | undefined;
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    const passed = (performance.now() - at) * 1_000;
    before = process.cpuUsage();
    at = performance.now();
    clearTimeout(closing);
    if ((user + system) / passed >= CALM) return look(0);
    look(EARLY);
    closing = setTimeout(() => look(0), open).unref();
  }, every).unref();
  return {
    stop() {
      clearInterval(timer);
      clearTimeout(closing);
      look(0);
    },
  };
}

/** Throws away what nobody holds. Stands for as long as it takes to look at all that is held. */
export function collectAll(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as Collect)({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString('--no-expose-gc');
}
