/** Plug: Omnichannel of Rocket.Chat. The citizen is a visitor with one room for each request; agents' words come back by its webhook, which carries a secret. */
import { z } from 'zod';
import { ok, type Result } from '../result.ts';
import type { Handoffs, Packet } from './contract.ts';
import { askJson } from './packet/ask-json.ts';
import { emailIn } from './packet/email.ts';
import { packetInWords } from './packet/in-words.ts';
import { headerIn, sameWords } from './packet/signed.ts';
import { newsIn } from './rocketchat/news.ts';

export const settings = z.object({
  ROCKETCHAT_URL: z
    .url({ protocol: /^https?$/, error: 'the address of Rocket.Chat, https://chat.comune.example' })
    .describe('Address of Rocket.Chat. Needed with HANDOFFS=rocketchat.'),
  ROCKETCHAT_SECRET: z
    .string({ error: 'the secret token of the Omnichannel webhook' })
    .min(8)
    .describe('Secret token of the Omnichannel webhook; its address is /webhooks/handoffs. Needed with HANDOFFS=rocketchat.'),
  ROCKETCHAT_DEPARTMENT: z.string().default('').describe('Department of Rocket.Chat that takes the requests; empty = whoever is there.'),
});

const done = z.object({ success: z.literal(true) });
const visitor = done.extend({ visitor: z.object({ token: z.string() }) });
const room = done.extend({ room: z.object({ _id: z.string(), open: z.boolean().optional() }) });

export default async function open({ now = Date.now }: { now?: () => number }, given: unknown): Promise<Handoffs> {
  const { ROCKETCHAT_URL, ROCKETCHAT_SECRET, ROCKETCHAT_DEPARTMENT } = settings.parse(given);
  const base = `${ROCKETCHAT_URL.replace(/\/+$/, '')}/api/v1`;
  const at = (path: string) => new URL(`${base}${path}`);
  const none = <T>(result: Result<T>): Result<null> => (result.kind === 'ok' ? ok(null) : result);
  /** `<visitor's token> <room>`. */
  const partsOf = (remote: string) => {
    const [token = '', rid = ''] = remote.split(' ');
    return { token, rid };
  };

  /** Registering a token again changes the visitor, and makes no second one. */
  function register({ id, number, contact }: Packet): Promise<Result<unknown>> {
    const email = emailIn(contact);
    const json = {
      visitor: {
        token: id,
        name: `Cittadino, richiesta ${number}`,
        ...(email ? { email } : {}),
        ...(ROCKETCHAT_DEPARTMENT ? { department: ROCKETCHAT_DEPARTMENT } : {}),
      },
    };
    return askJson(at('/livechat/visitor'), visitor, { method: 'POST', json, writes: true });
  }

  const say: Handoffs['say'] = async (remote, { id, text, again }) => {
    const { token, rid } = partsOf(remote);
    if (again !== undefined) {
      const query = new URLSearchParams({ token, rid });
      const there = await askJson(at(`/livechat/message/${encodeURIComponent(id)}?${query}`), done);
      if (there.kind === 'ok') return ok(null);
      // It says 400 for a message it does not have.
      if (there.kind !== 'not_found' && !(there.kind === 'down' && there.reason.endsWith(': 400'))) return there;
    }
    return none(await askJson(at('/livechat/message'), done, { method: 'POST', json: { _id: id, token, rid, msg: text }, writes: true }));
  };

  return {
    name: 'rocketchat',
    abilities: () => new Set(['live', 'posts']),
    async health() {
      const asked = await askJson(at('/livechat/config'), z.object({ config: z.object({ online: z.boolean().optional() }) }));
      const host = new URL(ROCKETCHAT_URL).host;
      if (asked.kind !== 'ok') return { state: 'down', detail: `${host} non risponde` };
      const { online } = asked.value.config;
      return { state: online === false ? 'down' : 'up', detail: online === false ? `nessun operatore collegato su ${host}` : host };
    },
    async initiate(packet) {
      const known = await register(packet);
      if (known.kind !== 'ok') return known;
      // A visitor's open room is given again, not made anew.
      const opened = await askJson(at(`/livechat/room?token=${encodeURIComponent(packet.id)}`), room);
      if (opened.kind !== 'ok') return opened;
      const remote = `${packet.id} ${opened.value.room._id}`;
      const told = await say(remote, { id: packet.id, text: packetInWords(packet), again: 0 });
      return told.kind === 'ok' ? ok(remote) : told;
    },
    say,
    async end(remote) {
      const { token, rid } = partsOf(remote);
      const closed = await askJson(at('/livechat/room.close'), done, { method: 'POST', json: { token, rid }, writes: true });
      // A room that is closed already is refused with 400.
      return closed.kind === 'down' && closed.reason.endsWith(': 400') ? ok(null) : none(closed);
    },
    receive({ headers, body }) {
      const token = headerIn(headers, 'x-rocketchat-livechat-token');
      if (!sameWords(token, ROCKETCHAT_SECRET)) return { kind: 'not_allowed', need: 'sign_in' };
      return newsIn(body, now());
    },
    ask: async (_remote, since) => ok({ news: [], since }),
    close: async () => {},
  };
}
