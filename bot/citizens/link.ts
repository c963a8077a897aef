/** One-time links that carry a conversation to another channel. A chat is moved by its owner's explicit act only, never by a matching number or name, and can be moved back. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Effect } from '../conversation/speaker.ts';

export const LINK_MINUTES = 10;
/** Bytes of a code: 128 bits. */
const CODE_BYTES = 16;
const CODE = '[\\w-]{22}';

/** What a channel's link or a citizen says to redeem a code; the button that confirms it has another mark, which nobody types. */
const BROUGHT = new RegExp(`^\\W*(?:collega|link)\\s+(${CODE})\\s*$`, 'i');
export const codeIn = (text: string): string | null => BROUGHT.exec(text)?.[1] ?? null;
const MARK = 'collega:';
export const confirmValue = (code: string): string => MARK + code;
const CONFIRMED = new RegExp(`^${MARK}(${CODE})$`);
export const confirmedCode = (value: string): string | null => CONFIRMED.exec(value)?.[1] ?? null;

/** The code was used, has expired, is for another channel or never was. */
export class LinkGone extends Error {}

export interface Carried {
  conversationId: string;
  /** Where it was begun, and when. */
  channel: string;
  since: string;
}

export interface Links {
  /** The code goes to the citizen, the effect into the transaction of the reply that tells it; only its hash is kept. */
  issue(conversationId: string, toChannel: string): { code: string; keep: Effect };
  /** Null = gone. Looking does not use it up. */
  find(code: string, channel: string): Promise<Carried | null>;
  /** Uses the code up and moves the chat, in the caller's transaction. Throws LinkGone. */
  redeem(tx: Writer, code: string, chat: { channel: string; address: string; citizenId: string }): Promise<void>;
  /** Which channel a code is for; null = gone. */
  channelOf(code: string): Promise<string | null>;
  isLinked(conversationId: string): Promise<boolean>;
  /** Every chat that was moved to the conversation goes back to its own. */
  undo(conversationId: string): Effect;
}

const hash = (code: string): string => createHash('sha256').update(code).digest('hex');

export function createLinks(parts: { database: Database; now(): number }): Links {
  const { database } = parts;
  const at = (ms = 0) => new Date(parts.now() + ms).toISOString();

  const live = (code: string) =>
    database.read.selectFrom('channel_link').where('id', '=', hash(code)).where('used_at', 'is', null).where('expires_at', '>', at());

  return {
    issue(conversationId, toChannel) {
      const code = randomBytes(CODE_BYTES).toString('base64url');
      const row = {
        id: hash(code),
        conversation_id: conversationId,
        to_channel: toChannel,
        expires_at: at(LINK_MINUTES * 60_000),
        used_at: null,
      };
      return { code, keep: async (tx) => void (await tx.insertInto('channel_link').values(row).execute()) };
    },
    async find(code, channel) {
      const link = await live(code).select('conversation_id').where('to_channel', '=', channel).executeTakeFirst();
      if (!link) return null;
      const conversation = await database.read
        .selectFrom('conversation')
        .select(['channel', 'created_at'])
        .where('id', '=', link.conversation_id)
        .executeTakeFirst();
      return (
        (conversation && { conversationId: link.conversation_id, channel: conversation.channel, since: conversation.created_at }) || null
      );
    },
    channelOf: async (code) => (await live(code).select('to_channel').executeTakeFirst())?.to_channel ?? null,
    async redeem(tx, code, { channel, address, citizenId }) {
      const now = at();
      const link = await tx
        .updateTable('channel_link')
        .set({ used_at: now })
        .where('id', '=', hash(code))
        .where('to_channel', '=', channel)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .returning('conversation_id')
        .executeTakeFirst();
      if (!link) throw new LinkGone();
      const conversationId = link.conversation_id;
      // One chat of a channel shows a conversation: an earlier one goes back to its own.
      await release(tx, conversationId, channel);
      const found = await tx
        .selectFrom('channel_address')
        .select(['conversation_id', 'own_conversation_id'])
        .where('channel', '=', channel)
        .where('address', '=', address)
        .executeTakeFirst();
      const own = found?.own_conversation_id ?? found?.conversation_id ?? null;
      await tx
        .insertInto('channel_address')
        .values({
          channel,
          address,
          conversation_id: conversationId,
          own_conversation_id: null,
          citizen_id: citizenId,
          window_until: null,
          blocked_at: null,
          linked_at: now,
          reference: null,
          created_at: now,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['channel', 'address'])
            .doUpdateSet(
              own === conversationId
                ? { conversation_id: own, own_conversation_id: null, linked_at: null }
                : { conversation_id: conversationId, own_conversation_id: own, linked_at: now },
            ),
        )
        .execute();
    },
    async isLinked(conversationId) {
      const found = await database.read
        .selectFrom('channel_address')
        .select('address')
        .where('conversation_id', '=', conversationId)
        .where('linked_at', 'is not', null)
        .executeTakeFirst();
      return found !== undefined;
    },
    undo: (conversationId) => (tx) => release(tx, conversationId),
  };
}

async function release(tx: Writer, conversationId: string, channel?: string): Promise<void> {
  let query = tx
    .updateTable('channel_address')
    .set((eb) => ({ conversation_id: eb.ref('own_conversation_id'), own_conversation_id: null, linked_at: null }))
    .where('conversation_id', '=', conversationId)
    .where('linked_at', 'is not', null);
  if (channel) query = query.where('channel', '=', channel);
  await query.execute();
  // A chat that has nothing to go back to is not kept: its next message begins anew.
  await tx.deleteFrom('channel_address').where('conversation_id', 'is', null).execute();
}
