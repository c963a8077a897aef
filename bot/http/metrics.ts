/** Counters, times and gauges in Prometheus' text format. Labels come from code, never from what people send. */
import { Refusal, type Route } from './route.ts';

export type Labels = Record<string, string>;

export interface Metrics {
  /** Adds to a counter. */
  count(name: string, labels?: Labels, by?: number): void;
  /** Adds a duration, in milliseconds, to a histogram. */
  observe(name: string, ms: number, labels?: Labels): void;
  /** `observe` with its labels written once. */
  observer(name: string, labels: Labels): (ms: number) => void;
  /** A value read when asked, or one for each set of labels. One that rejects is left out. */
  gauge(name: string, read: () => Value | Promise<Value>): void;
  routes(): Route[];
}
export type Value = number | [Labels, number][];

/** Seconds: a turn is quick below the first, and a citizen has left after the last. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

interface Times {
  labels: Labels;
  sum: number;
  count: number;
  /** How many fell into each bucket, not summed up. */
  within: number[];
}

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>();
  const histograms = new Map<string, Map<string, Times>>();
  const gauges = new Map<string, () => Value | Promise<Value>>();

  function timesOf(name: string, labels: Labels): Times {
    const values = within(histograms, name, () => new Map<string, Times>());
    return within(values, inBraces(labels), () => ({ labels, sum: 0, count: 0, within: BUCKETS.map(() => 0) }));
  }

  async function page(): Promise<string> {
    const lines: string[] = [];
    for (const [bare, values] of counters) {
      const name = `sportello_${bare}_total`;
      lines.push(`# TYPE ${name} counter`);
      for (const [labels, value] of values) lines.push(`${name}${labels} ${value}`);
    }
    for (const [bare, values] of histograms) {
      const name = `sportello_${bare}_seconds`;
      lines.push(`# TYPE ${name} histogram`);
      for (const times of values.values()) lines.push(...histogramLines(name, times));
    }
    for (const [name, read] of gauges) {
      const value = await Promise.resolve()
        .then(read)
        .catch(() => null);
      if (value === null) continue;
      lines.push(`# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`);
      for (const [labels, one] of typeof value === 'number' ? [[{}, value] as const] : value)
        lines.push(`${name}${inBraces(labels)} ${one}`);
    }
    return `${lines.join('\n')}\n`;
  }

  return {
    count(name, labels = {}, by = 1) {
      const values = within(counters, name, () => new Map<string, number>());
      const key = inBraces(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    },
    observe: (name, ms, labels = {}) => add(timesOf(name, labels), ms),
    observer(name, labels) {
      let times: Times | undefined;
      return (ms) => {
        times ??= timesOf(name, labels);
        add(times, ms);
      };
    },
    gauge: (name, read) => void gauges.set(name.startsWith('process_') ? name : `sportello_${name}`, read),
    routes: () => [
      {
        method: 'get',
        path: '/metrics',
        permission: 'public',
        summary: 'Prometheus metrics; only to who reaches this port directly, not through the proxy',
        async handle({ headers }) {
          // The proxy stands before the public; Prometheus stands beside the server.
          if (headers['x-forwarded-for'] !== undefined) throw new Refusal(404, 'NotFound', 'Questa pagina non esiste.');
          return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body: await page() };
        },
      },
    ],
  };
}

function add(times: Times, ms: number): void {
  const seconds = ms / 1000;
  let bucket = 0;
  while (bucket < BUCKETS.length && !(seconds <= BUCKETS[bucket]!)) bucket++;
  if (bucket < BUCKETS.length) times.within[bucket]!++;
  times.sum += seconds;
  times.count++;
}

function histogramLines(name: string, { labels, sum, count, within: inEach }: Times): string[] {
  let below = 0;
  const lines = BUCKETS.map((bound, index) => {
    below += inEach[index] ?? 0;
    return `${name}_bucket${inBraces({ ...labels, le: String(bound) })} ${below}`;
  });
  const own = inBraces(labels);
  return [
    ...lines,
    `${name}_bucket${inBraces({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${own} ${sum}`,
    `${name}_count${own} ${count}`,
  ];
}

function within<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function inBraces(labels: Labels): string {
  let pairs = '';
  for (const name in labels) pairs += `${pairs === '' ? '{' : ','}${name}="${labels[name]}"`;
  return pairs === '' ? '' : `${pairs}}`;
}
