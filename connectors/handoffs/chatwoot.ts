/** Plug: an API inbox of Chatwoot. The request becomes a contact and one conversation of its own there; agents' words come back by signed webhooks. */
import { z } from 'zod';
import { ok, type Result } from '../result.ts';
import { newsIn } from './chatwoot/news.ts';
import type { Handoffs, Packet } from './contract.ts';
import { askJson } from './packet/ask-json.ts';
import { emailIn } from './packet/email.ts';
import { packetInWords } from './packet/in-words.ts';
import { headerIn, isSigned } from './packet/signed.ts';

export const settings = z.object({
  CHATWOOT_URL: z
    .url({ protocol: /^https?$/, error: 'the address of Chatwoot, https://chat.comune.example' })
    .describe('Address of Chatwoot. Needed with HANDOFFS=chatwoot.'),
  CHATWOOT_INBOX: z
    .string({ error: 'the identifier of the API inbox' })
    .regex(/^[\w-]+$/)
    .describe('Identifier of the API inbox, from its configuration page. Needed with HANDOFFS=chatwoot.'),
  CHATWOOT_SECRET: z
    .string({ error: 'the secret that Chatwoot signs its webhooks with' })
    .min(8)
    .describe('Secret of the inbox’s webhook; the webhook’s address is /webhooks/handoffs. Needed with HANDOFFS=chatwoot.'),
});

const contact = z.object({ source_id: z.string() });
const conversation = z.object({ id: z.union([z.number(), z.string()]).transform(String), status: z.string().optional() });
const conversations = z.array(conversation);
/** 0 = of the contact. */
const message = z.object({ id: z.number(), content: z.string().nullish(), message_type: z.union([z.number(), z.string()]) });
const messages = z.array(message);
/** It lists so many, the newest; further ones by `before`. */
const LISTED = 20;
const PAGES = 25;
const anything = z.unknown();
const isOurs = ({ message_type }: { message_type: number | string }): boolean => message_type === 0 || message_type === 'incoming';

export default async function open({ now = Date.now }: { now?: () => number }, given: unknown): Promise<Handoffs> {
  const { CHATWOOT_URL, CHATWOOT_INBOX, CHATWOOT_SECRET } = settings.parse(given);
  const base = `${CHATWOOT_URL.replace(/\/+$/, '')}/public/api/v1/inboxes/${CHATWOOT_INBOX}`;
  const at = (path: string) => new URL(`${base}${path}`);
  /** `<contact> <conversation>`: both are needed to write. */
  const pathOf = (remote: string) => {
    const [source = '', id = ''] = remote.split(' ');
    return `/contacts/${encodeURIComponent(source)}/conversations/${encodeURIComponent(id)}`;
  };
  const none = <T>(result: Result<T>): Result<null> => (result.kind === 'ok' ? ok(null) : result);

  async function contactOf({ id, contact: left, number, lang }: Packet): Promise<Result<string>> {
    const known = await askJson(at(`/contacts/${id}`), contact);
    if (known.kind !== 'not_found') return known.kind === 'ok' ? ok(known.value.source_id) : known;
    const email = emailIn(left);
    const json = {
      source_id: id,
      name: `Cittadino, richiesta ${number}`,
      ...(email ? { email } : {}),
      custom_attributes: { lingua: lang ?? '' },
    };
    const made = await askJson(at('/contacts'), contact, { method: 'POST', json, writes: true });
    return made.kind === 'ok' ? ok(made.value.source_id) : made;
  }

  /** All that was said: the newest alone would count too few of the same words, and say them twice. */
  async function pastOf(path: string): Promise<Result<z.infer<typeof messages>>> {
    const all = new Map<number, z.infer<typeof message>>();
    let before: number | null = null;
    for (let page = 0; page < PAGES; page++) {
      const listed = await askJson(at(before === null ? path : `${path}?before=${before}`), messages);
      if (listed.kind !== 'ok') return listed;
      const news = listed.value.filter(({ id }) => !all.has(id));
      for (const one of news) all.set(one.id, one);
      // One that does not know `before` gives the same again.
      if (news.length === 0 || listed.value.length < LISTED) break;
      before = Math.min(...all.keys());
    }
    return ok([...all.values()]);
  }

  const say: Handoffs['say'] = async (remote, { id, text, again }) => {
    const path = `${pathOf(remote)}/messages`;
    if (again !== undefined) {
      const listed = await pastOf(path);
      if (listed.kind !== 'ok') return listed;
      const same = listed.value.filter((one) => one.content === text && isOurs(one));
      if (same.length > again) return ok(null);
    }
    return none(await askJson(at(path), anything, { method: 'POST', json: { content: text, echo_id: id }, writes: true }));
  };

  return {
    name: 'chatwoot',
    abilities: () => new Set(['live', 'posts']),
    async health() {
      const inbox = await askJson(at(''), anything);
      const host = new URL(CHATWOOT_URL).host;
      if (inbox.kind === 'ok') return { state: 'up', detail: `casella ${CHATWOOT_INBOX} su ${host}` };
      return { state: 'down', detail: inbox.kind === 'not_found' ? `la casella ${CHATWOOT_INBOX} non c’è` : `${host} non risponde` };
    },
    async initiate(packet) {
      const source = await contactOf(packet);
      if (source.kind !== 'ok') return source;
      const path = `/contacts/${encodeURIComponent(source.value)}/conversations`;
      const known = await askJson(at(path), conversations);
      if (known.kind !== 'ok') return known;
      let [first] = known.value;
      if (!first) {
        const custom_attributes = { richiesta: packet.number, ufficio: packet.office ?? '', canale: packet.channel };
        const made = await askJson(at(path), conversation, { method: 'POST', json: { custom_attributes }, writes: true });
        if (made.kind !== 'ok') return made;
        first = made.value;
      }
      const remote = `${source.value} ${first.id}`;
      const listed = await askJson(at(`${pathOf(remote)}/messages`), messages);
      if (listed.kind !== 'ok') return listed;
      // The packet is the first thing said there.
      if (listed.value.some(isOurs)) return ok(remote);
      const told = await say(remote, { id: packet.id, text: packetInWords(packet) });
      return told.kind === 'ok' ? ok(remote) : told;
    },
    say,
    end: async (remote) => none(await askJson(at(`${pathOf(remote)}/toggle_status`), anything, { method: 'POST', json: {}, writes: true })),
    receive({ headers, body }) {
      const timestamp = headerIn(headers, 'x-chatwoot-timestamp');
      const signature = headerIn(headers, 'x-chatwoot-signature');
      if (!isSigned({ secret: CHATWOOT_SECRET, timestamp, signature, body }, now())) return { kind: 'not_allowed', need: 'sign_in' };
      return ok(newsIn(body));
    },
    ask: async (_remote, since) => ok({ news: [], since }),
    close: async () => {},
  };
}
