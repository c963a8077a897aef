import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../databases/contract.ts';
import openDatabase from '../databases/embedded.ts';
import { importNotices } from './embedded/import.ts';
import { decode } from './embedded/read-csv.ts';

const now = Date.parse('2026-11-25T09:00:00+01:00');
let database: Database;
beforeEach(async () => {
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-notices-')) });
});
afterEach(() => database.close());
const load = (text: string) => importNotices(database, text, { now });

test('every wrong line is told with its number; the right ones are taken, the same ones twice change nothing', async () => {
  const nav = (end: number) => `3010000000000${String(end).padStart(5, '0')}`;
  const text = [
    '\uFEFF"Codice Avviso";IUV;"Importo €";Scadenza;Causale;Pagato;Ente',
    `${nav(1)};;12,50;30/06/2027;"TARI; prima ""rata""";no;80012340990`,
    '3,01E+17;;10;;;;',
    '12345;;10;;;;',
    `${nav(2)};999;10;;;;`,
    '',
    `${nav(3)};;1,234;;;;`,
    `${nav(4)};;10;31/02/2027;;;`,
    `${nav(5)};;10;;;forse;`,
    `${nav(6)};;10;;carta 4111 1111 1111 1111;;`,
    `${nav(7)};;10;;IT60X0542811101000000123456;;`,
    `${nav(1)};;10;;;;`,
    `${nav(8)};;1.234,5;2027-01-31;"due`,
    'righe";sì;',
    `${nav(9)};;0;;;;`,
    `${nav(10)};;10;;;;123`,
  ].join('\r\n');
  const first = await load(text);
  expect(first).toMatchObject({ lines: 13, added: 2, changed: 0, unchanged: 0, warnings: [] });
  expect(first.wrong.map(({ line, reason }) => `${line} ${reason.slice(0, 34)}`)).toEqual([
    '3 il numero avviso «3,01E+17» è stat',
    '4 il numero avviso «12345» non ha 18',
    '5 lo IUV «999» non è quello del nume',
    '7 l’importo «1,234» non è un importo',
    '8 la scadenza «31/02/2027» non è una',
    '9 «forse» non dice se è pagato: scri',
    '10 la causale contiene un numero di c',
    '11 la causale contiene un numero di c',
    '12 l’avviso 301000000000000001 è già ',
    '15 l’importo «0» non è un importo in ',
    '16 il codice fiscale dell’ente «123» ',
  ]);
  const rows = await database.read.selectFrom('payment_notice').selectAll().orderBy('nav').execute();
  expect(rows).toMatchObject([
    { nav: nav(1), amount_cents: 1250, due_on: '2027-06-30', reason: 'TARI; prima "rata"', paid_on: null },
    { nav: nav(8), amount_cents: 123_450, due_on: '2027-01-31', reason: 'due\r\nrighe', paid_on: '2026-11-25' },
  ]);
  expect(await load(text)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  expect(await load(text.replace('12,50', '12,60'))).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
});

test('an empty file and a file without its titles say what the first line is', async () => {
  for (const text of ['', '\n\n', 'a;b\n1;2', 'nav;causale\n301000000000000001;x']) {
    const { wrong, added } = await load(text);
    expect([text, added, wrong.length, wrong[0]?.reason.includes('nav;iuv;importo')]).toEqual([text, 0, 1, true]);
  }
});

test('separators and letters as spreadsheets write them; a doubtful number is taken and told', async () => {
  expect(await load('nav,importo,causale\n301000000000000001,"1,234.50","a,b"')).toMatchObject({ added: 1, wrong: [] });
  expect(await importNotices(database, 'nav\timporto\n301000000000000002\t5', { now, doubt: () => 'ricontrolli' })).toMatchObject({
    added: 1,
    warnings: [{ line: 2, reason: 'ricontrolli' }],
  });
  expect(decode(Buffer.from('citt\xe0', 'latin1'))).toBe('città');
  expect(decode(Buffer.from('città'))).toBe('città');
});
