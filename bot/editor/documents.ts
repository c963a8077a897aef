/** Pages: list, read, write the draft, look at it beside what is published. */
import { z } from 'zod';
import { asMarkdown } from '../../knowledge/documents/as-markdown.ts';
import { checkPage } from '../../knowledge/documents/checks.ts';
import { diffLines } from '../../knowledge/documents/diff.ts';
import type { StoredVersion } from '../../knowledge/documents/document.ts';
import { dropDraft, saveDraft, writeDraft } from '../../knowledge/documents/draft.ts';
import { asRead } from '../../knowledge/documents/mend-store.ts';
import { listDocuments, listVersions } from '../../knowledge/documents/shelf.ts';
import { listTests } from '../../knowledge/documents/tests.ts';
import { setTranslation, translationOf } from '../../knowledge/documents/translations.ts';
import { readVersion } from '../../knowledge/documents/versions.ts';
import { type Metadata, slug } from '../../knowledge/ingest/metadata.ts';
import { Unreadable } from '../../knowledge/readers/contract.ts';
import { Refusal, type Route } from '../http/route.ts';
import { noteOf, stampOf, unchangedSince } from './note.ts';
import { type EditorParts, knownDocument } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice, READERS } from './permit.ts';
import { fileSchema, JSON_BYTES, pageSchema, receiveDocument } from './upload.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'un giorno, AAAA-MM-GG');
const draftSchema = pageSchema
  .omit({ id: true })
  .partial()
  .extend({
    /** Id of the page that this one says in another language. */
    translationOf: z.string().max(200).nullable().optional(),
    // null = it has none any more.
    url: z.string().max(2_000).nullable().optional(),
    owner: z.string().max(300).nullable().optional(),
    validFrom: day.nullable().optional(),
    validUntil: day.nullable().optional(),
    reviewBy: day.nullable().optional(),
    /** `stamp` of the draft that was seen last, null = there was none: a draft that another person wrote since is not written over. */
    seen: z.string().max(40).nullable().optional(),
  });
const MOST = 200;

