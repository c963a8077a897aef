/** One question after a person has closed a conversation: a mark from 1 to 5. Anything else is a new message, and is answered as one. */
import { randomUUID } from 'node:crypto';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';

export const MARK_DIALOG = 'mark';
const MARK = /^\W*([1-5])(?:\s*(?:su|\/|von|sur|de|out of)\s*5)?\W*$/i;

export function createMark(parts: { speech(lang: string): Say; own: string }): {
  takes(message: Message, conversation: Conversation): boolean;
  take: Speaker;
} {
  return {
    takes: (message, { state }) => state.dialog?.name === MARK_DIALOG && MARK.test(message.text),
    async take(message, { state, lang }) {
      const spoken = lang ?? parts.own;
      const mark = MARK.exec(message.text)?.[1] ?? '';
      const { handoffId } = (state.dialog?.data ?? {}) as { handoffId?: string };
      const answer = { outcome: 'dialog', answerId: randomUUID(), dialog: MARK_DIALOG };
      return {
        state: { ...state, dialog: null },
        replies: [plainReply(parts.speech(spoken)('ratingThanks'), spoken, [], answer)],
        effects: [
          async (tx) => {
            const row = {
              id: randomUUID(),
              conversation_id: message.conversationId,
              answer_id: handoffId ?? '',
              vote: `mark:${mark}`,
              text: null,
            };
            await tx
              .insertInto('feedback')
              .values({ ...row, created_at: message.receivedAt })
              .execute();
          },
        ],
      };
    },
  };
}
