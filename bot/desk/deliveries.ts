/** What became of each message that a channel is sent: for the agent who waits for an answer to it. */
import type { Database } from '../../connectors/databases/contract.ts';

export interface Delivered {
  /** `waiting`: to be sent, or to be tried again. */
  status: 'waiting' | 'sent' | 'delivered' | 'read' | 'failed';
  /** Why it failed, in the channel's words. */
  error: string | null;
}

/** From the least to the most that is known of all parts of a message. */
const ORDER: Delivered['status'][] = ['failed', 'waiting', 'sent', 'delivered', 'read'];

/** By activity id; a message that citizens pull from the website has none. Two indexed reads. */
export async function deliveriesOf(database: Database, conversationId: string): Promise<Map<string, Delivered>> {
  const [parts, rows] = await Promise.all([
    database.read.selectFrom('delivery').select(['activity_id', 'status', 'error']).where('conversation_id', '=', conversationId).execute(),
    database.read.selectFrom('outbox').select(['json', 'status', 'error']).where('conversation_id', '=', conversationId).execute(),
  ]);
  const found = new Map<string, Delivered>();
  const note = (id: string, status: Delivered['status'], error: string | null) => {
    const known = found.get(id);
    if (!known || ORDER.indexOf(status) < ORDER.indexOf(known.status)) found.set(id, { status, error });
  };
  for (const part of parts) if (part.activity_id) note(part.activity_id, part.status as Delivered['status'], part.error);
  for (const row of rows) {
    const { activityId } = JSON.parse(row.json) as { activityId: string };
    // `moved`: the citizen has it from another channel (bot/citizens/undelivered.ts); here it failed, and the error says where it went.
    if (row.status === 'dead' || row.status === 'moved') note(activityId, 'failed', row.error);
    else if (row.status === 'new') note(activityId, 'waiting', row.error);
  }
  return found;
}
