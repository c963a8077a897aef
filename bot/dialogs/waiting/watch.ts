/** Which conversation is to hear of a seat that became free. */
import type { Reader } from '../../../connectors/databases/contract.ts';
import type { Effect } from '../../conversation/speaker.ts';

export interface Watch {
  code: string;
  conversationId: string;
  fact: string;
  lang: string;
  origin: string;
}

export const watchWaiting =
  ({ code, conversationId, fact, lang, origin }: Watch): Effect =>
  async (tx) => {
    const row = { code, conversation_id: conversationId, fact, lang, origin, told: null, created_at: new Date().toISOString() };
    await tx
      .insertInto('waiting_watch')
      .values(row)
      .onConflict((conflict) => conflict.column('code').doNothing())
      .execute();
  };

export const endWatch =
  (code: string): Effect =>
  async (tx) =>
    void (await tx.deleteFrom('waiting_watch').where('code', '=', code).execute());

/** Only of the conversation in which it was asked for. */
export const watchOf = (read: Reader, code: string, conversationId: string) =>
  read.selectFrom('waiting_watch').selectAll().where('code', '=', code).where('conversation_id', '=', conversationId).executeTakeFirst();
