/** Files of a conversation: the agent reads what the citizen sent, and sends some; the citizen's way to those is a link with a key, which works on every channel, and which chats that take files are sent as the file. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Database } from '../../connectors/databases/contract.ts';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import { sameSecret } from '../channels/pushed/secret.ts';
import { createUploads, fileReply } from '../channels/web/upload.ts';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import type { Desk } from './desk.ts';
import { AT_THE_DESK, createDoor } from './door.ts';
import { findHandoff } from './handoffs.ts';
import type { Live } from './live.ts';

export interface DeskFileParts {
  database: Database;
  dataDir: string;
  desk: Pick<Desk, 'say' | 'here'>;
  live: Pick<Live, 'changed'>;
}

export async function deskFileRoutes(parts: DeskFileParts): Promise<Route[]> {
  const { database, dataDir, desk } = parts;
  const uploads = createUploads({ database, dataDir });
  const secret = await keptSecret(database, 'attachments');
  const door = createDoor(parts);
  const keyOf = (file: string) => createHmac('sha256', secret).update(file).digest('base64url');
  const missing = () => new Refusal(404, 'NotFound', 'Questo file non esiste, o non è ancora arrivato.');

  return [
    {
      method: 'get',
      path: '/api/handoffs/:id/files/:file',
      permission: AT_THE_DESK,
      summary: 'A file that the citizen of a request has sent',
      async handle({ staff, params }) {
        const handoff = await findHandoff(database, staff as Staff, params['id'] ?? '');
        const file = handoff && (await uploads.read(handoff.conversationId, params['file'] ?? '').catch(() => null));
        if (!file) throw missing();
        return fileReply(file);
      },
    },
    {
      method: 'post',
      path: '/api/handoffs/:id/files',
      permission: AT_THE_DESK,
      summary: 'Send files to the citizen (multipart): files in chats that take files, links everywhere else',
      body: 'raw',
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        if (handoff.state !== 'accepted' || handoff.agent?.id !== staff.id)
          throw new Refusal(409, 'NotClaimed', 'Prima prendi in carico la conversazione.');
        const { files } = await uploads.receive(request.raw);
        if (files.length === 0) throw new Refusal(400, 'BadArgument', 'Scegli almeno un file.');
        const text = files.map(({ id, name }) => `[${name.replace(/[[\]]/g, '')}](/attachments/${id}?key=${keyOf(id)})`).join('\n\n');
        const now = new Date().toISOString();
        const also = (tx: Parameters<typeof uploads.record>[0]) => uploads.record(tx, handoff.conversationId, files, now);
        await desk.say(handoff, staff, { text, citations: [], key: randomUUID(), origin: request.origin, also });
        return door.now(staff, handoff, 201);
      },
    },
    {
      method: 'get',
      path: '/attachments/:file',
      permission: 'public',
      file: true,
      summary: 'A file that an agent has sent; opened by its key alone',
      async handle({ params, query }) {
        const id = params['file'] ?? '';
        if (!sameSecret(query.get('key') ?? '', keyOf(id))) throw missing();
        const row = await database.read.selectFrom('upload').select('conversation_id').where('id', '=', id).executeTakeFirst();
        const file = row && (await uploads.read(row.conversation_id, id).catch(() => null));
        if (!file) throw missing();
        return fileReply(file);
      },
    },
  ];
}
