/**
 * What a channel did not take goes to another chat of the same person, or to an address shown to be theirs: only where they agreed to it in
 * their profile. Everything else stays a dead letter.
 */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Outgoing } from '../conversation/commit.ts';
import type { Line } from '../conversation/line.ts';
import type { Reply } from '../message.ts';
import { writeLetter } from '../notices/post.ts';
import type { Profile, Profiles } from './profile.ts';
import { DEAD_HANDOFF } from '../desk/handoffs.ts';

/** Older ones are of no use to anybody. */
const NEWS_MS = 24 * 3_600_000;
const AT_ONCE = 50;

/** Another process was faster. */
class Taken extends Error {}

interface Letter {
  id: number;
  channel: string;
  conversationId: string;
  outgoing: Outgoing;
  error: string;
  /** `<inbox id>:<reply index>`: the turn that it belongs to. */
  dedup: string;
}

interface Chat {
  channel: string;
  address: string;
  conversation_id: string;
  citizen_id: string;
}

export interface Undelivered {
  /** The reply that is moved, for whoever says it again elsewhere; null = gone. */
  replyOf(outboxId: number): Promise<{ reply: Reply; channel: string } | null>;
  /** Resolves with how many were moved. Every quarter of a minute or so; several processes may: each is moved once. */
  move(by: { line: Line; speech(lang: string): Say; bodyName: string; publicUrl: string }): Promise<number>;
}

