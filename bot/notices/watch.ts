/** Rows of what a conversation is to be told, written with the turn in which it came about. */
import type { Writer } from '../../connectors/databases/contract.ts';
import type { Effect } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';

export type WatchKind = 'booking' | 'ticket' | 'case' | 'expiry';

export interface Watch {
  kind: WatchKind;
  subject: string;
  /** JSON value. */
  data: object;
  /** ISO UTC. */
  dueAt: string;
}

/** The same thing watched again is looked at anew. */
export function watch({ conversationId, receivedAt, origin }: Message, lang: string, { kind, subject, data, dueAt }: Watch): Effect {
  return async (tx) => {
    const row = { json: JSON.stringify(data), lang, origin: origin ?? '', due_at: dueAt, done_at: null, created_at: receivedAt };
    await tx
      .insertInto('notice_watch')
      .values({ id: `${kind}:${conversationId}:${subject}`, conversation_id: conversationId, kind, subject, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  };
}

/** From now on, or no longer. */
export function consent({ conversationId, receivedAt, origin }: Message, lang: string, kind: 'news' | 'no-reminders', topic = ''): Effect {
  return async (tx) => {
    const row = { lang, origin: origin ?? '', given_at: receivedAt, ended_at: null };
    await tx
      .insertInto('notice_consent')
      .values({ conversation_id: conversationId, kind, topic, ...row })
      .onConflict((conflict) => conflict.columns(['conversation_id', 'kind', 'topic']).doUpdateSet(row))
      .execute();
  };
}

export const endNews =
  ({ conversationId, receivedAt }: Message): Effect =>
  async (tx) => {
    await tx
      .updateTable('notice_consent')
      .set({ ended_at: receivedAt })
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', 'news')
      .where('ended_at', 'is', null)
      .execute();
  };

export async function markTold(tx: Writer, noticeId: string, conversationId: string, channel: string, at: string): Promise<boolean> {
  const result = await tx
    .insertInto('notice_told')
    .values({ notice_id: noticeId, conversation_id: conversationId, channel, told_at: at })
    .onConflict((conflict) => conflict.columns(['notice_id', 'conversation_id']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}
