/** An agent of a benchmark whose server is killed: every act is repeated until it surely was done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';

const TRIES = 2_000;

interface Request {
  id: string;
  conversationId: string;
  state: string;
  agent: { name: string } | null;
}

export interface SteadyAgent {
  /** The request of a conversation, once it is listed among those who wait. Many who look at once read the list once. */
  find(conversationId: string): Promise<string>;
  /** `done`: what the request looks like afterwards, for an act that cannot be done twice. */
  act(handoffId: string, what: string, body: object, done?: (now: { state: string; agent: string | null }) => boolean): Promise<void>;
  packet(handoffId: string): Promise<{ state: string; agent: string | null; transcript: { text: string }[] }>;
  /** How many requests each conversation has, open and closed: of the last 200 of each. */
  requests(): Promise<Map<string, number>>;
}

export async function openSteadyAgent(pool: Pool, name: string, password: string): Promise<SteadyAgent> {
  let cookie = '';
  let csrf = '';
  async function once(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; value: Record<string, unknown> }> {
    const answer = await pool.request({
      method,
      path,
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie, 'x-csrf': csrf } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    const set = answer.headers['set-cookie'];
    if (set) cookie = String(Array.isArray(set) ? set[0] : set).split(';')[0] ?? '';
    return { status: answer.statusCode, value: JSON.parse(text) as Record<string, unknown> };
  }
  /** Until there is an answer: a server that is killed gives none. */
  async function call(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; value: Record<string, unknown> }> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await once(method, path, body).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      await sleep(30 + Math.random() * 40);
    }
    throw new Error(`${path} was not answered`);
  }
  const read = async (id: string) =>
    (await call('GET', `/api/handoffs/${id}`)).value as unknown as Request & { transcript: { text: string }[] };
  const list = async (view: string) => (await call('GET', `/api/handoffs?view=${view}`)).value['handoffs'] as Request[];

  let looking: Promise<Request[]> | null = null;
  const waiting = (): Promise<Request[]> => {
    looking ??= list('waiting').finally(() => {
      looking = null;
    });
    return looking;
  };

  csrf = String((await call('POST', '/api/sign-in', { name, password })).value['csrf']);
  await call('POST', '/api/desk/here', {});
  return {
    async find(conversationId) {
      for (let tries = 0; tries < TRIES; tries++) {
        const found = (await waiting()).find((one) => one.conversationId === conversationId);
        if (found) return found.id;
        await sleep(30);
      }
      throw new Error('a request for a person is not listed');
    },
    async act(id, what, body, done) {
      for (let tries = 0; tries < TRIES; tries++) {
        const { status, value } = await call('POST', `/api/handoffs/${id}/${what}`, body);
        if (status < 300) return;
        const now = await read(id);
        // The answer to the first try was lost, not what it did.
        if (done?.({ state: now.state, agent: now.agent?.name ?? null })) return;
        if (status !== 409) throw new Error(`${what}: ${status} ${JSON.stringify(value)}`);
        await sleep(20);
      }
      throw new Error(`${what} was not done`);
    },
    async packet(id) {
      const { state, agent, transcript } = await read(id);
      return { state, agent: agent?.name ?? null, transcript };
    },
    async requests() {
      const counts = new Map<string, number>();
      for (const { conversationId } of [...(await list('open')), ...(await list('closed'))])
        counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
      return counts;
    },
  };
}
