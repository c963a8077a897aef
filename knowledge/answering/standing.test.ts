/** How a topic stands in passages, against the same told word by word: topics longer than one integer, two at a time, passages that bring new words in between. */
import { expect, test } from 'vitest';
import { stemsOf } from '../indexes/analyzer.ts';
import { ANY, EXACT, OWN_WORDS } from './held.ts';
import type { RankedPassage, Topic } from './question.ts';
import { readPassage } from './reading.ts';
import { standingOf } from './standing.ts';

const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'la', 'me', 'ni', 'po', 'ru'];
let seed = 7;
const pick = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const word = () => Array.from({ length: 3 + pick(2) }, () => SYLLABLES[pick(SYLLABLES.length)]).join('');
const vocabulary = Array.from({ length: 60 }, word);
const some = (from: string[], count: number) => Array.from({ length: count }, () => from[pick(from.length)] as string);

let pages = 0;
function passageOf(words: string[]): RankedPassage {
  const sentences = Array.from({ length: 4 }, () => `Ecco ${some(words, 6).join(' ')} davvero.`);
  const text = sentences.join(' ');
  const id = `standing-${pages++}`;
  const fields = { id, documentId: id, version: 1, title: some(words, 2).join(' '), headings: [some(words, 2).join(' ')], anchor: '' };
  const rest = { office: '', audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '', sourceUrl: null };
  return { passage: { ...fields, ...rest, position: 0, lang: 'it', start: 0, end: text.length, text }, score: 1, signals: {} };
}

function topicOf(count: number): Topic {
  const stem = () => stemsOf(vocabulary[pick(vocabulary.length)] as string, 'it')[0] as string;
  return {
    words: Array.from({ length: count }, () => {
      const stems = [stem()];
      return {
        text: stems[0] as string,
        stems,
        near: stems.map((one) => `^${one.slice(0, 6)}`),
        cousins: [stem(), stem()],
        weight: 1 + pick(9) / 3,
      };
    }),
  };
}

type Way = 'any' | 'own' | 'exact';
const COUNTED = { any: ANY, own: OWN_WORDS, exact: EXACT };

/** Told word by word. `withBeginnings`: a title is known by its stems alone. */
function worthIn(topic: Topic, stems: string[], way: Way, withBeginnings = true): number[] {
  const held = new Set(withBeginnings ? stems.flatMap((stem) => (stem.length >= 6 ? [stem, `^${stem.slice(0, 6)}`] : [stem])) : stems);
  const has = (keys: string[]) => keys.some((key) => held.has(key));
  return topic.words.map((one) => {
    if (has(one.stems)) return 1;
    if (way === 'any' && has(one.cousins)) return 0.8;
    return way !== 'exact' && has(one.near) ? 0.5 : 0;
  });
}

function share(topic: Topic, worth: number[], beside = worth): number {
  let whole = 0;
  let found = 0;
  for (const [i, { weight }] of topic.words.entries()) {
    whole += weight;
    found += weight * Math.max(worth[i] as number, beside[i] as number);
  }
  return whole === 0 ? 0 : found / whole;
}

test.each([0, 1, 4, 10, 11, 23])('a topic of %i words', (count) => {
  const topics = [topicOf(count), topicOf(count + 1)];
  for (let round = 0; round < 30; round++) {
    // Some pages bring words that none has held before.
    const ranked = passageOf(round % 3 === 0 ? [...vocabulary, word(), word()] : vocabulary);
    for (const topic of topics) {
      const { passage } = ranked;
      const standing = standingOf(topic, ranked);
      expect(standingOf(topic, ranked)).toBe(standing);
      const title = stemsOf(passage.title, 'it');
      const heading = stemsOf(`${passage.title} ${passage.headings.join(' ')}`, 'it');
      const { pieces } = readPassage(passage);
      expect(pieces.length).toBe(4);
      for (const way of ['any', 'own', 'exact'] as const) {
        const counted = COUNTED[way];
        const above = worthIn(topic, heading, way);
        expect(standing.inTitle(counted)).toBe(share(topic, worthIn(topic, title, way, false)));
        expect(standing.inHeading(counted)).toBe(share(topic, above));
        expect(standing.inAll(counted)).toBe(share(topic, worthIn(topic, [...heading, ...stemsOf(passage.text, 'it')], way)));
        for (const [i, piece] of pieces.entries()) {
          const own = worthIn(topic, stemsOf(piece.text, 'it'), way);
          expect(standing.inPiece(i, counted)).toBe(share(topic, own));
          expect(standing.inHeadedPiece(i, counted, counted)).toBe(share(topic, own, above));
          expect(standing.inHeadedPiece(i, counted)).toBe(share(topic, own, worthIn(topic, heading, 'any')));
        }
      }
      const all = worthIn(topic, [...heading, ...stemsOf(passage.text, 'it')], 'any');
      for (const [i, worth] of all.entries()) expect(standing.ofWord(i)).toBe(worth);
    }
  }
});
