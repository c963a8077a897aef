/** What is no question to the documents though no dialog takes it: a person wished for between the lines, a danger, an opinion, something of another world. */
import { randomUUID } from 'node:crypto';
import { routeUtterance } from '../../knowledge/answering/routing/route.ts';
import type { Intent, Route } from '../../knowledge/answering/routing/intent.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Message } from '../message.ts';
import { redact } from '../privacy/redact.ts';
import type { Conversation } from './conversation.ts';
import { plainReply } from './replies.ts';
import type { Effect, Speaker } from './speaker.ts';

/** How likely an intent must be before the documents are not even asked: a wrong guess would hide an answer. Off topic only in so many words: else the documents refuse better. */
const LEAST: Partial<Record<Intent, number>> = { human: 0.75, emergency: 0.7, feedback: 0.85, offtopic: 1 };

export interface RoutedParts {
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  /** Begins the request for a person. */
  askForPerson: Speaker;
}

/** Null = the knowledge answers. */
export function createRouted(parts: RoutedParts): (message: Message) => Speaker | null {
  const speak = (
    message: Message,
    { lang, state }: Conversation,
    write: (say: Say) => [text: string, choices: string[]],
    reason = 'refused',
  ) => {
    const spoken = parts.languageOf(message, lang);
    const say = parts.speech(spoken);
    const [text, choices] = write(say);
    return { state, lang: spoken, replies: [plainReply(text, spoken, choices, { outcome: reason, answerId: randomUUID() })] };
  };

  /** The numbers first, then a person. */
  const alarm =
    (detail: string): Speaker =>
    async (message, conversation) =>
      speak(message, conversation, (say) => [say(`emergency${detail}`), [say('person')]]);

  const elsewhere: Speaker = async (message, conversation) =>
    speak(message, conversation, (say) => [`${say('offtopic')} ${say('canDo')}`, [say('suggestion1'), say('suggestion2'), say('person')]]);

  const thank =
    (tone: string): Speaker =>
    async (message, conversation) => ({
      ...speak(message, conversation, (say) => (tone === 'praise' ? [say('feedbackThanks'), []] : [say('feedbackNoted'), [say('person')]])),
      effects: [storeOpinion(message, tone)],
    });

  function speakerFor({ intent, detail = '' }: Route): Speaker | null {
    if (intent === 'human') return parts.askForPerson;
    if (intent === 'emergency') return alarm(detail);
    if (intent === 'feedback') return thank(detail);
    return intent === 'offtopic' ? elsewhere : null;
  }

  return ({ text }) => {
    const route = routeUtterance(text);
    return route.confidence >= (LEAST[route.intent] ?? Number.POSITIVE_INFINITY) ? speakerFor(route) : null;
  };
}

/** A row beside the votes: of the last answer where there was one, else of the conversation alone. */
function storeOpinion({ id, conversationId, text, receivedAt }: Message, tone: string): Effect {
  return async (tx) => {
    const last = await tx
      .selectFrom('answer')
      .select('id')
      .where('conversation_id', '=', conversationId)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    const vote = tone === 'praise' ? 'up' : tone === 'complaint' ? 'down' : 'none';
    await tx
      .insertInto('feedback')
      .values({ id, conversation_id: conversationId, answer_id: last?.id ?? '', vote, text: redact(text), created_at: receivedAt })
      .execute();
  };
}
