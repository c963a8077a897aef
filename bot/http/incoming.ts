/** A request as handlers see it. */
import type { IncomingMessage } from 'node:http';
import type { RouteRequest, Staff } from './route.ts';

const NO_QUERY = new URLSearchParams();

/** What few handlers look at is read when they do. */
export class Incoming implements RouteRequest {
  raw: IncomingMessage;
  params: Record<string, string>;
  headers: IncomingMessage['headers'];
  origin: string;
  body: unknown;
  staff: Staff | null = null;
  #trustProxy: boolean;

  constructor(raw: IncomingMessage, params: Record<string, string>, origin: string, trustProxy: boolean) {
    this.raw = raw;
    this.params = params;
    this.headers = raw.headers;
    this.origin = origin;
    this.#trustProxy = trustProxy;
  }

  /** An address without a question mark, which is the rule, need not be parsed. */
  get query(): URLSearchParams {
    const { url = '/' } = this.raw;
    return url.includes('?') ? new URL(url, 'http://x').searchParams : NO_QUERY;
  }

  /** The last address was written by our own proxy; those before it by whoever called, who may write anything. */
  get ip(): string {
    const forwarded = this.#trustProxy
      ? String(this.headers['x-forwarded-for'] ?? '')
          .split(',')
          .at(-1)
          ?.trim()
      : '';
    return forwarded || this.raw.socket.remoteAddress || 'unknown';
  }
}

/** How we are called: `https://host`, by PUBLIC_URL or the request's headers. */
export function originReader({ publicUrl, trustProxy }: { publicUrl: string; trustProxy: boolean }): (request: IncomingMessage) => string {
  const fixed = publicUrl.replace(/\/+$/, '');
  if (fixed) return () => fixed;
  if (!trustProxy) return ({ headers }) => `http://${headers.host || 'localhost'}`;
  return ({ headers }) => {
    const header = (name: string) =>
      String(headers[name] ?? '')
        .split(',')[0]
        ?.trim();
    return `${header('x-forwarded-proto') || 'http'}://${header('x-forwarded-host') || headers.host || 'localhost'}`;
  };
}
