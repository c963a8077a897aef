/** A Bot Framework Activity as what a citizen said. Loose: what we do not read may change. */
import { z } from 'zod';
import { choiceKey } from '../pushed/choices.ts';
import type { Incoming } from '../pushed/receive.ts';
import { attachment, filesIn, unreadableIn } from './files.ts';

const account = z.looseObject({ id: z.string().max(300), name: z.string().nullish() });

export const incoming = z.looseObject({
  type: z.string(),
  id: z.string().max(300).optional(),
  channelId: z.string().max(40),
  serviceUrl: z.string().max(500),
  from: account,
  recipient: account.optional(),
  conversation: z.looseObject({ id: z.string().min(1).max(500), conversationType: z.string().nullish() }),
  text: z.string().nullish(),
  locale: z.string().max(20).nullish(),
  value: z.unknown().optional(),
  membersAdded: z.array(account).optional(),
  attachments: z.array(attachment).nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
});
export type TeamsActivity = z.infer<typeof incoming>;

/** What is needed to write to the conversation again. */
export interface Reference {
  serviceUrl: string;
  bot: string;
}

const submitted = z.looseObject({ sportello: z.string(), pick: z.string().optional() });

/** Null = nothing for the line: groups, reactions, typing. */
export function readActivity(activity: TeamsActivity): Incoming | null {
  const { conversation, from, text, value, type, id } = activity;
  if (conversation.conversationType && conversation.conversationType !== 'personal') return null;
  const sender = {
    address: conversation.id,
    ...(from.name ? { name: from.name.slice(0, 100) } : {}),
    ...(activity.locale ? { locale: activity.locale } : {}),
  };
  if (type === 'conversationUpdate') {
    const bot = activity.recipient?.id;
    const comes = activity.membersAdded?.some((one) => one.id !== bot);
    // The service tells of the bot's own coming too: one greeting is enough.
    return comes ? { ...sender, externalId: `${conversation.id}:start`, said: { kind: 'start' } } : null;
  }
  if (type !== 'message' || !id) return null;
  const externalId = `${conversation.id}:${id}`;
  const form = submitted.safeParse(value);
  if (form.success) {
    const { sportello, pick } = form.data;
    return { ...sender, externalId, said: { kind: 'choice', key: pick ? choiceKey(sportello, Number(pick)) : sportello } };
  }
  const words = (text ?? '').replaceAll(/<at>[^<]*<\/at>/g, '').trim();
  const said = saidIn(activity, words);
  return said ? { ...sender, externalId, said } : null;
}

function saidIn(activity: TeamsActivity, words: string): Incoming['said'] | null {
  // Beside words or files a place only says where somebody wrote them.
  const spot =
    words || activity.attachments?.some(({ contentType }) => contentType !== 'text/html') ? null : placeIn(activity.entities ?? []);
  if (spot) return { kind: 'text', text: spot, value: { native: 'place' } };
  const attachments = activity.attachments ?? [];
  const files = filesIn(attachments, activity.serviceUrl);
  if (files.length > 0) return { kind: 'text', text: words, value: { native: 'file' }, files };
  if (words) return { kind: 'text', text: words };
  const odd = unreadableIn(attachments);
  return odd ? { kind: 'text', text: odd.shown, value: { unreadable: odd.kind } } : null;
}

const point = z.looseObject({ latitude: z.number(), longitude: z.number() });

/** A place in the words of the Bot Framework's schema: GeoCoordinates, by itself or within a Place. Teams itself has no such button; clients of the service have. */
function placeIn(entities: { type: string; geo?: unknown }[]): string | null {
  for (const entity of entities) {
    const spot = point.safeParse(entity.type === 'Place' ? entity.geo : entity.type === 'GeoCoordinates' ? entity : null).data;
    if (spot) return `${spot.latitude.toFixed(6)}, ${spot.longitude.toFixed(6)}`;
  }
  return null;
}
