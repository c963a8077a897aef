/** Files that citizens send: read within a size limit, known by their bytes, kept under `<DATA_DIR>/uploads/<id>`, or on PostgreSQL in the database, where every process finds them. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import { Refusal, type RouteReply } from '../../http/route.ts';
import { fileTypeOf } from './file-type.ts';
import { FILE_BYTES, MOST_FILES, plainName, readMultipart, tooBig } from './multipart.ts';

/** Uploads held in memory at the same time. */
const AT_ONCE = 4;
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';

export interface StoredFile {
  id: string;
  name: string;
  contentType: string;
  bytes: number;
}

export interface Uploads {
  /** Reads a multipart request. Throws Refusal 400, 413, 415, 429. */
  receive(request: IncomingMessage): Promise<{ activity: unknown; files: StoredFile[] }>;
  /** Rows for `accept`'s transaction; `files` as they were received. */
  record(tx: Writer, conversationId: string, files: StoredFile[], now: string): Promise<void>;
  /** Null when the conversation has no such file. */
  read(conversationId: string, id: string): Promise<{ name: string; contentType: string; content: Buffer } | null>;
}

export function createUploads(parts: { database: Database; dataDir: string }): Uploads {
  const inDatabase = parts.database.engine === 'postgres';
  /** Between the reading of a request and the commit of its message. */
  const contents = new WeakMap<StoredFile, Uint8Array>();
  let busy = 0;

  async function store(file: File): Promise<StoredFile> {
    const content = new Uint8Array(await file.arrayBuffer());
    const type = fileTypeOf(content);
    if (!type) throw new Refusal(415, 'BadArgument', 'Questo tipo di file non è accettato: usa PNG, JPG, WEBP, PDF, TXT, DOCX o ODT.');
    const id = randomUUID();
    const stored = { id, name: plainName(file.name, type.extension), contentType: type.contentType, bytes: content.length };
    if (inDatabase) contents.set(stored, content);
    else await keepFile(parts.dataDir, id, content);
    return stored;
  }

  return {
    async receive(request) {
      if (busy >= AT_ONCE)
        throw new Refusal(429, 'TooManyRequests', 'Troppi invii di file in questo momento: riprova tra poco.', { 'retry-after': '5' });
      busy++;
      try {
        const form = await readMultipart(request);
        let activity: unknown = { type: 'message' };
        const files: File[] = [];
        for (const [name, part] of form as unknown as Iterable<[string, File | string]>) {
          if (typeof part === 'string') {
            if (name === 'activity') activity = parse(part);
          } else if (part.type.startsWith(ACTIVITY_TYPE)) activity = parse(await part.text());
          else files.push(part);
        }
        if (files.length > MOST_FILES) throw new Refusal(413, 'MessageSizeTooBig', `Al massimo ${MOST_FILES} file per messaggio.`);
        if (files.some((file) => file.size > FILE_BYTES)) throw tooBig();
        const stored: StoredFile[] = [];
        for (const file of files) stored.push(await store(file));
        return { activity, files: stored };
      } finally {
        busy--;
      }
    },
    async record(tx, conversationId, files, now) {
      const rows = files.map(({ id, name, contentType, bytes }) => ({
        id,
        name,
        content_type: contentType,
        bytes,
        conversation_id: conversationId,
        created_at: now,
      }));
      if (rows.length > 0) await tx.insertInto('upload').values(rows).execute();
      for (const file of files) {
        const content = contents.get(file);
        if (content) await tx.insertInto('upload_content').values({ id: file.id, content }).execute();
      }
    },
    async read(conversationId, id) {
      const row = await parts.database.read
        .selectFrom('upload')
        .selectAll()
        .where('id', '=', id)
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row ? { name: row.name, contentType: row.content_type, content: await readUpload(parts, row.id) } : null;
    },
  };
}

/** The bytes of an upload; rejects when they are gone. */
export async function readUpload({ database, dataDir }: { database: Database; dataDir: string }, id: string): Promise<Buffer> {
  if (database.engine === 'embedded') return readFile(join(dataDir, 'uploads', id));
  const row = await database.read.selectFrom('upload_content').select('content').where('id', '=', id).executeTakeFirstOrThrow();
  return Buffer.from(row.content);
}

/** A stored file to be saved, never shown inside a page of ours. */
export function fileReply({ name, contentType, content }: { name: string; contentType: string; content: Buffer }): RouteReply {
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
    body: content,
  };
}

/** Durable when it resolves; a file of the same id is written anew. */
export async function keepFile(dataDir: string, id: string, content: Uint8Array): Promise<void> {
  const folder = join(dataDir, 'uploads');
  mkdirSync(folder, { recursive: true });
  const handle = await open(join(folder, id), 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'BadArgument', 'The activity part is not valid JSON.');
  }
}
