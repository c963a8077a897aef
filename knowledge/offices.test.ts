/** Which office the words name, against the same told topic by topic. */
import { expect, test } from 'vitest';
import { stemsOf } from './indexes/analyzer.ts';
import { namedOffice, type Office } from './offices.ts';

const WORDS = ['tributi', 'tassa rifiuti', 'rifiuti', 'carta identità', 'il', 'nido', 'nido comunale', 'mensa', 'multe', 'della'];
let seed = 11;
const pick = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const some = (count: number) => Array.from({ length: count }, () => WORDS[pick(WORDS.length)] as string);

function officesWith(topics: string[][]): Office[] {
  return topics.map((own, i) => ({ name: `Ufficio ${i}`, address: '', hours: '', phone: '', email: '', topics: own }));
}

/** The first of those with most topics all of whose words are said. */
function told(offices: Office[], text: string): string | null {
  const asked = new Set(stemsOf(text, 'it'));
  const hits = offices.map(({ topics }) => topics.filter((topic) => stemsOf(topic, 'it').every((stem) => asked.has(stem))).length);
  const most = Math.max(0, ...hits);
  return most === 0 ? null : (offices[hits.indexOf(most)]?.name ?? null);
}

test('the office with most of its topics named, the first of several, none without', () => {
  const found = new Set<string | null>();
  for (let round = 0; round < 40; round++) {
    const offices = officesWith(Array.from({ length: 1 + pick(4) }, () => some(pick(4))));
    for (let i = 0; i < 10; i++) {
      const text = some(pick(5)).join(' ');
      const named = namedOffice(offices, text)?.name ?? null;
      expect(named, `${text} among ${JSON.stringify(offices.map(({ topics }) => topics))}`).toBe(told(offices, text));
      found.add(named);
    }
  }
  expect(found.size).toBe(5);
});
