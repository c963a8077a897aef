/** What can be said of a page without asking it anything. */
import { expect, test } from 'vitest';
import { asMarkdown } from './as-markdown.ts';
import { checkPage } from './checks.ts';
import { diffLines } from './diff.ts';
import type { StoredVersion } from './document.ts';
import { prepareMarkdown } from './draft.ts';
import { gulpease, officePhrases } from './plain-words.ts';
import { completenessOf } from './service-card.ts';

const meta = {
  ...{ id: 'prova', title: 'Prova', lang: 'it', office: '', audience: 'citizen' as const, sourceUrl: null, owner: null },
  ...{ validFrom: null, validUntil: '2026-01-31', updatedOn: '2026-01-01', reviewBy: null },
};

async function stored(markdown: string): Promise<StoredVersion> {
  const { text, sections } = await prepareMarkdown(markdown, meta, 'prova');
  const passages = sections.map((section, position) => ({ id: `${position}`, position, ...section }));
  return {
    ...meta,
    version: 1,
    status: 'published',
    text,
    passages: passages.map(({ ...passage }) => ({ ...passage, id: passage.id ?? '' })),
  };
}

test('words of the office are found with their endings, longest first, and told in plain words', () => {
  const found = officePhrases('Nelle more della pratica si provvede ad espletare le istanze entro e non oltre il termine.');
  expect(found.map(({ said, instead }) => [said.toLowerCase(), instead])).toEqual([
    ['nelle more della', 'mentre si aspetta'],
    ['espletare', 'fare'],
    ['istanze', 'domanda'],
    ['entro e non oltre', 'entro'],
  ]);
  expect(officePhrases('La distanza dal muro è di tre metri.')).toEqual([]);
});

test('Gulpease by its formula', () => {
  // 8 words, 34 letters, 2 sentences: 89 + (600 − 340) ÷ 8.
  expect(gulpease('Porta la carta scaduta. Paghi allo sportello subito.')).toBe(100);
  expect(gulpease('amministrazione '.repeat(20))).toBe(0);
  expect(gulpease('')).toBe(0);
});

test('dates that have passed, days of the page, addresses', async () => {
  const page = await stored('# Prova\n\nSi paga entro il 3 marzo 2020 su https://pago.example/tari. Poi il 4 aprile 2099.\n');
  const checks = checkPage(page, '2026-11-25');
  expect(checks.past.map(({ said }) => said)).toEqual(['3 marzo 2020']);
  expect(checks.notes).toContain('expired');
  expect(checks.links).toEqual(['https://pago.example/tari']);
});

test('a service card lacks what it lacks; a regulation is no card', () => {
  const card = ['A chi è rivolto', 'Come fare', 'Cosa serve', 'Tempi e scadenze', 'Contatti'].join('\n\ntesto\n\n');
  expect(completenessOf(card, 'Titolo')?.present).toBe(6);
  expect(completenessOf(card, 'Titolo')?.missing).toContain('Argomenti');
  expect(completenessOf('Art. 1\n\nOggetto', 'Regolamento')).toBeNull();
});

test('what changed, line by line', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
  ]);
});

test('a stored page as Markdown reads back as the same text and passages', async () => {
  const page = await stored(
    '# Prova\n\n## Costi\nCosta 12 euro.\n\n| Tipo | Euro |\n|---|---|\n| Adulto | 12,00 |\n| Minore | 6,00 |\n\n### Riduzioni\n- Studenti, la metà\n- Soci, niente\n',
  );
  const again = await stored(asMarkdown(page));
  expect(again.passages.map(({ headings, anchor }) => [headings, anchor])).toEqual(
    page.passages.map(({ headings, anchor }) => [headings, anchor]),
  );
  expect(again.text.replace(/\n+/g, '\n')).toBe(page.text.replace(/\n+/g, '\n'));
});
