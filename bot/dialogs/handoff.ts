/** A person, until the desk exists: the citizen leaves name, contact and request; an office answers. Never refused, left with one word. */
import { randomUUID } from 'node:crypto';
import type { Say } from '../../knowledge/languages/speak.ts';
import { competentOffice, type Office } from '../../knowledge/offices.ts';
import type { ConversationState } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';

export const HANDOFF = 'handoff';
const PHONE = /(?:\+|00)?\d[\d\s./-]{6,18}\d/;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const CANCEL = /^\W*(?:annulla|basta|lascia (?:perdere|stare)|no,? grazie|cancel|stop|abbrechen|annuler|cancelar)\W*$/i;

export interface HandoffParts {
  speech(lang: string): Say;
  offices(): Office[];
  languageOf(message: Message, lang: string | null): string;
}

/** Asks for name and contact; the state remembers that the next message is the request. */
export function createHandoff(parts: HandoffParts): { ask: Speaker; take: Speaker } {
  const answered = () => ({ outcome: 'dialog', answerId: randomUUID(), dialog: HANDOFF });
  const within = (state: ConversationState, dialog: ConversationState['dialog']): ConversationState => ({
    ...state,
    unanswered: 0,
    dialog,
  });

  const ask: Speaker = async (message, { state, lang }) => {
    const spoken = parts.languageOf(message, lang);
    const say = parts.speech(spoken);
    // Somebody who already wrote how to be reached is not asked again.
    if (contactIn(message.text)) return register(message, spoken, state);
    return {
      state: within(state, { name: HANDOFF, data: { tries: 0 } }),
      lang: spoken,
      replies: [plainReply(say('handoffAsk'), spoken, [say('cancel')], answered())],
    };
  };

  const take: Speaker = async (message, { state, lang }) => {
    const spoken = lang ?? parts.languageOf(message, lang);
    const say = parts.speech(spoken);
    if (CANCEL.test(message.text))
      return { state: within(state, null), replies: [plainReply(say('handoffCancelled'), spoken, [], answered())] };
    if (contactIn(message.text)) return register(message, spoken, state);
    return {
      state: within(state, { name: HANDOFF, data: {} }),
      replies: [plainReply(say('handoffAgain'), spoken, [say('cancel')], answered())],
    };
  };

  function register(message: Message, lang: string, state: ConversationState): TurnResult {
    const id = randomUUID();
    const office = competentOffice(parts.offices(), message.text, []);
    const say = parts.speech(lang);
    const number = id.slice(0, 8).toUpperCase();
    return {
      state: within(state, null),
      lang,
      replies: [
        plainReply(say('handoffDone', { number, office: office?.name ?? 'URP', hours: office?.hours ?? '' }), lang, [], answered()),
      ],
      effects: [
        async (tx) => {
          const row = {
            id,
            conversation_id: message.conversationId,
            state: 'requested',
            reason: 'asked',
            request: JSON.stringify({ text: message.text, contact: contactIn(message.text), office: office?.name ?? null, number }),
          };
          await tx
            .insertInto('handoff')
            .values({ ...row, created_at: message.receivedAt, updated_at: message.receivedAt })
            .execute();
        },
      ],
    };
  }
  return { ask, take };
}

/** A telephone number or an e-mail address, as written. */
export function contactIn(text: string): string | null {
  return MAIL.exec(text)?.[0] ?? PHONE.exec(text)?.[0] ?? null;
}
