/** What a citizen reads when a turn has failed three times: said plainly, with the offer of a person. */
import { randomUUID } from 'node:crypto';
import type { Message, Reply } from '../message.ts';
import type { Conversation } from './conversation.ts';

const words: Record<string, { text: string; person: string }> = {
  it: {
    text: 'Mi dispiace, per un problema tecnico non riesco a rispondere a questo messaggio. Puoi scriverlo di nuovo tra poco o parlare con una persona.',
    person: 'Parla con una persona',
  },
  en: {
    text: 'I am sorry, a technical problem keeps me from answering this message. You can write it again in a while or talk to a person.',
    person: 'Talk to a person',
  },
  de: {
    text: 'Wegen einer technischen Störung kann ich auf diese Nachricht leider nicht antworten. Sie können es später noch einmal versuchen oder mit einem Menschen sprechen.',
    person: 'Mit einem Menschen sprechen',
  },
  fr: {
    text: 'Désolé, un problème technique m’empêche de répondre à ce message. Vous pouvez réessayer dans un moment ou parler à une personne.',
    person: 'Parler à une personne',
  },
  es: {
    text: 'Lo siento, un problema técnico me impide responder a este mensaje. Puede volver a escribirlo dentro de un momento o hablar con una persona.',
    person: 'Hablar con una persona',
  },
};

/** Italian where the conversation's language has no words here. */
export function apologise(message: Message, conversation: Conversation): Reply {
  const asked = conversation.lang ?? message.locale?.slice(0, 2) ?? 'it';
  const lang = asked in words ? asked : 'it';
  const { text, person } = words[lang]!;
  return {
    kind: 'text',
    text,
    lang,
    speaker: 'bot',
    choices: [{ title: person, value: person }],
    citations: [],
    ...(message.kind === 'text' ? { answer: { outcome: 'failed', answerId: randomUUID() } } : {}),
  };
}
