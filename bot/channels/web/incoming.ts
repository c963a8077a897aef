/** What clients post: checked by zod, then read as one of our messages. The user comes from the token, never from the body. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../http/route.ts';
import { isoTime } from '../../iso-time.ts';
import type { Attachment, Message } from '../../message.ts';
import type { Claims } from './tokens.ts';
import { readVote, type Vote } from './votes.ts';

/** Characters of one message. */
export const LONGEST_TEXT = 1000;
const short = z.string().max(200);

export const userBody = z.looseObject({
  user: z.looseObject({ id: z.string().trim().min(1).max(128).nullish(), name: short.nullish() }).nullish(),
  locale: z.string().max(20).optional(),
  /** Our own page asks for the greeting in the same answer: one round trip less on a slow line. */
  greeting: z.boolean().optional(),
});

/** Loose: what we do not read is dropped, so that every Direct Line client may post. */
export const postedActivity = z.looseObject({
  type: z.string().max(40).optional(),
  name: short.optional(),
  text: z.string().optional(),
  value: z.unknown().optional(),
  locale: z.string().max(20).optional(),
  replyToId: short.optional(),
  from: z.looseObject({ name: short.optional() }).optional(),
  channelData: z.looseObject({ clientActivityID: short.optional() }).nullish(),
  reactionsAdded: z
    .array(z.looseObject({ type: short }))
    .max(10)
    .optional(),
});
const languageIn = z.object({ language: z.string().regex(/^[a-z]{2}$/) });
export type PostedActivity = z.infer<typeof postedActivity>;

export type Incoming =
  | { kind: 'message'; message: Message; channelData: Record<string, unknown> }
  | { kind: 'vote'; message: Message; vote: Vote }
  /** The language chosen on the page. */
  | { kind: 'choice'; message: Message }
  /** Nothing for the line: a typing sign, for example. */
  | { kind: 'nothing' };

/** Throws Refusal 400 or 413 in words for the citizen. */
export function readPosted(
  posted: PostedActivity,
  claims: Claims,
  parts: { now: number; origin: string; attachments?: Attachment[] },
): Incoming {
  const clientActivityID = posted.channelData?.clientActivityID;
  const channelData = clientActivityID ? { clientActivityID } : {};
  const message: Message = {
    channel: 'web',
    externalId: `${claims.conversationId}:${clientActivityID ?? randomUUID()}`,
    conversationId: claims.conversationId,
    id: randomUUID(),
    kind: 'text',
    text: (posted.text ?? '').trim(),
    attachments: parts.attachments ?? [],
    citizenId: claims.userId,
    ...(posted.from?.name ? { citizenName: posted.from.name } : {}),
    ...(posted.locale ? { locale: posted.locale } : {}),
    receivedAt: isoTime(parts.now),
    origin: parts.origin,
  };
  const vote = readVote({ ...posted, type: posted.type ?? '' });
  if (vote) return { kind: 'vote', vote, message: { ...message, kind: 'event', text: '' } };
  const language = posted.name === 'sportello/language' ? languageIn.safeParse(posted.value).data : undefined;
  if (posted.type === 'event' && language) return { kind: 'choice', message: { ...message, kind: 'event', text: '', value: language } };
  if (posted.type === undefined) throw new Refusal(400, 'MissingProperty', 'The activity has no type.');
  if (posted.type !== 'message') {
    if (['typing', 'event', 'invoke', 'messageReaction', 'conversationUpdate', 'endOfConversation'].includes(posted.type))
      return { kind: 'nothing' };
    throw new Refusal(400, 'BadArgument', 'This type of activity is not accepted.');
  }
  if (message.text.length > LONGEST_TEXT) {
    throw new Refusal(
      413,
      'MessageSizeTooBig',
      `Il messaggio è troppo lungo: al massimo ${LONGEST_TEXT} caratteri. Accorcialo o dividilo.`,
    );
  }
  const value = posted.value ?? undefined;
  if (message.text === '' && value === undefined && message.attachments.length === 0) {
    throw new Refusal(400, 'MissingProperty', 'Il messaggio è vuoto: scrivi qualcosa.');
  }
  return { kind: 'message', channelData, message: value === undefined ? message : { ...message, value } };
}
