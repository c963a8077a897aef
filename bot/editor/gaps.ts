/** Questions without an answer: seen together, given to somebody, and closed only by a published page that answers them. */
import { z } from 'zod';
import type { Answer } from '../../knowledge/answering/question.ts';
import { assignGap, closeGaps, type GapCluster, gapCluster, type GapListParts, listGaps } from '../../knowledge/documents/gap-list.ts';
import { addTest, judge } from '../../knowledge/documents/tests.ts';
import { competentOffice } from '../../knowledge/offices.ts';
import { nowAnswered } from '../conversation/replies.ts';
import type { Route, Staff } from '../http/route.ts';
import type { Prepared, Told } from '../notices/tell.ts';
import { redact } from '../privacy/redact.ts';
import { type EditorParts, knownDocument } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice, READERS } from './permit.ts';

const closeSchema = z.object({
  documentId: z.string().min(1).max(200),
  /** Also a test question of the page: true = the gap's own words. */
  test: z
    .union([z.boolean(), z.object({ question: z.string().trim().min(3).max(500), anchor: z.string().max(100).nullable().optional() })])
    .optional(),
});
const assignSchema = z.object({
  owner: z.string().trim().max(100).nullable().default(null),
  dueOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable()
    .default(null),
});

const NEAREST = 5;

