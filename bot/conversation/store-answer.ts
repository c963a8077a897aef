/** An answer as it was given, written with its turn. */
import { prepare } from '../../connectors/databases/prepared.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import { recordGap } from '../../knowledge/documents/gaps.ts';
import type { Message } from '../message.ts';
import { redact } from '../privacy/redact.ts';
import type { Effect } from './speaker.ts';

interface StoredAnswer extends Pick<Answer, 'lang' | 'outcome' | 'reason'> {
  id: string;
  conversationId: string;
  messageId: string;
  question: string;
  json: string;
  at: string;
}

const insertAnswer = prepare<StoredAnswer>((db, value) =>
  db.insertInto('answer').values({
    id: value('id'),
    conversation_id: value('conversationId'),
    message_id: value('messageId'),
    question: value('question'),
    lang: value('lang'),
    outcome: value('outcome'),
    reason: value('reason'),
    json: value('json'),
    created_at: value('at'),
  }),
);

/** The answer as given, so that it can be reopened with the text of its day; a missed question also becomes a gap. */
export function storeAnswer(message: Message, answer: Answer, answerId: string): Effect {
  return async (tx) => {
    const { text: question, conversationId, id, receivedAt } = message;
    const { lang, outcome, reason } = answer;
    const json = JSON.stringify(answer);
    await insertAnswer(tx, { id: answerId, conversationId, messageId: id, question, lang, outcome, reason, json, at: receivedAt });
    if (answer.outcome === 'unanswerable' || answer.outcome === 'failed')
      await recordGap(tx, { question: redact(question), lang: answer.lang, reason: answer.reason, answerId, at: receivedAt });
  };
}
