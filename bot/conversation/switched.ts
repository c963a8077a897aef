/** What the switches (bot/office/switches.ts) make of a turn: answered as ever, looked at by a person first, left to people, or closed. Emergencies always get their numbers. */
import { randomUUID } from 'node:crypto';
import { recogniseIntent } from '../../knowledge/answering/intents.ts';
import { routeUtterance } from '../../knowledge/answering/routing/route.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Message } from '../message.ts';
import type { Switch, Switches } from '../office/switches.ts';
import type { Conversation } from './conversation.ts';
import { plainReply } from './replies.ts';
import type { ChooseSpeaker, Effect, Speaker, TurnResult } from './speaker.ts';

const ALARM = 0.7;

export interface SwitchedParts {
  switches: Pick<Switches, 'of' | 'ofCited'>;
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
}

export interface Switched {
  /** `answer` where it may; `toPerson` begins the request for a person. */
  ask(answer: Speaker, toPerson: () => Speaker): Speaker;
  /** The same for somebody who already waits for a person. */
  askWaiting(answer: Speaker): Speaker;
  /** Closed is closed for everything but an emergency and a conversation that a person already leads. */
  choose(choose: ChooseSpeaker, emergency: Speaker): ChooseSpeaker;
}

const isEmergency = (text: string): boolean => {
  if (recogniseIntent(text).kind === 'emergency') return true;
  const route = routeUtterance(text);
  return route.intent === 'emergency' && route.confidence >= ALARM;
};

export function createSwitched({ switches, speech, languageOf }: SwitchedParts): Switched {
  function tell(message: Message, { state, lang }: Conversation, key: string, banner = ''): TurnResult {
    const spoken = languageOf(message, lang);
    const answered = { outcome: 'dialog', answerId: randomUUID() };
    return { state, lang: spoken, replies: [plainReply(banner || speech(spoken)(key), spoken, [], answered)] };
  }

  const notNow: Speaker = async (message, conversation) =>
    tell(message, conversation, 'switchClosed', switches.of(conversation.channel, message.text)?.banner);

  async function leadToPerson(message: Message, conversation: Conversation, { banner }: Switch, toPerson: Speaker): Promise<TurnResult> {
    const result = await toPerson(message, conversation);
    const [first, ...rest] = result.replies;
    if (!first) return result;
    const words = banner || speech(first.lang)('switchPeople');
    return { ...result, replies: [{ ...first, text: `${words} ${first.text}` }, ...rest] };
  }

  /** By the words, else by what the answer's own document says: its topic may not have been named in the question. Mostly null at once. */
  function judge({ text }: Message, { channel }: Conversation, { replies }: TurnResult): Switch | Promise<Switch | null> | null {
    const byWords = switches.of(channel, text);
    if (byWords) return byWords;
    const cited = replies[0]?.citations[0]?.url.match(/\/sources\/([^/]+)\//)?.[1];
    return cited ? switches.ofCited(channel, decodeURIComponent(cited)) : null;
  }

  function guarded(
    answer: Speaker,
    otherwise: (message: Message, conversation: Conversation, switched: Switch) => Promise<TurnResult>,
  ): Speaker {
    return async (message, conversation) => {
      const before = switches.of(conversation.channel, message.text);
      // Whether it is an emergency is weighed only where that makes a difference.
      const bound = before !== null && !isEmergency(message.text);
      if (bound && before.mode === 'closed') return notNow(message, conversation);
      if (bound && before.mode === 'people') return otherwise(message, conversation, before);
      const result = await answer(message, conversation);
      const judged = judge(message, conversation, result);
      const switched = judged && (await judged);
      if (!switched || isEmergency(message.text)) return result;
      if (switched.mode === 'closed') return tell(message, conversation, 'switchClosed', switched.banner);
      if (switched.mode === 'people') return otherwise(message, conversation, switched);
      if (switched.mode === 'approve' && result.replies[0]?.answer?.outcome === 'answered')
        return held(message, conversation, result, switched);
      return result;
    };
  }

  /** The answer is kept, an agent reads it first, and the citizen is told so. */
  function held(message: Message, conversation: Conversation, result: TurnResult, { banner }: Switch): TurnResult {
    const answerId = result.replies[0]?.answer?.answerId ?? '';
    const said = tell(message, conversation, 'switchApproval', banner);
    return { ...said, state: { ...result.state }, effects: [...(result.effects ?? []), propose(message, answerId, said.lang ?? 'it')] };
  }

  return {
    ask: (answer, toPerson) =>
      guarded(answer, (message, conversation, switched) => leadToPerson(message, conversation, switched, toPerson())),
    askWaiting: (answer) =>
      guarded(answer, async (message, conversation, { banner }) => tell(message, conversation, 'switchPeople', banner)),
    choose: (choose, emergency) => (message, conversation) => {
      const closes =
        message.kind === 'text' && conversation.mode === 'bot' && switches.of(conversation.channel, message.text)?.mode === 'closed';
      if (!closes) return choose(message, conversation);
      return isEmergency(message.text) ? emergency : notNow;
    },
  };
}

/** A request of its own kind for the desk; where one is open already, the agent answers there. */
function propose(message: Message, answerId: string, lang: string): Effect {
  return async (tx) => {
    const open = await tx
      .selectFrom('handoff')
      .select(['id', 'proposed_answer'])
      .where('conversation_id', '=', message.conversationId)
      .where('state', 'in', ['queued', 'accepted'])
      .executeTakeFirst();
    if (open) {
      await tx
        .updateTable('handoff')
        .set({ proposed_answer: answerId, updated_at: message.receivedAt })
        .where('id', '=', open.id)
        .execute();
      return;
    }
    await tx
      .insertInto('handoff')
      .values({
        id: randomUUID(),
        conversation_id: message.conversationId,
        state: 'queued',
        reason: 'approval',
        request: JSON.stringify({ text: message.text }),
        proposed_answer: answerId,
        lang,
        created_at: message.receivedAt,
        updated_at: message.receivedAt,
      })
      .execute();
  };
}
