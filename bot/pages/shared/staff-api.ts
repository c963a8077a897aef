/** The staff's REST doors as the pages call them: the session's cookie goes by itself, writes repeat its token. */

export interface Me {
  id: string;
  name: string;
  role: 'agent' | 'editor' | 'supervisor' | 'administrator';
  office: string | null;
  csrf: string;
  /** A second factor has to be set up before anything else. */
  weak?: boolean;
}

/** What the server refused, in its own words, which are written for people. */
export class ApiProblem extends Error {
  status: number;
  body: unknown;
  /** The server's own short name for it. */
  code: string;
  constructor(status: number, message: string, body: unknown) {
    super(message);
    this.code = (body as { error?: { code?: string } } | null)?.error?.code ?? '';
    this.status = status;
    this.body = body;
  }
}

let csrf = '';

/** Rejects with ApiProblem; status 0 = the server could not be reached. `body`: FormData goes as it is, anything else as JSON. */
export async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = {
    ...(method === 'GET' ? {} : { 'x-csrf': csrf }),
    ...(form || body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }) });
  } catch {
    throw new ApiProblem(0, 'Il server non risponde: controlla la connessione. Riprovo da solo.', null);
  }
  const value = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null;
  if (!answer.ok) throw new ApiProblem(answer.status, value?.error?.message ?? 'Qualcosa non ha funzionato.', value);
  return value as T;
}

/** Null = nobody is signed in. */
export async function whoAmI(): Promise<Me | null> {
  try {
    const me = await api<Me>('GET', '/api/me');
    csrf = me.csrf;
    return me;
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.status === 401) return null;
    throw problem;
  }
}

/** Rejects with ApiProblem `SecondFactorRequired` when name and password are right and a code is wanted too. */
export async function signIn(name: string, password: string, code?: string): Promise<Me> {
  const me = await api<Me>('POST', '/api/sign-in', { name, password, ...(code ? { code } : {}) });
  csrf = me.csrf;
  return me;
}

/** Where a session at the body's provider ends too, if there is one. */
export async function signOut(): Promise<string | undefined> {
  const { next } = await api<{ next?: string }>('POST', '/api/sign-out');
  csrf = '';
  return next;
}

export interface Ways {
  password: boolean;
  provider: { title: string; path: string } | null;
}

/** How one may sign in here. */
export const signInWays = (): Promise<Ways> => api<Ways>('GET', '/api/sign-in-ways');
