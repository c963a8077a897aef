/** A small Direct Line 3.0 client: starts or resumes a conversation, keeps a socket open, polls when there is none, loses and doubles nothing. */

export interface Activity {
  id?: string;
  type: string;
  text?: string;
  locale?: string;
  timestamp?: string;
  replyToId?: string;
  from?: { id?: string; role?: string; name?: string };
  channelData?: { clientActivityID?: string; sportello?: { outcome?: string; answerId?: string; dialog?: string; speaker?: string } };
  suggestedActions?: { actions: { title: string; value: string }[] };
  entities?: { citation?: Claim[]; additionalType?: string[] }[];
  name?: string;
  value?: unknown;
}

export interface Claim {
  position: number;
  text: string;
  appearance: { name: string; url: string; headline?: string; dateModified?: string; validFrom?: string; validThrough?: string };
}

/** What opening a conversation answers; activities come with it where the greeting was asked for. */
export interface Early {
  conversationId: string;
  token: string;
  expires_in: number;
  streamUrl: string;
  activities?: Activity[];
  watermark?: string;
}

export type Connection = 'connecting' | 'online' | 'offline';

export interface Kept {
  conversationId: string;
  token: string;
  expires: number;
}

export interface DirectLineEvents {
  activity(activity: Activity): void;
  connection(state: Connection): void;
  /** The old conversation is gone: what comes now is a new one. */
  restarted(): void;
}

/** What could not be sent, and why in one word. */
export class SendFailure extends Error {
  reason: 'busy' | 'too-long' | 'expired' | 'offline';
  retryAfter: number;
  constructor(reason: SendFailure['reason'], retryAfter = 0) {
    super(reason);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

const BASE = '/v3/directline';
const REFRESH_BEFORE_MS = 5 * 60_000;
const FIRST_WAIT_MS = 750;
const LONGEST_WAIT_MS = 10_000;
const POLL_MS = 3_000;
/** Reads while a proxy forbids sockets: 40 a minute, far from the limit of 180; a socket is tried again after this many. */
const SOCKETLESS_POLL_MS = 1_500;
const SOCKETLESS_POLLS = 40;

/** `early`: a conversation that start.ts already opened, or null. */
export function createDirectLine(
  origin: string,
  locale: string,
  storage: Storage | null,
  key: string,
  events: DirectLineEvents,
  early?: Promise<Early | null>,
) {
  let kept: Kept | null = read();
  let watermark = 0;
  let socket: WebSocket | null = null;
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  let closed = false;
  let connecting = false;
  let generation = 0;
  const known = new Set<string>();

  function read(): Kept | null {
    try {
      const value = JSON.parse(storage?.getItem(key) ?? 'null') as Kept | null;
      return value && value.expires > Date.now() ? value : null;
    } catch {
      return null;
    }
  }
  function keep(next: { conversationId: string; token: string; expires_in: number }): void {
    kept = { conversationId: next.conversationId, token: next.token, expires: Date.now() + next.expires_in * 1000 };
    try {
      storage?.setItem(key, JSON.stringify(kept));
    } catch {
      // Storage is full or forbidden: the conversation lives as long as the page.
    }
  }

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${origin}${BASE}${path}`, {
      method,
      headers: {
        ...(kept ? { authorization: `Bearer ${kept.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new SendFailure('offline');
    });
    if (response.status === 429) throw new SendFailure('busy', Number(response.headers.get('retry-after') ?? 5));
    if (response.status === 413 || response.status === 400) throw new SendFailure('too-long');
    if (response.status === 401 || response.status === 403 || response.status === 404) throw new SendFailure('expired');
    if (!response.ok) throw new SendFailure('offline');
    return response;
  }

