/** Plug: the website's channel, Direct Line 3.0 over HTTP and WebSocket. */
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import { UNLINKED } from '../citizens/carry.ts';
import { createLinks } from '../citizens/link.ts';
import { createKeyed } from '../citizens/thread.ts';
import { TRANSCRIPT_TOPIC } from '../conversation/line.ts';
import { createLimit } from '../http/limits.ts';
import type { Channel, ChannelParts } from './contract.ts';
import { directLineRoutes, seqOf } from './web/direct-line.ts';
import { writeText } from './web/frame.ts';
import { createHub } from './web/hub.ts';
import { createTokens, type Tokens } from './web/tokens.ts';
import { createUploads } from './web/upload.ts';

const FRAME_BYTES = 64 * 1024;
/** New conversations from one address in a minute: a flood guard, wide because an office or a school is one address. */
const OPENINGS = 1200;
const STREAM = /^\/v3\/directline\/conversations\/([^/?]+)\/stream$/;

export default async function open(parts: ChannelParts): Promise<Channel> {
  const { line, database, log } = parts;
  const now = parts.now ?? Date.now;
  const tokens = createTokens(await keptSecret(database, 'directline'), now);
  const hub = createHub({ database, log });
  const stopWatching = line.watch((conversationId, entries, dialog) => {
    hub.push(conversationId, entries);
    // Whoever may still read it comes back at once; whoever was separated is refused.
    if (dialog === UNLINKED) hub.drop(conversationId);
  });
  const stopListening = database.engine === 'postgres' ? database.listen(TRANSCRIPT_TOPIC, (payload) => hint(payload)) : () => {};
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES, perMessageDeflate: false, clientTracking: false });

  function hint(payload: string): void {
    const [conversationId = '', seq = '0'] = payload.split(':');
    // An empty payload: hints may have been missed, everyone looks.
    if (payload === '') hub.hintAll();
    else hub.hint(conversationId, Number(seq));
  }

  return {
    name: 'web',
    routes: directLineRoutes({
      line,
      database,
      tokens,
      uploads: createUploads({ database, dataDir: parts.dataDir }),
      now,
      limits: {
        post: createLimit(parts.limits.messagesPerMinute, 60),
        read: createLimit(parts.limits.readsPerMinute, 60),
        open: createLimit(Math.max(OPENINGS, parts.limits.messagesPerMinute), 60),
      },
      flash: hub.flash,
      links: createLinks({ database, now }),
      keyed: await createKeyed(database),
      secureOnly: parts.secureOnly ?? false,
    }),
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://x');
      const conversationId = STREAM.exec(url.pathname)?.[1];
      if (!conversationId) return false;
      if (!allowed(tokens, url, conversationId)) {
        refuse(socket);
        return true;
      }
      sockets.handleUpgrade(request, socket, head, (client) =>
        hub.add(client, conversationId, seqOf(url.searchParams.get('watermark')), (frame) => writeText(socket, frame)),
      );
      return true;
    },
    linkTo: (code, origin) => (origin ? `${origin}/?continua=${code}` : null),
    async stop() {
      stopWatching();
      stopListening();
      hub.stop();
    },
  };
}

function allowed(tokens: Tokens, url: URL, conversationId: string): boolean {
  try {
    return tokens.verify(url.searchParams.get('t') ?? undefined, 'stream').conversationId === conversationId;
  } catch {
    return false;
  }
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
