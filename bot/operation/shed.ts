/**
 * What is given up when more comes than can be done, in this order: the model's words (quotations stand in), answers that would have to be worked for
 * (those at hand are given, else a person is offered), then new messages (503, the sender tries again). It begins and ends by itself, and is logged, audited and counted.
 */
import type { Composer } from '../../knowledge/composers/contract.ts';

/** Turns that wait in this process before the model is passed over: at its 5 s each, the last of them would wait too long. */
const BUSY = 50;
/** Some four seconds of work on one core. */
const CROWDED = 1_000;
/** Five times the peak that is measured (1,000 in a minute). */
const FULL = 5_000;

export const LOADS = ['normal', 'busy', 'crowded', 'full'] as const;
export type Load = (typeof LOADS)[number];

/** More waits than can be answered in good time; the message was not taken. */
export class TooBusy extends Error {
  constructor() {
    super('too many messages wait');
    this.name = 'TooBusy';
  }
}

export interface Shedding {
  load(): Load;
  /** Call before a message is taken. Throws TooBusy. */
  admit(): void;
  /** The composer, passed over where load is not normal. */
  sparing(composer: Composer): Composer;
}

export function createShedding(parts: {
  waiting(): number;
  changed(load: Load, waiting: number): void;
  busy?: number;
  crowded?: number;
  full?: number;
}): Shedding {
  const { busy = BUSY, crowded = CROWDED, full = FULL } = parts;
  const bounds: [Load, number][] = [
    ['full', full],
    ['crowded', crowded],
    ['busy', busy],
  ];
  let current: Load = 'normal';

  function load(): Load {
    const waiting = parts.waiting();
    // It ends at half of what it began at, so that it does not flicker.
    const reached = ([level, bound]: [Load, number]) => waiting >= (LOADS.indexOf(level) <= LOADS.indexOf(current) ? bound / 2 : bound);
    const next = bounds.find(reached)?.[0] ?? 'normal';
    if (next !== current) {
      current = next;
      parts.changed(next, waiting);
    }
    return next;
  }

  return {
    load,
    admit() {
      if (load() === 'full') throw new TooBusy();
    },
    sparing(composer) {
      const { reword } = composer;
      if (!reword) return composer;
      return {
        ...composer,
        asks: () => load() === 'normal' && (composer.state?.() ?? 'up') === 'up',
        reword: (question, passages, quoted, signal) =>
          load() === 'normal' ? reword(question, passages, quoted, signal) : Promise.resolve(quoted),
      };
    },
  };
}
