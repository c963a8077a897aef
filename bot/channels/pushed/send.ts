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
  /** What is sent when the channel refuses this one for good; null = nothing. */
  instead?(payload: Payload): Payload | null;
  /** What an error of `post` means. */
  judge(error: unknown, address: string): Promise<Exclude<Sent, { kind: 'sent' }>>;
}

export function createSend<Payload>(parts: SendParts<Payload>): Send {
  const { addresses, receipts, render } = parts;

  async function sendPart(address: string, message: Payload): Promise<Sent> {
    try {
      return { kind: 'sent', externalId: await parts.post(address, message) };
    } catch (error) {
      const judged = await parts.judge(error, address);
      const instead = judged.kind === 'dead' ? (parts.instead?.(message) ?? null) : null;
      return instead === null ? judged : sendPart(address, instead);
    }
  }

  return async (outgoing) => {
    const { activityId, conversationId } = outgoing;
    const address = outgoing.replyTo ?? (await addresses.addressOf(conversationId))?.address;
    if (!address) return { kind: 'dead', error: 'no chat of this channel belongs to the conversation' };
    const messages = await render(outgoing, address);
    const done = await receipts.sentParts(activityId);
    let externalId = '';
    for (const [part, message] of messages.entries()) {
      if (done.has(part)) continue;
      const sent = await sendPart(address, message);
      if (sent.kind !== 'sent') return sent;
      externalId = sent.externalId ?? '';
      await receipts.sent({ externalId, activityId, conversationId, part });
    }
    return { kind: 'sent', ...(externalId ? { externalId } : {}) };
  };
}
