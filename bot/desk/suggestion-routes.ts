/** Replies that stand ready for an agent: one looked for in the documents, or one that editors have written. Nothing is sent here. */
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import { AT_THE_DESK, type Door } from './door.ts';
import { mayWorkOn, readPacket } from './handoffs.ts';
import type { Suggestions } from './suggestions.ts';

export interface SuggestionRouteParts {
  database: Database;
  door: Door;
  suggestions: Suggestions;
  knowledge: Pick<Knowledge, 'answerQuestion' | 'curated'>;
  today(): string;
}

const asking = z.object({ question: z.string().trim().min(1).max(1_000).optional() });
const choosing = z.object({ answer: z.string().min(1).max(64) });

export function suggestionRoutes({ database, door, suggestions, knowledge, today }: SuggestionRouteParts): Route[] {
  return [
    {
      method: 'post',
      path: '/api/handoffs/:id/suggest',
      permission: AT_THE_DESK,
      summary: 'A reply with sources for the citizen’s last message, or for a question of the agent’s own; nothing is sent',
      body: asking,
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        const { transcript } = await readPacket(database, handoff, new Date().toISOString());
        const said = transcript.filter(({ role }) => role === 'citizen');
        const question = (request.body as z.infer<typeof asking>).question ?? said.at(-1)?.text ?? '';
        if (!question) throw new Refusal(400, 'BadArgument', 'Non c’è ancora una domanda a cui rispondere.');
        const history = said
          .slice(0, -1)
          .slice(-3)
          .map(({ text }) => ({ role: 'citizen' as const, text }));
        const lang = handoff.lang ? { lang: handoff.lang } : {};
        const answer = await knowledge.answerQuestion(
          { text: question, ...lang, history, at: today(), audience: 'citizen' },
          request.origin,
        );
        return { status: 200, body: { ...suggestions.offer(handoff.id, answer), question, by: staff.name } };
      },
    },
    {
      method: 'get',
      path: '/api/desk/canned',
      permission: AT_THE_DESK,
      summary:
        'Replies that editors have written and a page in force still holds, each with its source and dates; those of the agent’s office, most used first',
      async handle({ staff, origin }) {
        const answers = knowledge.curated
          .list()
          .filter(({ office }) => mayWorkOn(staff as Staff, office || null))
          .sort((a, b) => b.hits - a.hits)
          .flatMap(({ id, question, phrasings, lang, office }) => {
            const written = knowledge.curated.cite(id, today(), origin);
            const [source] = written?.citations ?? [];
            if (!written || !source) return [];
            const { title, url, updatedOn, validUntil } = source;
            return [{ id, question, phrasings, lang, office, text: written.text, source: { title, url, updatedOn, validUntil } }];
          });
        return { status: 200, body: { answers } };
      },
    },
    {
      method: 'post',
      path: '/api/handoffs/:id/canned',
      permission: AT_THE_DESK,
      summary: 'One of the ready replies with its citation, to be sent or changed; 409 when its page does not say so any more',
      body: choosing,
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        const { answer: id } = request.body as z.infer<typeof choosing>;
        const entry = knowledge.curated.list().find((one) => one.id === id);
        if (!entry || !mayWorkOn(staff, entry.office || null)) throw new Refusal(404, 'NotFound', 'Questa risposta pronta non esiste.');
        const written = knowledge.curated.cite(id, today(), request.origin);
        if (!written)
          throw new Refusal(409, 'Expired', 'Questa risposta è scaduta: la pagina che cita non è più in vigore o non lo dice più.');
        return { status: 200, body: { ...suggestions.offer(handoff.id, written), question: entry.question, by: staff.name } };
      },
    },
  ];
}
