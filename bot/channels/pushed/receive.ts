/** From a channel's update to an accepted message: the chat's conversation, the choice behind a button, the files. The same for every channel that is sent to. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import type { Line } from '../../conversation/line.ts';
import { confirmedCode, LinkGone, type Links } from '../../citizens/link.ts';
import type { Message } from '../../message.ts';
import { incomingActivity } from '../adapter/activity.ts';
import { type Addresses, citizenIdOf, type Sender } from './addresses.ts';
import { choiceOf, readChoiceKey } from './choices.ts';
import type { Media, SentFile } from './media.ts';

/** Characters of one message that are read. */
const LONGEST_TEXT = 4_000;

export interface Incoming extends Sender {
  /** Unique within the channel: the key of "accepted once". */
  externalId: string;
  /** When the citizen sent it, ISO; absent = now. */
  at?: string;
  said:
    | { kind: 'text'; text: string; value?: unknown; files?: SentFile[] }
    /** A button under a reply of ours. */
    | { kind: 'choice'; key: string; title?: string }
    /** The citizen begins, or begins anew. */
    | { kind: 'start' };
}

export type Received = 'accepted' | 'repeated' | 'expired';

export interface ReceiveParts {
  database: Database;
  line: Line;
  channel: string;
  addresses: Addresses;
  media: Media;
  links: Links;
  now(): number;
  /** Rows that belong to every message of a chat, sent at this time. */
  also?(tx: Writer, address: string, sentAt: string): Promise<void>;
  /** A last look at words before they become a message (numbers that stand for a choice). */
  read?(text: string, conversationId: string): Promise<string>;
}

/** Resolves once the message is durable. `expired`: the button's reply is gone. */
export function createReceive(parts: ReceiveParts) {
  const { database, line, channel, addresses, media, links } = parts;

  /** The chat goes on with the conversation that the code names, which hears of it in the same transaction; false = the code is gone. */
  async function carryHere(code: string, incoming: Incoming, receivedAt: string, known: { origin?: string }): Promise<boolean> {
    const { externalId, address } = incoming;
    const citizenId = citizenIdOf(channel, address);
    const found = await links.find(code, channel);
    if (!found) return false;
    const about = {
      channel,
      externalId,
      conversationId: found.conversationId,
      id: randomUUID(),
      kind: 'event' as const,
      text: '',
      attachments: [],
    };
    const arrival: Message = { ...about, value: { arrived: channel }, citizenId, receivedAt, replyTo: address, ...known };
    try {
      await line.accept(arrival, {
        async also(tx) {
          await links.redeem(tx, code, { channel, address, citizenId });
          await parts.also?.(tx, address, incoming.at ?? receivedAt);
        },
      });
      return true;
    } catch (error) {
      if (!(error instanceof LinkGone)) throw error;
      return false;
    }
  }

  return async function receive(incoming: Incoming, origin: string): Promise<Received> {
    const { externalId, address, name, locale, said } = incoming;
    const receivedAt = new Date(parts.now()).toISOString();
    const known = origin ? { origin } : {};
    const also = async (tx: Writer) => parts.also?.(tx, address, incoming.at ?? receivedAt);
    const chat = await addresses.chatOf(incoming, { externalId, receivedAt, also, ...known });
    if (said.kind === 'start' && chat.opened) return 'accepted';
    const choice = said.kind === 'choice' ? await choiceOf(database, chat.seen, said.key) : null;
    if (said.kind === 'choice' && choice === null) return 'expired';
    const code = choice ? confirmedCode(choice) : null;
    if (code && (await carryHere(code, incoming, receivedAt, known))) return 'accepted';
    // A code that is gone is told so, like one that was typed.
    const text = (code ? `collega ${code}` : choice) ?? (said.kind === 'text' ? said.text.trim().slice(0, LONGEST_TEXT) : '');
    const noted = media.note(chat.conversationId, said.kind === 'text' ? (said.files ?? []) : [], origin, receivedAt);
    const message: Message = {
      channel,
      // The same as that of the opening, so that a first "start" sent twice greets once.
      externalId: said.kind === 'start' ? `open:${externalId}` : externalId,
      conversationId: chat.conversationId,
      id: randomUUID(),
      kind: said.kind === 'start' ? 'opened' : 'text',
      text: said.kind === 'text' && parts.read ? await parts.read(text, chat.conversationId) : text,
      ...(said.kind === 'text' && said.value !== undefined ? { value: said.value } : {}),
      ...(said.kind === 'choice' ? { value: { under: readChoiceKey(said.key)?.activityId } } : {}),
      attachments: noted.attachments,
      citizenId: citizenIdOf(channel, address),
      ...(name ? { citizenName: name } : {}),
      ...(locale ? { locale } : {}),
      receivedAt,
      replyTo: address,
      ...known,
    };
    const { repeated } = await line.accept(message, {
      ...(message.kind === 'text' ? { activity: incomingActivity(message) } : {}),
      async also(tx) {
        await noted.also(tx);
        await also(tx);
      },
    });
    if (noted.attachments.length > 0 && !repeated) media.fetchAll();
    return repeated ? 'repeated' : 'accepted';
  };
}
