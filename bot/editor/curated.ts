/** Curated answers: an editor's own words for a question, held by a published passage. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CuratedRow, saveCurated, unsupported } from '../../knowledge/documents/curated.ts';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import type { EditorParts } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice, READERS } from './permit.ts';
import { phrasingsSchema } from './upload.ts';

const curatedSchema = z.object({
  question: z.string().trim().min(3).max(500),
  phrasings: phrasingsSchema.default([]),
  lang: z.string().length(2).default('it'),
  text: z.string().trim().min(3).max(2_000),
  documentId: z.string().min(1).max(200),
  /** Where the page says it; absent = the passage that holds the quotation, or the text. */
  anchor: z.string().max(100).optional(),
  /** Slice of the passage to show; absent = the whole passage. */
  quote: z.string().max(3_000).optional(),
});

export function curatedRoutes(parts: EditorParts): Route[] {
  const { database, knowledge } = parts;

  async function save(staff: Staff, id: string, given: z.infer<typeof curatedSchema>): Promise<CuratedRow> {
    const today = parts.today();
    const passages = knowledge.editing
      .indexed(given.documentId)
      .filter(({ validFrom, validUntil }) => (validFrom ?? '') <= today && (validUntil ?? '9') >= today)
      .filter(({ anchor, text }) => (!given.anchor || anchor === given.anchor) && (!given.quote || text.includes(given.quote)));
    const passage = passages.find((one) => unsupported(given.text, one).length === 0);
    if (passages.length === 0) throw new Refusal(422, 'NoPassage', 'Nessun passaggio pubblicato di quella pagina corrisponde.');
    ownOffice(staff, passages[0]?.office ?? '');
    if (!passage) {
      const lacking = unsupported(given.text, passages[0] as (typeof passages)[number]);
      throw new Refusal(422, 'NotSupported', `La pagina citata non dice questo: «${lacking[0] ?? given.text}».`);
    }
    const { question, phrasings, lang, text } = given;
    const { documentId, version, id: passageId, office } = passage;
    const row = {
      id,
      question,
      phrasings,
      lang,
      text,
      office,
      documentId,
      version,
      passageId,
      quote: given.quote ?? passage.text,
      by: staff.id,
    };
    await database.write(async (tx) => {
      await saveCurated(tx, row);
      await audit(tx, staff, 'curated.save', id, { documentId, version });
    });
    await knowledge.curated.load();
    return row;
  }

  function known(staff: Staff, id: string) {
    const curated = knowledge.curated.list().find((one) => one.id === id);
    if (!curated) throw notFound('Questa risposta non esiste.');
    ownOffice(staff, curated.office);
    return curated;
  }

  return [
    {
      method: 'get',
      path: '/api/curated',
      permission: READERS,
      summary: 'Curated answers with how often they were given, and whether the page they cite still says so',
      async handle(request) {
        const { office } = editorOf(request);
        return { status: 200, body: { answers: knowledge.curated.list().filter((one) => office === null || one.office === office) } };
      },
    },
    {
      method: 'post',
      path: '/api/curated',
      permission: EDITORS,
      summary: 'An answer in an editor’s words; 422 when the published page does not say so',
      body: curatedSchema,
      handle: async (request) => ({
        status: 201,
        body: await save(editorOf(request), randomUUID(), request.body as z.infer<typeof curatedSchema>),
      }),
    },
    {
      method: 'put',
      path: '/api/curated/:id',
      permission: EDITORS,
      summary: 'Changes a curated answer',
      body: curatedSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { id } = known(staff, request.params['id'] ?? '');
        return { status: 200, body: await save(staff, id, request.body as z.infer<typeof curatedSchema>) };
      },
    },
    {
      method: 'delete',
      path: '/api/curated/:id',
      permission: EDITORS,
      summary: 'Takes a curated answer away',
      async handle(request) {
        const staff = editorOf(request);
        const { id } = known(staff, request.params['id'] ?? '');
        await database.write(async (tx) => {
          await tx.deleteFrom('curated_answer').where('id', '=', id).execute();
          await audit(tx, staff, 'curated.remove', id, {});
        });
        await knowledge.curated.load();
        return { status: 200, body: {} };
      },
    },
  ];
}
