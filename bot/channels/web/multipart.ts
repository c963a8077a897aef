/** A multipart request read within limits, and the names that its files keep. */
import type { IncomingMessage } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { Refusal } from '../../http/route.ts';

export const MOST_FILES = 5;
export const FILE_BYTES = 10 * 1024 * 1024;
const BODY_BYTES = MOST_FILES * FILE_BYTES + 256 * 1024;

export const tooBig = () =>
  new Refusal(413, 'MessageSizeTooBig', 'I file sono troppo grandi: al massimo 10 MB ciascuno.', { connection: 'close' });

/** Throws Refusal 400, 413 or 415. */
export async function readMultipart(request: IncomingMessage): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw new Refusal(415, 'BadArgument', 'An upload is multipart/form-data.');
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) throw tooBig();
  let size = 0;
  const counted = request.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        done(size > BODY_BYTES ? tooBig() : null, chunk);
      },
    }),
  );
  try {
    const body = Readable.toWeb(counted) as ReadableStream;
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    if (size > BODY_BYTES) throw tooBig();
    throw new Refusal(400, 'BadArgument', 'The upload cannot be read as multipart/form-data.');
  }
}

/** A name to show and to save under: no folders, no control characters, the extension of what the file is. */
export function plainName(name: string, extension: string): string {
  const base = (name.split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replace(/\.[^.]*$/, '')
    .slice(0, 100);
  return `${base || 'file'}.${extension}`;
}