export function documentRoutes(parts: EditorParts): Route[] {
  const { database, knowledge } = parts;
  const { editing } = knowledge;

  const count = (query: URLSearchParams, name: string, fallback: number) => {
    const value = Number(query.get(name) ?? fallback);
    return Number.isInteger(value) && value >= 0 ? value : fallback;
  };

  const shown = async (stored: StoredVersion | null) => {
    if (!stored) return null;
    const note = await noteOf(database, stored.id, stored.version);
    const { passages, formerAnchors: _, ...rest } = stored;
    const stamp = await stampOf(database.read, stored.id, stored.version);
    return { ...rest, stamp, passages: passages.length, ...note, markdown: note.markdown ?? asMarkdown(stored) };
  };

  async function freeId(title: string): Promise<string> {
    const base = slug(title, 80);
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      if (!(await database.read.selectFrom('document').select('id').where('id', '=', id).executeTakeFirst())) return id;
    }
  }

  return [
    {
      method: 'post',
      path: '/api/documents',
      permission: EDITORS,
      summary: 'A new page, or a new draft of one: a file (multipart) or Markdown (JSON). Nothing is published yet',
      body: 'raw',
      described: [
        { type: 'application/json', schema: pageSchema },
        { type: 'multipart/form-data', schema: fileSchema.extend({ file: z.any() }) },
      ],
      async handle(request) {
        const staff = editorOf(request);
        const handed = await receiveDocument(request.raw);
        const given = handed.kind === 'page' ? handed.page : handed.given;
        const known = given.id ? await knownDocument(database, given.id).catch(() => null) : null;
        if (known) ownOffice(staff, known.newest.office);
        const office = given.office ?? known?.newest.office ?? staff.office ?? '';
        ownOffice(staff, office);
        const { phrasings = [], ...rest } = given;
        const prepared = await readable(async () => {
          if (handed.kind === 'file') {
            const meta: Metadata = { ...metadataOf(rest), office, ...(given.title ? { title: given.title } : {}) };
            const read = await editing.prepareFile(handed.bytes, handed.name, meta, parts.today());
            ownOffice(staff, read.meta.office);
            const id = given.id ?? (await freeId(read.meta.title));
            return { ...read, meta: { ...read.meta, id }, source: `editor:${handed.name}` };
          }
          const { page } = handed;
          const id = given.id ?? (await freeId(page.title));
          return editing.prepareText(page.markdown, { ...metadataOf(rest), title: page.title, office, id }, parts.today());
        });
        const markdown = handed.kind === 'page' ? handed.page.markdown : null;
        const version = await saveDraft(database, prepared, { markdown, phrasings, author: staff });
        await database.write((tx) => audit(tx, staff, 'document.draft', prepared.meta.id, { version, kind: handed.kind }));
        return {
          status: 201,
          body: {
            documentId: prepared.meta.id,
            version,
            status: 'draft',
            title: prepared.meta.title,
            office: prepared.meta.office,
            passages: prepared.sections.length,
          },
        };
      },
    },
    {
      method: 'get',
      path: '/api/documents',
      permission: READERS,
      summary: 'Pages with their state and completeness; ?q= part of the title, ?offset=, ?limit=',
      async handle(request) {
        const staff = editorOf(request);
        const { query } = request;
        const limit = Math.min(MOST, count(query, 'limit', 50));
        const asked = { office: staff.office, text: query.get('q') ?? '', today: parts.today(), limit, offset: count(query, 'offset', 0) };
        return { status: 200, body: await listDocuments(database, asked) };
      },
    },
    {
      method: 'get',
      path: '/api/documents/:id',
      permission: READERS,
      summary: 'One page: what is published, the draft, its tests, what could be better',
      async handle({ params }) {
        const { settled, draft, newest } = await knownDocument(database, params['id'] ?? '');
        return {
          status: 200,
          body: {
            id: newest.id,
            title: newest.title,
            office: newest.office,
            published: await shown(settled),
            draft: await shown(draft),
            translationOf: await translationOf(database, newest.id),
            tests: await listTests(database, newest.id),
            checks: checkPage(newest, parts.today()),
          },
        };
      },
    },
    {
      method: 'put',
      path: '/api/documents/:id/draft',
      permission: EDITORS,
      summary: 'Writes the draft; what is not given stays as it was. What is published does not change',
      body: draftSchema,
      longest: JSON_BYTES,
      async handle(request) {
        const staff = editorOf(request);
        const { newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        const { markdown, phrasings, translationOf: original, seen, ...changes } = request.body as z.infer<typeof draftSchema>;
        // Before anything is written; an original that is gone since must not keep its translation from being mended.
        if (original === newest.id) throw new Refusal(400, 'BadArgument', 'Una pagina non è la traduzione di sé stessa.');
        if (original) await knownDocument(database, original);
        const note = await noteOf(database, newest.id, newest.version);
        const office = changes.office ?? newest.office;
        ownOffice(staff, office);
        const given = { ...metadataOf({ ...metaOf(newest), ...changes }), office, id: newest.id, title: changes.title ?? newest.title };
        // A text is of the day it was written, unless the editor says otherwise.
        const dated = { ...given, updatedOn: changes.updatedOn ?? (markdown === undefined ? newest.updatedOn : parts.today()) };
        const text = markdown ?? note.markdown;
        const prepared = await readable(async () =>
          text === null
            ? {
                meta: nullable(dated),
                source: `editor:${newest.id}`,
                text: newest.text,
                sections: await asRead(database, newest),
              }
            : editing.prepareText(text, dated, parts.today()),
        );
        const noted = { markdown: text, phrasings: phrasings ?? note.phrasings, author: staff };
        const version = await database.write(async (tx) => {
          if (seen !== undefined) await unchangedSince(tx, newest.id, seen, staff);
          return writeDraft(tx, prepared, noted, new Date());
        });
        const of = original === undefined ? await translationOf(database, newest.id) : original || null;
        await database.write(async (tx) => {
          if (original !== undefined || (of !== null && markdown !== undefined)) await setTranslation(tx, newest.id, of);
          await audit(tx, staff, 'document.draft', newest.id, { version });
        });
        const draft = await readVersion(database, newest.id, version, true);
        return {
          status: 200,
          body: {
            documentId: newest.id,
            version,
            status: 'draft',
            stamp: await stampOf(database.read, newest.id, version),
            passages: prepared.sections.length,
            checks: draft && checkPage(draft, parts.today()),
          },
        };
      },
    },
    {
      method: 'delete',
      path: '/api/documents/:id/draft',
      permission: EDITORS,
      summary: 'Throws the draft away; a page that was never published goes with it',
      async handle(request) {
        const staff = editorOf(request);
        const { newest, settled, draft } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        if (!draft) throw new Refusal(409, 'NoDraft', 'Non c’è nessuna bozza da buttare.');
        await database.write(async (tx) => {
          await dropDraft(tx, newest.id);
          // What a source brought is set aside with it.
          const change = tx.updateTable('source_change').set({ settled_at: new Date().toISOString() });
          await change.where('document_id', '=', newest.id).where('settled_at', 'is', null).execute();
          if (!settled)
            for (const table of ['document_test', 'page_translation'] as const)
              await tx.deleteFrom(table).where('document_id', '=', newest.id).execute();
          if (!settled) await tx.deleteFrom('document').where('id', '=', newest.id).execute();
          await audit(tx, staff, 'document.draft-drop', newest.id, { version: draft.version });
        });
        return { status: 200, body: { documentId: newest.id, version: settled?.version ?? null } };
      },
    },
    {
      method: 'get',
      path: '/api/documents/:id/versions',
      permission: READERS,
      summary: 'Every version, newest first',
      async handle({ params }) {
        const versions = await listVersions(database, params['id'] ?? '');
        if (versions.length === 0) throw notFound();
        return { status: 200, body: { versions } };
      },
    },
    {
      method: 'get',
      path: '/api/documents/:id/diff',
      permission: READERS,
      summary: 'Lines that changed between ?from= and ?to=',
      async handle({ params, query }) {
        const id = params['id'] ?? '';
        const [from, to] = [count(query, 'from', 0), count(query, 'to', 0)];
        const [before, after] = [await readVersion(database, id, from, true), await readVersion(database, id, to, true)];
        if (!before || !after) throw notFound('Una delle due versioni non esiste.');
        return { status: 200, body: { from, to, lines: diffLines(before.text, after.text) } };
      },
    },
  ];
}

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreadable) throw new Refusal(422, 'Unreadable', `Il testo non va bene: ${error.message}.`);
    throw error;
  }
}

/** Only what metadata knows, without the empty ones. */
function metadataOf(given: Record<string, unknown>): Metadata {
  const keys = ['lang', 'audience', 'url', 'updatedOn', 'validFrom', 'validUntil', 'owner', 'reviewBy'] as const;
  return Object.fromEntries(keys.flatMap((key) => (given[key] ? [[key, given[key]]] : []))) as Metadata;
}

function metaOf(stored: StoredVersion): Record<string, unknown> {
  return { ...stored, url: stored.sourceUrl };
}

function nullable(meta: Metadata & { title: string; id: string; office: string }) {
  return {
    id: meta.id,
    title: meta.title,
    office: meta.office,
    lang: meta.lang ?? 'it',
    audience: meta.audience ?? ('citizen' as const),
    sourceUrl: meta.url ?? null,
    validFrom: meta.validFrom ?? null,
    validUntil: meta.validUntil ?? null,
    updatedOn: meta.updatedOn as string,
    owner: meta.owner ?? null,
    reviewBy: meta.reviewBy ?? null,
  };
}
