/** A cut mended by hand: kept while the text says the same, found again where it moved, dropped where it changed. */
import { expect, test } from 'vitest';
import type { Block } from '../readers/contract.ts';
import { splitDocument } from '../ingest/split.ts';
import { applyMends, joinAfter, type Mend, splitAt, underHeadings, withMend } from './mend.ts';

const heading = (text: string): Block => ({ kind: 'heading', level: 2, text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const POOL = 'La piscina apre alle otto. Chi nuota porta la cuffia. Il bagnino fischia due volte.';
const PRICE = 'Il biglietto costa sei euro.';
const read = (...blocks: Block[]) => splitDocument(blocks);
const page = (pool = POOL, price = PRICE) =>
  read(
    heading('Orari'),
    paragraph(pool),
    heading('Costi'),
    paragraph(price),
    heading('Contatti'),
    paragraph('Scrivi alla piscina comunale.'),
  );
const texts = ({ text }: { text: string }, sections: { start: number; end: number }[]) =>
  sections.map(({ start, end }) => text.slice(start, end));
const made = (mend: Mend | { refused: string }): Mend => {
  if ('refused' in mend) throw new Error(mend.refused);
  return mend;
};

test('two passages become one slice of the text with the anchor of the first', () => {
  const before = page();
  const { sections, mends } = applyMends(before, [made(joinAfter(before, 0))]);
  expect(texts(before, sections)).toEqual([`${POOL}\n\nCosti\n\n${PRICE}`, 'Scrivi alla piscina comunale.']);
  expect(sections.map(({ anchor }) => anchor)).toEqual(['orari', 'contatti']);
  expect(mends[0]?.holds).toBe(true);
});

test('one becomes two at a place, each citable, and joining them again leaves no mend', () => {
  const before = page();
  const split = made(splitAt(before, 0, POOL.indexOf('Chi nuota')));
  const after = { text: before.text, sections: applyMends(before, [split]).sections };
  expect(texts(after, after.sections).slice(0, 2)).toEqual([
    'La piscina apre alle otto.',
    'Chi nuota porta la cuffia. Il bagnino fischia due volte.',
  ]);
  expect(after.sections.slice(0, 2).map(({ anchor, headings }) => [anchor, headings])).toEqual([
    ['orari', ['Orari']],
    ['orari-parte-2', ['Orari']],
  ]);
  expect(withMend([split], made(joinAfter(after, 0)))).toEqual([]);
});

test('a passage moves under another heading, alone or with those that follow', () => {
  const long = page();
  const split = { text: long.text, sections: applyMends(long, [made(splitAt(long, 0, POOL.indexOf('Chi nuota')))]).sections };
  const both = underHeadings(split, 0, ['Regole', 'Nuoto'], true);
  expect(applyMends(split, both).sections.map(({ headings }) => headings.join('/'))).toEqual([
    'Regole/Nuoto',
    'Regole/Nuoto',
    'Costi',
    'Contatti',
  ]);
  const [again] = underHeadings(split, 0, ['Altro'], false);
  const replaced = withMend(both, again as Mend);
  expect(
    applyMends(split, replaced)
      .sections.map(({ headings }) => headings.join('/'))
      .slice(0, 2),
  ).toEqual(['Altro', 'Regole/Nuoto']);
});

test('mends outlive a reading of the same text and a change elsewhere; where the words changed they are dropped, and come back with them', () => {
  const before = page();
  const mends = [made(joinAfter(before, 1)), made(splitAt(before, 0, POOL.indexOf('Chi nuota')))];
  const again = applyMends(page(), mends);
  expect(again.mends.map(({ holds }) => holds)).toEqual([true, true]);
  // The sentence that the split stands at says something else; the join is not touched by it.
  const other = page(POOL.replace('Chi nuota', 'Ogni bagnante'));
  const changed = applyMends(other, mends);
  expect(changed.mends.map(({ holds }) => holds)).toEqual([true, false]);
  expect(texts(other, changed.sections)[1]).toContain('sei euro.\n\nContatti');
  expect(applyMends(page(), changed.mends).mends.map(({ holds }) => holds)).toEqual([true, true]);
});

test('of places that say the same, the one that was meant', () => {
  const same = 'Porta il documento. Paga allo sportello.';
  const twins = read(heading('Uno'), paragraph(same), heading('Due'), paragraph(same));
  const { sections } = applyMends(twins, [made(splitAt(twins, 1, same.indexOf('Paga')))]);
  expect(sections.map(({ anchor }) => anchor)).toEqual(['uno', 'due', 'due-parte-2']);
});

test('what makes no sense is refused: nothing on one side, no next passage, a passage as long as a page', () => {
  const before = page();
  expect(splitAt(before, 0, POOL.length)).toHaveProperty('refused');
  expect(joinAfter(before, 2)).toHaveProperty('refused');
  const long = read(
    heading('A'),
    paragraph('parola '.repeat(210).trim()),
    heading('B'),
    paragraph('altra '.repeat(210).trim()),
    heading('C'),
    paragraph('terza '.repeat(210).trim()),
  );
  const two = { text: long.text, sections: applyMends(long, [made(joinAfter(long, 0))]).sections };
  expect(joinAfter(two, 0)).toHaveProperty('refused');
});
