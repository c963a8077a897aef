/** Sites that are read again by themselves: which, how often, and what they brought. */
import { z } from 'zod';
import {
  addSource,
  changeSource,
  dropChange,
  explainChange,
  listSources,
  makeDue,
  openChanges,
  readSource,
  removeSource,
  SOURCE_KINDS,
  type SourceShown,
} from '../../knowledge/documents/source-shelf.ts';
import type { ReadAs } from '../../knowledge/ingest/take-page.ts';
import { Refusal, type Route, type RouteRequest, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { redact } from '../privacy/redact.ts';
import type { EditorParts } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice, READERS } from './permit.ts';

const sourceSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: 'un indirizzo http:// o https://' }).max(2_000),
  kind: z.enum(SOURCE_KINDS).default('page'),
  office: z.string().max(200).optional(),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullable()
    .default(null),
  everyHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90)
    .default(24),
  publish: z.boolean().default(false),
});
const MOST_SOURCES = 100;

/** Who reads when nobody clicked: publications are audited under the source's name. */
export function readingAs(today: () => string): ReadAs {
  return {
    today,
    mask: redact,
    within: (tx, { sourceId, documentId, version }) =>
      appendAudit(tx, { actor: `source:${sourceId}`, action: 'document.publish', subject: documentId, detail: { version } }),
  };
}

export function sourceRoutes({ database, knowledge, today }: EditorParts): Route[] {
  async function own(staff: Staff, id: string): Promise<SourceShown> {
    const source = await readSource(database, id);
    if (!source) throw notFound('Questa fonte non esiste.');
    ownOffice(staff, source.office);
    return source;
  }

  async function given(staff: Staff, { body }: RouteRequest) {
    const asked = body as z.infer<typeof sourceSchema>;
    const office = asked.office ?? staff.office ?? '';
    ownOffice(staff, office);
    const refusal = await knowledge.sources.refusal(asked.url);
    if (refusal) throw new Refusal(422, 'AddressRefused', `Questo indirizzo non si può leggere: ${refusal}.`);
    return { ...asked, office };
  }

  /** Throws Refusal 404. */
  async function change(staff: Staff, id: string) {
    const found = (await openChanges(database, staff.office)).find((one) => one.id === id);
    if (!found) throw notFound('Questa novità non c’è più.');
    return found;
  }

  return [
    {
      method: 'get',
      path: '/api/sources',
      permission: READERS,
      summary: 'Sites read again by themselves, with the last reading, and what they brought that waits for a person',
      async handle(request) {
        const { office } = editorOf(request);
        return { status: 200, body: { sources: await listSources(database, office), changes: await openChanges(database, office) } };
      },
    },
    {
      method: 'post',
      path: '/api/sources',
      permission: EDITORS,
      summary: 'Read a page, sitemap, site or the services of a WordPress Comuni site every so many hours; the first time at once',
      body: sourceSchema,
      async handle(request) {
        const staff = editorOf(request);
        const source = await given(staff, request);
        const all = await listSources(database, null);
        if (all.length >= MOST_SOURCES) throw new Refusal(409, 'TooMany', `Ci sono già ${MOST_SOURCES} fonti.`);
        if (all.some(({ url }) => url === source.url)) throw new Refusal(409, 'Known', 'Questo indirizzo è già fra le fonti.');
        const id = await database.write(async (tx) => {
          const added = await addSource(tx, source, staff.id);
          await audit(tx, staff, 'source.add', added, { url: source.url, publish: source.publish });
          return added;
        });
        return { status: 201, body: { id } };
      },
    },
    {
      method: 'put',
      path: '/api/sources/:id',
      permission: EDITORS,
      summary: 'Changes a source',
      body: sourceSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { id } = await own(staff, request.params['id'] ?? '');
        const source = await given(staff, request);
        await database.write(async (tx) => {
          await changeSource(tx, id, source);
          await audit(tx, staff, 'source.change', id, { url: source.url, publish: source.publish });
        });
        return { status: 200, body: { id } };
      },
    },
    {
      method: 'delete',
      path: '/api/sources/:id',
      permission: EDITORS,
      summary: 'Reads it no more; its pages stay',
      async handle(request) {
        const staff = editorOf(request);
        const { id, url } = await own(staff, request.params['id'] ?? '');
        await database.write(async (tx) => {
          await removeSource(tx, id);
          await audit(tx, staff, 'source.remove', id, { url });
        });
        return { status: 200, body: {} };
      },
    },
    {
      method: 'post',
      path: '/api/sources/:id/read',
      permission: EDITORS,
      summary: 'Reads it now; the answer does not wait for the end',
      async handle(request) {
        const staff = editorOf(request);
        const { id } = await own(staff, request.params['id'] ?? '');
        await database.write(async (tx) => {
          await makeDue(tx, id);
          await audit(tx, staff, 'source.read', id, {});
        });
        // What fails is told in the source's last result.
        void knowledge.sources.readDue(readingAs(today)).catch(() => {});
        return { status: 202, body: { id } };
      },
    },
    {
      method: 'get',
      path: '/api/sources/changes/:id',
      permission: READERS,
      summary: 'What changed in a page, line by line, and the answers of the last 90 days that quoted what is no longer said',
      async handle(request) {
        const found = await change(editorOf(request), request.params['id'] ?? '');
        const explained = await explainChange(database, found.id);
        if (!explained) throw notFound();
        const answers = explained.answers.map((answer) => ({ ...answer, question: redact(answer.question) }));
        return { status: 200, body: { ...found, lines: explained.lines, answers } };
      },
    },
    {
      method: 'post',
      path: '/api/sources/changes/:id/drop',
      permission: EDITORS,
      summary: 'Sets it aside: the draft goes and the same text is not brought again; a page gone from the site stays in force',
      async handle(request) {
        const staff = editorOf(request);
        const { id, kind } = await change(staff, request.params['id'] ?? '');
        await database.write(async (tx) => {
          const documentId = await dropChange(tx, id);
          if (!documentId) throw notFound('Questa novità non c’è più.');
          await audit(tx, staff, 'source.drop', documentId, { kind });
        });
        return { status: 200, body: {} };
      },
    },
  ];
}
