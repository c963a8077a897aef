import { describe, expect, test } from 'vitest';
import openIndex from '../../indexes/embedded.ts';
import type { Passage } from '../question.ts';
import { createRetriever } from '../retrieve.ts';
import { FEATURES, INPUTS } from './features.ts';
import { foldsFor } from './learn.ts';

const PAGES: [document: string, title: string, text: string][] = [
  ['tari', 'Tassa sui rifiuti', 'La tassa sui rifiuti si paga in due rate. La prima rata scade il 16 giugno, la seconda il 2 dicembre.'],
  ['tari-b', 'Tassa sui rifiuti', 'Chi vive da solo chiede la riduzione con il modulo, e la rata diventa più bassa.'],
  ['asilo', 'Asilo nido', 'La retta del nido si paga ogni mese. Il bando si apre a marzo e la domanda si presenta in rete.'],
  [
    'sosta',
    'Sosta dei residenti',
    'Il permesso di sosta costa 22 euro e vale due anni. I rifiuti della strada si segnalano allo sportello.',
  ],
];
const passages = PAGES.map(
  ([id, title, text]): Passage => ({
    ...{ id, documentId: id, version: 1, title, headings: [], anchor: id, position: 0, lang: 'it', office: '', audience: 'citizen' },
    ...{ validFrom: null, validUntil: null, updatedOn: '', sourceUrl: null, start: 0, end: text.length, text },
  }),
);

async function read(text: string, history: { role: 'citizen' | 'bot'; text: string }[] = []) {
  const index = openIndex();
  await index.put(passages);
  const question = { text, history, at: '', audience: 'staff' as const };
  const filter = { at: null, audience: 'staff' as const, langs: null, office: null };
  const { ids, features } = await createRetriever(index).example({ question, lang: 'it', standalone: text, kind: 'question' }, filter);
  return (id: string, name: string) => features[ids.indexOf(id)]?.[FEATURES.indexOf(name)];
}

describe('what a re-ranker looks at', () => {
  test('one number for every name, none of them wild', async () => {
    const index = openIndex();
    await index.put(passages);
    const text = 'quando scade la seconda rata dei rifiuti?';
    const question = { text, history: [], at: '', audience: 'staff' as const };
    const filter = { at: null, audience: 'staff' as const, langs: null, office: null };
    const { features } = await createRetriever(index).example({ question, lang: 'it', standalone: text, kind: 'question' }, filter);
    expect(features.length).toBeGreaterThan(1);
    for (const row of features) {
      expect(row).toHaveLength(INPUTS);
      for (const value of row) expect(Math.abs(value)).toBeLessThanOrEqual(1.0001);
    }
  });

  test('words that stand together count more than words far apart; pages of one title are kin', async () => {
    const at = await read('seconda rata rifiuti');
    expect(at('tari', 'stretch of last')).toBeGreaterThan(at('sosta', 'stretch of last') as number);
    expect(at('tari-b', 'best of family')).toBe(at('tari', 'best of family'));
    expect(at('sosta', 'best of family')).toBeLessThan(at('tari', 'best of family') as number);
  });

  test('what says little else is more like the question; a clause is shorter than a stretch; rare words and early ones are seen', async () => {
    const at = await read('permesso di sosta dei residenti');
    expect(at('sosta', 'likeness to last')).toBe(1);
    expect(at('sosta', 'clause of last')).toBeCloseTo(1, 5);
    expect(at('sosta', 'rarest held')).toBe(1);
    expect(at('sosta', 'early word')).toBe(1);
    const far = await read('rata del 2 dicembre nella tassa');
    expect(far('tari', 'clause of last')).toBeLessThanOrEqual(far('tari', 'stretch of last') as number);
    expect(far('tari-b', 'rarest held')).toBeLessThan(1);
    expect(far('tari-b', 'early word')).toBeLessThan(far('tari', 'early word') as number);
    expect(far('asilo', 'early word') ?? 0).toBe(0);
  });

  test('what turns come back to is the topic, what only the last one says is news; without earlier turns there is neither', async () => {
    const at = await read('e la riduzione della tassa?', [
      { role: 'citizen', text: 'quando scade la tassa sui rifiuti?' },
      { role: 'bot', text: 'La prima rata della tassa scade il 16 giugno.' },
    ]);
    expect(at('tari', 'share of topic')).toBeGreaterThan(at('sosta', 'share of topic') as number);
    expect(at('tari', 'share of repeated')).toBe(1);
    expect(at('tari-b', 'share of news')).toBe(1);
    expect(at('tari', 'share of news')).toBe(0);
    expect(at('tari', 'title said last')).toBeLessThan(at('tari', 'title said by now') as number);
    expect(at('tari', 'title said by now')).toBe(1);
    const alone = await read('riduzione della tassa');
    for (const name of ['share of topic', 'share of news', 'share of repeated', 'words of news']) expect(alone('tari-b', name)).toBe(0);
  });

  test('a passage that an earlier answer quoted is known by its pairs of words, also after another answer', async () => {
    const at = await read('e se non pago?', [
      { role: 'citizen', text: 'quando scade la tassa sui rifiuti?' },
      { role: 'bot', text: 'La prima rata scade il 16 giugno, la seconda il 2 dicembre.' },
      { role: 'citizen', text: 'e il nido?' },
      { role: 'bot', text: 'La retta del nido si paga ogni mese.' },
    ]);
    expect(at('tari', 'pairs of any answer')).toBe(1);
    expect(at('asilo', 'pairs of answer')).toBe(1);
    expect(at('tari', 'pairs of answer')).toBeLessThan(1);
    expect(at('tari', 'triples of any answer')).toBe(1);
    expect(at('tari', 'triples of answer')).toBe(0);
    expect(at('asilo', 'triples of answer')).toBe(1);
    expect(at('asilo', 'told by answer')).toBeGreaterThan(at('tari', 'told by answer') as number);
    expect(at('tari', 'told by answers')).toBeGreaterThan(at('tari', 'told by answer') as number);
  });

  test('the parts of a conversation are scored apart, words of the last turn in none of the others', async () => {
    const history = [
      { role: 'citizen' as const, text: 'quando scade la tassa?' },
      { role: 'bot' as const, text: 'La retta del nido si paga ogni mese.' },
    ];
    const at = await read('e la riduzione della tassa?', history);
    expect(at('tari-b', 'part: news')).toBeGreaterThan(0);
    expect(at('tari', 'part: news')).toBe(0);
    expect(at('tari', 'part: repeated')).toBeGreaterThan(0);
    expect(at('tari', 'part: previous question')).toBeGreaterThan(0);
    expect(at('asilo', 'part: previous answer')).toBeGreaterThan(at('tari', 'part: previous answer') as number);
    expect(at('tari', 'part: question before')).toBe(0);
    const repeated = await read('tassa', [{ role: 'citizen', text: 'tassa' }]);
    expect(repeated('tari', 'part: previous question')).toBe(0);
  });
});

test('questions that hang together, also through others, are in one fold; folds are of one size', () => {
  const chain = [['a'], ['a', 'b'], ['c', 'b'], ['d', 'c']];
  const folds = foldsFor([...chain, ...Array.from({ length: 16 }, (_, i) => [`alone ${i}`])], 5);
  expect(new Set(folds.slice(0, 4)).size).toBe(1);
  expect([0, 1, 2, 3, 4].map((fold) => folds.filter((one) => one === fold).length)).toEqual([4, 4, 4, 4, 4]);
});
