/** A citizen of a benchmark: a Direct Line client with a socket that comes back by its watermark, and a memory of what it sent and saw. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { WebSocket } from 'ws';

export interface SeenActivity {
  id: string;
  type: string;
  text?: string;
  replyToId?: string;
  from?: { role?: string };
  channelData?: { clientActivityID?: string; sportello?: { outcome?: string } };
  /** With its citations. */
  entities?: unknown;
}

export interface Citizen {
  conversationId: string;
  /** Posts until the server says 200 (or `tries` run out); resolves with the id it gave. */
  post(text: string, clientActivityID: string, tries?: number): Promise<string>;
  /** Resolves when the answer to the message is seen; rejects after `ms`. */
  answered(id: string, ms: number): Promise<SeenActivity>;
  /** Everything seen on the socket, in order, with repeats of an id left out. */
  seen: SeenActivity[];
  history(): Promise<SeenActivity[]>;
  /** Posts that were refused or cut. */
  failures: { status: number }[];
  close(): void;
}

export const openPool = (origin: string, connections: number): Pool =>
  new Pool(origin, { connections, pipelining: 1, bodyTimeout: 30_000, headersTimeout: 30_000 });

async function ask(
  pool: Pool,
  method: 'GET' | 'POST',
  path: string,
  token: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await pool.request({
    method,
    path: `/v3/directline${path}`,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

export async function openCitizen(pool: Pool): Promise<Citizen> {
  const generated = await ask(pool, 'POST', '/tokens/generate', '');
  if (generated.status !== 200) throw new Error(`tokens/generate answered ${generated.status}`);
  const token = String(generated.body['token']);
  const started = await ask(pool, 'POST', '/conversations', token, { locale: 'it-IT' });
  if (started.status !== 201) throw new Error(`conversations answered ${started.status}`);
  const conversationId = String(started.body['conversationId']);
  const path = `/conversations/${conversationId}`;

  const seen: SeenActivity[] = [];
  const known = new Set<string>();
  const waiting = new Map<string, (activity: SeenActivity) => void>();
  const answers = new Map<string, SeenActivity>();
  const failures: { status: number }[] = [];
  let watermark = '';
  let socket: WebSocket | undefined;
  let closed = false;

  function take(activity: SeenActivity): void {
    if (!activity.id || known.has(activity.id)) return;
    known.add(activity.id);
    seen.push(activity);
    if (!activity.replyToId) return;
    answers.set(activity.replyToId, activity);
    waiting.get(activity.replyToId)?.(activity);
    waiting.delete(activity.replyToId);
  }

  function connect(streamUrl: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fresh = new WebSocket(streamUrl, { perMessageDeflate: false });
      socket = fresh;
      fresh.on('message', (data: Buffer) => {
        if (data.length === 0) return;
        const frame = JSON.parse(data.toString()) as { activities: SeenActivity[]; watermark?: string };
        for (const activity of frame.activities) take(activity);
        if (frame.watermark) watermark = frame.watermark;
      });
      fresh.once('open', () => resolve());
      fresh.once('error', reject);
      fresh.once('close', () => !closed && comeBack());
    });
  }

  async function comeBack(): Promise<void> {
    while (!closed) {
      await sleep(50 + Math.random() * 100);
      try {
        const again = await ask(pool, 'GET', `${path}?watermark=${watermark}`, token);
        if (again.status === 200) return void (await connect(String(again.body['streamUrl'])).catch(() => {}));
      } catch {
        // Not up yet.
      }
    }
  }
  await connect(String(started.body['streamUrl'])).catch((error: unknown) => {
    // Nobody holds a citizen whose stream never began: it must not come back for ever.
    closed = true;
    throw error;
  });

  return {
    conversationId,
    seen,
    failures,
    async post(text, clientActivityID, tries = 1) {
      for (let attempt = 1; ; attempt++) {
        let status = 0;
        try {
          const answer = await ask(pool, 'POST', `${path}/activities`, token, {
            type: 'message',
            text,
            from: { id: 'bench' },
            channelData: { clientActivityID },
          });
          if (answer.status === 200) return String(answer.body['id']);
          status = answer.status;
        } catch {
          // The connection was refused or cut.
        }
        failures.push({ status });
        if (attempt >= tries || closed) throw new Error(`post failed with ${status}`);
        await sleep(30 + Math.random() * 50);
      }
    },
    answered(id, ms) {
      const there = answers.get(id);
      if (there) return Promise.resolve(there);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no answer in time')), ms);
        waiting.set(id, (activity) => {
          clearTimeout(timer);
          resolve(activity);
        });
      });
    },
    async history() {
      const all: SeenActivity[] = [];
      for (let from = ''; ; ) {
        const page = await ask(pool, 'GET', `${path}/activities?watermark=${from}`, token);
        const activities = page.body['activities'] as SeenActivity[];
        if (activities.length === 0) return all;
        all.push(...activities);
        from = String(page.body['watermark']);
      }
    },
    close() {
      closed = true;
      socket?.terminate();
    },
  };
}
