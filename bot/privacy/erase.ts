/** Takes one citizen out of every table and folder (GDPR art. 17). The audit keeps a hash, so that the act can be proved and nobody found by it. */
import { createHash } from 'node:crypto';
import type { Database } from '../../connectors/databases/contract.ts';
import { appendAudit } from './audit.ts';
import { citizenRows } from './citizen-rows.ts';
import { clearRows, removeFiles } from './clear.ts';

export interface Erased {
  conversations: number;
  rows: number;
  files: number;
  /** Codes of bookings that the office's own calendar holds as well: to be taken out there. */
  elsewhere: string[];
}

export interface EraseParts {
  database: Database;
  dataDir: string;
  now?: () => number;
  /** What a running server remembers of a conversation. */
  forget?(conversationId: string): void;
}

/** Names a citizen in the audit without naming anybody. */
export function shadowOf(citizenId: string): string {
  return `sha256:${createHash('sha256').update(`citizen ${citizenId}`).digest('hex').slice(0, 32)}`;
}

/** One transaction; running it again finds nothing. Back-ups made before still hold the citizen until they are thrown away. */
export async function eraseCitizen({ database, dataDir, now = Date.now, forget }: EraseParts, citizenId: string): Promise<Erased> {
  const at = new Date(now());
  const { conversations, cleared } = await database.write(async (tx) => {
    const rows = await citizenRows(tx, citizenId);
    const cleared = await clearRows(tx, rows, at.toISOString());
    const detail = { conversations: rows.conversation.length, rows: cleared.rows };
    await appendAudit(tx, { actor: 'operator', action: 'citizen.erase', subject: shadowOf(citizenId), detail }, at);
    return { conversations: rows.conversation.map(({ id }) => id), cleared };
  });
  for (const id of conversations) forget?.(id);
  await removeFiles(dataDir, cleared);
  return { conversations: conversations.length, rows: cleared.rows, files: cleared.files.length, elsewhere: cleared.elsewhere };
}
