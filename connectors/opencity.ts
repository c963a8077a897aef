/** The REST interface of OpenCity Italia (Stanza del Cittadino), as far as bookings and cases need it: sign-in of an operator, and every way it can go wrong as a result. */
import { z } from 'zod';
import { type Answered, call } from './call.ts';
import { ok, type Result } from './result.ts';

export const openCitySettings = z.object({
  OPENCITY_URL: z
    .url({ protocol: /^https?$/, error: 'the address of the services, https://servizi.comune.example/lang' })
    .describe('Address of OpenCity Italia, with its language and without "/api": https://servizi.comune.example/lang.'),
  OPENCITY_USER: z.string().default('').describe('Operator of OpenCity Italia whose calendars and services we use.'),
  OPENCITY_PASSWORD: z.string().default('').describe('Password of that operator.'),
});

/** Its own clients wait ten seconds for a booking. */
const WRITE_MS = 10_000;
const READ_MS = 4_000;
const LIMITS = /^(?:(?:daily|weekly|monthly|yearly)_)?reservation_limit$/;
const PAGE = 100;
const MOST_PAGES = 50;
const page = z.union([
  z.array(z.unknown()).transform((data) => ({ data, count: null as number | null })),
  z
    .object({ data: z.array(z.unknown()), meta: z.object({ count: z.coerce.number().nullish() }).nullish() })
    .transform(({ data, meta }) => ({ data, count: meta?.count ?? null })),
]);
const token = z.object({ token: z.string().min(1) });
const refusal = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  title: z.string().nullish(),
  message: z.string().nullish(),
  success: z.boolean().nullish(),
});

export interface OpenCity {
  /** `shape`: the fields we use; a body of another shape is `down` (or `unknown` after a write). */
  ask<T>(path: string, shape: z.ZodType<T>): Promise<Result<T>>;
  /** Every item of a list, page after page (`limit` and `offset`), whether it comes bare or as {data, meta}. */
  list(path: string, query?: URLSearchParams): Promise<Result<unknown[]>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown, shape: z.ZodType<T>): Promise<Result<T>>;
  remove(path: string): Promise<Result<void>>;
}

export function createOpenCity(settings: z.infer<typeof openCitySettings>): OpenCity {
  const { OPENCITY_USER: username, OPENCITY_PASSWORD: password } = settings;
  const base = `${settings.OPENCITY_URL.replace(/\/+$/, '')}/api`;
  let signedIn: Promise<Result<string>> | null = null;

  async function signIn(): Promise<Result<string>> {
    const answer = await call(new URL(`${base}/auth`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ username, password }),
      within: READ_MS,
    });
    if (answer.kind !== 'answered') return answer.kind === 'unknown' ? { kind: 'down', reason: answer.reason } : answer;
    const got = token.safeParse(json(answer.text)).data;
    return got ? ok(got.token) : { kind: 'down', reason: `POST /api/auth: no token (${answer.status})` };
  }

  /** A token that ran out answers 401 before anything is done: signed in anew, once. */
  async function request(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
    for (let attempt = 1; ; attempt++) {
      signedIn ??= signIn();
      const bearer = await signedIn;
      if (bearer.kind !== 'ok') {
        signedIn = null;
        return bearer;
      }
      const answer = await call(new URL(`${base}${path}`), {
        method,
        headers: {
          authorization: `Bearer ${bearer.value}`,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        writes: method !== 'GET',
        within: method === 'GET' ? READ_MS : WRITE_MS,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const refused = answer.kind === 'down' && /it refuses us \(401\)/.test(answer.reason);
      if (!refused || attempt > 1) return answer;
      signedIn = null;
    }
  }

  function judge<T>(answer: Answered, method: string, path: string, shape: z.ZodType<T>): Result<T> {
    const { status, text } = answer;
    const lost = (reason: string): Result<never> => ({
      kind: method === 'GET' ? 'down' : 'unknown',
      reason: `${method} ${path}: ${reason}`,
    });
    const body = json(text);
    const said = refusal.safeParse(body).data;
    if (said?.code !== undefined && LIMITS.test(String(said.code))) return { kind: 'limit_reached', limit: 1 };
    if (status === 404) return { kind: 'not_found' };
    if (status === 409) return { kind: 'slot_taken' };
    if (status >= 400 || said?.success === false)
      return { kind: 'invalid', fields: { richiesta: said?.title ?? said?.message ?? `OpenCity risponde ${status}` } };
    const read = shape.safeParse(body);
    return read.success ? ok(read.data) : lost(`an answer of another shape (${read.error.issues[0]?.path.join('.') ?? ''})`);
  }

  async function ask<T>(path: string, shape: z.ZodType<T>): Promise<Result<T>> {
    const answer = await request('GET', path);
    return answer.kind === 'answered' ? judge(answer, 'GET', path, shape) : (answer as Result<never>);
  }

  return {
    ask,
    async list(path, query = new URLSearchParams()) {
      const all: unknown[] = [];
      let first = '';
      for (let turn = 0; turn < MOST_PAGES; turn++) {
        const asked = new URLSearchParams(query);
        asked.set('limit', String(PAGE));
        if (all.length > 0) asked.set('offset', String(all.length));
        const got = await ask(`${path}?${asked}`, page);
        if (got.kind !== 'ok') return got;
        const { data, count } = got.value;
        const began = JSON.stringify(data[0]);
        // A server that knows no pages gives the same again, whole.
        if (turn > 0 && began === first) return ok(all);
        first = turn === 0 ? began : first;
        all.push(...data);
        if (data.length === 0 || (count === null ? data.length < PAGE : all.length >= count)) return ok(all);
      }
      return { kind: 'down', reason: `GET ${path}: more than ${MOST_PAGES} pages` };
    },
    async send(method, path, body, shape) {
      const answer = await request(method, path, body);
      return answer.kind === 'answered' ? judge(answer, method, path, shape) : (answer as Result<never>);
    },
    async remove(path) {
      const answer = await request('DELETE', path);
      if (answer.kind !== 'answered') return answer as Result<never>;
      if (answer.status === 404) return { kind: 'not_found' };
      return answer.status < 300 ? ok(undefined) : { kind: 'unknown', reason: `DELETE ${path}: it answers ${answer.status}` };
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
