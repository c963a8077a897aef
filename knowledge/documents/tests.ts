/** Questions that a page must answer, or must leave alone: run before every publication of it. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { askedFactType, type FactType, holdsFact } from '../answering/fact-type.ts';
import type { Answer } from '../answering/question.ts';
import { stemsOf } from '../indexes/analyzer.ts';

export interface PageTest {
  id: string;
  documentId: string;
  /** `cites`: the answer cites this page; `silent`: the page must not answer it. */
  kind: 'cites' | 'silent';
  question: string;
  lang: string;
  /** Beginning of the anchor that must be cited; null = anywhere in the page. */
  anchor: string | null;
}

export async function listTests(database: Database, documentId: string): Promise<PageTest[]> {
  const rows = await database.read
    .selectFrom('document_test')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('created_at')
    .execute();
  return rows.map(({ id, kind, question, lang, anchor }) => ({ id, documentId, kind: kind as PageTest['kind'], question, lang, anchor }));
}

/** Of every page whose newest version is of that office (null = of all), page by page. */
export async function allTests(reader: Writer, office: string | null): Promise<PageTest[]> {
  const rows = await reader.selectFrom('document_test').selectAll().orderBy('document_id').orderBy('created_at').orderBy('id').execute();
  const tests = rows.map(({ id, document_id, kind, question, lang, anchor }) => ({
    ...{ id, documentId: document_id, kind: kind as PageTest['kind'] },
    ...{ question, lang, anchor },
  }));
  if (office === null) return tests;
  const versions = await reader.selectFrom('document_version').select(['document_id', 'office']).orderBy('version').execute();
  const offices = new Map(versions.map((row) => [row.document_id, row.office]));
  return tests.filter(({ documentId }) => offices.get(documentId) === office);
}

/** Writes in the caller's transaction; resolves with the id. */
export async function addTest(tx: Writer, test: Omit<PageTest, 'id'>, author: string, now = new Date()): Promise<string> {
  const id = randomUUID();
  const { documentId, kind, question, lang, anchor } = test;
  await tx
    .insertInto('document_test')
    .values({ id, document_id: documentId, kind, question, lang, anchor, created_by: author, created_at: now.toISOString() })
    .execute();
  return id;
}

/** What is wrong, in one line for the editor; null when the answer is as the test wants it. */
export function judge(test: Pick<PageTest, 'kind' | 'documentId' | 'anchor'>, answer: Answer): string | null {
  const cited = answer.citations.filter(({ documentId }) => documentId === test.documentId);
  if (test.kind === 'silent')
    return answer.outcome === 'answered' && cited.length > 0 ? `la pagina risponde, ma non dovrebbe: ${shown(answer)}` : null;
  if (answer.outcome !== 'answered') return 'non c’è più una risposta sicura';
  if (cited.length === 0) return `risponde un’altra pagina, «${answer.citations[0]?.title ?? ''}»: ${shown(answer)}`;
  const { anchor } = test;
  if (anchor && !cited.some((citation) => citation.anchor.startsWith(anchor)))
    return `risponde un altro punto della pagina, «${cited[0]?.heading ?? ''}»`;
  return null;
}

const LOST: Partial<Record<FactType, string>> = {
  amount: 'quanto costa',
  hours: 'gli orari',
  deadline: 'entro quando',
  duration: 'quanto tempo ci vuole',
  contact: 'il contatto',
};

/** Share of the words of an answer's first sentence, the direct one, that a rewording keeps; with fewer it is another answer. */
const STILL_SAID = 0.5;

/** What the question asks for that the answer gave before and gives no more; null when nothing went lost. */
export function lost(question: string, before: Answer, after: Answer): string | null {
  if (before.outcome !== 'answered') return null;
  const type = askedFactType(question);
  const what = LOST[type];
  if (what && holdsFact(type, before.text) && !holdsFact(type, after.text)) return `la risposta non dice più ${what}: ${shown(after)}`;
  const first = new Set(stemsOf(before.text.split(/(?<=[.!?])\s|\n/)[0] ?? '', before.lang));
  const kept = new Set(stemsOf(after.text, after.lang));
  const share = [...first].filter((stem) => kept.has(stem)).length / Math.max(1, first.size);
  return share < STILL_SAID ? `la risposta dice tutt’altro: ${shown(after)}` : null;
}

function shown({ text }: Answer): string {
  return `«${text.replace(/\s+/g, ' ').slice(0, 160)}»`;
}
