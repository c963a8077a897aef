/** Chats of a channel and the conversations they go on with. A chat's first message opens a conversation of its own. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import { newConversationId } from '../../conversation/conversation-id.ts';
import type { Line } from '../../conversation/line.ts';
import type { Message } from '../../message.ts';

export interface Sender {
  address: string;
  name?: string;
  locale?: string;
}

export interface Chat {
  conversationId: string;
  /** Conversations whose replies this chat may show: the one it goes on with, and its own. */
  seen: string[];
  /** This call opened it: the greeting is on its way. */
  opened: boolean;
}

export interface Occasion {
  externalId: string;
  receivedAt: string;
  origin?: string;
  /** Rows of the chat, with the message that opens its conversation. */
  also?(tx: Writer): Promise<void> | undefined;
}

export interface Addresses {
  /** `externalId` and `receivedAt` of what is being received; a conversation that it opens is opened once. */
  chatOf(sender: Sender, occasion: Occasion): Promise<Chat>;
  /** Null = no chat of this channel shows the conversation. */
  addressOf(conversationId: string): Promise<{ address: string; windowUntil: string | null } | null>;
  windowOf(address: string): Promise<string | null>;
  setBlocked(address: string, at: string | null): Promise<void>;
}

class Raced extends Error {}

export const citizenIdOf = (channel: string, address: string): string => `${channel}:${address}`;

export function createAddresses(parts: { database: Database; line: Line; channel: string }): Addresses {
  const { database, line, channel } = parts;
  const row = (address: string) =>
    database.read
      .selectFrom('channel_address')
      .selectAll()
      .where('channel', '=', channel)
      .where('address', '=', address)
      .executeTakeFirst();

  async function known(address: string): Promise<Chat | null> {
    const found = await row(address);
    if (!found?.conversation_id) return null;
    const own = found.own_conversation_id;
    return { conversationId: found.conversation_id, seen: [found.conversation_id, ...(own ? [own] : [])], opened: false };
  }

  /** In the transaction that opens the conversation; of two first messages one wins. */
  async function claim(tx: Writer, address: string, conversationId: string, now: string): Promise<void> {
    const result = await tx
      .insertInto('channel_address')
      .values({
        channel,
        address,
        conversation_id: conversationId,
        own_conversation_id: null,
        citizen_id: citizenIdOf(channel, address),
        window_until: null,
        blocked_at: null,
        linked_at: null,
        reference: null,
        created_at: now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['channel', 'address'])
          .doUpdateSet({ conversation_id: conversationId })
          .where('channel_address.conversation_id', 'is', null),
      )
      .executeTakeFirst();
    if (Number(result.numInsertedOrUpdatedRows) === 0) throw new Raced();
  }

  return {
    async chatOf({ address, name, locale }, { externalId, receivedAt, origin, also }) {
      const found = await known(address);
      if (found) return found;
      const conversationId = newConversationId(Date.parse(receivedAt));
      const opening: Message = {
        channel,
        externalId: `open:${externalId}`,
        conversationId,
        id: randomUUID(),
        kind: 'opened',
        text: '',
        attachments: [],
        citizenId: citizenIdOf(channel, address),
        ...(name ? { citizenName: name } : {}),
        ...(locale ? { locale } : {}),
        receivedAt,
        replyTo: address,
        ...(origin ? { origin } : {}),
      };
      try {
        await line.accept(opening, { also: (tx) => claim(tx, address, conversationId, receivedAt).then(() => also?.(tx)) });
        // Sent twice, the first one has opened it.
        return { ...((await known(address)) as Chat), opened: true };
      } catch (error) {
        if (!(error instanceof Raced)) throw error;
        return (await known(address)) as Chat;
      }
    },
    async addressOf(conversationId) {
      const found = await database.read
        .selectFrom('channel_address')
        .select(['address', 'window_until', 'conversation_id'])
        .where('channel', '=', channel)
        .where((eb) => eb.or([eb('conversation_id', '=', conversationId), eb('own_conversation_id', '=', conversationId)]))
        .execute();
      const best = found.find((one) => one.conversation_id === conversationId) ?? found[0];
      return best ? { address: best.address, windowUntil: best.window_until } : null;
    },
    windowOf: async (address) => (await row(address))?.window_until ?? null,
    async setBlocked(address, at) {
      await database.write((tx) =>
        tx.updateTable('channel_address').set({ blocked_at: at }).where('channel', '=', channel).where('address', '=', address).execute(),
      );
    },
  };
}
