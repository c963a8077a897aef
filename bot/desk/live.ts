/**
 * Tells open desks that something has changed, and what; they read it again over REST, so a lost hint costs only a moment. `{changed}`: the queue, or
 * the state of one conversation of it, to everybody. `{said}`: something was said, to whoever has the conversation and to those who coordinate.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Database } from '../../connectors/databases/contract.ts';
import { type Line, TRANSCRIPT_TOPIC } from '../conversation/line.ts';
import type { Staff } from '../http/route.ts';
import { OPEN } from './handoffs.ts';

export const LIVE_PATH = '/api/desk/live';
const DESK_TOPIC = 'desk';
const MENTION_TOPIC = 'desk-mention';
const PING_MS = 20_000;
/** A new request shows on open desks within this time. */
const LOOK_MS = 150;
/** The database was away: desks that are open hear of the change once it can be read. */
const AGAIN_MS = 500;

export interface Live {
  /** Another number after everything that may have changed the list; what was read under the same number still holds. */
  version(): number;
  /** The queue, or one conversation of it, has changed. */
  changed(conversationId?: string): void;
  /** These colleagues are asked to look at a conversation. */
  mentioned(conversationId: string, staffIds: string[]): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Reads which conversations are watched; call at start. */
  start(): Promise<void>;
  stop(): void;
}

export function createLive(parts: {
  database: Database;
  line: Pick<Line, 'watch'>;
  identify(headers: IncomingMessage['headers']): Promise<{ staff: Staff } | null>;
  /** An agent is there as long as the socket is. */
  here(staff: Staff): Promise<void>;
}): Live {
  const { database } = parts;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false, clientTracking: false });
  const clients = new Map<WebSocket, { staff: Staff; alive: boolean }>();
  /** Conversation → the agent who has it; null = nobody yet. */
  let watched = new Map<string, string | null>();
  let looking: NodeJS.Timeout | undefined;
  /** What open desks could not be told, because the database was away. */
  const untold = new Set<string>();
  let telling: NodeJS.Timeout | undefined;
  let version = 0;
  let looks = 0;
  let shown = 0;

  async function lookAgain(): Promise<void> {
    const look = ++looks;
    const rows = await database.read
      .selectFrom('handoff')
      .select(['conversation_id', 'agent_id', 'state'])
      .where('state', 'in', OPEN)
      .execute();
    // One that waited for its connection must not overwrite what a later one has read.
    if (look < shown) return;
    shown = look;
    watched = new Map(rows.map((row) => [row.conversation_id, row.state === 'accepted' ? row.agent_id : null]));
  }

  function tell(frame: object, to: (staff: Staff) => boolean = () => true): void {
    const text = JSON.stringify(frame);
    for (const [socket, { staff }] of clients) if (socket.readyState === WebSocket.OPEN && to(staff)) socket.send(text);
  }

  function changedHere(conversationId?: string): void {
    version++;
    if (clients.size > 0) tellOnceRead(conversationId ?? 'queue');
  }

  function tellOnceRead(what: string): void {
    void lookAgain().then(
      () => {
        untold.delete(what);
        for (const one of [what, ...untold]) tell({ changed: one });
        untold.clear();
      },
      () => {
        untold.add(what);
        telling ??= setTimeout(() => {
          telling = undefined;
          if (untold.has(what)) tellOnceRead(what);
        }, AGAIN_MS).unref();
      },
    );
  }

  /** A turn in a conversation that no desk knows may have opened a request: one look for many turns. */
  function lookSoon(): void {
    if (clients.size === 0 || looking) return;
    looking = setTimeout(() => {
      looking = undefined;
      const before = watched;
      void lookAgain().then(
        () => {
          if (watched.size !== before.size || [...watched.keys()].some((id) => !before.has(id))) tell({ changed: 'queue' });
        },
        () => tellOnceRead('queue'),
      );
    }, LOOK_MS);
    looking.unref();
  }

  function heard(conversationId: string): void {
    const agent = watched.get(conversationId);
    // What is said to somebody who has the conversation moves nothing in the list.
    if (!agent) version++;
    if (agent === undefined) lookSoon();
    else tell({ said: conversationId }, ({ id, role }) => agent === null || id === agent || role !== 'agent');
  }
  const stopWatching = parts.line.watch(heard);
  const stopTranscript =
    database.engine === 'postgres'
      ? database.listen(TRANSCRIPT_TOPIC, (payload) => {
          const conversationId = payload.split(':')[0];
          if (conversationId) heard(conversationId);
          else changedHere();
        })
      : () => {};
  const stopMentions = database.listen(MENTION_TOPIC, (payload) => {
    // The connection came back, and somebody may have been mentioned meanwhile: every screen looks.
    if (payload === '') return changedHere();
    const [conversationId, ...staffIds] = JSON.parse(payload) as string[];
    tell({ mentioned: conversationId }, ({ id }) => staffIds.includes(id));
  });
  const stopDesk = database.listen(DESK_TOPIC, (payload) => changedHere(payload || undefined));

  const pinging = setInterval(() => {
    for (const [socket, client] of clients) {
      if (!client.alive) socket.terminate();
      client.alive = false;
      socket.ping();
    }
  }, PING_MS);
  pinging.unref();

  function join(socket: WebSocket, staff: Staff): void {
    clients.set(socket, { staff, alive: true });
    const alive = () => {
      const client = clients.get(socket);
      if (client) client.alive = true;
      parts.here(staff).catch(() => {});
    };
    alive();
    socket.on('pong', alive);
    socket.on('message', alive);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => clients.delete(socket));
    changedHere();
  }

  return {
    version: () => version,
    changed(conversationId) {
      version++;
      database.notify(DESK_TOPIC, conversationId ?? '');
    },
    mentioned(conversationId, staffIds) {
      if (staffIds.length > 0) database.notify(MENTION_TOPIC, JSON.stringify([conversationId, ...staffIds]));
    },
    upgrade(request, socket, head) {
      if (new URL(request.url ?? '/', 'http://x').pathname !== LIVE_PATH) return false;
      const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      // A page of another site may open sockets with the agent's cookie: only ours may.
      const { origin, host } = request.headers;
      if (origin && origin.replace(/^https?:\/\//, '') !== host) refuse('403 Forbidden');
      else
        parts.identify(request.headers).then(
          (session) => {
            if (!session) return refuse('401 Unauthorized');
            return sockets.handleUpgrade(request, socket, head, (client) => join(client, session.staff));
          },
          () => refuse('503 Service Unavailable'),
        );
      return true;
    },
    start: lookAgain,
    stop() {
      clearInterval(pinging);
      clearTimeout(looking);
      clearTimeout(telling);
      stopWatching();
      stopTranscript();
      stopDesk();
      stopMentions();
      for (const socket of clients.keys()) socket.terminate();
    },
  };
}
