/** A vote as an event for the line: `value` = `{name: 'sportello/feedback', answerId, vote, text?}`. */
import type { Database } from '../../../connectors/databases/contract.ts';
import { Refusal } from '../../http/route.ts';
import type { Message } from '../../message.ts';
import type { Vote } from './votes.ts';

/** Clients other than ours name the message they vote on: its answer is looked up in the transcript. Throws Refusal 400 when there is none. */
export async function voteMessage(database: Database, message: Message, vote: Vote, replyToId: string | undefined): Promise<Message> {
  const answerId = vote.answerId ?? (replyToId ? await answerOf(database, message.conversationId, replyToId) : undefined);
  if (!answerId) throw new Refusal(400, 'BadArgument', 'The vote names no answer of this conversation.');
  return { ...message, value: { name: 'sportello/feedback', answerId, vote: vote.vote, ...(vote.text ? { text: vote.text } : {}) } };
}

async function answerOf(database: Database, conversationId: string, activityId: string): Promise<string | undefined> {
  const row = await database.read
    .selectFrom('activity')
    .select('json')
    .where('conversation_id', '=', conversationId)
    .where('id', '=', activityId)
    .executeTakeFirst();
  const activity = row ? (JSON.parse(row.json) as { channelData?: { sportello?: { answerId?: string } } }) : undefined;
  return activity?.channelData?.sportello?.answerId;
}
