/**
 * What is given up first when more comes than can be done: first the model's words (quotations stand in), then, with a full queue, new messages
 * (503, the sender tries again). It begins and ends by itself, and is logged, audited and counted.
 */
import type { Composer } from '../../knowledge/composers/contract.ts';

/** Turns that wait in this process before the model is passed over: at its 5 s each, the last of them would wait too long. */
const BUSY = 50;
/** Five times the peak that is measured (1,000 in a minute). */
const FULL = 5_000;

export type Load = 'normal' | 'busy' | 'full';

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
  full?: number;
}): Shedding {
  const { busy = BUSY, full = FULL } = parts;
  let current: Load = 'normal';

  function load(): Load {
    const waiting = parts.waiting();
    // It ends at half of what it began at, so that it does not flicker.
    const isFull = waiting >= (current === 'full' ? full / 2 : full);
    const isBusy = waiting >= (current === 'normal' ? busy : busy / 2);
    const next = isFull ? 'full' : isBusy ? 'busy' : 'normal';
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
        reword: (question, passages, quoted, signal) =>
          load() === 'normal' ? reword(question, passages, quoted, signal) : Promise.resolve(quoted),
      };
    },
  };
}
