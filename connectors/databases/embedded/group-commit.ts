/**
 * Works queued since the last turn of the event loop share one BEGIN IMMEDIATE … COMMIT, so one fsync is paid by many. Each work stands behind
 * its own savepoint: one that throws undoes only itself. Cost grows with the number of works; the fsync is paid once a group.
 */
import type { Connection } from './statements.ts';

interface Queued {
  work: () => Promise<unknown>;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** A group this long commits before more works join it, so that the first of them is not kept waiting. */
const GROUP = 256;

export interface GroupCommit {
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
}

export function createGroupCommit(connection: Connection): GroupCommit {
  const queue: Queued[] = [];
  let running: Promise<void> | undefined;

  async function runOne(queued: Queued): Promise<() => void> {
    connection.rows('savepoint work', []);
    try {
      const value = await queued.work();
      connection.rows('release work', []);
      return () => queued.resolve(value as never);
    } catch (error) {
      // Disk full and I/O errors end the whole transaction; then there is no savepoint left to go back to.
      if (!connection.raw.isTransaction) throw error;
      connection.rows('rollback to work', []);
      connection.rows('release work', []);
      return () => queued.reject(error);
    }
  }

  async function commitGroup(group: Queued[]): Promise<void> {
    const outcomes: (() => void)[] = [];
    try {
      connection.rows('begin immediate', []);
      for (const queued of group) outcomes.push(await runOne(queued));
      connection.rows('commit', []);
    } catch (error) {
      if (connection.raw.isTransaction) connection.rows('rollback', []);
      for (const queued of group) queued.reject(error);
      return;
    }
    for (const settle of outcomes) settle();
  }

  const drain = async () => {
    while (queue.length > 0) {
      await new Promise<void>((next) => setImmediate(next));
      await commitGroup(queue.splice(0, GROUP));
    }
    running = undefined;
  };

  return {
    write: (work) =>
      new Promise((resolve, reject) => {
        queue.push({ work, resolve: resolve as Queued['resolve'], reject });
        running ??= drain();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}
