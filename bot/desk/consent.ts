/** What an agent may do only with the citizen's yes, asked in the chat: go on under a condition, be reached by telephone or mail, pass the conversation to another body. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { packetInWords } from '../../connectors/handoffs/packet/in-words.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import { SIGN_IN_MINUTES, type SignIns } from '../citizens/sign-in.ts';
import { contactIn } from '../dialogs/handoff.ts';
import { writeLetter } from '../notices/post.ts';
import { appendAudit } from '../privacy/audit.ts';
import { findHandoff } from './handoffs.ts';
import { packetOf } from './hub/packet.ts';

export const CONSENT = 'consent';

export const asking = z.discriminatedUnion('what', [
  z.object({ what: z.literal('contact') }),
  /** Who they are: a one-time link to sign in. */
  z.object({ what: z.literal('sign-in') }),
  z.object({ what: z.literal('permission'), text: z.string().trim().min(3).max(500) }),
  /** Another public body, and the address that takes its requests. */
  z.object({ what: z.literal('elsewhere'), body: z.string().trim().min(3).max(120), address: z.email().max(200) }),
]);
export type Asking = z.infer<typeof asking>;

const asked = z.object({ asking, handoffId: z.string(), name: z.string() });

export interface Consent {
  ask(conversation: Conversation, lang: string, act: { name: string; handoffId: string; asking: Asking; origin?: string }): TurnResult;
  open(conversation: Pick<Conversation, 'state'>): boolean;
  /** Yes, no, a contact; everything else is for the agent. */
  take: Speaker;
}

export interface ConsentParts {
  database: Database;
  speech(lang: string): Say;
  own: string;
  readonly bodyName: string;
  /** Absent = nobody can sign in. */
  signIns?: Pick<SignIns, 'identities' | 'issue'> | undefined;
}

export function createConsent(parts: ConsentParts): Consent {
  const { database } = parts;
  const within = (state: Conversation['state'], dialog: Conversation['state']['dialog']) => ({ ...state, dialog });

  const note =
    (handoffId: string, text: string, at: string): Effect =>
    async (tx) => {
      await tx
        .insertInto('handoff_note')
        .values({ id: randomUUID(), handoff_id: handoffId, author: 'Cittadino', text, kind: 'consent', created_at: at })
        .execute();
    };

  const keepContact =
    (handoffId: string, contact: string): Effect =>
    async (tx) => {
      const row = await tx.selectFrom('handoff').select('request').where('id', '=', handoffId).executeTakeFirst();
      if (!row) return;
      const request = JSON.stringify({ ...(JSON.parse(row.request) as object), contact });
      await tx.updateTable('handoff').set({ request }).where('id', '=', handoffId).execute();
    };

  async function passOn(handoffId: string, { body, address }: Extract<Asking, { what: 'elsewhere' }>, at: string, conversationId: string) {
    const handoff = await findHandoff(database, { id: 'system', name: 'system', role: 'administrator', office: null }, handoffId);
    if (!handoff) return null;
    const packet = await packetOf(database, handoff, Number.MAX_SAFE_INTEGER);
    const text = packetInWords({ ...packet, consent: `ha acconsentito a passare la conversazione a ${body} il ${at}` });
    return async (tx: Writer): Promise<void> => {
      await tx
        .updateTable('handoff')
        .set({ state: 'completed', outcome: 'elsewhere', closed_at: at, updated_at: at })
        .where('id', '=', handoffId)
        // Given to an office meanwhile it waits again, and is passed on all the same.
        .where('state', 'in', ['accepted', 'queued'])
        .execute();
      const subject = `Richiesta n. ${handoff.number} da ${parts.bodyName}`;
      await writeLetter(tx, { id: `elsewhere:${handoffId}:${address}`, conversationId, to: address, subject, text }, at);
      await appendAudit(tx, {
        actor: handoff.agent?.id ?? 'system',
        action: 'handoff.elsewhere',
        subject: handoffId,
        detail: { body, address },
      });
    };
  }

  /** No yes is waited for: who has signed in is known, who has not goes on writing. */
  function askSignIn({ id, channel, citizenId, state }: Conversation, lang: string, name: string, origin: string): TurnResult {
    const say = parts.speech(lang);
    const { signIns } = parts;
    if (!signIns?.identities.open || (!origin && channel !== 'web'))
      return { state, mode: 'person', replies: [plainReply(say('signNowhere'), lang)] };
    const { code, keep } = signIns.issue({ conversationId: id, channel, citizenId }, { lang, wish: null });
    const text = say('consentSignIn', { name, url: `${origin}/sign-in/${code}`, minutes: String(SIGN_IN_MINUTES) });
    return { state, mode: 'person', replies: [plainReply(text, lang)], effects: [keep] };
  }

  return {
    ask(conversation, lang, { name, handoffId, asking: wanted, origin = '' }) {
      const { state } = conversation;
      const say = parts.speech(lang);
      const { what } = wanted;
      if (what === 'sign-in') return askSignIn(conversation, lang, name, origin);
      const text =
        what === 'contact'
          ? say('consentContact', { name })
          : what === 'permission'
            ? say('consentPermission', { name, text: wanted.text })
            : say('consentElsewhere', { name, body: wanted.body, address: wanted.address });
      const choices = what === 'contact' ? [say('consentNo')] : [say('consentYes'), say('consentNo')];
      const data = { asking: wanted, handoffId, name } satisfies z.infer<typeof asked>;
      return { state: within(state, { name: CONSENT, data }), mode: 'person', replies: [plainReply(text, lang, choices)] };
    },
    open: ({ state }) => state.dialog?.name === CONSENT,
    async take(message, { state, lang, id }) {
      const given = asked.safeParse(state.dialog?.data).data;
      const spoken = lang ?? parts.own;
      const say = parts.speech(spoken);
      const free = within(state, null);
      if (!given) return { state: free, replies: [] };
      const { asking: wanted, handoffId } = given;
      if (wanted.what === 'sign-in') return { state: free, replies: [] };
      const said = message.text.trim();
      const tell = (key: string, effects: Effect[], more: Partial<TurnResult> = {}): TurnResult => ({
        state: free,
        replies: [plainReply(say(key, wanted.what === 'elsewhere' ? { body: wanted.body } : {}), spoken)],
        effects,
        ...more,
      });
      const about =
        wanted.what === 'contact' ? 'un recapito' : wanted.what === 'permission' ? `«${wanted.text}»` : `passare a ${wanted.body}`;
      if (said === say('consentNo')) return tell('consentRefused', [note(handoffId, `Non ha acconsentito: ${about}.`, message.receivedAt)]);
      const contact = wanted.what === 'contact' ? contactIn(said) : null;
      if (contact)
        return tell('consentThanks', [
          keepContact(handoffId, contact),
          note(handoffId, `Ha lasciato un recapito: ${contact}.`, message.receivedAt),
        ]);
      if (wanted.what === 'contact' || said !== say('consentYes')) return { state, replies: [] };
      const agreed = note(handoffId, `Ha acconsentito: ${about}.`, message.receivedAt);
      if (wanted.what === 'permission') return tell('consentThanks', [agreed]);
      const pass = await passOn(handoffId, wanted, message.receivedAt, id);
      return pass ? tell('elsewhereDone', [agreed, pass], { mode: 'bot' }) : tell('consentRefused', []);
    },
  };
}