export function createUndelivered(parts: { database: Database; profiles: Profiles; now(): number }): Undelivered {
  const { database, profiles } = parts;
  const at = (ms = 0) => new Date(parts.now() + ms).toISOString();

  /** Refused at once, or told later by the channel. */
  async function failed(): Promise<Letter[]> {
    const columns = [
      'outbox.id',
      'outbox.channel',
      'outbox.conversation_id as conversationId',
      'outbox.json',
      'outbox.error',
      'outbox.dedup',
    ] as const;
    // Only of who agreed, the newest first: those that stay dead letters keep no others waiting.
    const agreed = () =>
      database.read
        .selectFrom('citizen_conversation')
        .innerJoin('citizen_profile', 'citizen_profile.person', 'citizen_conversation.person')
        .select('citizen_conversation.conversation_id')
        .where('citizen_profile.elsewhere', '=', 1);
    const recent = () =>
      database.read
        .selectFrom('outbox')
        .where('outbox.created_at', '>', at(-NEWS_MS))
        .where('outbox.conversation_id', 'in', agreed())
        .orderBy('outbox.id', 'desc')
        .limit(AT_ONCE);
    const refused = await recent().select(columns).where('status', '=', 'dead').where('dedup', 'not like', `${DEAD_HANDOFF}%`).execute();
    const told = await database.read
      .selectFrom('delivery')
      .select(['activity_id', 'conversation_id', 'error'])
      .where('status', '=', 'failed')
      .where('updated_at', '>', at(-NEWS_MS))
      .where('conversation_id', 'in', agreed())
      .orderBy('updated_at', 'desc')
      .limit(AT_ONCE)
      .execute();
    const late = await Promise.all(
      told.map(async ({ activity_id, conversation_id, error }) => {
        if (!activity_id || !conversation_id) return [];
        const rows = await recent().select(columns).where('conversation_id', '=', conversation_id).where('status', '=', 'sent').execute();
        return rows.filter(({ json }) => (JSON.parse(json) as Outgoing).activityId === activity_id).map((row) => ({ ...row, error }));
      }),
    );
    return [...refused, ...late.flat()].map(({ json, error, ...row }) => ({
      ...row,
      error: error ?? '',
      outgoing: JSON.parse(json) as Outgoing,
    }));
  }

  /** Chats of channels that are sent to, in conversations in which the person signed in and nobody else, that take free text now. */
  async function chatsOf(person: string, pushes: (channel: string) => boolean): Promise<Chat[]> {
    const others = database.read.selectFrom('citizen_conversation').select('conversation_id').where('person', '!=', person);
    const rows = await database.read
      .selectFrom('channel_address')
      .innerJoin('citizen_conversation', 'citizen_conversation.conversation_id', 'channel_address.conversation_id')
      .select(['channel', 'address', 'channel_address.conversation_id', 'citizen_id'])
      .where('person', '=', person)
      .where('channel_address.conversation_id', 'not in', others)
      .where('blocked_at', 'is', null)
      .where((eb) => eb.or([eb('window_until', 'is', null), eb('window_until', '>', at())]))
      .orderBy('channel_address.created_at', 'desc')
      .execute();
    return rows.flatMap((row) => (row.conversation_id && pushes(row.channel) ? [{ ...row, conversation_id: row.conversation_id }] : []));
  }

  async function isMoved({ dedup }: Letter): Promise<boolean> {
    const inboxId = Number(dedup.split(':')[0]);
    if (!Number.isInteger(inboxId)) return false;
    const row = await database.read.selectFrom('inbox').select('external_id').where('id', '=', inboxId).executeTakeFirst();
    return row?.external_id.startsWith('moved:') ?? false;
  }

  const mark = async (tx: Writer, { id, error }: Letter, where: string): Promise<void> => {
    const marked = await tx
      .updateTable('outbox')
      .set({ status: 'moved', error: `${error} → ${where}` })
      .where('id', '=', id)
      .where('status', 'in', ['dead', 'sent'])
      .executeTakeFirst();
    if (Number(marked.numUpdatedRows) === 0) throw new Taken();
  };

  async function place(letter: Letter, by: Parameters<Undelivered['move']>[0]): Promise<boolean> {
    const people = await database.read
      .selectFrom('citizen_conversation')
      .select('person')
      .where('conversation_id', '=', letter.conversationId)
      .execute();
    const [person, second] = people.map((one) => one.person);
    // Two people signed in there: nobody knows whose words these are.
    const profile = person && !second ? await profiles.of(person) : null;
    if (!person || !profile?.elsewhere) return false;
    // What failed here too is not sent to and fro between chats.
    const chats = (await isMoved(letter))
      ? []
      : (await chatsOf(person, by.line.delivery.pushes)).filter(({ channel }) => channel !== letter.channel);
    const preferred = chats.find(({ channel }) => channel === profile.channel);
    const address = profile.email?.verified ? profile.email.address : null;
    const mailFirst = address !== null && profile.channel === 'mail';
    const chat = mailFirst ? undefined : (preferred ?? chats[0]);
    if (chat) return toChat(letter, chat, by);
    return address ? toAddress(letter, address, profile, by) : false;
  }

  /** The other conversation says it: a turn of its own, so that its order and its transcript hold. */
  async function toChat(letter: Letter, chat: Chat, { line, publicUrl }: Parameters<Undelivered['move']>[0]): Promise<boolean> {
    const origin = letter.outgoing.origin ?? publicUrl;
    const about = { id: randomUUID(), kind: 'event' as const, text: '', attachments: [], receivedAt: at() };
    const { repeated } = await line.accept(
      {
        ...about,
        channel: chat.channel,
        externalId: `moved:${letter.id}`,
        conversationId: chat.conversation_id,
        citizenId: chat.citizen_id,
        value: { moved: letter.id },
        replyTo: chat.address,
        ...(origin ? { origin } : {}),
      },
      { also: (tx) => mark(tx, letter, chat.channel) },
    );
    return !repeated;
  }

  async function toAddress(letter: Letter, to: string, profile: Profile, by: Parameters<Undelivered['move']>[0]): Promise<boolean> {
    const { reply, origin } = letter.outgoing;
    const say = by.speech(profile.lang ?? reply.lang);
    const home = origin ?? by.publicUrl;
    const words = plainText(reply.text, home);
    const text = [
      say('mailHello', { name: profile.name }),
      say('movedBody', { channel: NAMES[letter.channel] ?? letter.channel }),
      words,
      home ? `${home}/` : '',
      say('mailAuto', { body: by.bodyName }),
    ];
    await database.write(async (tx) => {
      await mark(tx, letter, 'mail');
      await writeLetter(
        tx,
        {
          id: `moved:${letter.id}`,
          conversationId: letter.conversationId,
          to,
          subject: say('movedSubject'),
          text: `${text.filter(Boolean).join('\n\n')}\n`,
        },
        at(),
      );
    });
    return true;
  }

  return {
    async replyOf(outboxId) {
      const row = await database.read.selectFrom('outbox').select(['json', 'channel']).where('id', '=', outboxId).executeTakeFirst();
      if (!row) return null;
      const { answer: _, ...reply } = (JSON.parse(row.json) as Outgoing).reply;
      return { reply, channel: row.channel };
    },
    async move(by) {
      let moved = 0;
      for (const letter of await failed()) {
        try {
          if (await place(letter, by)) moved += 1;
        } catch (error) {
          if (!(error instanceof Taken)) throw error;
        }
      }
      return moved;
    },
  };
}

export const NAMES: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** Markdown as a letter shows it. */
const plainText = (text: string, home: string): string =>
  text
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, title: string, url: string) => `${title}: ${url.startsWith('/') ? home + url : url}`)
    .replaceAll(/(\*\*|__)/g, '');
