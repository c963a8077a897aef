/** What an operator watches, read when Prometheus asks: work that waits, letters that died, queue, dependencies, the process itself. */
import { statfsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Dependency } from '../http/health.ts';
import type { Metrics, Value } from '../http/metrics.ts';

/** The event loop's delay is looked at so often. Each look wakes the process: fifty a second were two fifths of what an idle one costs. */
const LOOK_MS = 100;

export interface GaugeParts {
  metrics: Metrics;
  database: Database;
  dataDir: string;
  dependencies: Dependency[];
  passages(): number;
  ready(): boolean;
  version: string;
  now?(): number;
}

/** A few indexed counts each time; several processes on one database give the same figures of it. Returns what stops the measuring. */
export function addGauges({ metrics, database, dataDir, dependencies, passages, ready, version, now = Date.now }: GaugeParts): () => void {
  const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
  delay.enable();
  const boxes = ['inbox', 'outbox'] as const;
  const waiting = async (pick: (row: { n: number; oldest: string | null }) => number): Promise<Value> =>
    Promise.all(
      boxes.map(async (box) => {
        const row = await database.read
          .selectFrom(box)
          .select([sql<number>`count(*)`.as('n'), sql<string | null>`min(created_at)`.as('oldest')])
          .where('status', '=', 'new')
          .executeTakeFirstOrThrow();
        return [{ box }, pick(row)] as [{ box: string }, number];
      }),
    );
  metrics.gauge('waiting_messages', () => waiting(({ n }) => Number(n)));
  metrics.gauge('waiting_oldest_seconds', () => waiting(({ oldest }) => (oldest ? Math.max(0, now() - Date.parse(oldest)) / 1000 : 0)));
  metrics.gauge('dead_letters', () =>
    Promise.all(
      boxes.map(async (box) => {
        const row = await database.read
          .selectFrom(box)
          .select(sql<number>`count(*)`.as('n'))
          .where('status', '=', 'dead')
          .executeTakeFirstOrThrow();
        return [{ box }, Number(row.n)] as [{ box: string }, number];
      }),
    ),
  );
  metrics.gauge('handoffs', async () => {
    const rows = await database.read
      .selectFrom('handoff')
      .select(['state', sql<number>`count(*)`.as('n')])
      .where('state', 'in', ['requested', 'queued', 'accepted'])
      .groupBy('state')
      .execute();
    return ['requested', 'queued', 'accepted'].map((state) => [{ state }, Number(rows.find((row) => row.state === state)?.n ?? 0)]);
  });
  metrics.gauge('dependency_up', async () =>
    Promise.all(
      dependencies.map(async ({ name, state }) => {
        const now = await state().catch(() => 'down' as const);
        return [{ name }, now === 'ok' || now === 'off' ? 1 : now === 'down' ? 0 : 0.5] as [{ name: string }, number];
      }),
    ),
  );
  metrics.gauge('passages', passages);
  metrics.gauge('ready', () => (ready() ? 1 : 0));
  metrics.gauge('info', () => [[{ version, engine: database.engine }, 1]]);
  metrics.gauge('disk_free_ratio', () => {
    const { bavail, blocks } = statfsSync(dataDir);
    return blocks > 0 ? bavail / blocks : 0;
  });
  metrics.gauge('event_loop_delay_p99_seconds', () => {
    const apart = delay.percentile(99) / 1e6;
    delay.reset();
    // How far apart the looks were; one that came in time was no delay.
    return Number.isFinite(apart) ? Math.max(0, apart - LOOK_MS) / 1000 : 0;
  });
  metrics.gauge('process_resident_memory_bytes', () => process.memoryUsage.rss());
  metrics.gauge('process_cpu_seconds_total', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  metrics.gauge('process_start_time_seconds', () => Math.round(performance.timeOrigin / 1000));
  return () => delay.disable();
}
