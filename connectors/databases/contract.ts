/** Socket: the operational database. `embedded.ts` (node:sqlite) and `postgres.ts`; the address (`DATABASE_URL`) chooses, not a name. */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

export type Reader = Kysely<Tables>;
export type Writer = Kysely<Tables> | Transaction<Tables>;

export interface Database {
  engine: 'embedded' | 'postgres';
  /** For reading committed rows. Never write through it. */
  read: Reader;
  /**
   * Runs `work` in one transaction and resolves once it is durable. `work` awaits nothing but the database: on the embedded engine concurrent
   * works share one commit (group commit), each behind its own savepoint, so one that throws undoes only itself. `again`: nothing but the database
   * remembers that `work` ran, so it may be run a second time after what it did was undone; then it costs less. `single`: `work` is one
   * statement (prepared.ts) that it sends before it awaits anything, and may be run again: on PostgreSQL it travels with others in one packet. The
   * name is that of what its rows belong to: rows are locked in the order of the names. Where every statement answered at once (prepared.ts) `work` had better
   * do so, too.
   */
  write<T>(work: (tx: Writer) => T | Promise<T>, how?: { again?: true; single?: string }): Promise<T>;
  /** Runs `work` while no other process on this database runs another such work: what is done once at a start. A process that dies lets the next one in. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /**
   * A hint that rows of a topic changed, to every process; consumers re-read, so a lost hint costs only latency. Call after the commit. `toOthers`: whoever
   * listens in this process knows already.
   */
  notify(topic: string, payload: string, how?: { toOthers: true }): void;
  /** An empty payload says that hints may have been lost: look. Returns the function that stops listening. */
  listen(topic: string, listener: (payload: string) => void): () => void;
  /** Writes a consistent copy to `file` while the server runs; resolves with its size in bytes. */
  backUp(file: string): Promise<number>;
  /** Resolves when a trivial query works, rejects with a readable reason. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** `FOR UPDATE SKIP LOCKED` where the engine has it; the embedded engine's writers are already one at a time. */
export type LockRows = 'for update' | 'for update skip locked';
