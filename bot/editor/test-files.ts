/** Test questions in and out as a file. */
import type { Writer } from '../../connectors/databases/contract.ts';
import { decode } from '../../connectors/payments/embedded/read-csv.ts';
import { type Mistake, type ReadTest, readTestList, readTestSheet, testsAsCsv } from '../../knowledge/documents/test-sheet.ts';
import { addTest, allTests, type PageTest } from '../../knowledge/documents/tests.ts';
import type { Route, Staff } from '../http/route.ts';
import type { EditorParts } from './parts.ts';
import { audit, EDITORS, editorOf, READERS } from './permit.ts';
import { collect } from './upload.ts';

const LARGEST_BYTES = 2 * 2 ** 20;

export function testFileRoutes({ database }: EditorParts): Route[] {
  return [
    {
      method: 'get',
      path: '/api/tests/export',
      permission: READERS,
      summary: 'The test questions of one’s offices: ?format=csv (a sheet) or json',
      async handle(request) {
        const { office } = editorOf(request);
        const tests = (await allTests(database.read, office)).map(({ documentId, kind, question, lang, anchor }) => ({
          documentId,
          kind,
          question,
          lang,
          anchor,
        }));
        const csv = request.query.get('format') !== 'json';
        const name = `domande-di-prova.${csv ? 'csv' : 'json'}`;
        const headers = {
          'content-type': csv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`,
        };
        return { status: 200, headers, body: Buffer.from(csv ? testsAsCsv(tests) : `${JSON.stringify(tests, null, 1)}\n`) };
      },
    },
    {
      method: 'post',
      path: '/api/tests/import',
      permission: EDITORS,
      summary: 'Test questions from a CSV sheet or a JSON list: the right lines are added once, every wrong one is told with its number',
      body: 'raw',
      async handle(request) {
        const staff = editorOf(request);
        const text = decode(await collect(request.raw, LARGEST_BYTES));
        const { tests, wrong } = /^\s*\[/.test(text) ? readTestList(text) : readTestSheet(text);
        const result = await database.write(async (tx) => {
          const taken = await take(tx, staff, tests);
          await audit(tx, staff, 'tests.import', 'file', { added: taken.added, wrong: taken.wrong.length + wrong.length });
          return taken;
        });
        const mistakes = [...wrong, ...result.wrong].sort((a, b) => a.line - b.line);
        return { status: 200, body: { added: result.added, unchanged: result.unchanged, wrong: mistakes } };
      },
    },
  ];
}

/** A question that the page has already is left as it is. */
async function take(tx: Writer, staff: Staff, tests: ReadTest[]): Promise<{ added: number; unchanged: number; wrong: Mistake[] }> {
  const pages = await pagesOf(tx);
  const known = new Set((await allTests(tx, null)).map(keyOf));
  const wrong: Mistake[] = [];
  let added = 0;
  let unchanged = 0;
  for (const { line, page, kind, question, lang, anchor } of tests) {
    const found = pages.byCode.get(page) ?? pages.byTitle.get(page.toLowerCase());
    if (!found) {
      wrong.push({ line, reason: `nessuna pagina si chiama «${page}»` });
      continue;
    }
    if (found === 'several') {
      wrong.push({ line, reason: `più pagine si chiamano «${page}»: scrivi il codice della pagina` });
      continue;
    }
    if (staff.office !== null && found.office !== staff.office) {
      wrong.push({ line, reason: `la pagina «${page}» è di un altro ufficio` });
      continue;
    }
    const test = { documentId: found.id, kind, question, lang: lang ?? found.lang, anchor };
    if (known.has(keyOf(test))) {
      unchanged++;
      continue;
    }
    known.add(keyOf(test));
    await addTest(tx, test, staff.id);
    added++;
  }
  return { added, unchanged, wrong };
}

const keyOf = ({ documentId, kind, question, anchor }: Omit<PageTest, 'id'>) =>
  JSON.stringify([documentId, kind, question.toLowerCase(), anchor]);

type Page = { id: string; office: string; lang: string };

/** By code, and by title in small letters. */
async function pagesOf(tx: Writer): Promise<{ byCode: Map<string, Page>; byTitle: Map<string, Page | 'several'> }> {
  const rows = await tx
    .selectFrom('document_version')
    .select(['document_id as id', 'title', 'office', 'lang'])
    .orderBy('document_id')
    .orderBy('version')
    .execute();
  const byCode = new Map(rows.map((row) => [row.id, row]));
  const byTitle = new Map<string, Page | 'several'>();
  for (const page of byCode.values()) {
    const title = page.title.toLowerCase();
    byTitle.set(title, byTitle.has(title) ? 'several' : page);
  }
  return { byCode, byTitle };
}
