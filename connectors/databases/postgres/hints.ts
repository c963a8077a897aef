/**
 * Hints between processes by LISTEN/NOTIFY. One dedicated connection listens and comes back after a loss. Every process hears every other's hints, so those
 * of a moment travel together in one notification: with many processes the work of hearing would else outgrow that of answering.
 */
import pg from 'pg';
import type { Database } from '../contract.ts';
import type { Listeners } from '../listeners.ts';
import { endNow } from './watch-connections.ts';

const CHANNEL = 'sportello';
/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const LONGEST = 7000;
/** Nobody sees it: a conversation is mostly served by one process, which needs no hint of its own. */
const GATHER_MS = 15;
/** While they keep coming: ten notifications a second from each process, however many turns it takes. */
const BETWEEN_MS = 100;
/** Hints that could not be sent are kept, and sent again after so long; of too many only their topics are: whoever hears an empty one looks at everything. */
const MOST_KEPT = 1_000;
const UNSENT_MS = 1_000;
/** The listening connection is asked so often, and given up when it does not answer in the same time. */
const BEAT_MS = 5_000;
const BETWEEN = '\u0001';

export interface Hints {
  notify: Database['notify'];
  close(): Promise<void>;
}

export function createHints(settings: pg.ClientConfig, pool: pg.Pool, listeners: Listeners, beatMs = BEAT_MS): Hints {
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
    const hints = waiting;
    waiting = new Set();
    sentAt = performance.now();
    if (hints.size === 0) return;
    try {
      await pool.query('select pg_notify($1, hint) from unnest($2::text[]) hint', [CHANNEL, packed([...hints], origin)]);
    } catch {
      if (closed) return;
      // The others may have come back before this process did, and looked before what these tell of was committed.
      for (const hint of hints) waiting.add(hint);
      if (waiting.size > MOST_KEPT) waiting = new Set([...waiting].map((hint) => hint.slice(0, hint.indexOf('\n') + 1)));
      gathering ??= setTimeout(() => void sendWaiting(), UNSENT_MS).unref();
    }
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
    const fresh = new pg.Client({ ...settings, query_timeout: beatMs });
    // The end of one that was given up already brings about nothing.
    let given = false;
    const giveUp = () => {
      if (given) return;
      given = true;
      clearInterval(beating);
      if (client === fresh) client = undefined;
      endNow(fresh);
      comeBack();
    };
    // A connection that only listens never learns that nobody speaks any more: it asks.
    const beating = setInterval(() => {
      if (client === fresh) fresh.query('select 1').catch(giveUp);
    }, beatMs).unref();
    fresh.on('notification', (message) => receive(message.payload));
    fresh.on('error', giveUp);
    fresh.on('end', giveUp);
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      if (given) return;
      client = fresh;
      pauseMs = 250;
      // Whoever read before the listening began may have read what has changed since.
      listeners.tellAll('');
    } catch {
      giveUp();
    }
    if (closed) giveUp();
  }
  const connected = connect();

  return {
    notify(topic, payload, how) {
      if (payload.length > LONGEST) throw new RangeError('A hint is a short key, not the data');
      if (!how?.toOthers) listeners.tell(topic, payload);
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
