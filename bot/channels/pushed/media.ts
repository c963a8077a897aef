/** Files that citizens send over a channel: noted with the message, fetched afterwards, and again after a failure or a restart. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import { backOffMs } from '../../conversation/back-off.ts';
import type { Attachment } from '../../message.ts';
import { keepFile } from '../web/upload.ts';
import { fileTypeOf } from '../web/file-type.ts';

const TRIES = 6;
const FILE_BYTES = 10 * 1024 * 1024;

export interface SentFile {
  /** How the channel names it. */
  reference: string;
  name: string;
  contentType: string;
  bytes?: number;
}

/** Throws when it should be tried again; null = the channel no longer has it. */
export type FetchFile = (reference: string) => Promise<Uint8Array | null>;

export interface Media {
  /** The attachments of a message, and the rows for the transaction that stores it. */
  note(
    conversationId: string,
    files: SentFile[],
    origin: string,
    now: string,
  ): { attachments: Attachment[]; also(tx: Writer): Promise<void> };
  /** After the commit. */
  fetchAll(): void;
  stop(): Promise<void>;
}

export function createMedia(parts: {
  database: Database;
  dataDir: string;
  channel: string;
  fetchFile: FetchFile;
  log: { warn(fields: object, message: string): void };
}): Media {
  const { database, channel, log } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function fetchOne(row: { upload_id: string; reference: string; attempts: number }): Promise<boolean> {
    try {
      const content = await parts.fetchFile(row.reference);
      const type = content && content.length <= FILE_BYTES ? fileTypeOf(content) : null;
      // On PostgreSQL files lie in the database, where every process finds them.
      const inDatabase = database.engine === 'postgres';
      if (content && type && !inDatabase) await keepFile(parts.dataDir, row.upload_id, content);
      await database.write(async (tx) => {
        if (content && type && inDatabase)
          await tx
            .insertInto('upload_content')
            .values({ id: row.upload_id, content })
            .onConflict((conflict) => conflict.column('id').doUpdateSet({ content }))
            .execute();
        if (content && type)
          await tx
            .updateTable('upload')
            .set({ content_type: type.contentType, bytes: content.length })
            .where('id', '=', row.upload_id)
            .execute();
        else await tx.deleteFrom('upload').where('id', '=', row.upload_id).execute();
        await tx.deleteFrom('channel_media').where('upload_id', '=', row.upload_id).execute();
      });
      return true;
    } catch (error) {
      log.warn({ channel, uploadId: row.upload_id, attempts: row.attempts + 1, error }, 'a file could not be fetched');
      await database.write(async (tx) => {
        if (row.attempts + 1 >= TRIES) {
          await tx.deleteFrom('upload').where('id', '=', row.upload_id).execute();
          await tx.deleteFrom('channel_media').where('upload_id', '=', row.upload_id).execute();
        } else
          await tx
            .updateTable('channel_media')
            .set({ attempts: row.attempts + 1 })
            .where('upload_id', '=', row.upload_id)
            .execute();
      });
      return row.attempts + 1 >= TRIES;
    }
  }

  async function run(): Promise<void> {
    const rows = await database.read.selectFrom('channel_media').selectAll().where('channel', '=', channel).execute();
    let waits = 0;
    for (const row of rows) {
      if (stopped) return;
      if (!(await fetchOne(row))) waits = Math.max(waits, row.attempts + 1);
    }
    if (waits > 0) fetchLater(waits);
  }

  function fetchLater(waits: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(fetchAll, backOffMs(waits + 2));
    timer.unref();
  }

  function fetchAll(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = run()
      .catch((error: unknown) => {
        log.warn({ channel, error }, 'files could not be looked for');
        fetchLater(1);
      })
      .then(() => {
        running = null;
        if (again) {
          again = false;
          fetchAll();
        }
      });
  }

  return {
    note(conversationId, files, origin, now) {
      const noted = files.map((file) => ({ ...file, id: randomUUID() }));
      return {
        attachments: noted.map(({ id, name, contentType, bytes }) => ({
          name,
          contentType,
          url: `${origin}/v3/directline/conversations/${conversationId}/files/${id}`,
          ...(bytes === undefined ? {} : { bytes }),
        })),
        async also(tx) {
          for (const { id, name, contentType, bytes, reference } of noted) {
            const about = { conversation_id: conversationId, created_at: now };
            await tx
              .insertInto('upload')
              .values({ id, name, content_type: contentType, bytes: bytes ?? 0, ...about })
              .execute();
            await tx
              .insertInto('channel_media')
              .values({ upload_id: id, channel, reference, attempts: 0, ...about })
              .execute();
          }
        },
      };
    },
    fetchAll,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
