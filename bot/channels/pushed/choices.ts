/** A button carries only where its choice stands, since services allow a few bytes; the choice itself is read from the stored reply. */
import type { Database } from '../../../connectors/databases/contract.ts';

/** At most 41 bytes for fewer than 100 choices. */
export const choiceKey = (activityId: string, index: number): string => `${activityId}:${index}`;

export function readChoiceKey(key: string): { activityId: string; index: number } | null {
  const found = /^([\w-]{1,40}):(\d{1,2})$/.exec(key);
  return found ? { activityId: found[1] as string, index: Number(found[2]) } : null;
}

interface Kept {
  suggestedActions?: { actions?: { title: string; value: string }[] };
}

/** Null = the reply is gone, is of another conversation, or has no such choice. */
export async function choiceOf(database: Database, seen: string[], key: string): Promise<string | null> {
  const place = readChoiceKey(key);
  if (!place) return null;
  const row = await database.read
    .selectFrom('activity')
    .select('json')
    .where('conversation_id', 'in', seen)
    .where('id', '=', place.activityId)
    .executeTakeFirst();
  return row ? ((JSON.parse(row.json) as Kept).suggestedActions?.actions?.[place.index]?.value ?? null) : null;
}

/** The choices of the newest reply of a conversation, for services where a citizen types the number. */
export async function lastChoices(database: Database, conversationId: string): Promise<string[]> {
  const row = await database.read
    .selectFrom('activity')
    .select('json')
    .where('conversation_id', '=', conversationId)
    .where('role', '!=', 'citizen')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? ((JSON.parse(row.json) as Kept).suggestedActions?.actions ?? []).map(({ value }) => value) : [];
}
