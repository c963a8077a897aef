/** A document as an editor hands it over: a file with its metadata (multipart/form-data), or Markdown (JSON). */
import type { IncomingMessage } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { z } from 'zod';
import { LARGEST_FILE_MB } from '../../knowledge/ingest/convert.ts';
import { metadataSchema } from '../../knowledge/ingest/metadata.ts';
import { Refusal } from '../http/route.ts';

const BODY_BYTES = LARGEST_FILE_MB * 2 ** 20 + 64 * 1024;
/** A million letters, each of them with an accent. */
export const JSON_BYTES = 2 * 2 ** 20;
const AT_ONCE = 2;

export const phrasingsSchema = z.array(z.string().trim().min(1).max(200)).max(50);
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'lettere minuscole, cifre e trattini')
  .max(100)
  .optional();

export const pageSchema = metadataSchema.extend({
  id,
  title: z.string().trim().min(1).max(300),
  markdown: z.string().min(1).max(1_000_000),
  phrasings: phrasingsSchema.optional(),
});
export const fileSchema = metadataSchema.extend({ id, phrasings: phrasingsSchema.optional() });

export type Handed =
  | { kind: 'page'; page: z.infer<typeof pageSchema> }
  | { kind: 'file'; name: string; bytes: Uint8Array; given: z.infer<typeof fileSchema> };

let busy = 0;

/** Throws Refusal 400, 413, 415 or 429. Holds the file in memory, two at a time. */
export async function receiveDocument(request: IncomingMessage): Promise<Handed> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const text = new TextDecoder().decode(await collect(request, JSON_BYTES));
    return { kind: 'page', page: check(pageSchema, parse(text || '{}')) };
  }
  if (busy >= AT_ONCE) throw new Refusal(429, 'TooManyRequests', 'Altri file sono in arrivo: riprova tra poco.', { 'retry-after': '5' });
  busy++;
  try {
    const body = await collect(request, BODY_BYTES);
    const form = await new Response(body as unknown as BodyInit, { headers: { 'content-type': type } }).formData().catch(() => {
      throw new Refusal(400, 'BadArgument', 'Il caricamento non si legge come multipart/form-data.');
    });
    const fields: Record<string, unknown> = {};
    let file: File | null = null;
    for (const [name, value] of form as unknown as Iterable<[string, File | string]>) {
      if (typeof value !== 'string') file = value;
      else if (value !== '') fields[name] = name === 'phrasings' ? value.split('\n').filter((line) => line.trim()) : value;
    }
    if (!file) throw new Refusal(400, 'BadArgument', 'Manca il file.');
    const given = check(fileSchema, fields);
    return { kind: 'file', name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), given };
  } finally {
    busy--;
  }
}

/** Throws Refusal 413. Held in memory. */
export async function collect(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooBig = () =>
    new Refusal(413, 'MessageSizeTooBig', `È troppo grande: il limite è ${Math.floor(most / 2 ** 20)} MB.`, { connection: 'close' });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooBig();
  let size = 0;
  const counted = request.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        done(size > most ? tooBig() : null, chunk);
      },
    }),
  );
  const pieces: Buffer[] = [];
  for await (const piece of Readable.from(counted)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'BadArgument', 'Il corpo non è JSON valido.');
  }
}

function check<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal(400, 'BadArgument', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}
