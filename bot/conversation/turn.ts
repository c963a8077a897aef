/** The heart: one message in, replies and the next state out. It sends nothing and writes nothing; worker.ts commits what it gives. */
import type { Message, Reply } from '../message.ts';
import type { Conversation } from './conversation.ts';
import type { ChooseSpeaker, Speaker } from './speaker.ts';

/** Composes the turn from the choice of the speaker. The result holds exactly one answer to a text, none to anything else. */
export function createTurn(chooseSpeaker: ChooseSpeaker): Speaker {
  return async function takeTurn(message, conversation) {
    const speak = chooseSpeaker(message, conversation);
    const result = await speak(message, conversation);
    const replies = markOneAnswer(message, conversation, result.replies);
    return replies === result.replies ? result : { ...result, replies };
  };
}

function markOneAnswer(message: Message, conversation: Conversation, replies: Reply[]): Reply[] {
  const first = message.kind === 'text' ? replies.findIndex((reply) => reply.kind === 'text' && reply.answer) : -1;
  // While a person speaks the bot is silent; otherwise a citizen is never left without an answer.
  if (message.kind === 'text' && first < 0 && conversation.mode === 'bot') throw new Error('The speaker gave no answer to the message');
  // As it mostly is: nothing to take away.
  if (replies.every((reply, index) => index === first || !reply.answer)) return replies;
  return replies.map((reply, index) => {
    if (index === first || !reply.answer) return reply;
    const { answer: _, ...further } = reply;
    return further;
  });
}
