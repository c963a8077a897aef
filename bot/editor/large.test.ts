/** The editor’s large files: two hundred pages without a heading, corrected by hand and published; a title that is a whole paragraph. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePdf } from '../office/pdf.ts';
import { startConsole } from './fixtures/console.ts';

let house: Awaited<ReturnType<typeof startConsole>>;
let anna: Awaited<ReturnType<typeof house.signIn>>;
beforeAll(async () => {
  house = await startConsole();
  anna = await house.signIn('Anna Redattrice');
});
afterAll(() => house?.serving.stop());

const PAGES = 200;
const LINES = 30;
const linesOf = (page: number) =>
  Array.from(
    { length: LINES },
    (_, line) => `Alla pagina ${page} il comma ${line} dice che il deposito numero ${page * 100 + line} resta aperto tutto l'anno.`,
  );

const pdfOf = (pages: string[][], title: string) =>
  writePdf({ title, blocks: pages.map((lines) => ({ kind: 'p' as const, text: lines.join(' ') })) });

const upload = (bytes: Uint8Array, name: string) => {
  const form = new FormData();
  form.append('file', new File([bytes as BlobPart], name));
  return anna('POST', '/api/documents', form);
};

test('200 pages without a heading: read, mended, written on and published; an answer quotes page 150', { timeout: 120_000 }, async () => {
  const made = await upload(
    pdfOf(
      Array.from({ length: PAGES }, (_, page) => linesOf(page + 1)),
      'Depositi',
    ),
    'depositi.pdf',
  );
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const id = made.body.documentId;
  type Shown = { passages: { id: string; text: string }[] };
  const shown = async () => ((await anna('GET', `/api/documents/${id}/passages`)).body as unknown as Shown).passages;
  const before = await shown();
  expect(before.length).toBeGreaterThan(PAGES);
  const mended = await anna('POST', `/api/documents/${id}/mends`, { kind: 'join', passage: before[0]?.id });
  expect(mended.status, JSON.stringify(mended.body)).toBe(200);
  expect(await shown()).toHaveLength(before.length - 1);
  const { draft } = (await anna('GET', `/api/documents/${id}`)).body as unknown as { draft: { markdown: string } };
  expect(
    (await anna('PUT', `/api/documents/${id}/draft`, { markdown: `${draft.markdown}\n\nUltima riga, scritta a mano.\n` })).status,
  ).toBe(200);
  expect((await anna('POST', `/api/documents/${id}/publish`, {})).status).toBe(200);
  const { knowledge, today } = house.sportello;
  const asked = {
    text: 'Il deposito numero 15007 resta aperto tutto l’anno?',
    lang: 'it',
    history: [],
    at: today(),
    audience: 'citizen' as const,
  };
  expect((await knowledge.answerQuestion(asked)).citations[0]?.quote).toContain('15007');
});

test('a file whose title is a whole paragraph comes in with a title that can be corrected', async () => {
  const made = await upload(pdfOf([linesOf(1)], 'parola '.repeat(700)), 'lungo.pdf');
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect((await anna('PUT', `/api/documents/${made.body.documentId}/draft`, { owner: 'Anna' })).status).toBe(200);
});
