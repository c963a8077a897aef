/**
 * Works of one statement each, queued since the last round of the event loop, travel together: BEGIN, the statements, COMMIT in one packet, answered in
 * another, made durable by one flush. A single one needs no BEGIN. When one fails PostgreSQL undoes them all, and each runs again by itself.
 */
import type { Writer } from '../contract.ts';
import type pg from 'pg';
import { inOnePacket, isBetween, writerOver } from './session.ts';

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

  async function runAlone(queued: Queued): Promise<void> {
    await alone(queued).then(queued.resolve, queued.reject);
  }

  async function run(group: Queued[]): Promise<void> {
    if (group.length === 1) return runAlone(group[0]!);
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    group.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    const { settled, ended } = await send(client, group);
    const refused = ended.status === 'rejected' ? ended.reason : null;
    client.release(!isBetween(client));
    const failed = settled.some(({ status }) => status === 'rejected');
    // Nothing was heard of the end: whether it was durable nobody knows, and each is told so.
    if (refused) {
      for (const { reject } of group) reject(refused);
      return;
    }
    if (failed || (ended.status === 'fulfilled' && ended.value.command === 'ROLLBACK'))
      return void (await Promise.all(group.map(runAlone)));
    for (const [index, one] of settled.entries()) if (one.status === 'fulfilled') group[index]!.resolve(one.value);
  }

  return {
    write: (single) =>
      new Promise((resolve, reject) => {
        queue.push({ ...single, resolve: resolve as Queued['resolve'], reject });
        wake();
      }),
  };
}

async function send(client: pg.PoolClient, group: Queued[]) {
  const writer = writerOver(client);
  const [begun, ending, ...works] = inOnePacket(client, () => {
    const begun = client.query('begin');
    const works = group.map(({ work }) => work(writer));
    return [begun, client.query('commit'), ...works] as const;
  });
  const [ended, , ...settled] = await Promise.allSettled([ending, begun, ...works]);
  return { ended: ended!, settled };
}
