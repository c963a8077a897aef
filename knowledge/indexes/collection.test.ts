import { expect, test } from 'vitest';
import { createCollection } from './collection.ts';
import { passage } from './fixtures/passages.ts';

test('languages follow what comes and what leaves, whoever asked before', () => {
  const collection = createCollection();
  expect(collection.languages()).toEqual([]);
  const page = (documentId: string, lang: string, count: number) =>
    Array.from({ length: count }, (_, n) => passage(`${documentId}#${n}`, 'Carta d’identità', { documentId, lang, position: n }));
  collection.put(page('a', 'it', 2));
  expect(collection.languages()).toEqual(['it']);
  collection.put(page('b', 'de', 3));
  expect(collection.languages()).toEqual(['de', 'it']);
  collection.remove('b');
  expect(collection.languages()).toEqual(['it']);
});
