/** An agent of a benchmark: signed in, with the desk's socket open, reading what the page would read. */
import type { Pool } from 'undici';
import { WebSocket } from 'ws';

interface Listed {
  id: string;
  conversationId: string;
}

export interface Agent {
  list(view: string): Promise<Listed[]>;
  act(handoffId: string, what: string, body: object): Promise<void>;
  /** Resolves when the screen of the conversation holds these words. */
  shows(handoffId: string, conversationId: string, words: string, ms: number): Promise<void>;
  /** Resolves with the next hint that the list has changed. */
  hint(ms: number): Promise<void>;
  close(): void;
}

/** The page reads its list again at most so often. */
const COALESCED_MS = 200;

export async function openAgent(pool: Pool, origin: string, name: string, password: string): Promise<Agent> {
  let cookie = '';
  let csrf = '';
  async function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const answer = await pool.request({
      method,
      path,
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie, 'x-csrf': csrf } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 200)}`);
    const set = answer.headers['set-cookie'];
    if (set) cookie = String(Array.isArray(set) ? set[0] : set).split(';')[0] ?? '';
    return JSON.parse(text) as T;
  }
  csrf = (await call<{ csrf: string }>('POST', '/api/sign-in', { name, password })).csrf;
  await call('POST', '/api/desk/here', {});

  const said = new Map<string, Set<() => void>>();
  const hints = new Set<() => void>();
  let refreshing: NodeJS.Timeout | undefined;
  const known = new Map<string, { list: string; items: Map<string, Listed> }>();
  /** As the page does: what differs from the list it has. */
  async function list(view: string): Promise<Listed[]> {
    const had = known.get(view);
    const answer = await call<{ list: string; since?: string; order?: string[]; handoffs: Listed[] }>(
      'GET',
      `/api/handoffs?view=${view}${had ? `&since=${had.list}` : ''}`,
    );
    const news = new Map(answer.handoffs.map((one) => [one.id, one]));
    const all =
      had && answer.since === had.list && answer.order
        ? answer.order.flatMap((id) => news.get(id) ?? had.items.get(id) ?? [])
        : answer.handoffs;
    known.set(view, { list: answer.list, items: new Map(all.map((one) => [one.id, one])) });
    return all;
  }
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/desk/live`, { headers: { cookie, origin }, perMessageDeflate: false });
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as { changed?: string; said?: string };
    for (const look of said.get(frame.said ?? frame.changed ?? '') ?? []) look();
    if (!frame.changed) return;
    for (const look of hints) look();
    refreshing ??= setTimeout(() => {
      refreshing = undefined;
      list('open').catch(() => {});
    }, COALESCED_MS);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });

  function within(ms: number, work: (done: () => void) => () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const timer = setTimeout(() => {
        stop();
        reject(new Error('nothing came in time'));
      }, ms);
      stop = work(() => {
        clearTimeout(timer);
        stop();
        resolve();
      });
    });
  }

  return {
    list,
    act: async (handoffId, what, body) => void (await call('POST', `/api/handoffs/${handoffId}/${what}`, body)),
    shows: (handoffId, conversationId, words, ms) =>
      within(ms, (done) => {
        const look = () => {
          call<{ transcript: { text: string }[] }>('GET', `/api/handoffs/${handoffId}`).then(
            ({ transcript }) => void (transcript.slice(-10).some(({ text }) => text === words) && done()),
            () => {},
          );
        };
        const all = said.get(conversationId) ?? new Set();
        said.set(conversationId, all.add(look));
        return () => all.delete(look);
      }),
    hint: (ms) =>
      within(ms, (done) => {
        hints.add(done);
        return () => hints.delete(done);
      }),
    close() {
      clearTimeout(refreshing);
      socket.terminate();
    },
  };
}
