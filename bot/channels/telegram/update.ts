/** A Telegram update as what a citizen said; field names are Telegram's. Loose: what we do not read may change. */
import { z } from 'zod';
import type { SentFile } from '../pushed/media.ts';
import type { Incoming } from '../pushed/receive.ts';

const user = z.looseObject({
  id: z.number(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  language_code: z.string().optional(),
});
const chat = z.looseObject({ id: z.number(), type: z.string() });
const file = z.looseObject({ file_id: z.string(), file_size: z.number().optional() });
const point = z.looseObject({ latitude: z.number(), longitude: z.number() });

const message = z.looseObject({
  message_id: z.number(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(file).optional(),
  document: file.extend({ file_name: z.string().optional(), mime_type: z.string().optional() }).optional(),
  location: point.optional(),
  venue: z.looseObject({ location: point, title: z.string().optional(), address: z.string().optional() }).optional(),
  contact: z.looseObject({ phone_number: z.string(), first_name: z.string().optional() }).optional(),
});

export const telegramUpdate = z.looseObject({
  update_id: z.number(),
  message: message.optional(),
  callback_query: z
    .looseObject({ id: z.string(), from: user, data: z.string().optional(), message: z.looseObject({ chat }).optional() })
    .optional(),
  my_chat_member: z.looseObject({ chat, new_chat_member: z.looseObject({ status: z.string() }) }).optional(),
});
export type TelegramUpdate = z.infer<typeof telegramUpdate>;

/** The kinds we ask Telegram for. */
export const UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/** What cannot be read here, as the desk shows it, and the name that the answer goes by. */
const UNREADABLE: [field: string, kind: string, shown: string][] = [
  ['voice', 'voice', '[messaggio vocale]'],
  ['audio', 'voice', '[audio]'],
  ['video_note', 'video', '[videomessaggio]'],
  ['video', 'video', '[video]'],
  ['animation', 'other', '[animazione]'],
  ['sticker', 'other', '[adesivo]'],
  ['poll', 'other', '[sondaggio]'],
  ['dice', 'other', '[dado]'],
];
/** Notices of Telegram about the chat itself. */
const SERVICE = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'new_chat_members',
  'left_chat_member',
  'write_access_allowed',
  'chat_background_set',
];

export type Read =
  | { kind: 'said'; incoming: Incoming; callbackId?: string }
  /** The citizen has stopped the bot, or let it in again. */
  | { kind: 'blocked'; address: string; blocked: boolean }
  /** Groups, channels, kinds we did not ask for. */
  | { kind: 'nothing' };

export function readUpdate(update: TelegramUpdate): Read {
  const { message, callback_query: pressed, my_chat_member: member } = update;
  const externalId = String(update.update_id);
  if (member?.chat.type === 'private')
    return { kind: 'blocked', address: String(member.chat.id), blocked: member.new_chat_member.status === 'kicked' };
  if (pressed?.data && (!pressed.message || pressed.message.chat.type === 'private')) {
    const address = String(pressed.message?.chat.id ?? pressed.from.id);
    const incoming: Incoming = { externalId, address, ...sender(pressed.from), said: { kind: 'choice', key: pressed.data } };
    return { kind: 'said', incoming, callbackId: pressed.id };
  }
  if (message?.chat.type !== 'private') return { kind: 'nothing' };
  const said = saidIn(message);
  return said
    ? { kind: 'said', incoming: { externalId, address: String(message.chat.id), ...sender(message.from), said } }
    : { kind: 'nothing' };
}

const sender = (from: z.infer<typeof user> | undefined) => ({
  ...(from?.first_name ? { name: [from.first_name, from.last_name].filter(Boolean).join(' ').slice(0, 100) } : {}),
  ...(from?.language_code ? { locale: from.language_code } : {}),
});

function saidIn(one: z.infer<typeof message>): Incoming['said'] | null {
  if (one.text !== undefined) return command(one.text) ?? { kind: 'text', text: one.text };
  const spot = one.venue?.location ?? one.location;
  if (spot) {
    const point = `${spot.latitude.toFixed(6)}, ${spot.longitude.toFixed(6)}`;
    return { kind: 'text', text: point, value: { native: 'place' } };
  }
  if (one.contact) return { kind: 'text', text: `${one.contact.first_name ?? ''} ${one.contact.phone_number}`.trim() };
  const files = filesIn(one);
  if (files.length > 0) return { kind: 'text', text: one.caption ?? '', value: { native: 'file' }, files };
  const unreadable = UNREADABLE.find(([field]) => one[field] !== undefined);
  if (unreadable) return { kind: 'text', text: unreadable[2], value: { unreadable: unreadable[1] } };
  if (SERVICE.some((field) => one[field] !== undefined)) return null;
  return { kind: 'text', text: '[messaggio non leggibile]', value: { unreadable: 'other' } };
}

/** `/start` with a code carries a conversation here; other commands are their words. */
function command(text: string): Incoming['said'] | null {
  const found = /^\/(\w+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text.trim());
  if (!found) return null;
  const [, name = '', rest = ''] = found;
  if (name === 'start') return rest ? { kind: 'text', text: `collega ${rest.trim()}` } : { kind: 'start' };
  if (name === 'persona') return { kind: 'text', text: 'Parla con una persona' };
  return { kind: 'text', text: `${name.replaceAll('_', ' ')} ${rest}`.trim() };
}

/** Of a photo the largest size. */
function filesIn({ photo, document }: z.infer<typeof message>): SentFile[] {
  const largest = photo?.at(-1);
  const bytes = (size: number | undefined) => (size === undefined ? {} : { bytes: size });
  return [
    ...(largest ? [{ reference: largest.file_id, name: 'foto.jpg', contentType: 'image/jpeg', ...bytes(largest.file_size) }] : []),
    ...(document
      ? [
          {
            reference: document.file_id,
            name: (document.file_name ?? 'file').slice(0, 200),
            contentType: document.mime_type ?? 'application/octet-stream',
            ...bytes(document.file_size),
          },
        ]
      : []),
  ];
}
