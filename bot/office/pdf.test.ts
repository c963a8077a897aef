/** Read back by pdf.js, which wrote nothing of it. */
import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { writePdf } from './pdf.ts';

test('Italian letters, title, language and tags come out as they went in', async () => {
  const bytes = writePdf({
    title: 'Ricevuta 12/2026 · Città',
    blocks: [
      { kind: 'h', text: 'Perché sì: è già così' },
      { kind: 'p', text: 'L’ufficio «Tributi» – 16,79 € – risponde entro “trenta” giorni: à è é ì ò ù À È.' },
      { kind: 'p', text: 'parola '.repeat(120) },
    ],
  });
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { info } = (await pdf.getMetadata()) as unknown as { info: { Title: string; Language: string } };
  expect([info.Title, info.Language, pdf.numPages]).toEqual(['Ricevuta 12/2026 · Città', 'it-IT', 1]);
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent();
  const lines = items.flatMap((item) => ('str' in item && item.str ? [item.str] : []));
  expect(lines[0]).toBe('Perché sì: è già così');
  expect(lines.join(' ')).toContain('L’ufficio «Tributi» – 16,79 € – risponde entro “trenta” giorni: à è é ì ò ù À È.');
  expect(lines.join(' ').match(/parola/g)).toHaveLength(120);
  const tree = JSON.stringify(await page.getStructTree());
  expect(tree.match(/"role":"(H1|P)"/g)).toEqual(['"role":"H1"', '"role":"P"', '"role":"P"']);
  // No line runs out of the page.
  for (const item of items) if ('width' in item) expect(item.transform[4] + item.width).toBeLessThanOrEqual(595 - 50);
});

test('more than a page goes on on the next, a word longer than a line is cut, other letters are question marks', async () => {
  const long = Array.from({ length: 60 }, (_, n) => ({ kind: 'p' as const, text: `${n} ${'x'.repeat(300)} 漢` }));
  const pdf = await getDocumentProxy(new Uint8Array(writePdf({ title: 't', blocks: long })));
  expect(pdf.numPages).toBeGreaterThan(2);
  const last = await (await pdf.getPage(pdf.numPages)).getTextContent();
  expect(last.items.map((item) => ('str' in item ? item.str : '')).join(' ')).toMatch(/59 x[\s\S]*\?/);
  expect((await getDocumentProxy(new Uint8Array(writePdf({ title: '', blocks: [] })))).numPages).toBe(1);
});
