import { expect, test } from 'vitest';
import { makePages, pageId, pageQuestions } from './pages.ts';

const COUNT = 60;

test('every question is asked of a page that names what it asks about and no other does, and none comes twice', () => {
  const pages = [...makePages(COUNT)];
  expect(pages).toHaveLength(COUNT);
  expect(new Set(pages.map(({ sections }) => sections.length))).toEqual(new Set([12]));
  const question = pageQuestions(COUNT);
  const asked = Array.from({ length: COUNT * 6 }, (_, n) => question(n));
  expect(new Set(asked.map(({ text }) => text)).size).toBe(asked.length);
  for (const { text, page } of asked) {
    const thing = text.match(/per la (\S+)\?$/)?.[1] as string;
    expect(pages.filter((one) => one.text.includes(thing)).map(({ meta }) => meta.id)).toEqual([pageId(page)]);
  }
});

test('the same count gives the same pages', () => {
  expect([...makePages(3)]).toEqual([...makePages(3)]);
});