  /** What was asked of a conversation that has been left meanwhile is nobody's, whatever it says: rejects. */
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const mine = generation;
    const answer = call(method, path, body).then((response) => response.json() as Promise<T>);
    await answer.catch(() => {});
    if (mine !== generation) throw new SendFailure('offline');
    return answer;
  }

  async function begin(): Promise<{ streamUrl: string }> {
    const mine = generation;
    if (kept) {
      try {
        const resumed = await ask<Early>('GET', `/conversations/${kept.conversationId}?watermark=${watermark}`);
        keep(resumed);
        return resumed;
      } catch (error) {
        if (!(error instanceof SendFailure) || error.reason !== 'expired') throw error;
        if (watermark > 0) events.restarted();
        kept = null;
        watermark = 0;
      }
    }
    const opened = early ? await early : null;
    if (mine !== generation) throw new SendFailure('offline');
    early = undefined;
    if (!opened) keep(await ask('POST', '/tokens/generate', {}));
    const started = opened ?? (await ask<Early>('POST', '/conversations', { locale, greeting: true }));
    keep(started);
    take(started);
    return started;
  }

  function take(set: { activities?: Activity[]; watermark?: string }): void {
    for (const activity of set.activities ?? []) {
      if (activity.id && activity.type === 'message') {
        if (known.has(activity.id)) continue;
        known.add(activity.id);
      }
      events.activity(activity);
    }
    if (set.watermark) watermark = Math.max(watermark, Number(set.watermark));
  }

  async function poll(): Promise<void> {
    if (!kept) return;
    take(await ask('GET', `/conversations/${kept.conversationId}/activities?watermark=${watermark}`));
  }

  async function connect(): Promise<void> {
    if (closed || connecting) return;
    connecting = true;
    const mine = generation;
    try {
      const { streamUrl } = await begin();
      // "New conversation" was chosen meanwhile: what was just opened is nobody's.
      if (mine !== generation) return;
      // The first page of history comes by plain HTTP: one round trip earlier than the socket's.
      if (watermark === 0) void poll().catch(() => {});
      open(streamUrl);
    } catch {
      if (mine === generation) again();
    } finally {
      if (mine === generation) connecting = false;
    }
  }

  function open(streamUrl: string): void {
    // The address is ours whatever the proxy calls itself: only path and token are taken from the server.
    const url = new URL(streamUrl);
    const stream = new WebSocket(`${origin.replace(/^http/, 'ws')}${url.pathname}${url.search}`);
    let opened = false;
    socket = stream;
    stream.onopen = () => {
      opened = true;
      wait = FIRST_WAIT_MS;
      events.connection('online');
    };
    stream.onmessage = ({ data }) => {
      if (typeof data === 'string' && data !== '') take(JSON.parse(data) as never);
    };
    stream.onclose = () => {
      if (socket === stream) socket = null;
      if (closed) return;
      if (opened) again();
      else pollFor(SOCKETLESS_POLLS);
    };
    stream.onerror = () => stream.close();
  }

  /** The server answers but the socket never opened: reads take its place for a while. */
  function pollFor(rounds: number): void {
    clearTimeout(timer);
    const mine = generation;
    poll().then(
      () => {
        events.connection('online');
        timer = window.setTimeout(() => (rounds > 0 ? pollFor(rounds - 1) : void connect()), SOCKETLESS_POLL_MS);
      },
      () => mine === generation && again(),
    );
  }

  function again(): void {
    events.connection('offline');
    clearTimeout(timer);
    timer = window.setTimeout(() => void connect(), wait * (0.75 + Math.random() / 2));
    wait = Math.min(LONGEST_WAIT_MS, wait * 1.5);
  }

  const polling = window.setInterval(() => {
    if (!socket && kept)
      void poll()
        .then(() => events.connection('online'))
        .catch(() => {});
    if (socket?.readyState === WebSocket.OPEN) socket.send('');
    if (kept && kept.expires - Date.now() < REFRESH_BEFORE_MS) void ask<Early>('POST', '/tokens/refresh').then(keep, () => {});
  }, POLL_MS * 5);

  events.connection('connecting');
  void connect();
  window.addEventListener('online', () => {
    if (socket) return;
    clearTimeout(timer);
    void connect();
  });

  return {
    /** Sends an activity; the same clientActivityID may be sent again without being answered twice. Throws SendFailure. */
    async send(activity: Activity): Promise<void> {
      if (!kept) throw new SendFailure('offline');
      await call('POST', `/conversations/${kept.conversationId}/activities`, {
        ...activity,
        from: { id: 'citizen', role: 'user' },
        locale,
      });
    },
    /** Forgets the conversation and starts another. */
    restart(): void {
      storage?.removeItem(key);
      // A reconnect that is already planned would open a second socket.
      clearTimeout(timer);
      generation++;
      connecting = false;
      early = undefined;
      kept = null;
      watermark = 0;
      known.clear();
      const old = socket;
      socket = null;
      if (old) {
        old.onclose = null;
        old.close();
      }
      void connect();
    },
    close(): void {
      closed = true;
      clearInterval(polling);
      clearTimeout(timer);
      socket?.close();
    },
  };
}
export type DirectLine = ReturnType<typeof createDirectLine>;
