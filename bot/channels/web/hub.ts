/** The open sockets. Each knows the last entry it was sent; what this process commits is pushed at once, the rest is read from the transcript. */
import { WebSocket } from 'ws';
import type { Database } from '../../../connectors/databases/contract.ts';
import { readAfter, type TranscriptEntry } from '../../conversation/transcript.ts';

const PAGE = 500;
const PING_MS = 20_000;
/** Several processes: a hint can die with the process that owed it, so every client is looked after this often. */
const LOOK_MS = 5_000;
const LOOKED_AT_ONCE = 500;
/** A citizen's own message waits this long for its answer, so that both travel in one frame. */
const ECHO_MS = 100;
/** The same while more conversations than these wait: answers take longer then, and each frame less is an answer sooner. */
const BUSY_ECHO_MS = 400;
const BUSY = 32;
/** A turn still running after this shows as typing. */
const TYPING_MS = 600;
/** So often who waits is looked through: a timer for each message costs a turn more than what it is there for. */
const WAIT_MS = 50;
/** A client that does not read is dropped; it comes back by its watermark. */
const MOST_BUFFERED = 1_000_000;

interface Client {
  socket: WebSocket;
  /** Sends one frame. */
  show(frame: string): void;
  conversationId: string;
  sentSeq: number;
  alive: boolean;
  catchingUp: boolean;
  /** Something was committed while it caught up. */
  missed: boolean;
}

/** Entries that end with a citizen's message, until its answer comes. */
interface Waiting {
  entries: TranscriptEntry[];
  /** When they are shown without it; once they are, when the turn shows as typing. On performance.now()'s clock. */
  dueAt: number;
  typingAt: number;
  shown: boolean;
}

export interface Hub {
  /** `show` sends one frame over the socket. */
  add(socket: WebSocket, conversationId: string, afterSeq: number, show: (frame: string) => void): void;
  /** Entries committed by this process. */
  push(conversationId: string, entries: TranscriptEntry[]): void;
  /** Another process may have committed up to `seq`. */
  hint(conversationId: string, seq: number): void;
  /** Hints may have been lost: every client looks. */
  hintAll(): void;
  /** Shown once, kept nowhere: no watermark. */
  flash(conversationId: string, activity: Record<string, unknown>): void;
  /** Closes the conversation's sockets; what was sent arrives first. */
  drop(conversationId: string): void;
  size(): number;
  stop(): void;
}

