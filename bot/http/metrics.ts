/** Counters and times in Prometheus' text format. Labels come from code, never from what people send. */
import type { Route } from './route.ts';

export interface Metrics {
  /** Adds to a counter. */
  count(name: string, labels?: Record<string, string>, by?: number): void;
  /** Adds a duration, in milliseconds, to a summary of count and sum. */
  observe(name: string, ms: number, labels?: Record<string, string>): void;
  /** A value read when asked. */
  gauge(name: string, read: () => number | Promise<number>): void;
  routes(): Route[];
}

export function createMetrics(): Metrics {
  const counters = new Map<string, number>();
  const gauges = new Map<string, () => number | Promise<number>>();
  const add = (key: string, by: number) => counters.set(key, (counters.get(key) ?? 0) + by);
  return {
    count: (name, labels = {}, by = 1) => add(`sportello_${name}_total${inBraces(labels)}`, by),
    observe(name, ms, labels = {}) {
      add(`sportello_${name}_seconds_count${inBraces(labels)}`, 1);
      add(`sportello_${name}_seconds_sum${inBraces(labels)}`, ms / 1000);
    },
    gauge: (name, read) => void gauges.set(`sportello_${name}`, read),
    routes: () => [
      {
        method: 'get',
        path: '/metrics',
        permission: 'public',
        summary: 'Prometheus metrics',
        async handle() {
          const lines = [...counters].map(([key, value]) => `${key} ${value}`);
          for (const [name, read] of gauges) lines.push(`${name} ${await read()}`);
          lines.push(`process_resident_memory_bytes ${process.memoryUsage.rss()}`);
          return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body: `${lines.join('\n')}\n` };
        },
      },
    ],
  };
}

function inBraces(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
