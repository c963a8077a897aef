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

/** The same thing watched again is looked at anew. Bookings and cases of somebody whom the citizen acts for hang on that mandate. */
export function watch(message: Message, lang: string, { kind, subject, data, dueAt }: Watch): Effect {
  const { conversationId, receivedAt, origin } = message;
  return async (tx) => {
    const mandate = kind === 'booking' || kind === 'case' ? await actingUnder(tx, message) : null;
    const row = {
      json: JSON.stringify({ ...data, ...(mandate && { mandate }) }),
      lang,
      origin: origin ?? '',
      due_at: dueAt,
      done_at: null,
      created_at: receivedAt,
    };
    await tx
      .insertInto('notice_watch')
      .values({ id: `${kind}:${conversationId}:${subject}`, conversation_id: conversationId, kind, subject, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  };
}

async function actingUnder(tx: Writer, { conversationId, channel, citizenId, receivedAt }: Message): Promise<string | null> {
  const session = await tx
    .selectFrom('citizen_session')
    .select('acting')
    .where('conversation_id', '=', conversationId)
    .where('channel', '=', channel)
    .where('citizen_id', '=', citizenId)
    .where('confirm', 'is', null)
    .where('expires_at', '>', receivedAt)
    .executeTakeFirst();
  return session?.acting ?? null;
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

/** Bookings are remembered again; those whose day before passed meanwhile are not. */
export const remindAgain =
  ({ conversationId, receivedAt }: Message): Effect =>
  async (tx) =>
    void (await tx
      .updateTable('notice_consent')
      .set({ ended_at: receivedAt })
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', 'no-reminders')
      .where('ended_at', 'is', null)
      .execute());

/** Kept of who never agreed too: not even what they were told of in passing is followed up. */
export const endNews =
  ({ conversationId, receivedAt, origin }: Message, lang: string): Effect =>
  async (tx) => {
    await tx
      .insertInto('notice_consent')
      .values({
        conversation_id: conversationId,
        kind: 'news',
        topic: '',
        lang,
        origin: origin ?? '',
        given_at: receivedAt,
        ended_at: receivedAt,
      })
      .onConflict((conflict) => conflict.columns(['conversation_id', 'kind', 'topic']).doNothing())
      .execute();
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
