/** Socket: channels. A plug turns what its service sends into Messages and accepts them on the line; replies reach it by the transcript or the outbox. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Line } from '../conversation/line.ts';
import type { Documents } from '../http/documents.ts';
import type { Log } from '../http/log.ts';
import type { Route } from '../http/route.ts';

export interface ChannelParts {
  line: Line;
  database: Database;
  dataDir: string;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Epoch milliseconds; tests bring their own. */
  now?: () => number;
  /** What one citizen may do in a minute. */
  limits: { messagesPerMinute: number; readsPerMinute: number };
  /** Address of this server for citizens; empty = the address the request came to. */
  publicUrl: string;
  trustProxy: boolean;
  /** Cookies are Secure even where the request seems to have come by plain http. */
  secureOnly?: boolean;
  /** What our own links to files lead to; absent = files stay links. */
  documents?: Documents;
}

export interface Channel {
  name: string;
  routes: Route[];
  /** Takes a WebSocket upgrade; false = not ours. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The address that opens the channel with a one-time code in hand (bot/citizens/link.ts); null = not known (yet). `origin`: this server as the citizen reaches it. */
  linkTo?(code: string, origin: string): string | null;
  /** Begins what needs the running server: polling, telling the service our address. Never throws for a service that is away. */
  start?(): Promise<void>;
  /** Ends what the channel keeps open. */
  stop(): Promise<void>;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenChannel = (parts: ChannelParts, settings: unknown) => Promise<Channel>;