export function gapRoutes(parts: EditorParts): Route[] {
  const { database, knowledge, telling } = parts;
  const listing: GapListParts = {
    database,
    mask: redact,
    officeOf: (question) => competentOffice(knowledge.offices(), question, [])?.name ?? null,
  };

  const ask = (text: string, lang: string): Promise<Answer> =>
    knowledge.answerQuestion({ text, lang, history: [], at: parts.today(), audience: 'citizen' });

  async function close(staff: Staff, gap: GapCluster, id: string, { documentId, test }: z.infer<typeof closeSchema>, origin: string) {
    const { newest } = await knownDocument(database, documentId);
    ownOffice(staff, newest.office);
    const asked = gap.questions.find((question) => question.id === id) ?? { id: gap.id, text: gap.question };
    const answer = await ask(asked.text, gap.lang);
    const wrong = judge({ kind: 'cites', documentId, anchor: null }, answer);
    if (wrong) {
      const { outcome, reason, text, citations } = answer;
      return {
        status: 422,
        body: {
          error: { code: 'NotAnswered', message: `La domanda non trova ancora risposta in questa pagina: ${wrong}.` },
          failed: [{ check: 'answered', question: asked.text, detail: wrong }],
          answer: { outcome, reason, text, citations },
        },
      };
    }
    const answers = new Map<string, Answer>([[asked.id, answer]]);
    for (const { id: other, text } of await membersOf(gap)) {
      if (answers.has(other)) continue;
      const theirs = await ask(text, gap.lang);
      if (judge({ kind: 'cites', documentId, anchor: null }, theirs) === null) answers.set(other, theirs);
    }
    const notices = await prepareNotices([...answers.keys()], answers, origin);
    const at = new Date().toISOString();
    const version = answer.citations.find((citation) => citation.documentId === documentId)?.version ?? newest.version;
    const told: Told[] = await database.write(async (tx) => {
      const waiting = await closeGaps(tx, [...answers.keys()], { by: staff.name, documentId, version, at });
      if (test) {
        const own = typeof test === 'object' ? test : { question: asked.text };
        const added = { documentId, kind: 'cites' as const, question: own.question, lang: gap.lang };
        await addTest(tx, { ...added, anchor: ('anchor' in own ? own.anchor : null) ?? null }, staff.id);
      }
      await audit(tx, staff, 'gap.close', id, { documentId, version, closed: answers.size, told: waiting.length });
      const sent: Told[] = [];
      for (const { conversationId } of waiting) {
        const prepared = notices.get(conversationId);
        const written = prepared && (await telling.write(tx, prepared));
        if (written) sent.push(written);
      }
      return sent;
    });
    for (const one of told) telling.announce(one);
    return {
      status: 200,
      body: {
        id,
        documentId,
        version,
        closed: answers.size,
        open: gap.count - answers.size,
        told: told.length,
        answer: { text: answer.text, citations: answer.citations },
      },
    };
  }

  /** Every question of the cluster, also those that the list does not show. */
  async function membersOf(gap: GapCluster): Promise<{ id: string; text: string }[]> {
    return gap.ids.length === gap.questions.length
      ? gap.questions
      : database.read.selectFrom('gap').select(['id', 'question as text']).where('id', 'in', gap.ids).execute();
  }

  async function prepareNotices(ids: string[], answers: Map<string, Answer>, origin: string): Promise<Map<string, Prepared>> {
    const rows = await database.read
      .selectFrom('gap_watch')
      .innerJoin('gap', 'gap.id', 'gap_watch.gap_id')
      .select(['gap_watch.conversation_id', 'gap_watch.gap_id', 'gap_watch.lang', 'gap.question'])
      .where('gap_watch.gap_id', 'in', ids)
      .where('gap_watch.told_at', 'is', null)
      .execute();
    const prepared = new Map<string, Prepared>();
    for (const { conversation_id, gap_id, lang, question } of rows) {
      const reply = nowAnswered(answers.get(gap_id) as Answer, question, knowledge.speech(lang));
      const made = await telling.prepare(conversation_id, reply, `gap:${gap_id}:${conversation_id}`, origin);
      if (made) prepared.set(conversation_id, made);
    }
    return prepared;
  }

  return [
    {
      method: 'get',
      path: '/api/gaps',
      permission: READERS,
      summary: 'Questions that no document answers, alike ones together, most asked first; they stay until they are answered',
      async handle() {
        const gaps = await listGaps(listing);
        return {
          status: 200,
          body: { gaps: gaps.map(({ ids: _, ...gap }) => gap), questions: gaps.reduce((sum, { count }) => sum + count, 0) },
        };
      },
    },
    {
      method: 'get',
      path: '/api/gaps/:id/nearest',
      permission: READERS,
      summary: 'The passages in force that come nearest to a gap: what an answer is written beside',
      async handle({ params }) {
        const gap = await gapCluster(listing, params['id'] ?? '');
        if (!gap) throw notFound('Questa lacuna non esiste o è già chiusa.');
        const asked = { text: gap.question, lang: gap.lang, history: [], at: parts.today(), audience: 'citizen' as const };
        const { passages } = await knowledge.steps(asked);
        const nearest = passages.slice(0, NEAREST).map(({ passage: { documentId, version, title, headings, anchor, office, text } }) => ({
          ...{ documentId, version, title, headings, anchor, office, text },
        }));
        return { status: 200, body: { question: gap.question, passages: nearest } };
      },
    },
    {
      method: 'put',
      path: '/api/gaps/:id',
      permission: EDITORS,
      summary: 'Who looks after the gap, and by when',
      body: assignSchema,
      async handle(request) {
        const staff = editorOf(request);
        const gap = await gapCluster(listing, request.params['id'] ?? '');
        if (!gap) throw notFound('Questa lacuna non esiste o è già chiusa.');
        const work = request.body as z.infer<typeof assignSchema>;
        await database.write(async (tx) => {
          await assignGap(tx, gap.id, work);
          await audit(tx, staff, 'gap.assign', gap.id, { dueOn: work.dueOn });
        });
        return { status: 200, body: { id: gap.id, ...work } };
      },
    },
    {
      method: 'post',
      path: '/api/gaps/:id/close',
      permission: EDITORS,
      summary:
        'Closes the gap if a published version of that document now answers it (else 422 with what came out); tells who asked to be told',
      body: closeSchema,
      async handle(request) {
        const id = request.params['id'] ?? '';
        const gap = await gapCluster(listing, id);
        if (!gap) throw notFound('Questa lacuna non esiste o è già chiusa.');
        return close(editorOf(request), gap, id, request.body as z.infer<typeof closeSchema>, request.origin);
      },
    },
  ];
}