export function createHub(parts: { database: Database; log: { warn(fields: object, message: string): void } }): Hub {
  const rooms = new Map<string, Set<Client>>();
  const waiting = new Map<string, Waiting>();
  let waking: NodeJS.Timeout | undefined;
  let count = 0;

  function send(client: Client, entries: TranscriptEntry[]): void {
    const fresh = entries[0]!.seq > client.sentSeq ? entries : entries.filter((entry) => entry.seq > client.sentSeq);
    if (fresh.length === 0) return;
    // Another process has written before them, or between what was held back here and what came to it: all of it is read.
    if (!fresh.every(({ seq }, at) => seq === client.sentSeq + 1 + at)) return void catchUp(client);
    client.sentSeq = fresh.at(-1)!.seq;
    write(client, frameOf(fresh));
  }

  function write(client: Client, frame: string): void {
    const { socket } = client;
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate();
    else client.show(frame);
  }

  async function catchUp(client: Client): Promise<void> {
    client.missed = client.catchingUp;
    if (client.catchingUp) return;
    client.catchingUp = true;
    try {
      for (;;) {
        client.missed = false;
        const entries = await readAfter(parts.database, client.conversationId, client.sentSeq, PAGE);
        if (entries.length === 0 && !client.missed) break;
        if (entries.length === 0) continue;
        write(client, frameOf(entries));
        client.sentSeq = entries.at(-1)!.seq;
      }
    } catch (error) {
      parts.log.warn({ conversationId: client.conversationId, error }, 'a socket could not catch up');
      client.socket.close(1011);
    } finally {
      client.catchingUp = false;
    }
  }

  function flush(conversationId: string, entries: TranscriptEntry[]): void {
    for (const client of rooms.get(conversationId) ?? []) {
      if (client.catchingUp) client.missed = true;
      else send(client, entries);
    }
  }

  const pinging = setInterval(() => {
    for (const room of rooms.values()) {
      for (const client of room) {
        if (!client.alive) client.socket.terminate();
        client.alive = false;
        client.socket.ping();
      }
    }
  }, PING_MS);
  pinging.unref();

  /** One indexed read for many conversations; only who is behind reads on. */
  async function look(): Promise<void> {
    const ids = [...rooms.keys()];
    for (let from = 0; from < ids.length; from += LOOKED_AT_ONCE) {
      const rows = await parts.database.read
        .selectFrom('conversation')
        .select(['id', 'next_seq'])
        .where('id', 'in', ids.slice(from, from + LOOKED_AT_ONCE))
        .execute();
      for (const row of rows) hint(row.id, row.next_seq - 1);
    }
  }
  const looking = parts.database.engine === 'postgres' ? setInterval(() => void look().catch(() => {}), LOOK_MS).unref() : undefined;

  function hint(conversationId: string, seq: number): void {
    const held = waiting.get(conversationId);
    // What this process holds back for a moment is on its way.
    if (held && held.entries.at(-1)!.seq >= seq) return;
    if (held) waiting.delete(conversationId);
    for (const client of rooms.get(conversationId) ?? []) if (client.sentSeq < seq) catchUp(client);
  }

  /** Shows what has waited long enough. */
  function wake(): void {
    const now = performance.now();
    for (const [conversationId, held] of waiting) {
      if (held.dueAt > now) continue;
      if (!held.shown) {
        held.shown = true;
        held.dueAt = held.typingAt;
        flush(conversationId, held.entries);
        continue;
      }
      waiting.delete(conversationId);
      for (const client of rooms.get(conversationId) ?? []) write(client, TYPING);
    }
    waking = waiting.size > 0 ? setTimeout(wake, WAIT_MS).unref() : undefined;
  }

  return {
    add(socket, conversationId, afterSeq, show) {
      const client: Client = { socket, show, conversationId, sentSeq: afterSeq, alive: true, catchingUp: false, missed: false };
      const room = rooms.get(conversationId) ?? new Set();
      rooms.set(conversationId, room.add(client));
      count++;
      const alive = () => {
        client.alive = true;
      };
      socket.on('pong', alive);
      // Clients send empty frames to show that they are there; anything else they post over HTTP.
      socket.on('message', alive);
      socket.on('error', () => socket.terminate());
      socket.once('close', () => {
        count--;
        room.delete(client);
        if (room.size === 0 && rooms.get(conversationId) === room) rooms.delete(conversationId);
      });
      catchUp(client);
    },
    push(conversationId, entries) {
      if (!rooms.has(conversationId)) return;
      const held = waiting.get(conversationId);
      const all = held ? [...held.entries, ...entries] : entries;
      if (held) waiting.delete(conversationId);
      if (all.at(-1)!.role !== 'citizen') return flush(conversationId, all);
      const now = performance.now();
      const dueAt = now + (waiting.size < BUSY ? ECHO_MS : BUSY_ECHO_MS);
      waiting.set(conversationId, { entries: all, dueAt, typingAt: now + TYPING_MS, shown: false });
      waking ??= setTimeout(wake, WAIT_MS).unref();
    },
    hint,
    hintAll() {
      for (const room of rooms.values()) for (const client of room) catchUp(client);
    },
    flash(conversationId, activity) {
      const frame = JSON.stringify({ activities: [activity] });
      for (const client of rooms.get(conversationId) ?? []) write(client, frame);
    },
    drop(conversationId) {
      for (const { socket } of rooms.get(conversationId) ?? []) socket.close(1012);
    },
    size: () => count,
    stop() {
      clearInterval(pinging);
      clearInterval(looking);
      clearTimeout(waking);
      for (const room of rooms.values()) for (const { socket } of room) socket.close(1001, 'The server is stopping');
    },
  };
}

const TYPING = '{"activities":[{"type":"typing","from":{"id":"sportello","role":"bot"}}]}';

function frameOf(entries: TranscriptEntry[]): string {
  let activities = '';
  for (const { json } of entries) activities += activities === '' ? json : `,${json}`;
  return `{"activities":[${activities}],"watermark":"${entries.at(-1)!.seq}"}`;
}
