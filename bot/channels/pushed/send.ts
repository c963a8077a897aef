/** Sends a reply part by part: what the channel took before a crash or a refusal is not sent again. */
import type { Outgoing } from '../../conversation/commit.ts';
import type { Send, Sent } from '../../conversation/deliver.ts';
import type { Addresses } from './addresses.ts';
import type { Receipts } from './receipts.ts';

export interface SendParts<Payload> {
  addresses: Addresses;
  receipts: Receipts;
  /** The reply as the channel's messages, in order. */
  render(outgoing: Outgoing, address: string): Payload[] | Promise<Payload[]>;
  /** One message; resolves with the id that the channel gave it. Throws what the channel answers. */
  post(address: string, payload: Payload): Promise<string>;
  /** What an error of `post` means. */
  judge(error: unknown, address: string): Promise<Exclude<Sent, { kind: 'sent' }>>;
}

export function createSend<Payload>({ addresses, receipts, render, post, judge }: SendParts<Payload>): Send {
  return async (outgoing) => {
    const { activityId, conversationId } = outgoing;
    const address = outgoing.replyTo ?? (await addresses.addressOf(conversationId))?.address;
    if (!address) return { kind: 'dead', error: 'no chat of this channel belongs to the conversation' };
    const messages = await render(outgoing, address);
    const done = await receipts.sentParts(activityId);
    let externalId = '';
    for (const [part, message] of messages.entries()) {
      if (done.has(part)) continue;
      try {
        externalId = await post(address, message);
      } catch (error) {
        return judge(error, address);
      }
      await receipts.sent({ externalId, activityId, conversationId, part });
    }
    return { kind: 'sent', ...(externalId ? { externalId } : {}) };
  };
}
