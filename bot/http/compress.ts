/** gzip for pages and their files. The last results are kept: the same file is packed once. */
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RouteReply } from './route.ts';

const pack = promisify(gzip);
const kept = new Map<string, Buffer>();
const KEPT_AT_MOST = 64;

export async function compress(headers: IncomingHttpHeaders, reply: RouteReply): Promise<RouteReply> {
  const { body } = reply;
  const type = reply.headers?.['content-type'] ?? '';
  if (!/text|javascript|json|svg/.test(type) || body === undefined || !/\bgzip\b/.test(String(headers['accept-encoding'] ?? '')))
    return reply;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  if (bytes.byteLength < 1_024) return reply;
  const etag = reply.headers?.['etag'];
  const packed = (etag && kept.get(etag)) || (await pack(bytes));
  if (etag && !kept.has(etag)) {
    if (kept.size >= KEPT_AT_MOST) kept.delete(kept.keys().next().value ?? '');
    kept.set(etag, packed);
  }
  return { ...reply, body: packed, headers: { ...reply.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' } };
}
