/** What is kept in few arrays reads as what the passages say. */
import { expect, test } from 'vitest';
import type { Passage } from '../../answering/question.ts';
import { gramsOf, stemsOf } from '../analyzer.ts';
import { createCollection, type Entry } from '../collection.ts';
import { ownText } from './own-text.ts';

const passage = (n: number, text: string, more: Partial<Passage> = {}): Passage => ({
  ...{ id: `p${n}`, documentId: `d${n >> 2}`, version: 1, title: `Carta d'identità, pagina ${n >> 2}`, headings: ['Quanto costa'] },
  ...{ anchor: `a${n}`, position: n, lang: 'it', office: '', audience: 'citizen', validFrom: null, validUntil: null },
  ...{ updatedOn: '2026-01-01', sourceUrl: null, start: 0, end: text.length, text, ...more },
});
const WORDS = 'anagrafe residenza tributo mensa nido scuola permesso certificato matrimonio cimitero parcheggio biblioteca'.split(' ');
const textOf = (n: number, length: number) =>
  Array.from({ length }, (_, i) => `${WORDS[(n * 5 + i * 3) % WORDS.length]} ${n + i}`).join(' e ');

/** One is longer than the arrays that the others share. */
const passages = Array.from({ length: 60 }, (_, n) => passage(n, textOf(n, n === 30 ? 9_000 : 3 + (n % 40))));
const collection = createCollection();
collection.put(passages);
const stems = [...collection.stems()];
const codes = [...collection.gramCodes()];
const entries = passages.map(({ id }) => collection.get(id) as Entry);

test('fields are the stems of their texts, in order', () => {
  for (const { passage, title, section, text } of entries) {
    const said = (slots: Uint32Array) => [...slots].map((slot) => stems[slot]);
    expect(said(title)).toEqual(stemsOf(passage.title, 'it'));
    expect(said(section)).toEqual(stemsOf('Quanto costa', 'it'));
    expect(said(text)).toEqual(stemsOf(passage.text, 'it'));
  }
});

test('n-grams are counted from the words, up to 255', () => {
  for (const entry of entries.slice(25, 35)) {
    const { slots, counts, total } = entry.grams();
    expect(new Set(slots).size).toBe(slots.length);
    const held = new Map([...slots].map((slot, i) => [codes[slot], counts[i]]));
    const once = gramsOf('identità');
    for (const code of once) expect(held.get(code)).toBeGreaterThanOrEqual(1);
    expect(total).toBeGreaterThanOrEqual([...counts].reduce((sum, count) => sum + count, 0));
  }
  expect(Math.max(...(entries[30] as Entry).grams().counts)).toBe(255);
});

test('forms are the same whenever they are asked for, and passages of one document share a title', () => {
  const first = entries.map(({ forms }) => [[...forms.title], [...forms.section], [...forms.text]]);
  expect(entries.map(({ forms }) => [[...forms.title], [...forms.section], [...forms.text]])).toEqual(first);
  expect(first.some(([title]) => (title?.length ?? 0) > 0)).toBe(true);
  expect((entries[0] as Entry).title).toBe((entries[3] as Entry).title);
  expect((entries[0] as Entry).title).not.toBe((entries[4] as Entry).title);
});

test('a version that has left gives its number back', () => {
  const some = createCollection();
  some.put([0, 1, 4, 8].map((n) => passage(n, textOf(n, 5))));
  expect([some.documents(), some.documentNumbers()]).toEqual([3, 3]);
  some.remove('d1');
  expect([some.documents(), some.documentNumbers(), some.entries.size]).toEqual([2, 3, 3]);
  some.put([passage(0, 'altro testo', { documentId: 'd9' }), passage(1, 'altro testo', { documentId: 'd9' })]);
  expect(some.documents()).toBe(2);
  expect(some.get('p0')?.document).toBe(some.get('p1')?.document);
  some.put([passage(20, 'nuovo', { documentId: 'd9', version: 2 })]);
  some.remove('d9', 1);
  expect([...some.entries].map((entry) => entry.passage.id).sort()).toEqual(['p20', 'p8']);
  expect(some.documentNumbers()).toBe(3);
});

test.each(["l'età è 8 €", 'naïve ÿ', '', '户口 登记', 'mezzo \ud83d simbolo'])('a text of its own reads the same: %s', (text) => {
  expect(ownText(`xx${text}yy`.slice(2, -2))).toBe(text);
});
