/** Traces of turns for whoever collects OpenTelemetry (OTLP over HTTP, JSON): which piece took how long. Off unless an address is set; what is lost here loses no message. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { unwatched, type Watch } from '../conversation/watch.ts';

const EVERY_MS = 5_000;
const TIMEOUT_MS = 5_000;
/** Spans that wait to be sent; more are dropped and counted. */
const MOST_WAITING = 4_096;
const AT_ONCE = 512;

export interface TracerParts {
  /** Base address of the collector, `http://127.0.0.1:4318`; empty = off. */
  endpoint: string;
  service: string;
  version: string;
  /** Share of turns that are traced, 0–1. */
  share: number;
  log: { warn(fields: object, message: string): void };
}

export interface Tracer {
  watch: Watch;
  /** Sends what waits; resolves also when the collector does not answer. */
  flush(): Promise<void>;
  close(): Promise<void>;
  dropped(): number;
}

/** Of the settings, under the names that OpenTelemetry gives them. */
export const traceSettings = (settings: {
  OTEL_EXPORTER_OTLP_ENDPOINT: string;
  OTEL_SERVICE_NAME: string;
  OTEL_TRACES_SAMPLER_ARG: number;
}) => ({
  endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  service: settings.OTEL_SERVICE_NAME,
  share: settings.OTEL_TRACES_SAMPLER_ARG,
});

interface Open {
  traceId: string;
  spanId: string;
}

interface Span extends Open {
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } | { intValue: string } | { doubleValue: number } }[];
  status: { code: number };
}

const INTERNAL = 1;
const OK = 1;
const ERROR = 2;

export function createTracer({ endpoint, service, version, share, log }: TracerParts): Tracer {
  if (!endpoint) return { watch: unwatched, flush: async () => {}, close: async () => {}, dropped: () => 0 };
  const around = new AsyncLocalStorage<Open | null>();
  const address = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const waiting: Span[] = [];
  let dropped = 0;
  let failing = false;
  let sending = Promise.resolve();

  async function post(spans: Span[]): Promise<void> {
    const resource = { attributes: attributesOf({ 'service.name': service, 'service.version': version }) };
    const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'sportello' }, spans }] }] });
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the collector says ${answer.status}`);
      failing = false;
    } catch (error) {
      dropped += spans.length;
      // Once for each time that it is away: traces must not fill the log.
      if (!failing) log.warn({ error }, 'traces cannot be sent');
      failing = true;
    }
  }

  function flush(): Promise<void> {
    sending = sending.then(async () => {
      while (waiting.length > 0) await post(waiting.splice(0, AT_ONCE));
    });
    return sending;
  }
  const timer = setInterval(() => void flush(), EVERY_MS).unref();

  const watch: Watch = async (name, attributes, work) => {
    const parent = around.getStore();
    // Not chosen: nothing below is traced either.
    if (parent === null || (parent === undefined && Math.random() >= share)) return around.run(null, work);
    const open: Open = { traceId: parent?.traceId ?? randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
    const started = nanoseconds();
    let code = ERROR;
    try {
      const result = await around.run(open, work);
      code = OK;
      return result;
    } finally {
      const span: Span = {
        ...open,
        ...(parent && { parentSpanId: parent.spanId }),
        name,
        kind: INTERNAL,
        startTimeUnixNano: String(started),
        endTimeUnixNano: String(nanoseconds()),
        attributes: attributesOf(attributes),
        status: { code },
      };
      if (waiting.length < MOST_WAITING) waiting.push(span);
      else dropped++;
    }
  };

  return {
    watch,
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
    dropped: () => dropped,
  };
}

/** The same thing, with some of its methods noted; the others are its own. */
export function watched<T extends object>(watch: Watch, kind: string, whole: T, methods: (keyof T & string)[]): T {
  if (watch === unwatched) return whole;
  const own = Object.create(whole) as T;
  for (const method of methods) {
    const work = whole[method] as unknown;
    if (typeof work !== 'function') continue;
    const noted = (...args: unknown[]) =>
      watch(`${kind}.${method}`, {}, async () => (work as (...args: unknown[]) => unknown).apply(whole, args));
    Object.defineProperty(own, method, { value: noted, enumerable: true });
  }
  return own;
}

const BEGAN = BigInt(Math.round(performance.timeOrigin * 1_000)) * 1_000n;
const nanoseconds = (): bigint => BEGAN + BigInt(Math.round(performance.now() * 1_000)) * 1_000n;

function attributesOf(given: Record<string, string | number>): Span['attributes'] {
  return Object.entries(given).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string' ? { stringValue: value } : Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value },
  }));
}
