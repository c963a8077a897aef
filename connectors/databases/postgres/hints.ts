/**
 * Hints between processes by LISTEN/NOTIFY. One dedicated connection listens and comes back after a loss. Every process hears every other's hints, so those
 * of a moment travel together in one notification: with many processes the work of hearing would else outgrow that of answering.
 */
import pg from 'pg';
import type { Listeners } from '../listeners.ts';

const CHANNEL = 'sportello';
/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const LONGEST = 7000;
/** Nobody sees it: a conversation is mostly served by one process, which needs no hint of its own. */
const GATHER_MS = 15;
/** While they keep coming: ten notifications a second from each process, however many turns it takes. */
const BETWEEN_MS = 100;
const BETWEEN = '\u0001';

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
  /** Once each, however often it was said. */
  let waiting = new Set<string>();
  let gathering: NodeJS.Timeout | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;

  function receive(text = ''): void {
    // Its own hints come back too.
    if (text.startsWith(`${origin}\n`)) return;
    for (const hint of text.slice(text.indexOf('\n') + 1).split(BETWEEN)) {
      const end = hint.indexOf('\n');
      if (end > 0) listeners.tell(hint.slice(0, end), hint.slice(end + 1));
    }
  }

  async function sendWaiting(): Promise<void> {
    clearTimeout(gathering);
    gathering = undefined;
    const texts = packed([...waiting], origin);
    waiting = new Set();
    sentAt = performance.now();
    if (texts.length > 0) await pool.query('select pg_notify($1, hint) from unnest($2::text[]) hint', [CHANNEL, texts]).catch(() => {});
  }

  function comeBack(): void {
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, 5000);
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000 });
    fresh.on('notification', (message) => receive(message.payload));
    fresh.on('error', comeBack);
    fresh.on('end', comeBack);
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
      pauseMs = 250;
      // Whoever read before the listening began may have read what has changed since.
      listeners.tellAll('');
    } catch {
      fresh.end().catch(() => {});
      comeBack();
    }
    if (closed) await fresh.end().catch(() => {});
  }
  const connected = connect();

  return {
    notify(topic, payload) {
      listeners.tell(topic, payload);
      if (payload.length > LONGEST) throw new RangeError('A hint is a short key, not the data');
      waiting.add(`${topic}\n${payload}`);
      gathering ??= setTimeout(() => void sendWaiting(), Math.max(GATHER_MS, sentAt + BETWEEN_MS - performance.now()));
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await sendWaiting();
      await connected;
      await client?.end().catch(() => {});
    },
  };
}

/** As few notifications as hold them all, each with whom it comes from. */
function packed(hints: string[], origin: string): string[] {
  const texts: string[] = [];
  let text = '';
  for (const hint of hints) {
    if (text && Buffer.byteLength(text) + Buffer.byteLength(hint) > LONGEST) {
      texts.push(`${origin}\n${text}`);
      text = '';
    }
    text = text ? `${text}${BETWEEN}${hint}` : hint;
  }
  return text ? [...texts, `${origin}\n${text}`] : texts;
}
