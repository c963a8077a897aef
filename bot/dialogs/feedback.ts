/** Useful / not useful: a vote becomes a row; a vote against an answer also opens a gap for the editors. The rating by stars is feedback/rating.ts. */
import { recordGap } from '../../knowledge/documents/gaps.ts';
import type { Speaker } from '../conversation/speaker.ts';
import { redact } from '../privacy/redact.ts';

interface Vote {
  answerId: string;
  vote: 'up' | 'down';
  text?: string;
}

/** Gives no reply: the page thanks by itself, other channels show the thumb. */
export const takeFeedback: Speaker = async (message, { state, id }) => {
  const { answerId, vote, text } = message.value as Vote;
  return {
    state,
    replies: [],
    effects: [
      async (tx) => {
        const answer = await tx
          .selectFrom('answer')
          .select(['question', 'lang'])
          .where('id', '=', answerId)
          .where('conversation_id', '=', id)
          .executeTakeFirst();
        if (!answer) return;
        await tx
          .insertInto('feedback')
          .values({
            id: message.id,
            conversation_id: id,
            answer_id: answerId,
            vote,
            text: text ? redact(text) : null,
            created_at: message.receivedAt,
          })
          .execute();
        if (vote === 'down')
          await recordGap(tx, {
            question: redact(answer.question),
            lang: answer.lang,
            reason: 'not_useful',
            answerId,
            at: message.receivedAt,
          });
      },
    ],
  };
};
