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
/** A client that does not read is dropped; it comes back by its watermark. */
const MOST_BUFFERED = 1_000_000;

interface Client {
  socket: WebSocket;
  conversationId: string;
  sentSeq: number;
  alive: boolean;
  catchingUp: boolean;
  /** Something was committed while it caught up. */
  missed: boolean;
}

export interface Hub {
  add(socket: WebSocket, conversationId: string, afterSeq: number): void;
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
  const waiting = new Map<string, { entries: TranscriptEntry[]; timer: NodeJS.Timeout }>();
  let count = 0;

  function send(client: Client, entries: TranscriptEntry[]): void {
    const fresh = entries[0]!.seq > client.sentSeq ? entries : entries.filter((entry) => entry.seq > client.sentSeq);
    if (fresh.length === 0) return;
    // Another process has written before them, or between what was held back here and what came to it: all of it is read.
    if (!fresh.every(({ seq }, at) => seq === client.sentSeq + 1 + at)) return void catchUp(client);
    const last = fresh.at(-1)!.seq;
    write(client, `{"activities":[${fresh.map((entry) => entry.json).join(',')}],"watermark":"${last}"}`);
    client.sentSeq = last;
  }

  function write({ socket }: Client, frame: string): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate();
    else socket.send(frame);
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
        write(client, `{"activities":[${entries.map((entry) => entry.json).join(',')}],"watermark":"${entries.at(-1)!.seq}"}`);
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
    if (held) {
      clearTimeout(held.timer);
      waiting.delete(conversationId);
    }
    for (const client of rooms.get(conversationId) ?? []) if (client.sentSeq < seq) catchUp(client);
  }

  return {
    add(socket, conversationId, afterSeq) {
      const client: Client = { socket, conversationId, sentSeq: afterSeq, alive: true, catchingUp: false, missed: false };
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
      if (held) {
        clearTimeout(held.timer);
        waiting.delete(conversationId);
      }
      if (all.at(-1)!.role !== 'citizen') return flush(conversationId, all);
      const echoMs = waiting.size < BUSY ? ECHO_MS : BUSY_ECHO_MS;
      const timer = setTimeout(() => {
        flush(conversationId, all);
        const thinking = setTimeout(() => {
          waiting.delete(conversationId);
          for (const client of rooms.get(conversationId) ?? [])
            write(client, '{"activities":[{"type":"typing","from":{"id":"sportello","role":"bot"}}]}');
        }, TYPING_MS - echoMs);
        thinking.unref();
        waiting.set(conversationId, { entries: all, timer: thinking });
      }, echoMs);
      waiting.set(conversationId, { entries: all, timer });
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
      for (const { timer } of waiting.values()) clearTimeout(timer);
      for (const room of rooms.values()) for (const { socket } of room) socket.close(1001, 'The server is stopping');
    },
  };
}
