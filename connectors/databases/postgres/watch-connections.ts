/**
 * Finds connections that carry nothing any more: the machine behind the address was replaced, or something in between forgot them. The operating system
 * notices an idle one within half a minute, but one that waits for an answer only after a quarter of an hour, and everything behind it would stand as long.
 */
import pg from 'pg';

/** A statement that takes longer is asked about; it goes on as long as the database knows of it. */
const SILENT_MS = 8_000;
const LOOK_MS = 2_000;
const PATIENCE_MS = 5_000;

/** What the driver has beside its types: the number of the session there, the socket, and the statement that waits for its answer. */
interface Inside {
  processID: number;
  connection: { stream: { destroy(): void } };
  _getActiveQuery?(): object | null | undefined;
}

const inside = (client: pg.ClientBase): Inside => client as unknown as Inside;

export interface ConnectionWatch {
  stop(): void;
}

export function watchConnections(
  pool: pg.Pool,
  settings: pg.ClientConfig,
  { silentMs, lookMs } = { silentMs: SILENT_MS, lookMs: LOOK_MS },
): ConnectionWatch {
  /** The statement that was found waiting, and when first: statements themselves pay nothing for this. */
  const waiting = new Map<pg.PoolClient, { statement: object | null; since: number }>();
  let asking = false;

  pool.on('connect', (client) => void waiting.set(client, { statement: null, since: 0 }));
  pool.on('remove', (client) => void waiting.delete(client));

  const silent = (): pg.PoolClient[] =>
    [...waiting].flatMap(([client, seen]) => {
      const statement = inside(client)._getActiveQuery?.() ?? null;
      if (statement !== seen.statement) waiting.set(client, { statement, since: performance.now() });
      else if (statement && performance.now() - seen.since > silentMs) return [client];
      return [];
    });

  /** Sessions as the database has them; null = it cannot be asked. */
  async function sessions(): Promise<Map<number, string> | null> {
    const asker = new pg.Client({ ...settings, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS });
    asker.on('error', () => {});
    try {
      await asker.connect();
      const { rows } = await asker.query<{ pid: number; state: string }>(
        `select pid, coalesce(state, '') as state from pg_stat_activity where application_name = current_setting('application_name')`,
      );
      return new Map(rows.map(({ pid, state }) => [pid, state]));
    } catch {
      return null;
    } finally {
      endNow(asker);
    }
  }

  async function look(): Promise<void> {
    if (asking || silent().length === 0) return;
    asking = true;
    // One that connects while the database is being asked is not in its answer.
    const before = [...waiting.keys()];
    const known = await sessions();
    asking = false;
    if (!known) return;
    const unanswered = new Set(silent());
    for (const client of before) {
      const state = known.get(inside(client).processID);
      // Idle ones that the database does not know are as dead, and the next in line would find out one by one.
      if (state === undefined || (unanswered.has(client) && state !== 'active')) cutOff(client);
    }
  }

  const looking = setInterval(() => void look(), lookMs).unref();
  return { stop: () => clearInterval(looking) };
}

/** Whoever waits for it hears that the connection has ended. */
export function cutOff(client: pg.ClientBase): void {
  inside(client).connection.stream.destroy();
}

/** Ends in order where that is possible at once, and does not wait for it. */
export function endNow(client: pg.Client): void {
  const late = setTimeout(() => cutOff(client), 1_000).unref();
  client.end().then(
    () => clearTimeout(late),
    () => cutOff(client),
  );
}
