/** A value of the database kept in memory: read at start, after every change by any process, and now and then in case a hint was lost. */
import type { Database } from '../../connectors/databases/contract.ts';

const AGAIN_MS = 5_000;

export interface Kept<T> {
  /** As last read. */
  value(): T;
  /** Reads it here at once and tells every other process; call after the commit. */
  changed(): Promise<void>;
  stop(): void;
}

/** `topic` is the value's name among hints. */
export async function keep<T>(database: Database, topic: string, read: () => Promise<T>): Promise<Kept<T>> {
  let value = await read();
  const again = async () => {
    value = await read();
  };
  // A database that is away for a moment leaves the last value standing.
  const quietly = () => void again().catch(() => {});
  const deaf = database.listen(topic, quietly);
  const timer = database.engine === 'postgres' ? setInterval(quietly, AGAIN_MS) : undefined;
  timer?.unref();
  return {
    value: () => value,
    async changed() {
      await again();
      database.notify(topic, '');
    },
    stop() {
      clearInterval(timer);
      deaf();
    },
  };
}
