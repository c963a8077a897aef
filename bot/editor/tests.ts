/** Test questions of a page. */
import { z } from 'zod';
import { placeNow } from '../../knowledge/documents/mend-store.ts';
import { addTest, judge, listTests } from '../../knowledge/documents/tests.ts';
import { listRuns, runAllTests } from '../../knowledge/documents/test-run.ts';
import type { Question } from '../../knowledge/answering/question.ts';
import { Refusal, type Route } from '../http/route.ts';
import { type EditorParts, knownDocument } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice, READERS } from './permit.ts';

const testSchema = z.object({
  kind: z.enum(['cites', 'silent']).default('cites'),
  question: z.string().trim().min(3).max(500),
  lang: z.string().length(2).optional(),
  anchor: z.string().trim().min(1).max(100).nullable().optional(),
});

export function testRoutes(parts: EditorParts): Route[] {
  const { database, knowledge } = parts;
  let running = false;
  return [
    {
      method: 'get',
      path: '/api/tests/runs',
      permission: READERS,
      summary: 'The last runs of every test question: how many failed, which are new and which are mended',
      async handle(request) {
        return { status: 200, body: { runs: await listRuns(database, editorOf(request).office) } };
      },
    },
    {
      method: 'post',
      path: '/api/tests/run',
      permission: EDITORS,
      summary: 'Asks every test question of one’s offices now and keeps what came out',
      async handle(request) {
        const staff = editorOf(request);
        if (running) throw new Refusal(409, 'Busy', 'Le domande di prova si stanno già provando tutte.');
        running = true;
        try {
          const { office } = staff;
          const answer = (question: Question) => knowledge.answerQuestion(question);
          const run = await runAllTests({
            database,
            answer,
            today: parts.today(),
            office,
            by: staff,
            within: (tx, { id, total, failed }) => audit(tx, staff, 'tests.run', id, { total, failed }),
          });
          return { status: 200, body: run };
        } finally {
          running = false;
        }
      },
    },
    {
      method: 'get',
      path: '/api/documents/:id/tests',
      permission: READERS,
      summary: 'Test questions of a page, with what comes out today',
      async handle({ params }) {
        const { newest, settled } = await knownDocument(database, params['id'] ?? '');
        const tests = await listTests(database, newest.id);
        const judged = [];
        for (const test of tests) {
          const question = { text: test.question, lang: test.lang, history: [], at: parts.today(), audience: newest.audience };
          const asked = test.anchor && settled ? { ...test, anchor: placeNow(settled, test.anchor) } : test;
          judged.push({ ...test, wrong: judge(asked, await knowledge.answerQuestion(question)) });
        }
        return { status: 200, body: { tests: judged } };
      },
    },
    {
      method: 'post',
      path: '/api/documents/:id/tests',
      permission: EDITORS,
      summary: 'A question that the page must answer (`cites`, perhaps at an anchor) or must leave alone (`silent`)',
      body: testSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        const { kind, question, lang, anchor } = request.body as z.infer<typeof testSchema>;
        const id = await database.write(async (tx) => {
          const added = await addTest(
            tx,
            { documentId: newest.id, kind, question, lang: lang ?? newest.lang, anchor: anchor ?? null },
            staff.id,
          );
          await audit(tx, staff, 'document.test-add', newest.id, { test: added, kind });
          return added;
        });
        return { status: 201, body: { id } };
      },
    },
    {
      method: 'delete',
      path: '/api/documents/:id/tests/:test',
      permission: EDITORS,
      summary: 'Takes a test question away',
      async handle(request) {
        const staff = editorOf(request);
        const { newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        const test = request.params['test'] ?? '';
        await database.write(async (tx) => {
          const gone = await tx
            .deleteFrom('document_test')
            .where('id', '=', test)
            .where('document_id', '=', newest.id)
            .returning('id')
            .executeTakeFirst();
          if (!gone) throw notFound('Questa domanda di prova non esiste.');
          await audit(tx, staff, 'document.test-remove', newest.id, { test });
        });
        return { status: 200, body: {} };
      },
    },
  ];
}
