/** Test questions as a file: what goes out comes back in, and every mistake is told by its line. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTestList, readTestSheet } from '../../knowledge/documents/test-sheet.ts';
import { startConsole } from './fixtures/console.ts';

let house: Awaited<ReturnType<typeof startConsole>>;
let anna: Awaited<ReturnType<typeof house.open>>;
beforeAll(async () => {
  house = await startConsole();
  const write = await house.signIn('Anna Redattrice');
  for (const [title, office] of [
    ['Mercato', 'Commercio'],
    ['Tassa rifiuti', 'Tributi'],
    ['Doppione', 'Commercio'],
    ['Doppione', 'Commercio'],
  ])
    await write('POST', '/api/documents', { title, office, markdown: `# ${title}\n\nIl martedì si paga al mercato coperto.\n` });
  anna = await house.open('Anna Redattrice');
});
afterAll(() => house?.serving.stop());

const bring = async (text: string, call = anna) =>
  JSON.parse((await call('POST', '/api/tests/import', new TextEncoder().encode(text))).text());

test('a sheet typed in an office: the right lines are added, every wrong one is named', async () => {
  const sheet = [
    'Pagina;Tipo;Domanda;Lingua;Punto',
    'mercato;deve rispondere;Quando si paga al mercato?;it;',
    'Tassa rifiuti;non deve rispondere;"Dove sono gli alberi; e i fiori?";;',
    'mai-scritta;;Chi risponde a questo?;;',
    'mercato;forse;Si paga oggi?;italiano;',
    'Doppione;;Quale delle due?;;',
    'mercato;;ok;;',
    '',
  ].join('\r\n');
  expect(await bring(sheet)).toEqual({
    added: 2,
    unchanged: 0,
    wrong: [
      { line: 4, reason: 'nessuna pagina si chiama «mai-scritta»' },
      { line: 5, reason: 'il tipo è «deve rispondere» o «non deve rispondere»; la lingua sono due lettere, come «it»' },
      { line: 6, reason: 'più pagine si chiamano «Doppione»: scrivi il codice della pagina' },
      { line: 7, reason: 'la domanda ha meno di 3 lettere' },
    ],
  });
});

test('what is exported, as a sheet or as JSON, is taken for what is already there', async () => {
  const csv = (await anna('GET', '/api/tests/export?format=csv')).text();
  expect(csv).toContain('tassa-rifiuti,non deve rispondere,Dove sono gli alberi; e i fiori?,it,');
  expect(await bring(csv)).toEqual({ added: 0, unchanged: 2, wrong: [] });
  const json = (await anna('GET', '/api/tests/export?format=json')).text();
  expect(JSON.parse(json)).toEqual([
    { documentId: 'mercato', kind: 'cites', question: 'Quando si paga al mercato?', lang: 'it', anchor: null },
    { documentId: 'tassa-rifiuti', kind: 'silent', question: 'Dove sono gli alberi; e i fiori?', lang: 'it', anchor: null },
  ]);
  expect(await bring(json)).toEqual({ added: 0, unchanged: 2, wrong: [] });
});

test('an editor of one office takes out and brings in only that office’s', async () => {
  const bruno = await house.open('Bruno Tributi');
  expect(JSON.parse((await bruno('GET', '/api/tests/export?format=json')).text())).toHaveLength(1);
  const list = [
    { documentId: 'mercato', question: 'Il mercato è aperto?' },
    { documentId: 'tassa-rifiuti', question: 'Quando si paga la tassa?' },
  ];
  expect(await bring(JSON.stringify(list), bruno)).toEqual({
    added: 1,
    unchanged: 0,
    wrong: [{ line: 1, reason: 'la pagina «mercato» è di un altro ufficio' }],
  });
});

test('a file that is no sheet, an empty one, a question that a spreadsheet would take for a formula', () => {
  expect(readTestSheet('').wrong[0]?.reason).toMatch(/vuoto/);
  expect(readTestSheet('nome;cognome\na;b').wrong[0]?.reason).toMatch(/«pagina» e «domanda»/);
  expect(readTestList('[1, {"documentId": "a", "question": 5}]').wrong.map(({ line }) => line)).toEqual([1, 2]);
  expect(readTestList('{}').wrong[0]?.reason).toMatch(/lista/);
  expect(readTestSheet("pagina,domanda\nmercato,'=quanto costa?").tests[0]?.question).toBe('=quanto costa?');
});
