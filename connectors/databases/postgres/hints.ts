/** Hints between processes by LISTEN/NOTIFY. One dedicated connection listens and comes back after a loss; hints of one turn of the event loop travel together. */
import pg from 'pg';
import type { Listeners } from '../listeners.ts';

const CHANNEL = 'sportello';
/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const LONGEST = 7000;

export interface Hints {
  notify(topic: string, payload: string): void;
  close(): Promise<void>;
}

export function createHints(url: string, pool: pg.Pool, listeners: Listeners): Hints {
  const origin = `${process.pid}.${Math.random().toString(36).slice(2)}`;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = 250;
  let closed = false;
  let waiting: string[] = [];

  function receive(text: string | undefined): void {
    const [from, topic, ...payload] = (text ?? '').split('\n');
    if (topic && from !== origin) listeners.tell(topic, payload.join('\n'));
  }

  function comeBack(): void {
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      connect(true);
    }, pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, 5000);
  }

  async function connect(again: boolean): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000 });
    fresh.on('notification', (message) => receive(message.payload));
    fresh.on('error', comeBack);
    fresh.on('end', comeBack);
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
      pauseMs = 250;
      if (again) listeners.tellAll('');
    } catch {
      fresh.end().catch(() => {});
      comeBack();
    }
    if (closed) await fresh.end().catch(() => {});
  }
  const connected = connect(false);

  return {
    notify(topic, payload) {
      listeners.tell(topic, payload);
      if (payload.length > LONGEST) throw new RangeError('A hint is a short key, not the data');
      if (waiting.length === 0) {
        setImmediate(() => {
          const texts = waiting;
          waiting = [];
          pool.query('select pg_notify($1, hint) from unnest($2::text[]) hint', [CHANNEL, texts]).catch(() => {});
        });
      }
      waiting.push(`${origin}\n${topic}\n${payload}`);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await connected;
      await client?.end().catch(() => {});
    },
  };
}
