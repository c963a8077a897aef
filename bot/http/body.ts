/** Reads and checks a request's body by its route's schema. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { Refusal, type Route } from './route.ts';

const LIMIT_BYTES = 256 * 1024;
const DEPTH_LIMIT = 64;
/** Keeps nothing between two bodies: each is decoded in one go. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The parsed body, at once where all of it is there; undefined where the route takes none or reads it itself. Throws, or rejects with, Refusal 400, 413 or 415. */
export function readBody(request: IncomingMessage, route: Route): unknown {
  const { body } = route;
  if (!body || body === 'raw') return undefined;
  const checked = (bytes: Buffer) => check(body, parse(bytes, request.headers['content-type'] ?? '', route));
  const whole = wholeOf(request, route.longest);
  return whole ? checked(whole) : collect(request, route.longest).then(checked);
}

function check(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
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
  const whole = wholeOf(request, limit);
  if (whole) return Promise.resolve(whole);
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

/** A body that came with the head, as mostly. Its end, which closes the request, is let come. */
function wholeOf(request: IncomingMessage, limit = LIMIT_BYTES): Buffer | null {
  const declared = Number(request.headers['content-length'] ?? 0);
  const isWhole = declared > 0 && declared <= limit && request.readableLength === declared;
  if (!isWhole || request.readableFlowing !== null || request.destroyed) return null;
  const whole = request.read() as Buffer;
  request.resume();
  return whole;
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
