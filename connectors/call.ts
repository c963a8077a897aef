/** One way to call another system over HTTP: a deadline, and every way it can go wrong as a result. */
import type { Trouble } from './result.ts';

const READ_MS = 2_000;
const WRITE_MS = 10_000;
/** When it says "too many" without saying how long. */
const WAIT_SECONDS = 60;
const LONGEST_BYTES = 5_000_000;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  /** The call changes something there: what is not answered may have been done. */
  writes?: boolean;
  /** Its refusals come as 5xx with a body: handed over to be judged, and `unknown` is the caller's to say. */
  judged?: boolean;
  /** Milliseconds to wait for the answer; absent = 2 s for a read, 10 s for a write. */
  within?: number;
}

export interface Answered {
  kind: 'answered';
  status: number;
  text: string;
  headers: Headers;
}

/**
 * 401 and 403 are `down` (it refuses us, not the citizen), 429 is retry_after, a broken or late answer is `down` for a read and `unknown` for a write
 * that was sent. Everything else is for the caller to judge. Redirects are not followed: they would carry our key along.
 */
export async function call(
  url: URL,
  { method = 'GET', headers = {}, body, writes = false, judged = false, within = writes ? WRITE_MS : READ_MS }: Call = {},
): Promise<Answered | Trouble> {
  const lost = (reason: string): Trouble => ({ kind: writes ? 'unknown' : 'down', reason: `${method} ${url.pathname}: ${reason}` });
  const refused = (reason: string): Trouble => ({ kind: 'down', reason: `${method} ${url.pathname}: ${reason}` });
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(within),
      ...(body !== undefined && { body }),
    });
    const { status } = response;
    const text = await response.text();
    if (text.length > LONGEST_BYTES) return lost('the answer is too long');
    if (status === 401 || status === 403) return refused(`it refuses us (${status})`);
    if (status === 429) return { kind: 'retry_after', seconds: secondsIn(response.headers.get('retry-after')) };
    // A gateway may answer for a server that did the work.
    if (status >= 500 && !judged) return lost(`it answers ${status}`);
    return { kind: 'answered', status, text, headers: response.headers };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const said = cause instanceof Error ? cause.message : String(cause);
    return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) ? refused(said) : lost(said);
  }
}

/** Seconds, or a date. */
function secondsIn(text: string | null): number {
  if (!text) return WAIT_SECONDS;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(1, seconds), 3600) : WAIT_SECONDS;
}
