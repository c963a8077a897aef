/** What Meta posts: batches of messages and of statuses. Loose: what we do not read may change. Field names are Meta's. */
import { z } from 'zod';
import type { SentFile } from '../pushed/media.ts';
import type { Status } from '../pushed/receipts.ts';
import type { Incoming } from '../pushed/receive.ts';

const media = z.looseObject({
  id: z.string(),
  mime_type: z.string().optional(),
  caption: z.string().optional(),
  filename: z.string().optional(),
});
const pressed = z.looseObject({ id: z.string(), title: z.string().default('') });

const message = z.looseObject({
  from: z.string().regex(/^\d{5,20}$/),
  id: z.string().min(1).max(300),
  timestamp: z.string().regex(/^\d{1,12}$/),
  type: z.string(),
  text: z.looseObject({ body: z.string() }).optional(),
  button: z.looseObject({ text: z.string().default(''), payload: z.string().optional() }).optional(),
  interactive: z.looseObject({ button_reply: pressed.optional(), list_reply: pressed.optional() }).optional(),
  location: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
  image: media.optional(),
  document: media.optional(),
  contacts: z.array(z.looseObject({ phones: z.array(z.looseObject({ phone: z.string().optional() })).optional() })).optional(),
});

const status = z.looseObject({
  id: z.string().min(1).max(300),
  status: z.string(),
  timestamp: z.string().regex(/^\d{1,12}$/),
  errors: z.array(z.looseObject({ code: z.number(), title: z.string().optional() })).optional(),
});

const value = z.looseObject({
  metadata: z.looseObject({ phone_number_id: z.string() }),
  contacts: z
    .array(z.looseObject({ wa_id: z.string().optional(), profile: z.looseObject({ name: z.string().optional() }).optional() }))
    .optional(),
  messages: z.array(z.unknown()).optional(),
  statuses: z.array(z.unknown()).optional(),
});

export const whatsappEvent = z.looseObject({
  entry: z.array(z.looseObject({ changes: z.array(z.looseObject({ field: z.string().optional(), value: z.unknown() })) })),
});

export interface ToldStatus {
  externalId: string;
  status: Status;
  at: string;
  error?: string;
}

const at = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString();
const STATUSES: Status[] = ['sent', 'failed', 'delivered', 'read'];

/** Everything of one post that is for our number; `odd` counts what could not be read. One bad entry spoils no other. */
export function readEvent(event: z.infer<typeof whatsappEvent>, phoneId: string): { said: Incoming[]; told: ToldStatus[]; odd: number } {
  const said: Incoming[] = [];
  const told: ToldStatus[] = [];
  let odd = 0;
  for (const change of event.entry.flatMap(({ changes }) => changes)) {
    const parsed = value.safeParse(change.value);
    if (!parsed.success || parsed.data.metadata.phone_number_id !== phoneId) continue;
    const { contacts = [], messages = [], statuses = [] } = parsed.data;
    for (const one of messages) {
      const read = message.safeParse(one);
      if (!read.success) odd++;
      else {
        const name = contacts.find(({ wa_id }) => wa_id === read.data.from)?.profile?.name;
        const what = saidIn(read.data);
        const { id, from, timestamp } = read.data;
        if (what)
          said.push({ externalId: id, address: from, at: at(timestamp), ...(name ? { name: name.slice(0, 100) } : {}), said: what });
      }
    }
    for (const one of statuses) {
      const read = status.safeParse(one);
      const known = read.success ? STATUSES.find((name) => name === read.data.status) : undefined;
      if (!read.success) odd++;
      else if (known) {
        const error = read.data.errors?.[0];
        const why = error ? { error: `${error.code} ${error.title ?? ''}`.trim() } : {};
        told.push({ externalId: read.data.id, status: known, at: at(read.data.timestamp), ...why });
      }
    }
  }
  return { said, told, odd };
}

const UNREADABLE: Record<string, [kind: string, shown: string]> = {
  audio: ['voice', '[messaggio vocale]'],
  video: ['video', '[video]'],
  sticker: ['other', '[adesivo]'],
};
/** Nothing that a citizen says to us. */
const SILENT = ['reaction', 'system', 'request_welcome', 'ephemeral'];

function saidIn(one: z.infer<typeof message>): Incoming['said'] | null {
  if (one.text) return { kind: 'text', text: one.text.body };
  const reply = one.interactive?.button_reply ?? one.interactive?.list_reply;
  if (reply) return { kind: 'choice', key: reply.id, title: reply.title };
  if (one.button) return { kind: 'text', text: one.button.text };
  if (one.location) {
    const point = `${one.location.latitude.toFixed(6)}, ${one.location.longitude.toFixed(6)}`;
    return { kind: 'text', text: point, value: { native: 'place' } };
  }
  const file = one.image ?? one.document;
  if (file) {
    const contentType = file.mime_type ?? 'application/octet-stream';
    const sent: SentFile = { reference: file.id, name: (file.filename ?? 'foto.jpg').slice(0, 200), contentType };
    return { kind: 'text', text: file.caption ?? '', value: { native: 'file' }, files: [sent] };
  }
  const phone = one.contacts?.[0]?.phones?.[0]?.phone;
  if (phone) return { kind: 'text', text: phone };
  if (SILENT.includes(one.type)) return null;
  const [kind, shown] = UNREADABLE[one.type] ?? ['other', '[messaggio non leggibile]'];
  return { kind: 'text', text: shown, value: { unreadable: kind } };
}
