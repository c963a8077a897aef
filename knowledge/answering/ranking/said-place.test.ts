/** What is kept of words must be what would be found anew. */
import { describe, expect, test } from 'vitest';
import openIndex from '../../indexes/embedded.ts';
import { passage as passageOf } from '../../indexes/fixtures/passages.ts';
import it from '../../languages/it.ts';
import { createSpeech } from '../../languages/speak.ts';
import type { Passage } from '../question.ts';
import { createRetriever } from '../retrieve.ts';
import { prepareExpansion, sharesIn } from './expansion.ts';
import { knownWords } from './known-words.ts';
import { saidPlace } from './said-place.ts';
import { saidTable } from './said-table.ts';
import { termsOf } from './terms.ts';

createSpeech([it()]);

const WORDS =
  'quanto costa la carta identità tassa sui rifiuti bolletta pagare versare multa verbale residenza trasloco casa bambino asilo nido retta mensa scuola iscrizione domanda modulo sportello ufficio orari aperto chiuso certificato nascita matrimonio permesso di sosta parcheggio strada passo carrabile non senza prima dopo'.split(
    ' ',
  );
let seed = 7;
const random = (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >>> 8) % below;
};
const textOf = (words: number) => Array.from({ length: words }, () => WORDS[random(WORDS.length)]).join(' ');

function passage(i: number): Passage {
  const text = textOf(12 + random(30));
  const title = textOf(2);
  return passageOf(`p${i}`, text, { documentId: `d${i % 9}`, title, headings: [textOf(2)], position: i });
}

describe('what is kept of a word', () => {
  test('a question met again and again is ranked as it was the first time, also after passages have come', async () => {
    const index = openIndex();
    await index.put(Array.from({ length: 90 }, (_, i) => passage(i)));
    const retriever = createRetriever(index);
    const filter = { at: null, audience: 'staff' as const, langs: null, office: null };
    // As they are written out: with what speaks for them.
    const ask = async (text: string) =>
      JSON.stringify(
        await retriever.retrieve(
          { question: { text, history: [], at: '', audience: 'staff' }, lang: 'it', standalone: text, kind: 'question' },
          filter,
          20,
        ),
      );
    const questions = Array.from({ length: 12 }, () => textOf(3 + random(6)));
    for (const more of [0, 1]) {
      if (more) await index.put([passage(100), passage(101)]);
      const first = await Promise.all(questions.map(ask));
      for (let again = 0; again < 10; again++) await Promise.all(questions.map(ask));
      expect(await Promise.all(questions.map(ask))).toEqual(first);
    }
    // Else nothing was tried: places of these questions are kept by now.
    const table = saidTable(index.collection);
    const spans = questions.flatMap((text) => termsOf({ text, lang: 'it', history: [] }, index.collection).concepts.spans);
    expect(spans.filter((span) => saidPlace(span, table, index.collection) !== null).length).toBeGreaterThan(10);
  });

  test('a place that is kept says of each passage what its meanings say one by one', async () => {
    const index = openIndex();
    await index.put(Array.from({ length: 60 }, (_, i) => passage(i)));
    const { collection } = index;
    const table = saidTable(collection);
    const rows = Int32Array.from(table.entries.keys());
    for (const word of WORDS) {
      const concepts = termsOf({ text: word, lang: 'it', history: [] }, collection).concepts;
      // Lists of one's own are never kept.
      const own = { ...concepts, spans: concepts.spans.map((span) => ({ ...span, shared: false })) };
      const others = new Float64Array(rows.length);
      const plain = prepareExpansion(own, collection, table, rows, rows.length, others);
      const shares = [...rows].map((row) => sharesIn(plain, row));
      for (let times = 0; times < 8; times++) for (const span of concepts.spans) saidPlace(span, table, collection);
      const keptOthers = new Float64Array(rows.length);
      const said = prepareExpansion(concepts, collection, table, rows, rows.length, keptOthers);
      expect([...keptOthers]).toEqual([...others]);
      expect([...rows].map((row) => sharesIn(said, row))).toEqual(shares);
    }
  });

  test('what words mean by themselves and together is what the lexicon finds in the whole question', async () => {
    const index = openIndex();
    await index.put(Array.from({ length: 60 }, (_, i) => passage(i)));
    const { collection } = index;
    const { lexicon } = collection;
    const known = knownWords('it', collection);
    let longer = 0;
    for (let i = 0; i < 300; i++) {
      const words = textOf(1 + random(9)).split(' ');
      const { spans, weighted } = termsOf({ text: words.join(' '), lang: 'it', history: [] }, collection).concepts;
      const matches = lexicon.matchLooked(words.map((word) => known.look(known.of(word))));
      const meant = new Map<string, number[]>();
      for (const { from, to, form } of matches) {
        const at = `${from}-${to}`;
        meant.set(at, [...(meant.get(at) ?? []), ...lexicon.conceptsOf(form)]);
        if (to - from > 1) longer++;
      }
      expect(spans.map(({ from, to }) => `${from}-${to}`)).toEqual([...meant.keys()]);
      expect(spans.map(({ concepts }) => concepts.map(({ slot }) => slot))).toEqual(
        [...meant.values()].map((slots) => [...new Set(slots)]),
      );
      const strongest = new Map<number, number>();
      for (const { slot, weight } of spans.flatMap(({ concepts }) => concepts))
        strongest.set(slot, Math.max(weight, strongest.get(slot) ?? 0));
      expect(weighted.map(({ slot, weight }) => [slot, weight])).toEqual([...strongest]);
    }
    expect(longer).toBeGreaterThan(20);
  });
});
