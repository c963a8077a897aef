/** A draft beside what is published, before it is. */
import { z } from 'zod';
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Route } from '../http/route.ts';
import { type EditorParts, knownDocument } from './parts.ts';
import { EDITORS } from './permit.ts';
import { renderingsOf } from './rendering.ts';

const previewSchema = z.object({ question: z.string().trim().min(1).max(1_000), lang: z.string().length(2).optional() });

export function previewRoutes(parts: EditorParts): Route[] {
  const { database, knowledge } = parts;
  const { editing } = knowledge;
  return [
    {
      method: 'post',
      path: '/api/documents/:id/preview',
      permission: EDITORS,
      summary: 'One question, answered with the draft and as it is answered now, and as each channel shows it',
      body: previewSchema,
      async handle({ params, body, origin }) {
        const { draft, newest } = await knownDocument(database, params['id'] ?? '');
        const { question: text, lang } = body as z.infer<typeof previewSchema>;
        const question = { text, lang: lang ?? newest.lang, history: [], at: parts.today(), audience: newest.audience };
        const trial = draft && (await editing.trial(draft.id, draft.version));
        const from = draft?.validFrom && draft.validFrom > parts.today() ? draft.validFrom : parts.today();
        const told = (answer: Answer | null) =>
          answer && {
            outcome: answer.outcome,
            reason: answer.reason,
            text: answer.text,
            citations: answer.citations,
            channels: renderingsOf(answer, origin),
          };
        return {
          status: 200,
          body: {
            draft: trial ? told(await trial({ ...question, at: from })) : null,
            published: told(await knowledge.answerQuestion(question)),
          },
        };
      },
    },
  ];
}
