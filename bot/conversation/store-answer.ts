/** An answer as it was given, written with its turn. */
import type { Insertable } from 'kysely';
import { after, prepare } from '../../connectors/databases/prepared.ts';
import type { AnswerTable } from '../../connectors/databases/schema.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import { gapRow, insertGap } from '../../knowledge/documents/gaps.ts';
import type { Message } from '../message.ts';
import { redact } from '../privacy/redact.ts';
import type { Effect } from './speaker.ts';

const insertAnswer = prepare<Insertable<AnswerTable>>((db, value) =>
  db.insertInto('answer').values({
    id: value('id'),
    conversation_id: value('conversation_id'),
    message_id: value('message_id'),
    question: value('question'),
    lang: value('lang'),
    outcome: value('outcome'),
    reason: value('reason'),
    json: value('json'),
    created_at: value('created_at'),
  }),
);

/** The answer as given, so that it can be reopened with the text of its day; a missed question also becomes a gap. */
export function storeAnswer(message: Message, answer: Answer, answerId: string): Effect {
  const { text: question, conversationId, id, receivedAt } = message;
  const { lang, outcome, reason } = answer;
  const row: Insertable<AnswerTable> = {
    id: answerId,
    conversation_id: conversationId,
    message_id: id,
    question,
    lang,
    outcome,
    reason,
    json: JSON.stringify(answer),
    created_at: receivedAt,
  };
  const isMissed = outcome === 'unanswerable' || outcome === 'failed';
  const gap = isMissed ? gapRow({ question: redact(question), lang, reason, answerId, at: receivedAt }) : null;
  const store: Effect = (tx) => {
    const missed = () => (gap ? insertGap(tx, gap) : null);
    const stored = after<unknown, unknown>(insertAnswer(tx, row), missed);
    if (stored instanceof Promise) return stored.then(() => {});
  };
  return Object.assign(store, { answer: row, gap });
}
