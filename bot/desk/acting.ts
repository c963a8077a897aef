/** An act at the desk as a message on the line, stored in one transaction with what it changes. */
import { randomUUID } from 'node:crypto';
import type { Writer } from '../../connectors/databases/contract.ts';
import type { Line } from '../conversation/line.ts';
import { Refusal } from '../http/route.ts';
import type { DeskAct } from './act.ts';
import type { Handoff } from './handoffs.ts';

export type Acting = (
  handoff: Pick<Handoff, 'id' | 'conversationId'>,
  /** Of the act: the same is done once. */
  key: string,
  value: DeskAct,
  also: (tx: Writer) => Promise<void>,
  origin?: string,
) => Promise<string>;

/** `at`: now, ISO. Resolves with the message's id once both are durable, or neither is. */
export function createActing(line: Pick<Line, 'accept' | 'conversations'>, at: () => string): Acting {
  return async (handoff, key, value, also, origin = '') => {
    const conversation = await line.conversations.get(handoff.conversationId);
    if (!conversation) throw new Refusal(404, 'NotFound', 'Questa conversazione non esiste più.');
    const message = {
      channel: conversation.channel,
      externalId: `desk:${handoff.id}:${key}`,
      conversationId: conversation.id,
      id: randomUUID(),
      kind: 'desk' as const,
      text: '',
      value,
      attachments: [],
      citizenId: conversation.citizenId,
      receivedAt: at(),
      ...(origin ? { origin } : {}),
    };
    return (await line.accept(message, { also })).id;
  };
}
