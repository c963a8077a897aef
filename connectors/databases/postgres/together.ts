/**
 * Works of one statement each, queued since the last round of the event loop, travel together: all in one packet, answered in another, made durable by one
 * flush (packet.ts). When one fails PostgreSQL undoes them all, and each runs again by itself.
 */
import type { Writer } from '../contract.ts';
import type pg from 'pg';
import { Packet } from './packet.ts';
import { isBetween, nameOf, writerThat } from './session.ts';

export interface Single {
  /** Sends its one statement before it awaits anything; nothing but the database remembers that it ran. */
  work(tx: Writer): Promise<unknown>;
  /** Works in this order wait for each other's rows in the same order in every process, so never in a circle. */
  order: string;
}

interface Queued extends Single {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** One is on its way to the disk while the next is gathered and sent. */
const GROUPS = 2;
const GROUP = 64;

export interface Together {
  write<T>(single: Single & { work(tx: Writer): Promise<T> }): Promise<T>;
}

/** `alone` runs one work by itself, as often as it takes. */
export function createTogether(pool: pg.Pool, alone: (single: Single) => Promise<unknown>): Together {
  let queue: Queued[] = [];
  let running = 0;
  let waking = false;

  function wake(): void {
    if (waking || running >= GROUPS || queue.length === 0) return;
    waking = true;
    setImmediate(() => {
      waking = false;
      const group = queue.slice(0, GROUP);
      queue = queue.slice(GROUP);
      running++;
      void run(group).finally(() => {
        running--;
        wake();
      });
      wake();
    });
  }

  /** The one that is being filled: each work puts its statement into it before it awaits anything. */
  let filling: Packet | undefined;
  const writer = writerThat((text, parameters) => {
    if (!filling) throw new Error('A work of one statement sends it before it awaits anything');
    return filling.add(text, nameOf(text), parameters);
  });

  async function run(group: Queued[]): Promise<void> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    group.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    const packet = new Packet();
    filling = packet;
    for (const queued of group)
      begun(queued.work, writer).then(queued.resolve, (error: unknown) => {
        if (packet.isUndone) alone(queued).then(queued.resolve, queued.reject);
        else queued.reject(error);
      });
    filling = undefined;
    if (!packet.isEmpty) {
      client.query(packet);
      await packet.ended;
    }
    client.release(packet.isSpoilt || !isBetween(client));
  }

  return {
    write: (single) =>
      new Promise((resolve, reject) => {
        queue.push({ ...single, resolve: resolve as Queued['resolve'], reject });
        wake();
      }),
  };
}

/** One that throws at once fails like one that rejects. */
function begun(work: Single['work'], writer: Writer): Promise<unknown> {
  try {
    return work(writer);
  } catch (error) {
    return Promise.reject(error);
  }
}
