/** Files of requests: kept under the request's key from the moment they are given, with the case once it was sent, gone when it never was. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { keepFile, readUpload } from '../channels/web/upload.ts';
import { createKeyed } from '../citizens/thread.ts';
import type { Attachment } from '../message.ts';
import type { FileRef } from './attached.ts';

const DAY_MS = 86_400_000;
/** As long as a form that was set aside. */
const KEPT_DAYS = 30;

export interface CaseFile extends FileRef {
  question: string;
}

/** Of a case, with what became of it on the way to the office's own tool; null = it stays here. */
export interface SentFile extends CaseFile {
  delivery: { state: string; tries: number; trouble: string | null } | null;
}

export interface CaseFiles {
  /** Which of a message's attachments are files of this conversation. */
  given(conversationId: string, attachments: Attachment[]): Promise<FileRef[]>;
  /** As they are now: a channel may still be sending, or may have lost one. */
  look(files: FileRef[]): Promise<{ here: FileRef[]; coming: FileRef[]; gone: FileRef[] }>;
  /** Keeps contents under a request's key; the same again is kept once. `days`: unless it is sent. */
  keep(key: string, question: string, file: Omit<FileRef, 'id'>, content: Uint8Array, days?: number): Promise<void>;
  /** Keeps copies of files known already. */
  copy(key: string, question: string, files: FileRef[], conversationId: string | null): Promise<void>;
  under(key: string): Promise<CaseFile[]>;
  drop(key: string, ids: string[]): Promise<void>;
  /** Set aside with its form. */
  keepLonger(tx: Writer, key: string): Promise<void>;
  /** The request has become a case. */
  sent(tx: Writer, key: string, of: { year: number; number: number; fiscalCode: string }): Promise<void>;
  /** Of a case, for the office. */
  ofCase(of: { year: number; number: number }): Promise<SentFile[]>;
  /** Null = it is not there. */
  read(id: string): Promise<Buffer | null>;
  /** Drops what was never sent; gives how many. */
  sweep(): Promise<number>;
}

export interface CaseFilesParts {
  database: Database;
  dataDir: string;
  now?: () => number;
  /** The office's own tool takes files: what was sent is handed over (case-file-delivery.ts). */
  delivers?: boolean;
}

