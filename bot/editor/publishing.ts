/** The ways a page comes into force and out of it. Each is written in the audit with the act. */
import { z } from 'zod';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import { redact } from '../privacy/redact.ts';
import { type EditorParts, knownDocument } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice } from './permit.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'un giorno, AAAA-MM-GG');
const publishSchema = z.object({
  override: z.object({ reason: z.string().trim().min(5, 'scrivi il motivo').max(500) }).optional(),
  /** A day to come: the page is answered from that day on. */
  on: day.optional(),
});
const withdrawSchema = z.object({ version: z.number().int().positive().optional(), reason: z.string().max(500).optional() });
const restoreSchema = z.object({ version: z.number().int().positive() });
const reviewSchema = z.object({ action: z.enum(['ask', 'approve', 'back']) });
const officeSchema = z.object({ office: z.string().max(200), secondPerson: z.boolean() });

export function publishingRoutes(parts: EditorParts): Route[] {
  const { database, knowledge } = parts;
  const { editing } = knowledge;
  const running = new Set<string>();

  /** One act on a page at a time: two publications at once would each think the other's text in force. */
  async function alone<T>(documentId: string, work: () => Promise<T>): Promise<T> {
    if (running.has(documentId)) throw new Refusal(409, 'Busy', 'Su questa pagina è in corso un’altra pubblicazione: aspetta che finisca.');
    running.add(documentId);
    try {
      return await work();
    } finally {
      running.delete(documentId);
    }
  }

  async function secondPersonNeeded(office: string): Promise<boolean> {
    const row = await database.read.selectFrom('editor_office').select('second_person').where('office', '=', office).executeTakeFirst();
    return row?.second_person === 1;
  }

  async function checkApproved(documentId: string, version: number, office: string): Promise<{ reviewer: string | null }> {
    const note = await database.read
      .selectFrom('version_note')
      .select(['stage', 'author', 'reviewer'])
      .where('document_id', '=', documentId)
      .where('version', '=', version)
      .executeTakeFirst();
    const approved = note?.stage === 'approved' && note.reviewer !== null && note.reviewer !== note.author;
    if (!approved && (await secondPersonNeeded(office)))
      throw new Refusal(409, 'ReviewNeeded', 'In questo ufficio una seconda persona rilegge la bozza prima della pubblicazione.');
    return { reviewer: approved ? note.reviewer : null };
  }

  async function publish(staff: Staff, documentId: string, { override, on }: z.infer<typeof publishSchema>) {
    const { draft, newest } = await knownDocument(database, documentId);
    ownOffice(staff, newest.office);
    if (!draft) throw new Refusal(409, 'NoDraft', 'Non c’è nessuna bozza da pubblicare.');
    const today = parts.today();
    if (on && on < today) throw new Refusal(400, 'BadArgument', 'Il giorno di pubblicazione è già passato.');
    const { reviewer } = await checkApproved(documentId, draft.version, draft.office);
    const from = on && on > today ? on : draft.validFrom;
    const report = await editing.check(documentId, draft.version, { today, from, mask: redact });
    if (!report) throw notFound();
    if (report.failed.length > 0 && !override)
      return {
        status: 422,
        body: {
          error: { code: 'ChecksFailed', message: 'La pubblicazione è ferma: alcuni controlli non passano.' },
          failed: report.failed,
          gate: told(report),
        },
      };
    const published = await editing.publish(documentId, draft.version, {
      from,
      within: (tx) =>
        audit(tx, staff, override && report.failed.length > 0 ? 'document.publish-override' : 'document.publish', documentId, {
          version: draft.version,
          from,
          reviewer,
          failed: report.failed.map(({ check }) => check),
          ...(override && report.failed.length > 0 ? { reason: override.reason } : {}),
        }),
    });
    return {
      status: 200,
      body: { ...published, status: from && from > today ? 'scheduled' : 'published', gate: told(report), failed: report.failed },
    };
  }

  return [
    {
      method: 'post',
      path: '/api/documents/:id/publish',
      permission: EDITORS,
      summary: 'Runs the checks and puts the draft in force; 422 {failed} when one fails, unless overridden with a reason',
      body: publishSchema,
      handle: (request) => {
        const id = request.params['id'] ?? '';
        return alone(id, () => publish(editorOf(request), id, request.body as z.infer<typeof publishSchema>));
      },
    },
    {
      method: 'post',
      path: '/api/documents/:id/check',
      permission: EDITORS,
      summary: 'The checks of a publication, without publishing',
      async handle(request) {
        const { draft, newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(editorOf(request), newest.office);
        if (!draft) throw new Refusal(409, 'NoDraft', 'Non c’è nessuna bozza da controllare.');
        const report = await editing.check(draft.id, draft.version, { today: parts.today(), mask: redact });
        return { status: 200, body: report };
      },
    },
    {
      method: 'post',
      path: '/api/documents/:id/withdraw',
      permission: EDITORS,
      summary: 'Takes the page, or one version, out of what is answered from; past answers still open it',
      body: withdrawSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { version } = request.body as z.infer<typeof withdrawSchema>;
        const { newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        const versions = await knowledge.withdraw(newest.id, version, (tx, gone) =>
          audit(tx, staff, 'document.withdraw', newest.id, { versions: gone }),
        );
        if (versions.length === 0) throw new Refusal(409, 'NotPublished', 'Non c’è nessuna versione in vigore da ritirare.');
        return { status: 200, body: { documentId: newest.id, withdrawn: versions } };
      },
    },
    {
      method: 'post',
      path: '/api/documents/:id/restore',
      permission: EDITORS,
      summary: 'Puts an older version in force again, as a new one; a draft in progress is dropped',
      body: restoreSchema,
      handle(request) {
        const staff = editorOf(request);
        const id = request.params['id'] ?? '';
        const { version } = request.body as z.infer<typeof restoreSchema>;
        return alone(id, async () => {
          const { newest } = await knownDocument(database, id);
          ownOffice(staff, newest.office);
          const restored = await editing.restore(id, version, staff, (tx, number) =>
            audit(tx, staff, 'document.restore', id, { from: version, version: number }),
          );
          if (restored === null) throw notFound('Questa versione non è mai stata pubblicata.');
          return { status: 200, body: { documentId: id, version: restored, restored: version, status: 'published' } };
        });
      },
    },
    {
      method: 'post',
      path: '/api/documents/:id/review',
      permission: EDITORS,
      summary: 'Asks a second person to read the draft; approves it (not one’s own) or gives it back',
      body: reviewSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { action } = request.body as z.infer<typeof reviewSchema>;
        const { draft, newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        if (!draft) throw new Refusal(409, 'NoDraft', 'Non c’è nessuna bozza.');
        const note = await database.read
          .selectFrom('version_note')
          .select('author')
          .where('document_id', '=', draft.id)
          .where('version', '=', draft.version)
          .executeTakeFirst();
        if (action === 'approve' && note?.author === staff.id)
          throw new Refusal(409, 'OwnDraft', 'La bozza è tua: la deve approvare un’altra persona.');
        const stage = { ask: 'review', approve: 'approved', back: 'writing' }[action];
        const reviewer = action === 'approve' ? { reviewer: staff.id, reviewer_name: staff.name } : { reviewer: null, reviewer_name: null };
        await database.write(async (tx) => {
          await tx
            .updateTable('version_note')
            .set({ stage, ...reviewer })
            .where('document_id', '=', draft.id)
            .where('version', '=', draft.version)
            .execute();
          await audit(tx, staff, `document.review-${action}`, draft.id, { version: draft.version });
        });
        return { status: 200, body: { documentId: draft.id, version: draft.version, stage } };
      },
    },
    {
      method: 'put',
      path: '/api/editor/offices',
      permission: ['administrator'],
      summary: 'Whether a second person must read an office’s drafts before they are published',
      body: officeSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { office, secondPerson } = request.body as z.infer<typeof officeSchema>;
        const second_person = secondPerson ? 1 : 0;
        await database.write(async (tx) => {
          await tx
            .insertInto('editor_office')
            .values({ office, second_person })
            .onConflict((conflict) => conflict.column('office').doUpdateSet({ second_person }))
            .execute();
          await audit(tx, staff, 'editor.office', 'second-person', { office, secondPerson });
        });
        return { status: 200, body: { office, secondPerson } };
      },
    },
  ];
}

function told({ tests, answered, left, ms }: { tests: number; answered: number; left: number; ms: number }) {
  return { tests, answered, left, ms };
}
