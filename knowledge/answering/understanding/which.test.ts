import { expect, test } from 'vitest';
import { onTopic } from '../refuse.ts';
import type { RankedPassage, UnderstoodQuestion } from '../question.ts';
import { topicWord, topicWords } from '../topic.ts';
import { isNamedOutright, isSaidOutright, whichIsMeant } from './which.ts';

const page = (title: string, heading: string, text: string, score = 1): RankedPassage => ({
  passage: {
    id: `${title}/${heading}`,
    documentId: title,
    version: 1,
    title,
    headings: [heading],
    anchor: heading,
    position: 0,
    lang: 'it',
    office: '',
    audience: 'citizen',
    validFrom: null,
    validUntil: null,
    updatedOn: '',
    sourceUrl: null,
    start: 0,
    end: text.length,
    text,
  },
  score,
  signals: {},
});

const asks = (text: string, standalone = text): UnderstoodQuestion => ({
  question: { text, history: [], at: '2026-11-25', audience: 'citizen' },
  lang: 'it',
  standalone,
  kind: 'question',
  topic: {
    words: topicWords(standalone, 'it').map((word) =>
      topicWord(word, { languages: ['it'], rarity: () => 1, rarest: 1, cousins: () => [] }),
    ),
  },
});

const stay = page('Tessera per la piscina', 'Quanto costa', 'Costa 20 euro al mese.');
const bus = page('Tessera dello scuolabus', 'Quanto costa', 'Costa 90 euro all’anno.', 0.95);

test('a thing of which there are several is asked for once', () => {
  expect(whichIsMeant([stay, bus], asks('Quanto costa la tessera?'))).toEqual([stay, bus]);
});

test.each([
  ['the question says which', asks('Quanto costa la tessera della piscina?'), [stay, bus]],
  ['what was said before does', asks('Quanto costa la tessera?', 'Quanto costa la tessera piscina?'), [stay, bus]],
  ['the other is far behind', asks('Quanto costa la tessera?'), [stay, { ...bus, score: 0.5 }]],
  [
    'the other does not tell the price',
    asks('Quanto costa la tessera?'),
    [stay, page('Tessera dello scuolabus', 'Contatti', 'Chiama.', 0.95)],
  ],
  ['both speak of one thing', asks('Quanto costa la tessera?'), [stay, page('Tessera piscina ridotta', 'Quanto costa', '10 euro.', 0.95)]],
  ['a page bears the very name', asks('Quanto costa la tessera?'), [page('Tessera', 'Quanto costa', '5 euro.'), bus]],
])('it is not when %s', (_why, question, passages) => {
  expect(whichIsMeant(passages, question)).toEqual([]);
});

test('a page that has nothing to do with the question is no choice', () => {
  expect(onTopic([stay, bus], asks('Come affitto una canoa?'), true)).toEqual([]);
  expect(onTopic([stay, bus], asks('Quanto costa lo scuolabus?'), false)).toEqual([bus]);
  expect(onTopic([stay, bus], asks('Quanto costa?'), false)).toEqual([stay, bus]);
});

test('a page’s bare name is that page, when no other bears it and nothing is asked of it', () => {
  const pool = page('Piscina comunale', 'Descrizione breve', 'Si nuota tutto l’anno.');
  expect(isNamedOutright(asks('piscina comunale'), [pool, bus])).toBe(true);
  expect(isNamedOutright(asks('tessera'), [stay, bus])).toBe(false);
  expect(isNamedOutright(asks('Quanto costa la piscina comunale?'), [pool, bus])).toBe(false);
  expect(isNamedOutright(asks('piscina olimpica'), [pool, bus])).toBe(false);
  expect(isNamedOutright(asks('la piscina comunale ha una sauna per gli ospiti'), [pool, bus])).toBe(false);
  expect(isNamedOutright(asks('piscina', 'piscina e abbonamento'), [pool, bus])).toBe(false);
});

test('one sentence that names all that is asked about, with a fact of the asked kind, says it outright', () => {
  const pool = page('Piscina comunale', 'Orari', 'La vasca grande apre alle 9:00 di mattina. La sauna è al primo piano.');
  const draft = (quote: string) => ({
    sentences: [{ text: quote, quote, passageId: pool.passage.id, layout: 'sentence' as const }],
    generated: false,
  });
  const said = draft('La vasca grande apre alle 9:00 di mattina.');
  expect(isSaidOutright(asks('A che ora apre la vasca grande della piscina?'), [pool, bus], said)).toBe(true);
  expect(isSaidOutright(asks('A che ora apre il trampolino della piscina?'), [pool, bus], said)).toBe(false);
  expect(isSaidOutright(asks('A che ora apre la vasca grande della piscina?'), [pool, bus], draft('La sauna è al primo piano.'))).toBe(
    false,
  );
  expect(isSaidOutright(asks('La vasca grande ha il trampolino?'), [pool, bus], said)).toBe(false);
});
