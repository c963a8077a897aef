import { expect, test } from 'vitest';
import { createMask } from './mask.ts';

test.each([
  ['mi chiamo Mario Rossi e vorrei la carta', 'mi chiamo [NOME_1] [NOME_2] e vorrei la carta'],
  ['mi chiamo mario rossi, quanto costa?', 'mi chiamo [NOME_1] [NOME_2], quanto costa?'],
  ['Mi chiamo Lucia De Santis vorrei sapere', 'Mi chiamo [NOME_1] De [NOME_2] vorrei sapere'],
  ['Salve, sono Anna Bianchi', 'Salve, sono [NOME_1] [NOME_2]'],
  ['sono residente a Roma', 'sono residente a Roma'],
  ['sono nato nel 1980', 'sono nato nel 1980'],
  ['My name is John Smith and I live here', 'My name is [NOME_1] [NOME_2] and I live here'],
  ['scrivi a m.rossi@posta.example grazie', 'scrivi a [EMAIL_1] grazie'],
  ['il mio numero è 333 1234567, grazie', 'il mio numero è [TELEFONO_1], grazie'],
  ['chiama +39 3331234567 o 055/1234567', 'chiama [TELEFONO_1] o [TELEFONO_2]'],
  ['cf rssmra80a01h501u', 'cf [CODICE_FISCALE_1]'],
  ['iban IT60 X054 2811 1010 0000 0123 456', 'iban [IBAN_1]'],
  ['pratica 20261234567', 'pratica [NUMERO_1]'],
  ['ho pagato 1.250,00 € il 16/12/2026 alle 9:30', 'ho pagato 1.250,00 € il 16/12/2026 alle 9:30'],
  ['dal 2024 al 2026, 30 giorni, art. 316', 'dal 2024 al 2026, 30 giorni, art. 316'],
  ['vedi https://x.example/a?b=c.', 'vedi [LINK_1].'],
])('%s', (text, masked) => {
  const mask = createMask();
  expect(mask.hide(text)).toBe(masked);
  expect(mask.restore(mask.hide(text))).toBe(text);
});

test('the same value has the same mark throughout, and a name is hidden wherever it comes again', () => {
  const mask = createMask();
  expect(mask.hide('Mi chiamo Anna Verdi, anna@x.example')).toBe('Mi chiamo [NOME_1] [NOME_2], [EMAIL_1]');
  expect(mask.hide('Buongiorno ANNA, scrivo ad anna@x.example')).toMatch(/^Buongiorno \[NOME_\d\], scrivo ad \[EMAIL_1\]$/);
  expect(mask.restore('[NOME_1] [EMAIL_1] [EMAIL_9]')).toBe('Anna anna@x.example [EMAIL_9]');
});

test('only links of a passage are hidden', () => {
  const mask = createMask();
  expect(mask.hideLinks('Scrivi a urp@x.example o vai su www.x.example/a.')).toBe('Scrivi a urp@x.example o vai su [LINK_1].');
});
