/** Loading sources and filling the index leaves twice as much memory taken as an idle server needs; V8 would keep it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const LOOK_MS = 500;

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

/** Throws away what nobody holds. Stands for as long as it takes to look at all that is held. */
export function collectAll(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as Collect)({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString('--no-expose-gc');
}