export async function createCaseFiles(parts: CaseFilesParts): Promise<CaseFiles> {
  const { database, dataDir, now = Date.now, delivers = false } = parts;
  const keyed = await createKeyed(database);
  const inDatabase = database.engine === 'postgres';
  const stamp = (days = 0) => new Date(now() + days * DAY_MS).toISOString();
  const columns = ['id', 'question', 'name', 'content_type as contentType', 'bytes'] as const;
  /** Given twice, kept once. */
  const idOf = (...of: string[]) => `f-${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 40)}`;
  const rows = () => database.read.selectFrom('case_attachment').select(columns).orderBy('created_at').orderBy('id');
  const removeContents = async (ids: string[]) => {
    if (!inDatabase) for (const id of ids) await rm(join(dataDir, 'uploads', id), { force: true });
  };

  async function put(file: CaseFile, content: Uint8Array, of: { key: string; conversationId: string | null; days: number }): Promise<void> {
    const { id, question, name, contentType, bytes } = file;
    const its = { id, question, name, content_type: contentType, bytes, request_key: of.key, conversation_id: of.conversationId };
    const later = { person: null, year: null, number: null, sent_at: null, expires_at: stamp(of.days) };
    if (!inDatabase) await keepFile(dataDir, id, content);
    await database.write(async (tx) => {
      await tx
        .insertInto('case_attachment')
        .values({ ...its, ...later, created_at: stamp() })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      if (!inDatabase) return;
      await tx
        .insertInto('case_attachment_content')
        .values({ id, content })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    });
  }

  const read = (id: string) => readCaseFile(parts, id);

  /** Null = not there; `coming`: the channel still has it. */
  async function nowOf(file: FileRef): Promise<FileRef | 'coming' | null> {
    const table = file.id.startsWith('f-') ? 'case_attachment' : 'upload';
    const row = await database.read.selectFrom(table).select(['content_type', 'bytes']).where('id', '=', file.id).executeTakeFirst();
    if (!row) return null;
    const waits = database.read.selectFrom('channel_media').select('upload_id').where('upload_id', '=', file.id);
    if (await waits.executeTakeFirst()) return 'coming';
    return { ...file, contentType: row.content_type, bytes: row.bytes };
  }

  return {
    async given(conversationId, attachments) {
      const ids = attachments.flatMap(({ url }) => /\/files\/([\w-]{10,64})/.exec(url)?.[1] ?? []);
      if (ids.length === 0) return [];
      const found = await database.read
        .selectFrom('upload')
        .select(['id', 'name', 'content_type as contentType', 'bytes'])
        .where('conversation_id', '=', conversationId)
        .where('id', 'in', ids)
        .execute();
      return ids.flatMap((id) => found.find((one) => one.id === id) ?? []);
    },
    async look(files) {
      const seen = { here: [] as FileRef[], coming: [] as FileRef[], gone: [] as FileRef[] };
      for (const file of files) {
        const found = await nowOf(file);
        if (found === null) seen.gone.push(file);
        else if (found === 'coming') seen.coming.push(file);
        else seen.here.push(found);
      }
      return seen;
    },
    async keep(key, question, file, content, days = 1) {
      const print = createHash('sha256').update(content).digest('hex');
      await put({ ...file, id: idOf(key, question, file.name, print), question }, content, { key, conversationId: null, days });
    },
    async copy(key, question, files, conversationId) {
      for (const file of files) {
        const content = await read(file.id);
        if (content) await put({ ...file, id: idOf(key, question, file.id), question }, content, { key, conversationId, days: KEPT_DAYS });
      }
    },
    under: (key) => rows().where('request_key', '=', key).execute(),
    async drop(key, ids) {
      if (ids.length === 0) return;
      const gone = await database.write((tx) =>
        tx
          .deleteFrom('case_attachment')
          .where('request_key', '=', key)
          .where('id', 'in', ids)
          .where('sent_at', 'is', null)
          .returning('id')
          .execute(),
      );
      await removeContents(gone.map(({ id }) => id));
    },
    async keepLonger(tx, key) {
      await tx
        .updateTable('case_attachment')
        .set({ expires_at: stamp(KEPT_DAYS) })
        .where('request_key', '=', key)
        .where('sent_at', 'is', null)
        .execute();
    },
    async sent(tx, key, { year, number, fiscalCode }) {
      const gone = await tx
        .updateTable('case_attachment')
        .set({ year, number, person: keyed.of(`person ${fiscalCode}`), sent_at: stamp(), expires_at: null })
        .where('request_key', '=', key)
        .where('sent_at', 'is', null)
        .returning('id')
        .execute();
      if (!delivers || gone.length === 0) return;
      const waiting = { state: 'waiting', tries: 0, next_at: stamp(), trouble: null, done_at: null };
      await tx
        .insertInto('case_attachment_delivery')
        .values(gone.map(({ id }) => ({ attachment_id: id, ...waiting })))
        .onConflict((conflict) => conflict.column('attachment_id').doNothing())
        .execute();
    },
    async ofCase({ year, number }) {
      const found = await rows().where('year', '=', year).where('number', '=', number).execute();
      const on = await database.read
        .selectFrom('case_attachment_delivery')
        .select(['attachment_id', 'state', 'tries', 'trouble'])
        .where('attachment_id', 'in', ['', ...found.map(({ id }) => id)])
        .execute();
      return found.map((file) => {
        const row = on.find(({ attachment_id }) => attachment_id === file.id);
        return { ...file, delivery: row ? { state: row.state, tries: row.tries, trouble: row.trouble } : null };
      });
    },
    read,
    async sweep() {
      const gone = await database.write((tx) =>
        tx.deleteFrom('case_attachment').where('expires_at', '<=', stamp()).where('sent_at', 'is', null).returning('id').execute(),
      );
      await removeContents(gone.map(({ id }) => id));
      return gone.length;
    },
  };
}

/** The bytes of a file of a request, or of an upload; null = it is not there. */
export async function readCaseFile({ database, dataDir }: { database: Database; dataDir: string }, id: string): Promise<Buffer | null> {
  try {
    if (!id.startsWith('f-') || database.engine === 'embedded') return await readUpload({ database, dataDir }, id);
    const row = await database.read.selectFrom('case_attachment_content').select('content').where('id', '=', id).executeTakeFirst();
    return row ? Buffer.from(row.content) : null;
  } catch {
    return null;
  }
}
