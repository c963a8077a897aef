/** Reads and checks a request's body by its route's schema. */
import type { IncomingMessage } from 'node:http';
import { Refusal, type Route } from './route.ts';

const LIMIT_BYTES = 256 * 1024;
const DEPTH_LIMIT = 64;
/** Keeps nothing between two bodies: each is decoded in one go. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The parsed body; undefined where the route takes none or reads it itself. Throws Refusal 400, 413 or 415. */
export async function readBody(request: IncomingMessage, route: Route): Promise<unknown> {
  if (!route.body || route.body === 'raw') return undefined;
  const bytes = await collect(request, route.longest);
  const value = parse(bytes, request.headers['content-type'] ?? '', route);
  const result = route.body.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'body';
  throw new Refusal(400, 'BadArgument', `${where}: ${issue?.message ?? 'not as expected'}`);
}

/** Rejects with Refusal 413, or with what cut the request. By its events: iterating over a stream costs more than reading one. */
export function collect(request: IncomingMessage, limit = LIMIT_BYTES): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) return Promise.reject(tooBig());
  if (request.destroyed) return Promise.reject(cut());
  if (declared > 0 && request.readableLength === declared && request.readableFlowing === null) {
    // All of it came with the head, as mostly. Its end, which closes the request, is let come.
    const whole = request.read() as Buffer;
    request.resume();
    return Promise.resolve(whole);
  }
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const stop = (error: Error): void => {
      request.off('data', take);
      // What still comes is let go, so that the refusal can be sent.
      request.resume();
      reject(error);
    };
    const take = (piece: Buffer): void => {
      size += piece.length;
      pieces.push(piece);
      if (size > limit) stop(tooBig());
    };
    request.on('data', take);
    request.once('end', () => resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)));
    request.once('error', stop);
    request.once('close', () => request.complete || stop(cut()));
  });
}

function parse(bytes: Buffer, type: string, route: Route): unknown {
  if (bytes.length === 0) return {};
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Refusal(400, 'BadArgument', 'The body is not valid UTF-8.');
  }
  if (route.form && type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  if (tooDeep(text)) throw new Refusal(400, 'BadArgument', `The JSON is nested deeper than ${DEPTH_LIMIT} levels.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'BadArgument', 'The body is not valid JSON.');
  }
}

/** Looks at brackets only, so that a hostile body costs one pass and no recursion. Most bodies have too few of them to be deep. */
function tooDeep(text: string): boolean {
  if (countOf('{', text) + countOf('[', text) <= DEPTH_LIMIT) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 92) i++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      if (++depth > DEPTH_LIMIT) return true;
    } else if (code === 125 || code === 93) depth--;
  }
  return false;
}

/** Past the limit it need not be exact. */
function countOf(bracket: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at >= 0 && count <= DEPTH_LIMIT; at = text.indexOf(bracket, at + 1)) count++;
  return count;
}

const cut = () => new Error('The request was cut before its end');

function tooBig(): Refusal {
  return new Refusal(413, 'MessageSizeTooBig', `The body is larger than allowed.`, { connection: 'close' });
}
