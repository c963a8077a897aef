/**
 * Works queued since the last turn of the event loop share one BEGIN IMMEDIATE … COMMIT, so one fsync is paid by many. One that throws undoes only
 * itself: each stands behind its own savepoint. Works that may be run again stand behind one savepoint with their neighbours, and behind their own only
 * when one of them throws; where the group is nothing else there is none: the transaction is undone and each runs again by itself. A savepoint copies
 * every page that is written to after it, a tenth of what SQLite does for a turn. Cost grows with the number of works; the fsync is paid once a group.
 */
import type { Connection } from './statements.ts';

interface Queued {
  work: () => unknown;
  again: boolean;
  /** What it gave or threw, until its transaction is durable. */
  outcome?: unknown;
  failed?: boolean;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** A group this long commits before more works join it, so that the first of them is not kept waiting. */
const GROUP = 256;

export interface GroupCommit {
  /** `again`: nothing but the database remembers that the work ran, so it may be run a second time. */
  write<T>(work: () => T | Promise<T>, again?: boolean): Promise<T>;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
}

export function createGroupCommit(connection: Connection): GroupCommit {
  const queue: Queued[] = [];
  let running: Promise<void> | undefined;

  /** A work that gives its value at once is not waited for: a promise around each would be a good part of its cost. */
  async function runAll(group: Queued[], from: number, to: number): Promise<void> {
    for (let i = from; i < to; i++) {
      const queued = group[i] as Queued;
      const given = queued.work();
      queued.outcome = given instanceof Promise ? await given : given;
      queued.failed = false;
    }
  }

  async function runOne(queued: Queued): Promise<void> {
    connection.rows('savepoint work', []);
    try {
      await runAll([queued], 0, 1);
      connection.rows('release work', []);
    } catch (error) {
      // Disk full and I/O errors end the whole transaction; then there is no savepoint left to go back to.
      if (!connection.raw.isTransaction) throw error;
      connection.rows('rollback to work', []);
      connection.rows('release work', []);
      queued.outcome = error;
      queued.failed = true;
    }
  }

  /** The works of `group` from `from` on that may be run again, in one go; else each by itself. */
  async function runTogether(group: Queued[], from: number, to: number): Promise<void> {
    connection.rows('savepoint work', []);
    try {
      await runAll(group, from, to);
      connection.rows('release work', []);
      return;
    } catch (error) {
      if (!connection.raw.isTransaction) throw error;
      connection.rows('rollback to work', []);
      connection.rows('release work', []);
    }
    for (let i = from; i < to; i++) await runOne(group[i] as Queued);
  }

  /** The works that may be run again, all in one go and nothing to go back to. False = one of them threw: nothing is written. */
  async function runWhole(group: Queued[]): Promise<boolean> {
    try {
      await runAll(group, 0, group.length);
      return true;
    } catch (error) {
      if (!connection.raw.isTransaction) throw error;
      connection.rows('rollback', []);
      return false;
    }
  }

  async function commitGroup(group: Queued[]): Promise<void> {
    try {
      connection.rows('begin immediate', []);
      const isWhole = group.every(({ again }) => again) && (await runWhole(group));
      if (!connection.raw.isTransaction) connection.rows('begin immediate', []);
      for (let i = isWhole ? group.length : 0; i < group.length; ) {
        let next = i + 1;
        if (group[i]?.again) while (group[next]?.again) next++;
        if (next - i > 1) await runTogether(group, i, next);
        else await runOne(group[i] as Queued);
        i = next;
      }
      connection.rows('commit', []);
    } catch (error) {
      if (connection.raw.isTransaction) connection.rows('rollback', []);
      for (const queued of group) queued.reject(error);
      return;
    }
    for (const { failed, outcome, resolve, reject } of group) failed ? reject(outcome) : resolve(outcome as never);
  }

  const drain = async () => {
    while (queue.length > 0) {
      await new Promise<void>((next) => setImmediate(next));
      await commitGroup(queue.splice(0, GROUP));
    }
    running = undefined;
  };

  return {
    write: (work, again = false) =>
      new Promise((resolve, reject) => {
        queue.push({ work, again, resolve: resolve as Queued['resolve'], reject });
        running ??= drain();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}
