import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Rule } from '../../knowledge/personal-data/rule.ts';
import { redact } from './redact.ts';

test.each([
  ['cf RSSMRA85T10A562S e RSSMRA85T10A56NH', 'cf [codice fiscale] e [codice fiscale]'],
  ['RSS MRA 85T10 A562S', '[codice fiscale]'],
  ['IT60 X054 2811 1010 0000 0123 456 a mio nome', '[IBAN] a mio nome'],
  ['conto DE89370400440532013000', 'conto [IBAN]'],
  ['carta 4539 1488 0343 6467 scaduta', 'carta [carta] scaduta'],
  ['al 333 1234567 o +39 06 6982 1234', 'al [telefono] o [telefono]'],
  ['la mia CIE CA00000AA, auto AB123CD', 'la mia CIE [documento], auto [targa]'],
  ['tel.3331234567, o 0577/123456.', 'tel.[telefono], o [telefono].'],
  ['la carta 4539148803436467, scaduta', 'la carta [carta], scaduta'],
  ['4539.1488.0343.6467 è la carta', '[carta] è la carta'],
  ['Ho con me AX 7315520 e CA 48213 FX', 'Ho con me [documento] e [documento]'],
  ['partita iva 12345678903', 'partita iva [partita IVA]'],
  ['tessera 80380000900123456789', 'tessera [tessera sanitaria]'],
  ['abito in via Garibaldi 12 e scrivo da m.rossi@posta.example', 'abito in [indirizzo] e scrivo da [e-mail]'],
  ['mi chiamo Maria Bianchi, nata il 3/4/1980', 'mi chiamo [nome], nata il [data di nascita]'],
  ['sono diabetico e faccio la chemio', 'sono [salute] e faccio [salute]'],
  ['sono mario rossi e mia moglie Ada non può venire', 'sono [nome] e mia moglie [nome] non può venire'],
  ['Genitori: Loris Benetti e Giada Maran', 'Genitori: [nome] e [nome]'],
  ['Distinti saluti, Nives Piccoli', 'Distinti saluti, [nome]'],
  ['abito in p.za Cavour, 2 scala B, 37121 Verona', 'abito in [indirizzo]'],
  ['residente in Borgo Vecchio 11/A int. 3', 'residente in [indirizzo]'],
  ['mio padre è cieco dalla nascita', 'mio padre è [salute]'],
])('%s', (text, masked) => expect(redact(text)).toBe(masked));

test.each([
  'La TARI costa 123,45 euro nel 2026',
  'Aperto dalle 9:00 alle 12:30 e 14.30 17.00, il 3/12/2026',
  'Prot. n. 0012345/2026, verbale 00345678, avviso 302000000012345678',
  'Numero verde 800 123 456',
  'La scuola Maria Montessori e la biblioteca di via Mazzini 24',
  'Il contrassegno disabili come si chiede?',
  'sono residente a Roma e sono nato nel 1980',
  'RSSMRA85T10A562 manca una lettera',
  'La domanda si invia per via telematica entro il 30 giugno',
  'Il documento è invalido e la strada è cieca',
  'Sono Residente e Interessato al Bando, Cordiali Saluti',
  "L'indirizzo del municipio è via Roma 1?",
  'My name is spelled wrong on the card',
])('left as it is: %s', (text) => expect(redact(text)).toBe(text));

test('an address stays where it is what the text is about', () => {
  expect(redact('Lampione rotto a casa mia in via Po 3, tel 333 1234567', ['address'])).toBe(
    'Lampione rotto a casa mia in via Po 3, tel [telefono]',
  );
});

test('masking twice changes nothing more, and no value survives in the marks', () => {
  const once = redact('Sono Lidia Marchi, cf RSSMRA85T10A562S, abito in via Roma 3, lidia@posta.example');
  expect(redact(once)).toBe(once);
  expect(once).not.toMatch(/Marchi|RSSMRA|Roma|lidia@/i);
});

const hostile: [string, string][] = [
  ['letters', 'a'],
  ['digits', '1'],
  ['single digits', '3 '],
  ['single letters', 'L '],
  ['at signs', 'a@'],
  ['IBAN beginnings', 'IT60 1234 5678 '],
  ['cards that are none', '4111 1111 '],
  ['names', 'Anna Rossi '],
  ['streets', 'via di '],
  ['introductions', 'mi chiamo '],
  ['emoji', '😀'],
  ['plates that are none', 'AB 12345 '],
  ['streets with names', 'via Roma '],
  ['flats', 'n. 1 di via '],
  ['stairs', 'scala '],
  ['French streets', '12 rue de la '],
  ['kin', 'mia moglie '],
  ['I am', 'sono molto una persona '],
  ['what one has', 'ho il '],
  ['farewells', 'Saluti, '],
  ['pairs of names', 'e Anna Rossi '],
];
test.each(hostile)(
  '100,000 signs of %s end',
  (_name, unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    // Quadratic patterns would need minutes here: the test's own limit is the bound.
    expect(redact(text).length).toBeGreaterThan(0);
  },
  5_000,
);

test('no rule repeats without an upper bound', async () => {
  const folder = new URL('../../knowledge/personal-data/', import.meta.url);
  const lists = await Promise.all(
    readdirSync(folder).map(async (file) => Object.values((await import(new URL(file, folder).href)) as Record<string, unknown>)),
  );
  const rules = lists.flat(2).filter((one): one is Rule => one instanceof Object && 'pattern' in one);
  expect(rules.length).toBeGreaterThan(40);
  for (const { kind, pattern } of rules) {
    // Without escapes and what stands in brackets, a star or a plus repeats, and so does a brace without a second figure.
    const bare = pattern.source.replace(/\\(?:[pP]\{[^}]*\}|.)/g, 'x').replace(/\[[^\]]*\]/g, 'x');
    expect(bare.match(/.{0,20}(?:[*+]|\{\d+,\}).{0,5}/g) ?? [], `${kind}: ${pattern.source.slice(0, 60)}`).toEqual([]);
  }
});
