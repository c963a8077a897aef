/** Passages: where they begin and end, and what they are called. */
import { describe, expect, test } from 'vitest';
import { read as readMarkdown } from '../readers/md.ts';
import { splitDocument } from './split.ts';

describe('splitting', () => {
  const split = async (markdown: string) => splitDocument((await readMarkdown(Buffer.from(markdown), 'x.md'))[0]?.blocks ?? []);
  test('a long article is split by its commas, with anchors people can cite; a short one stays whole', async () => {
    const long = Array.from({ length: 40 }, (_, i) => `parola${i}`).join(' ');
    const { text, sections } = await split(
      `# Regolamento\n\n## Art. 5 - Riduzioni\n\n1\\. ${long}.\n\n2\\. ${long}:\n\n- a) prima;\n- b) seconda.\n\n3\\. ${long}.\n\n4\\. ${long}.\n\n## Art. 6 bis - Breve\n\n1\\. Poche parole soltanto qui dentro.\n\n2\\. Altre poche parole qui.`,
    );
    expect(sections.map((section) => section.anchor)).toEqual([
      'art-5-comma-1',
      'art-5-comma-2',
      'art-5-comma-3',
      'art-5-comma-4',
      'art-6-bis',
    ]);
    expect(text.slice(sections[1]?.start, sections[1]?.end)).toMatch(/^2\. parola0[\s\S]*- b\) seconda\.$/);
  });
  test('never across a heading; anchors are unique; a heading alone is no passage; slices are exact', async () => {
    const { text, sections } = await split(
      '# Titolo\n\n## Costi\n\nUna frase sui costi.\n\n## Vuoto\n\n## Costi\n\nUn’altra frase sui costi.',
    );
    expect(sections.map((section) => [section.anchor, section.headings])).toEqual([
      ['costi', ['Costi']],
      ['costi-2', ['Costi']],
    ]);
    expect(sections.map((section) => text.slice(section.start, section.end))).toEqual([
      'Una frase sui costi.',
      'Un’altra frase sui costi.',
    ]);
  });
  test('long prose is cut between sentences, a list keeps the line that introduces it', async () => {
    const sentence = `${Array.from({ length: 30 }, (_, i) => `parola${i}`).join(' ')}.`;
    const { text, sections } = await split(
      `# T\n\n## P\n\n${Array.from({ length: 16 }, (_, i) => `Frase ${i} ${sentence}`).join(' ')}\n\nPorta con te:\n\n- uno;\n- due.`,
    );
    for (const { start, end } of sections) expect(text.slice(start, end).split(/\s+/).length).toBeLessThanOrEqual(260);
    expect(sections.length).toBeGreaterThan(1);
    expect(text.slice(sections.at(-1)?.start, sections.at(-1)?.end)).toMatch(/Porta con te:\s+- uno;\n- due\.$/);
  });
});

describe('splitting what word processors and people write', () => {
  test('numbered commas of an article get their number back; lists within them stay lists', () => {
    const { text, sections } = splitDocument([
      { kind: 'heading', level: 2, text: 'Art. 3 — Domanda' },
      { kind: 'item', text: 'Può chiedere chi:', depth: 0, ordered: true },
      { kind: 'item', text: 'ha 18 anni;', depth: 1, ordered: false },
      { kind: 'row', text: 'Area: nord; Orti: 8' },
      { kind: 'item', text: 'Il termine è di 30 giorni.', depth: 0, ordered: true },
    ]);
    expect(text).toContain('1. Può chiedere chi:\n\n- ha 18 anni;\n\nArea: nord; Orti: 8\n\n2. Il termine è di 30 giorni.');
    expect(sections.map(({ anchor }) => anchor)).toEqual(['art-3']);
  });
  test('anchors stay unique when a heading is called like a repeated one', () => {
    const part = (heading: string) => [
      { kind: 'heading' as const, level: 2, text: heading },
      { kind: 'paragraph' as const, text: 'Una frase di prova qui.' },
    ];
    const { sections } = splitDocument(['Costi', 'Costi', 'Costi 2', 'Costi'].flatMap(part));
    expect(sections.map(({ anchor }) => anchor)).toEqual(['costi', 'costi-2', 'costi-2-2', 'costi-3']);
  });
  test('a long paragraph is not cut after an abbreviation', () => {
    const clause = `Secondo ${'quanto previsto dall’art. 5 del regolamento e dal n. 12 della tabella allegata, '.repeat(20)}`;
    const { text, sections } = splitDocument([{ kind: 'paragraph', text: `${clause}si paga. ${clause}si chiude.` }]);
    expect(sections.length).toBe(2);
    for (const { start, end } of sections) expect(text.slice(start, end)).toMatch(/si (?:paga|chiude)\.$/);
  });
});
