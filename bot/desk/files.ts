/** A file of a conversation, for the agent who has its request. */
import type { Database } from '../../connectors/databases/contract.ts';
import { createUploads, fileReply } from '../channels/web/upload.ts';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import { AT_THE_DESK } from './door.ts';
import { findHandoff } from './handoffs.ts';

export function deskFileRoute({ database, dataDir }: { database: Database; dataDir: string }): Route {
  const uploads = createUploads({ database, dataDir });
  return {
    method: 'get',
    path: '/api/handoffs/:id/files/:file',
    permission: AT_THE_DESK,
    summary: 'A file that the citizen of a request has sent',
    async handle({ staff, params }) {
      const handoff = await findHandoff(database, staff as Staff, params['id'] ?? '');
      const file = handoff && (await uploads.read(handoff.conversationId, params['file'] ?? '').catch(() => null));
      if (!file) throw new Refusal(404, 'NotFound', 'Questo file non esiste, o non è ancora arrivato.');
      return fileReply(file);
    },
  };
}
