/** The passages of a page as answers would quote them, and the mending of a wrong cut. */
import { z } from 'zod';
import type { DocumentMeta, StoredVersion } from '../../knowledge/documents/document.ts';
import { writeDraft } from '../../knowledge/documents/draft.ts';
import { inWords, joinAfter, type Mend, type Refused, splitAt, underHeadings, withMend } from '../../knowledge/documents/mend.ts';
import { asRead, readMending } from '../../knowledge/documents/mend-store.ts';
import { gulpease } from '../../knowledge/documents/plain-words.ts';
import { readVersion } from '../../knowledge/documents/versions.ts';
import { Refusal, type Route, type RouteRequest } from '../http/route.ts';
import { noteOf, stampOf, unchangedSince } from './note.ts';
import { type EditorParts, knownDocument } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, ownOffice, READERS } from './permit.ts';

const passage = z.string().min(1).max(400);
const wantedSchema = z.discriminatedUnion('kind', [
  /** This passage and the one after it become one. */
  z.object({ kind: z.literal('join'), passage }),
  /** The sign of the passage from which on it is another one. */
  z.object({ kind: z.literal('split'), passage, at: z.number().int().positive() }),
  /** The headings it stands under, from the outermost; none = the beginning of the page. */
  z.object({
    kind: z.literal('heading'),
    passage,
    headings: z.array(z.string().trim().min(1).max(300)).max(6),
    /** Also those after it that stand under the same heading now. */
    following: z.boolean().default(false),
  }),
  /** Takes a correction away: its place in the list. */
  z.object({ kind: z.literal('undo'), mend: z.number().int().nonnegative() }),
]);
/** `seen`: as when a draft is written (`PUT …/draft`). */
const mendSchema = z.intersection(wantedSchema, z.object({ seen: z.string().max(40).nullable().optional() }));
const MOST_MENDS = 200;

export function mendingRoutes({ database }: EditorParts): Route[] {
  /** Version asked for, or the draft, or what is published. */
  async function versionOf({ params, query }: RouteRequest): Promise<StoredVersion> {
    const { newest } = await knownDocument(database, params['id'] ?? '');
    const asked = query.get('version');
    if (asked === null) return newest;
    const stored = /^\d{1,9}$/.test(asked) ? await readVersion(database, newest.id, Number(asked), true) : null;
    if (!stored) throw notFound('Questa versione non esiste.');
    return stored;
  }

  async function shown(stored: StoredVersion) {
    const mending = await readMending(database.read, stored.id, stored.version);
    const passages = stored.passages.map(({ id, anchor, headings, start, end }) => {
      const text = stored.text.slice(start, end);
      return { id, anchor, headings, text, words: text.split(/\s+/).length, gulpease: gulpease(text) };
    });
    const mends = (mending?.mends ?? []).map((mend) => ({ words: inWords(mend), holds: mend.holds }));
    const stamp = await stampOf(database.read, stored.id, stored.version);
    return { version: stored.version, stamp, status: stored.status, sourceUrl: stored.sourceUrl, passages, mends };
  }

  return [
    {
      method: 'get',
      path: '/api/documents/:id/passages',
      permission: READERS,
      summary: 'The passages that answers would quote and how their cut was mended; ?version=, else the draft, else what is published',
      handle: async (request) => ({ status: 200, body: await shown(await versionOf(request)) }),
    },
    {
      method: 'post',
      path: '/api/documents/:id/mends',
      permission: EDITORS,
      summary: 'Mends the cut in the draft: joins a passage with the next, splits one, puts it under another heading, or takes a mend back',
      body: mendSchema,
      async handle(request) {
        const staff = editorOf(request);
        const { newest } = await knownDocument(database, request.params['id'] ?? '');
        ownOffice(staff, newest.office);
        const asked = request.body as z.infer<typeof mendSchema>;
        const mending = await readMending(database.read, newest.id, newest.version);
        const before = (mending?.mends ?? []).map(({ holds: _, ...mend }): Mend => mend);
        const mends = changed(newest, before, asked);
        if (mends.length > MOST_MENDS)
          throw new Refusal(409, 'TooManyMends', `Più di ${MOST_MENDS} correzioni: conviene riscrivere i titoli nel testo.`);
        const { markdown, phrasings } = await noteOf(database, newest.id, newest.version);
        const prepared = {
          meta: metaOf(newest),
          source: `editor:${newest.id}`,
          text: newest.text,
          sections: await asRead(database, newest),
        };
        const version = await database.write(async (tx) => {
          if (asked.seen !== undefined) await unchangedSince(tx, newest.id, asked.seen, staff);
          return writeDraft(tx, prepared, { markdown, phrasings, author: staff, mends }, new Date());
        });
        await database.write((tx) => audit(tx, staff, 'document.draft', newest.id, { version, mend: asked.kind }));
        const draft = await readVersion(database, newest.id, version, true);
        if (!draft) throw notFound();
        return { status: 200, body: { documentId: newest.id, ...(await shown(draft)) } };
      },
    },
  ];
}

/** Throws Refusal 409 when the passage is no longer there, 422 when it cannot be done. */
function changed(stored: StoredVersion, before: Mend[], asked: z.infer<typeof wantedSchema>): Mend[] {
  if (asked.kind === 'undo') {
    if (!before[asked.mend]) throw new Refusal(409, 'MendGone', 'Questa correzione non c’è più: ricarica la pagina.');
    return before.filter((_, i) => i !== asked.mend);
  }
  const i = stored.passages.findIndex(({ id }) => id === asked.passage);
  if (i === -1) throw new Refusal(409, 'PassageChanged', 'Il passaggio è cambiato nel frattempo: guardalo di nuovo e riprova.');
  const cut = { text: stored.text, sections: stored.passages };
  if (asked.kind === 'heading') return underHeadings(cut, i, asked.headings, asked.following).reduce(withMend, before);
  return withMend(before, possible(asked.kind === 'join' ? joinAfter(cut, i) : splitAt(cut, i, asked.at)));
}

function possible(mend: Mend | Refused): Mend {
  if ('refused' in mend) throw new Refusal(422, 'CannotMend', `Non si può fare: ${mend.refused}.`);
  return mend;
}

function metaOf({
  id,
  title,
  lang,
  office,
  audience,
  sourceUrl,
  validFrom,
  validUntil,
  updatedOn,
  owner,
  reviewBy,
}: StoredVersion): DocumentMeta {
  return { id, title, lang, office, audience, sourceUrl, validFrom, validUntil, updatedOn, owner, reviewBy };
}
